"""On a real pseudo-terminal: tables, widths, colour, and the progress bar."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from kpicli.cli.shared import progress
from kpicli.output.formats import FORMATS
from support.command_line import PROJECT, environment, terminal

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


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.binary])
def test_no_binary_format_reaches_a_terminal(project: Path, name: str) -> None:
    """Whatever the format is called, and by whatever name the terminal goes, it is refused."""
    for place in ((), ("-o", "-"), ("-o", "/dev/fd/2"), ("-o", "/dev/fd/1"), ("-o", "screen")):
        (project / "screen").unlink(missing_ok=True)
        (project / "screen").symlink_to("/proc/self/fd/1")
        for command in (HALF, ("kpis",)):
            outcome = terminal(*command, "-f", name, *place, folder=project, talk=True)
            assert outcome.code == 2
            assert f"-o kpi.{name}" in outcome.text


@pytest.mark.parametrize("command", ["kpis", "sources"])
@pytest.mark.parametrize("columns", [80, 120])
def test_lists_fit(command: str, columns: int) -> None:
    """The lists fit, and ids stand unbroken, to be copied."""
    outcome = terminal(command, columns=columns, NO_COLOR="1")
    assert outcome.code == 0
    assert max(cell_len(line) for line in outcome.text.splitlines()) <= columns
    words = outcome.text.split()
    ids = {"kpis": ["specialist_subject_passes"], "sources": ["insurer_improved_on", "renewals"]}
    assert [name for name in ids[command] if name not in words] == []


def test_narrow_lists_leave_nothing_out() -> None:
    """Where not every column has room, each KPI's cells stand below its title, with their names."""
    cells = ["voices", "2,7", "件", "voices", "count", "1"]
    names = ["id", "原則", "単位", "出力", "測り方", "版"]
    wide = terminal("kpis", columns=120, NO_COLOR="1").text.splitlines()
    assert ["お客様の声", *cells] in [line.split() for line in wide]
    narrow = terminal("kpis", columns=80, NO_COLOR="1").text.splitlines()
    below = narrow[narrow.index("お客様の声") + 1].split()
    assert below == [part for pair in zip(names, cells, strict=True) for part in pair]


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
words = ["summarize", "--period", "2025H1", "--kpi", "voices", "--format", "csv", "--no-cache"]
sys.argv = ["kpicli", "--lang", "{lang}", *words]
import kpicli.run.summary
from kpicli.cli.shared import progress
from kpicli.cli import main
from kpicli.loaders.reading import Progress
progress.PATIENCE = {patience}
count = kpicli.run.summary.summarize
def slow(settings, request, today, report, engine):
    for step in range({steps}):
        report(Progress(step * 10**7, 925 * 10**6, step * 123456, "voices.csv"))
        time.sleep(0.1)
    return count(settings, request, today, None, engine)
kpicli.run.summary.summarize = slow
main()
"""


def slow_program(folder: Path, *, patience: float, steps: int, lang: str = "ja") -> tuple[str, ...]:
    """Return a program that counts voices, ten steps of reading a second."""
    script = folder / "slow.py"
    text = SLOW.format(patience=patience, steps=steps, lang=lang)
    script.write_text(text, encoding="utf-8")
    return (str(script),)


def test_patience() -> None:
    """Nothing is shown of what takes less than a second."""
    assert progress.PATIENCE == 1.0


@pytest.mark.parametrize(("patience", "steps", "shown"), [(30, 0, False), (0.2, 20, True)])
def test_progress(patience: float, steps: int, shown: bool, project: Path, tmp_path: Path) -> None:
    """A bar shows only where reading takes longer than that, and is wiped away."""
    program = slow_program(tmp_path, patience=patience, steps=steps)
    outcome = terminal(folder=project, program=program, talk=True)
    assert outcome.code == 0
    assert ("読み込み中" in outcome.text) is shown
    assert outcome.text.rstrip().endswith("その他,0,件,,,,,,,ok,0")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ["読み込み中", "/925.0 MB", "行 残り 0", ":"]),
        ("en", ["reading", "/925.0 MB", " rows left 0", ":"]),
    ],
)
def test_progress_tells_bytes_rows_and_time(
    lang: str, words: list[str], project: Path, tmp_path: Path
) -> None:
    """The bar tells bytes read of all bytes, rows, and the time left, within 80 columns."""
    program = slow_program(tmp_path, patience=0.2, steps=20, lang=lang)
    shown = terminal(folder=project, program=program, talk=True).text
    lines = [plain_line(line) for line in re.split(r"[\r\n]", shown) if words[0] in line]
    last = lines[-1]
    assert [word for word in words if word not in last] == []
    assert re.search(r"[1-9],\d{3},\d{3}( rows|行)", last)
    assert max(cell_len(line) for line in lines) <= 80


def plain_line(line: str) -> str:
    """Return what a line shows, without the sequences that colour it and move the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line)


def test_interrupted_while_reading(project: Path, tmp_path: Path) -> None:
    """Ctrl-C while the bar is in sight ends with 130; the bar is gone, the cursor is back."""
    keeper, shown = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, *slow_program(tmp_path, patience=0.2, steps=600)],
        cwd=project,
        env=environment(),
        stdin=shown,
        stdout=subprocess.PIPE,
        stderr=shown,
        close_fds=True,
    )
    os.close(shown)
    content = b""
    while "読み込み中".encode() not in content:
        content += os.read(keeper, 65536)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=60)
    content = b"".join(iter(lambda: rest_of(keeper), b""))
    os.close(keeper)
    assert (child.returncode, out) == (130, b"")
    last = content.decode().replace("\r", "\n").split("\n")[-1]
    assert plain_line(last).strip() == ""
    assert "\x1b[2K" in last
    assert "\x1b[?25h" in content.decode()
    assert "Traceback" not in content.decode()


def rest_of(keeper: int) -> bytes:
    """Return what a terminal still has to show; nothing where its last writer has gone."""
    try:
        return os.read(keeper, 65536)
    except OSError:
        return b""
