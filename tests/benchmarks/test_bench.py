"""Rows in alternation: who cannot run, who fails, and rows of several steps."""

from pathlib import Path

import pytest

from benchmarks.bench import Bench, Turn
from benchmarks.measuring import CommandFailed, Run, Usage

QUICK = Usage(1.0, 2.0, 3)


def test_who_cannot_run_is_told_and_the_others_are_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing program and a failing one are rows with the reason, tried once at most."""
    tried: list[str] = []

    def failing() -> Run:
        tried.append("broken")
        raise CommandFailed("exit codes [1]")

    turns = [
        Turn("first", lambda: Run((QUICK,), b"")),
        Turn("absent", failing, missing=["no_such_program"]),
        Turn("broken", failing),
    ]
    first, absent, broken = Bench(tmp_path, 2).alternate(turns)
    assert (first.runs, absent.runs, broken.runs) == ([QUICK, QUICK], [], [])
    assert absent.trouble == "not installed: no_such_program"
    assert broken.trouble == "failed: exit codes [1]"
    assert tried == ["broken"]
    assert "first: 1.00 s" in capsys.readouterr().err


def test_rounds_begin_with_another_row(tmp_path: Path) -> None:
    """A slow minute of the machine hits all of them."""
    order: list[str] = []

    def turn(name: str) -> Turn:
        def run() -> Run:
            order.append(name)
            return Run((QUICK,), b"")

        return Turn(name, run)

    Bench(tmp_path, 2).alternate([turn("a"), turn("b"), turn("c")])
    assert "".join(order) == "abcbca"


def test_steps_are_rows_below_their_run(tmp_path: Path) -> None:
    """Each step has its cost, as a part that no target is held against."""
    done = Run((QUICK, Usage(0.5, 0.5, 9)), b"", ("iconv", "DuckDB"))
    rows = Bench(tmp_path, 1).alternate([Turn("both", lambda: done)])
    assert [(row.name, row.part) for row in rows] == [
        ("both", False),
        ("both: iconv alone", True),
        ("both: DuckDB alone", True),
    ]
    assert [row.runs for row in rows] == [[Usage(1.5, 2.5, 9)], [QUICK], [Usage(0.5, 0.5, 9)]]
