"""`kpicli summarize` under cron: silence where all is well, and speech only on an occasion."""

import os
from collections.abc import Mapping
from pathlib import Path
from unicodedata import category

import pytest

from support.command_line import PROJECT, SETTINGS, Run, process, voices

HALF = ("summarize", "--period", "2025H1")
VOICES = (*HALF, "--kpi", "voices", "--format", "text")
MEETINGS = 'meetings = { files = "m.csv", covers = "2025-04..2025-09" }\n'
TROUBLED: Mapping[str, str] = {
    "kpicli.toml": SETTINGS
    + MEETINGS
    + '[kpi.voices]\nextends = true\ntitle = "声\\u001b[31m\\r"\n',
    "voices.csv": voices("V1,2025/9/31,損保,感謝,\x1b[31m課,S001,", "V2,2025/5/2,生保,不満,,S002,"),
    "m.csv": "会議番号,開催日,会議名\nM1,2025/4/1,コンプライアンス会議\n",
}


def bare(folder: Path, *args: str) -> bytes:
    """Return stdout and stderr of a run with the environment that cron gives."""
    kept = {"PATH", "HOME", "PYTHONPATH", "KPICLI_TODAY", "XDG_CACHE_HOME", "XDG_STATE_HOME"}
    unset = dict.fromkeys(set(os.environ) - kept)
    outcome = process(*args, folder=folder, **{**unset, "LANG": "C", "LC_ALL": "C", "TERM": None})
    return outcome.out + outcome.err.encode()


def test_a_body_for_cron(tmp_path: Path) -> None:
    """The text is UTF-8 in lines, without any control sequence, whatever the names hold."""
    for name, content in TROUBLED.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    said = bare(tmp_path, *HALF, "--format", "text").decode()
    assert "要確認(1件)" in said
    assert {c for c in said if category(c) in ("Cc", "Cf", "Zl", "Zp")} == {"\n"}


def test_quiet(run_kpicli: Run, tmp_path: Path) -> None:
    """With `-q -o file` a run that exits 0 says nothing; one that does not says what is amiss."""
    files = {**PROJECT, "kpicli.toml": '[exports]\nvoices = "voices.csv"\n'}
    loud = run_kpicli(files, *HALF, "--kpi", "complaint_improvements", "-o", "kpi.csv")
    assert (loud.code, loud.err.startswith("注意 ")) == (0, True)
    quiet = run_kpicli(files, *HALF, "--kpi", "complaint_improvements", "-q", "-o", "kpi.csv")
    assert (quiet.code, quiet.out, quiet.err) == (0, b"", "")
    assert (tmp_path / "kpi.csv").exists()
    amiss = run_kpicli(TROUBLED, *HALF, "-q", "-o", "kpi.csv")
    assert (amiss.code, amiss.out) == (5, b"")
    assert "voices.csv" in amiss.err


@pytest.mark.parametrize(
    ("kpi", "only_if", "speaks"),
    [
        ("voices", "faults", True),
        ("voices", "missed", False),
        ("compliance_meetings", "missed", True),
        ("compliance_meetings", "faults", False),
        ("compliance_meetings", "faults,missed", True),
    ],
)
def test_only_on_an_occasion(
    kpi: str, only_if: str, speaks: bool, run_kpicli: Run, tmp_path: Path
) -> None:
    """Without an occasion there is no output, no message and no file; with one all is as ever."""
    args = (*HALF, "--kpi", kpi, "--format", "csv")
    plain = run_kpicli(TROUBLED, *args)
    outcome = run_kpicli({}, *args, "--only-if", only_if)
    assert outcome.code == plain.code
    expected = (plain.out, plain.err) if speaks else (b"", "")
    assert (outcome.out, outcome.err) == expected
    run_kpicli({}, *args, "--only-if", only_if, "-o", "kpi.csv")
    assert (tmp_path / "kpi.csv").exists() is speaks


def test_only_when_figures_change(run_kpicli: Run, state_folder: Path) -> None:
    """`changed` speaks the first time, then only when a figure of the same question moves."""
    asked = (*VOICES, "--only-if", "changed")
    assert run_kpicli(PROJECT, *asked).out != b""
    assert run_kpicli({}, *asked).out == b""
    assert run_kpicli({}, *HALF, "--kpi", "navi_uses", "--only-if", "changed").out != b""
    assert run_kpicli({}, *asked).out == b""
    more = PROJECT["voices.csv"] + "V3,2025/9/2,損保,感謝,,S003,\n"
    assert "3件" in run_kpicli({"voices.csv": more}, *asked).text
    assert run_kpicli({}, *asked).out == b""
    kept = list((state_folder / "shown").iterdir())
    assert [len(file.read_bytes()) for file in kept] == [32, 32]


def test_what_could_not_be_written_was_not_shown(run_kpicli: Run, state_folder: Path) -> None:
    """A change that failed to be written is still one on the next run."""
    asked = (*HALF, "--kpi", "voices", "--only-if", "changed")
    assert run_kpicli(PROJECT, *asked, "-o", "nowhere/kpi.csv").code == 7
    assert run_kpicli({}, *asked).out != b""
    assert state_folder.exists()


def test_no_place_to_remember(run_kpicli: Run) -> None:
    """Exit 7 where what was shown cannot be kept: else every run would speak."""
    outcome = run_kpicli(PROJECT, *VOICES, "--only-if", "changed")
    assert outcome.code == 7
    assert "前回の数値の控え" in outcome.err


def test_no_such_occasion(run_kpicli: Run) -> None:
    """Exit 2 for an occasion that does not exist."""
    outcome = run_kpicli(PROJECT, *VOICES, "--only-if", "rain")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "missed, changed, faults" in outcome.err
