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

from kpicli.output.formats import FORMATS
from support.command_line import environment, terminal
from support.slow_program import plain_line, slow_program

HALF = ("summarize", "--period", "2025H1")
ESCAPE = "\x1b"


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


def test_colour(voices_project: Path) -> None:
    """A terminal gets colour, unless NO_COLOR or TERM=dumb forbid it."""
    words = (*HALF, "--kpi", "voices")
    assert ESCAPE in terminal(*words, folder=voices_project).text
    assert ESCAPE not in terminal(*words, folder=voices_project, NO_COLOR="1").text
    assert ESCAPE not in terminal(*words, folder=voices_project, TERM="dumb").text


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.binary])
def test_no_binary_format_reaches_a_terminal(voices_project: Path, name: str) -> None:
    """Whatever the format is called, and by whatever name the terminal goes, it is refused."""
    for place in ((), ("-o", "-"), ("-o", "/dev/fd/2"), ("-o", "/dev/fd/1"), ("-o", "screen")):
        (voices_project / "screen").unlink(missing_ok=True)
        (voices_project / "screen").symlink_to("/proc/self/fd/1")
        for command in (HALF, ("kpis",)):
            outcome = terminal(*command, "-f", name, *place, folder=voices_project, talk=True)
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


def test_a_workbook_is_no_picture(voices_project: Path) -> None:
    """Xlsx on a terminal is refused with the option to add."""
    outcome = terminal(*HALF, "--format", "xlsx", folder=voices_project, talk=True)
    assert outcome.code == 2
    assert "-o kpi.xlsx" in outcome.text


def test_interrupted_while_reading(voices_project: Path, tmp_path: Path) -> None:
    """Ctrl-C while the bar is in sight ends with 130; the bar is gone, the cursor is back."""
    keeper, shown = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, *slow_program(tmp_path, patience=0.2, steps=600)],
        cwd=voices_project,
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


@pytest.mark.parametrize(
    "words",
    [
        (*HALF, "-o", "a.csv"),
        ("rows", "voices", "2025H1", "-o", "a.xlsx"),
        ("explain", "voices", "2025H1", "-o", "a.json"),
        ("check", "-o", "a.tsv"),
        ("chart", "voices", "2025H1", "-o", "a.svg"),
        ("kpis", "-o", "a.md"),
        ("sources", "-o", "a.html"),
        ("schema", "-o", "a.json"),
        ("report", "2025H1", "--allow-doubt", "-o", "a.html"),
    ],
    ids=lambda words: words[0],
)
def test_what_was_written_is_said(voices_project: Path, words: tuple[str, ...]) -> None:
    """Every `-o FILE` is answered on a terminal by the file, once."""
    (voices_project / "narrative").mkdir()
    words_of_it = "# 声\n\n## 原則2 声\n\n{{ voices }}でした。\n"
    (voices_project / "narrative/2025H1.md").write_text(words_of_it, encoding="utf-8")
    outcome = terminal(*words, folder=voices_project, talk=True)
    assert (voices_project / words[-1]).stat().st_size
    assert outcome.text.splitlines().count(f"書きました: {words[-1]}") == 1


@pytest.mark.parametrize("words", [("-o", "a.csv", "-q"), ("-o", "/dev/null", "-f", "csv")])
def test_quiet_and_devices_are_not_spoken_of(voices_project: Path, words: tuple[str, ...]) -> None:
    """`--quiet` is silence, and what is no file is not called one."""
    outcome = terminal(*HALF, "--kpi", "voices", *words, folder=voices_project, talk=True)
    assert outcome.code == 0
    assert "書きました" not in outcome.text


def test_the_last_line_of_a_check_is_its_verdict(voices_project: Path) -> None:
    """Of exports and of files alike: how many findings of each level, as above the long list."""
    for words in ((), tuple(file.name for file in voices_project.glob("*.csv"))):
        outcome = terminal("check", *words, folder=voices_project, talk=True, NO_COLOR="1")
        lines = [line for line in outcome.text.splitlines() if line]
        assert lines[-1] in lines[:3]
        assert re.match(r"不備 \d+ / 注意 \d+ / 参考 \d+|不備も注意もありません", lines[-1])
