"""On a real pseudo-terminal: tables, widths, colour, and the progress bar."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from command_line import PROJECT, terminal
from kpicli.cli import progress

HALF = ("summarize", "--period", "2025H1")
ESCAPE = "\x1b"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return the folder of a project of two voices."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("columns", [80, 120])
def test_the_table_fits(columns: int) -> None:
    """A table is the default on a terminal, and no line of the sample is wider than it."""
    outcome = terminal(*HALF, "--compare", "previous,year-ago", columns=columns, NO_COLOR="1")
    lines = outcome.text.splitlines()
    assert outcome.code == 0
    assert "2025年度上期" in lines[0]
    assert ESCAPE not in outcome.text
    assert max(cell_len(line) for line in lines) <= columns
    assert any("841件" in line for line in lines)


def test_colour(project: Path) -> None:
    """A terminal gets colour, unless NO_COLOR or TERM=dumb forbid it."""
    words = (*HALF, "--kpi", "voices")
    assert ESCAPE in terminal(*words, folder=project).text
    assert ESCAPE not in terminal(*words, folder=project, NO_COLOR="1").text
    assert ESCAPE not in terminal(*words, folder=project, TERM="dumb").text


@pytest.mark.parametrize("command", ["kpis", "sources"])
@pytest.mark.parametrize("columns", [80, 120])
def test_lists_fit(command: str, columns: int) -> None:
    """The lists fit, and ids stand unbroken, to be copied."""
    outcome = terminal(command, columns=columns)
    assert outcome.code == 0
    assert max(cell_len(line) for line in outcome.text.splitlines()) <= columns
    words = outcome.text.split()
    ids = {"kpis": ["specialist_subject_passes"], "sources": ["insurer_improved_on", "renewals"]}
    assert [name for name in ids[command] if name not in words] == []


def test_narrow_lists_say_what_they_leave_out() -> None:
    """Where not every column has room, the missing ones are named."""
    last = terminal("kpis", columns=80).text.splitlines()[-1]
    assert last == "幅が足りず省いた列(パイプすれば全列): 測り方, 版"
    assert "省いた列" not in terminal("kpis", columns=120).text


def test_help_fits() -> None:
    """Help fits the terminal, counted in its cells, without colour."""
    for columns in (60, 80):
        text = terminal("summarize", "--help", columns=columns).text
        assert ESCAPE not in text
        assert max(cell_len(line) for line in text.splitlines()) <= columns


def test_a_workbook_is_no_picture(project: Path) -> None:
    """Xlsx on a terminal is refused with the option to add."""
    outcome = terminal(*HALF, "--format", "xlsx", folder=project, talk=True)
    assert outcome.code == 2
    assert "-o kpi.xlsx" in outcome.text


SLOW = """
import sys, time
import kpicli.loaders.reading as reading
from kpicli.cli import main, progress
progress.PATIENCE = {patience}
part = reading._part
def slow(*args):
    time.sleep({seconds})
    return part(*args)
reading._part = slow
sys.argv = ["kpicli", "summarize", "--period", "2025H1", "--kpi", "voices", "--format", "csv"]
main()
"""


def test_patience() -> None:
    """Nothing is shown of what takes less than a second."""
    assert progress.PATIENCE == 1.0


@pytest.mark.parametrize(("patience", "seconds", "shown"), [(30, 0, False), (1, 2, True)])
def test_progress(patience: int, seconds: int, shown: bool, project: Path, tmp_path: Path) -> None:
    """A bar shows only where reading takes longer than that, and is wiped away."""
    script = tmp_path / "slow.py"
    script.write_text(SLOW.format(patience=patience, seconds=seconds), encoding="utf-8")
    outcome = terminal(folder=project, program=(str(script),), talk=True)
    assert outcome.code == 0
    assert ("読み込み中" in outcome.text) is shown
    assert outcome.text.rstrip().endswith("その他,0,件,,,,,,,ok,0")
