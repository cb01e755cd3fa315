"""Progress is shown on a terminal, after a while, and in the language in force."""

import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from kpicli.cli.shared import progress
from support.command_line import terminal
from support.slow_program import plain_line, slow_program


def test_patience() -> None:
    """Nothing is shown of what takes less than a second."""
    assert progress.PATIENCE == 1.0


@pytest.mark.parametrize(("patience", "steps", "shown"), [(30, 0, False), (0.2, 20, True)])
def test_progress(
    patience: float, steps: int, shown: bool, voices_project: Path, tmp_path: Path
) -> None:
    """A bar shows only where reading takes longer than that, and is wiped away."""
    program = slow_program(tmp_path, patience=patience, steps=steps)
    outcome = terminal(folder=voices_project, program=program, talk=True)
    assert outcome.code == 0
    assert ("読み込み中" in outcome.text) is shown
    assert outcome.text.rstrip().endswith("その他,0,件,,,,,,,ok,0,computed,")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ja", ["読み込み中", "/925.0 MB", "行 残り 0", ":"]),
        ("en", ["reading", "/925.0 MB", " rows left 0", ":"]),
    ],
)
def test_progress_tells_bytes_rows_and_time(
    lang: str, words: list[str], voices_project: Path, tmp_path: Path
) -> None:
    """The bar tells bytes read of all bytes, rows, and the time left, within 80 columns."""
    program = slow_program(tmp_path, patience=0.2, steps=20, lang=lang)
    shown = terminal(folder=voices_project, program=program, talk=True).text
    lines = [plain_line(line) for line in re.split(r"[\r\n]", shown) if words[0] in line]
    last = lines[-1]
    assert [word for word in words if word not in last] == []
    assert re.search(r"[1-9],\d{3},\d{3}( rows|行)", last)
    assert max(cell_len(line) for line in lines) <= 80


ENGINES = """
import sys
words = ["summarize", "--period", "2025H1", "--kpi", "voices", "--format", "csv", "--no-cache"]
sys.argv = ["kpicli", *words]
from kpicli.loaders.engines import local
from kpicli.loaders.engines.processes import Processes
from kpicli.cli import main
local._SMALL = 0
local.processors = lambda: 2
started = Processes.map
def told(self, run, tasks):
    print("PROCESSES", file=sys.stderr)
    return started(self, run, tasks)
Processes.map = told
main()
"""


def test_a_terminal_leaves_large_files_to_processes(voices_project: Path, tmp_path: Path) -> None:
    """The bar's clock is a thread, and no process can be forked safely once one runs."""
    script = tmp_path / "engines.py"
    script.write_text(ENGINES, encoding="utf-8")
    outcome = terminal(folder=voices_project, program=(str(script),), talk=True)
    assert outcome.code == 0
    assert "PROCESSES" in outcome.text
