"""Any bytes in: never another exception than ours, and whatever is counted adds up."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzz.bench import Bench
from fuzz.mutations import Seed, mutated
from fuzz.seeds import read_seeds

HEADER = "受付番号,受付日,商品区分,声の区分,改善日"
CELLS = st.sampled_from(
    [
        *("", "V1", "V2", "00123", "1.23E+11", "2025/4/1", "2025/9/31", "令和7年4月1日", "45748"),
        *(
            "生保",
            "損保",
            "感謝",
            "不満",
            "苦情",
            "合計",
            "①",
            '"',
            '"a"',
            '"a,b"',
            '"a\nb"',
            '"a""b"',
        ),
        *(" ", "\u3000", "\ufeff", "\u2028", "\x1b[2J", "=1+1", "\0", "\r"),
    ]
)
LINES = st.lists(CELLS, min_size=4, max_size=6).map(",".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp932", "utf-16", "iso2022_jp", "euc_jp"])


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a bench in a folder of its own."""
    return Bench(tmp_path_factory.mktemp("bench"))


@given(content=st.binary(max_size=400))
def test_bytes_alone(bench: Bench, content: bytes) -> None:
    """Bytes without any header are refused with the file's name and a hint."""
    assert bench.check("voices", ".csv", content).error is not None


@given(content=st.binary(max_size=200))
def test_bytes_below_a_header(bench: Bench, content: bytes) -> None:
    """Whatever stands below a true header is refused, faulty, or accounted for."""
    bench.check("voices", ".csv", HEADER.encode() + b"\r\n" + content)


@given(lines=st.lists(LINES, max_size=12), encoding=ENCODINGS, end=st.sampled_from("\n\r"))
def test_lines_of_likely_cells(bench: Bench, lines: list[str], encoding: str, end: str) -> None:
    """Cells that exports do hold, in any order and encoding, are refused or accounted for."""
    text = end.join([HEADER, *lines])
    bench.check("voices", ".csv", text.encode(encoding, "ignore"))


@given(content=st.binary(max_size=400), start=st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06"]))
def test_bytes_named_as_a_workbook(bench: Bench, content: bytes, start: bytes) -> None:
    """Bytes that claim to be a workbook are refused with the file's name and a hint."""
    assert bench.check("voices", ".xlsx", start + content).error is not None


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_mutated_exports(bench: Bench, suffix: str) -> None:
    """Three hundred spoilt exports end as the fuzzer demands; the command itself tries more."""
    seeds = [seed for seed in read_seeds() if seed.suffix == suffix]
    rng = random.Random(20251101)
    outcomes = [_spoilt(bench, rng, rng.choice(seeds), seeds) for _ in range(300)]
    assert True in outcomes, "some are still readable"
    assert False in outcomes, "some are refused"


def _spoilt(bench: Bench, rng: random.Random, seed: Seed, seeds: list[Seed]) -> bool:
    outcome = bench.check(seed.source, seed.suffix, mutated(rng, seed, seeds))
    if outcome.summary is not None and rng.random() < 0.1:
        bench.render(outcome.summary)
    return outcome.summary is not None


def test_the_fuzzer_runs_as_a_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`fuzz_readers.py --files 20` tries twenty files, keeps none and returns 0."""
    from fuzz.fuzz_readers import main

    keep = str(tmp_path / "failures")
    arguments = ["fuzz_readers.py", "--files", "20", "--seed", "3", "--keep", keep]
    monkeypatch.setattr("sys.argv", arguments)
    assert main() == 0
    assert capfd.readouterr().out.startswith("20 files, 0 failures")
    assert not Path(keep).exists()


def test_the_fuzzer_keeps_what_fails(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that breaks the readers is saved with its trace, and the command returns 1."""
    from fuzz.fuzz_readers import main

    def broken(*_: object) -> None:
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr(Bench, "check", broken)
    arguments = ["fuzz_readers.py", "--files", "2", "--keep", str(tmp_path)]
    monkeypatch.setattr("sys.argv", arguments)
    assert main() == 1
    out, err = capfd.readouterr()
    assert out.startswith("2 files, 2 failures")
    assert "ZeroDivisionError: made to fail" in err
    assert len(list(tmp_path.glob("*.trace"))) == 2
