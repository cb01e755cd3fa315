"""Runs in alternation, on generated files, with every answer checked."""

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import Contender, Dataset
from benchmarks.measuring import ROOT, CommandFailed, Run, Step, run
from benchmarks.plan import Plan, Written
from benchmarks.tables import Measured
from benchmarks.targets import Target

TODAY = {"KPICLI_TODAY": "2025-11-01"}
"""The half is over, whenever the benchmark runs."""


class WrongAnswer(Exception):
    """A contender's counts are not those that were written into the files."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of a table: what it runs once and checks, what it is called, and what is asked of it.

    `run` raises `WrongAnswer` for a wrong answer, `CommandFailed` for none. `missing` are programs
    and modules that are not installed and without which it cannot run.
    """

    name: str
    run: Callable[[], Run]
    does: str = ""
    missing: Sequence[str] = ()
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """Where files are put, how often each run is repeated, and who hears of the progress."""

    folder: Path | None
    repeat: int

    def tell(self, text: str) -> None:
        """Write a line of progress to stderr."""
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Make a folder for files, and delete it in the end."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="kpicli-bench-") as name:
            yield Path(name)

    @contextmanager
    def dataset(self, plan: Plan) -> Iterator[Dataset]:
        """Write the files, by a process of their own, and delete them in the end."""
        with self.scratch() as folder:
            self.tell(f"writing {plan.rows:,} rows in {plan.files} files")
            command = (sys.executable, "-m", "benchmarks", "write", str(folder), *plan.as_options())
            subprocess.run(command, cwd=ROOT, check=True)
            yield Dataset(folder, plan, Written.read(folder))

    def alternate(self, turns: Sequence[Turn], repeat: int | None = None) -> list[Measured]:
        """Run all in turn, `repeat` times; each round begins with another one.

        Whoever is not installed or fails has no runs but a trouble. A run of several steps is
        followed by a row for each step. Raises `WrongAnswer`.
        """
        rows = [_Row(turn) for turn in turns]
        for time in range(self.repeat if repeat is None else repeat):
            for place in range(len(rows)):
                row = rows[(place + time) % len(rows)]
                if not row.measured.trouble:
                    row.take()
                    self.tell(row.progress())
        return [m for row in rows for m in (row.measured, *row.parts.values())]

    def compare(
        self,
        data: Dataset,
        contenders: Sequence[Contender],
        repeat: int | None = None,
        targets: tuple[Target, ...] = (),
    ) -> list[Measured]:
        """Run the contenders in turn on the same files; `targets` are the first one's."""
        turns = [
            Turn(c.name, _once(c, data), c.does, c.missing(), () if place else targets)
            for place, c in enumerate(contenders)
        ]
        return self.alternate(turns, repeat)


class _Row:
    """A row while it is measured, with the rows of its steps by name."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.measured = Measured(turn.name, does=turn.does, targets=turn.targets)
        self.parts: dict[str, Measured] = {}
        if turn.missing:
            self.measured.trouble = f"not installed: {', '.join(turn.missing)}"

    def take(self) -> None:
        """Run it once."""
        try:
            done = self.turn.run()
        except CommandFailed as failure:
            self.measured.trouble = f"failed: {failure}"
            return
        self.measured.runs.append(done.usage)
        if len(done.steps) > 1:
            for step, usage in zip(done.names, done.steps, strict=True):
                name = f"{self.turn.name}: {step} alone"
                part = Measured(name, does="a part of the row above", part=True)
                self.parts.setdefault(step, part).runs.append(usage)

    def progress(self) -> str:
        """Return what is said of the last run."""
        runs = self.measured.runs
        return f"{self.turn.name}: {self.measured.trouble or f'{runs[-1].wall:.2f} s'}"


def _once(contender: Contender, data: Dataset) -> Callable[[], Run]:
    return lambda: one_run(contender, data)


def one_run(contender: Contender, data: Dataset) -> Run:
    """Run a contender once, without anything cached, and check its answer."""
    with tempfile.TemporaryDirectory(dir=data.folder) as empty:
        done = run_with_cache(contender.steps(data), empty)
    answer, expected = contender.read(done.output), contender.expected(data.written)
    if answer != expected:
        raise WrongAnswer(f"{contender.name} counts {answer}, but there are {expected}")
    return done


def run_with_cache(steps: Sequence[Step], cache: str | Path) -> Run:
    """Run the steps on the day of the benchmark, with kpicli's cache in this folder."""
    return run(steps, {**TODAY, "XDG_CACHE_HOME": str(cache)})
