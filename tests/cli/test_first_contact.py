"""Whoever types `kpicli` alone is told what lies there, and the one command to type."""

from pathlib import Path

from kpicli.cli.first_contact import seen_in
from support.command_line import PROJECT, Run


def test_a_folder_without_settings(run_kpicli: Run) -> None:
    """How many files, of which kinds; hidden ones and other kinds are none. Nothing is written."""
    files = {"a.csv": "x\n1\n", "b.CSV": "x\n", "c.xlsx": "", "note.md": "", ".d.csv": ""}
    outcome = run_kpicli(files)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "表のファイルは 3 あります(csv 2, xlsx 1)。" in outcome.err
    assert "\n  kpicli init .\n" in outcome.err


def test_an_empty_folder(run_kpicli: Run) -> None:
    """Where there is nothing the folder of the exports has to be named."""
    outcome = run_kpicli({})
    assert outcome.code == 2
    assert "\n  kpicli init フォルダー\n" in outcome.err


def test_with_settings_there_is_help(run_kpicli: Run) -> None:
    """Who has settings wants to know the commands."""
    outcome = run_kpicli(PROJECT)
    assert outcome.code == 2
    assert "summarize" in outcome.err


def test_many_files_are_not_all_counted(tmp_path: Path) -> None:
    """A folder of thousands is looked at no longer than that says something."""
    for number in range(1005):
        (tmp_path / f"{number}.csv").touch()
    assert "1000+ files that may hold tables (csv 1000)" in seen_in(tmp_path).en
