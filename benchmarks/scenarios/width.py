"""All KPIs of all packs, compared and by month, beside scripts for the same numbers."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks.bench import Bench, Turn, WrongAnswer, run_with_cache
from benchmarks.measuring import ROOT, Run, Step
from benchmarks.plan import Written
from benchmarks.scenarios.declared import Scenario
from benchmarks.tables import comparison
from benchmarks.targets import Target
from benchmarks.width import answers

ASKED = ("summarize", "-p", "2025H1", "--compare", "previous,year-ago", "--by", "month")
DUCKDB, PANDAS = "iconv, then DuckDB", "pandas script"
LARGE = 3
"""Sources that have all of the rows."""


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of kpicli and its peers, all of whose answers are the same."""
    rows = options.width_rows
    with bench.scratch() as folder:
        bench.tell(f"writing {rows:,} rows of each large source")
        command = (sys.executable, "-m", "benchmarks.width.write", str(folder))
        subprocess.run((*command, f"--rows={rows}", f"--seed={options.seed}"), cwd=ROOT, check=True)
        first = _first(folder)
        ahead = (Target("wall", 1.0, DUCKDB), Target("wall", 1.0, PANDAS))
        turns = [
            Turn("kpicli", lambda: _kpicli(folder), "every figure with its accounting", (), ahead),
            Turn(DUCKDB, _peer(folder, first, "width_duckdb"), "the numbers", _missing("duckdb")),
            Turn(PANDAS, _peer(folder, first, "width_pandas"), "the numbers", _missing("pandas")),
        ]
        measured = bench.alternate(turns, options.width_repeat)
    told = (
        f"All KPIs, {rows:,} rows in each of {LARGE} sources: {answers.compared(first):,} values, "
        "each compared"
    )
    return f"### {told}\n\n{comparison(measured)}"


def _missing(module: str) -> list[str]:
    return [] if find_spec(module) else [module]


def _first(folder: Path) -> bytes:
    """Run kpicli once; what it prints is what everyone has to answer."""
    done = _kpicli(folder)
    _check_voices(folder, done.output)
    return done.output


def _check_voices(folder: Path, printed: bytes) -> None:
    """Raise `WrongAnswer` unless voices and their outcomes are what the generator has drawn."""
    told = answers.counts_of(printed)
    for place, number in Written.read(folder).figures().items():
        if told.get(place) != number:
            raise WrongAnswer(f"{place}: {told.get(place)}, but there are {number}")


def _kpicli(folder: Path) -> Run:
    config = ("--config", str(folder / "kpicli.toml"))
    command = (sys.executable, "-m", "kpicli", *config, *ASKED, "-f", "json")
    with tempfile.TemporaryDirectory(dir=folder) as empty:
        return run_with_cache([Step((command,))], empty)


def _peer(folder: Path, expected: bytes, script: str) -> Callable[[], Run]:
    command = (sys.executable, "-m", f"benchmarks.peers.{script}")

    def run() -> Run:
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            steps = [Step(((*command, str(folder)),))]
            if script == "width_duckdb":
                files = map(str, sorted(folder.glob("*.csv")))
                loop = 'to=$1; shift; for f; do iconv -f CP932 -t UTF-8 "$f" > "$to/${f##*/}"; done'
                convert = ("sh", "-ec", loop, "sh", scratch, *files)
                steps = [Step((convert,), "iconv"), Step(((*command, scratch),), "DuckDB")]
            done = run_with_cache(steps, scratch)
        unlike = answers.differences(expected, answers.from_list(done.output))
        if unlike:
            raise WrongAnswer(f"{script}: {len(unlike)} values differ, such as {unlike[:3]}")
        return done

    return run


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the size, and how often each runs."""
    parser.add_argument(
        "--width-rows", type=int, default=2_000_000, help="rows of each large source of `width`"
    )
    parser.add_argument("--width-repeat", type=int, default=3)


WIDTH = Scenario("width", "all KPIs of all packs beside other tools", measure, 3.5, add_options)
