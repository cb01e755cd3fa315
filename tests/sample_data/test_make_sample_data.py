"""The sample exports: made by their script, byte for byte, and holding what their README says."""

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from recount.dates import read_day
from recount.figures import LEDGERS, read_ledgers
from recount.files import delimited_rows, text_of
from recount.ledger import Ledger
from support.root import ROOT

SAMPLE = ROOT / "sample_data"
HALVES = (
    (date(2024, 4, 1), date(2024, 9, 30)),
    (date(2024, 10, 1), date(2025, 3, 31)),
    (date(2025, 4, 1), date(2025, 9, 30)),
    (date(2025, 10, 1), date(2025, 10, 1)),
)


@pytest.fixture(scope="module")
def ledgers() -> dict[str, Ledger]:
    """Return the sample's sources as the recount reads them."""
    return read_ledgers(SAMPLE)


def exports(folder: Path) -> dict[str, bytes]:
    """Return the content of every export in the folder."""
    kinds = {".csv", ".txt", ".xlsx"}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in kinds}


def test_the_script_makes_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    """Running the script anew gives exactly the files that are committed."""
    script = SAMPLE / "make_sample_data.py"
    subprocess.run([sys.executable, "-B", str(script), "--into", str(tmp_path)], check=True)
    made, committed = exports(tmp_path), exports(SAMPLE)
    assert sorted(committed) == sorted(made)
    assert [name for name in made if made[name] != committed[name]] == []


def test_the_readme_counts_the_rows_right(ledgers: dict[str, Ledger]) -> None:
    """The README's table is what the files hold: rows read, kept, dropped, and in each half."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    lines = (line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| "))
    told = {name: [int(n) for n in rest] for name, *rest in lines if name in LEDGERS}
    assert told == {name: _counts(name, ledgers[name]) for name in LEDGERS if name != "staff"}


def _counts(name: str, ledger: Ledger) -> list[int]:
    days = [day for _, day in ledger.days(LEDGERS[name][2][0]) if day is not None]
    halves = [sum(start <= day <= end for day in days) for start, end in HALVES]
    kept = [len(ledger.rows), ledger.duplicate, ledger.superseded, ledger.not_data]
    return [ledger.read, *kept, *halves]


def test_the_readme_names_every_export() -> None:
    """No file of the sample goes unexplained."""
    text = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert [name for name in exports(SAMPLE) if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("name", "start", "ends", "refused_as_utf8"),
    [
        ("お客様の声_2025年4-6月.csv", "受付番号,".encode("cp932"), b"\r\n", True),
        ("お客様の声_2025年6-9月.csv", "受付番号,".encode("cp932"), b"\r\n", True),
        ("対応記録.csv", "案件番号,".encode("cp932"), b"\r\n", True),
        ("提案理由点検.csv", b"\xef\xbb\xbf" + "点検番号,".encode(), b"\r\n", False),
        ("継続案内.txt", b"\xff\xfe" + "証券番号\t".encode("utf-16-le"), b"\r\0\n\0", True),
        ("制度説明.csv", "記録番号,".encode(), b"\n", False),
    ],
)
def test_exports_have_the_encoding_they_are_there_for(
    name: str, start: bytes, ends: bytes, *, refused_as_utf8: bool
) -> None:
    """Each export begins and ends with the bytes of its encoding and its line ends."""
    content = (SAMPLE / name).read_bytes()
    assert content.startswith(start)
    assert content.endswith(ends)
    assert ("\ufffd" in content.decode("utf-8", errors="replace")) is refused_as_utf8


def test_one_column_of_dates_is_written_in_many_ways() -> None:
    """The voices of April to June show every style of date that cp932 can carry."""
    rows = delimited_rows(SAMPLE / "お客様の声_2025年4-6月.csv")
    patterns = Counter(_pattern(row["受付日"]) for row in rows)
    for style in ("9/9/9", "9-9-9", "9.9.9", "9", "9/9/9 9:9:9", "9年9月9日(火) 9:9"):
        assert patterns[style] > 0, style
    for style in ("令和9年9月9日", "R9.9.9", "R9/9/9", "令9.9.9"):
        assert patterns[style] > 0, style
    for style in ("９／９／９", "令和９年９月９日", "Ｒ９．９．９"):
        assert patterns[style] > 0, style


def _pattern(text: str) -> str:
    """Return the text with each run of digits as one 9 of their width."""
    marks = ["9" if "0" <= c <= "9" else "９" if "０" <= c <= "９" else c for c in text]
    before = ["", *marks]
    return "".join(c for c, last in zip(marks, before, strict=False) if c != last or c not in "9９")


def test_text_cells_of_the_voices_hold_what_breaks_careless_readers() -> None:
    """Line breaks, commas, quotes, ① and 表 (0x5C in cp932) stand in both files of 2025."""
    for name in ("お客様の声_2025年4-6月.csv", "お客様の声_2025年6-9月.csv"):
        said = [row["内容"] for row in delimited_rows(SAMPLE / name)]
        for sign in ("\n", ",", '"', "①", "㈱", "髙", "表"):
            assert any(sign in text for text in said), (name, sign)


def test_superseded_voices_only_gained_a_date(ledgers: dict[str, Ledger]) -> None:
    """In June's overlap five voices differ, by a date that was blank; no code or base date does."""
    assert ledgers["voices"].superseded == 5
    early = _by_number("お客様の声_2025年4-6月.csv")
    late = _by_number("お客様の声_2025年6-9月.csv")
    gained = {
        number: [h for h in DATES if early[number][h] is None and late[number][h] is not None]
        for number in early.keys() & late.keys()
        if early[number] != late[number]
    }
    assert len(gained) == 5
    assert all(gained.values())


DATES = ("受付日", "改善日", "保険会社報告日", "保険会社改善日")


def _by_number(name: str) -> dict[str, dict[str, date | None]]:
    return {
        row["受付番号"]: {header: read_day(row[header]) for header in DATES}
        for row in delimited_rows(SAMPLE / name)
    }


def test_the_sample_is_synthetic() -> None:
    """Staff and customers are numbers alone, in every text export."""
    for path in SAMPLE.iterdir():
        if path.suffix in {".csv", ".txt"}:
            assert "@" not in text_of(path.read_bytes())
            for row in delimited_rows(path):
                assert all(row.get(h, "")[:1] in {"", "S"} for h in ("担当者", "受講者", "募集人"))
                assert row.get("顧客番号", "")[:1] in {"", "C"}
