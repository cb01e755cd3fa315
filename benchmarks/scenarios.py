"""What is measured: contenders in alternation, sizes, numbers of files, and the start."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.contenders import CSVKIT, Contender, Dataset, kpicli
from benchmarks.measuring import ROOT, CommandFailed, Run, Step, run
from benchmarks.plan import Plan, Written
from benchmarks.tables import Measured

REHEARSAL = 2_000
"""Rows of the files on which every contender has to give the right answer beforehand."""

TODAY = {"KPICLI_TODAY": "2025-11-01"}
"""The half is over, whenever the benchmark runs."""


class WrongAnswer(Exception):
    """A contender's counts are not those that were written into the files."""


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
    def dataset(self, plan: Plan) -> Iterator[Dataset]:
        """Write the files, by a process of their own, and delete them in the end."""
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="kpicli-bench-") as name:
            self.tell(f"writing {plan.rows:,} rows in {plan.files} files")
            command = (sys.executable, "-m", "benchmarks", "write", name, *plan.as_options())
            subprocess.run(command, cwd=ROOT, check=True)
            yield Dataset(Path(name), plan, Written.read(Path(name)))

    def compare(self, plan: Plan, contenders: Sequence[Contender]) -> list[Measured]:
        """Run the contenders in turn on the same files, `repeat` times, and check every answer.

        Whoever is not installed or fails has no runs but `trouble`. Raises `WrongAnswer`.
        """
        measured = [Measured(c.name, does=c.does) for c in contenders]
        for mine, contender in zip(measured, contenders, strict=True):
            if missing := contender.missing():
                mine.trouble = f"not installed: {', '.join(missing)}"
        parts: dict[str, Measured] = {}
        small = replace(plan, rows=max(REHEARSAL, 50 * plan.files))
        for size, times in ((small, 1), (plan, self.repeat)):
            with self.dataset(size) as data:
                for time in range(times):
                    for place in range(len(contenders)):
                        turn = (place + time) % len(contenders)
                        if not measured[turn].trouble:
                            self._turn(contenders[turn], data, measured[turn], parts)
            if size is small:
                parts.clear()
                for mine in measured:
                    mine.runs.clear()
        return [row for m in measured for row in (m, *_of(m, parts))]

    def _turn(
        self, contender: Contender, data: Dataset, mine: Measured, parts: dict[str, Measured]
    ) -> None:
        try:
            done = one_run(contender, data)
        except CommandFailed as failure:
            mine.trouble = f"failed: {failure}"
            return
        self.tell(f"{contender.name}: {data.plan.rows:,} rows in {done.usage.wall:.2f} s")
        mine.runs.append(done.usage)
        steps = contender.steps(data)
        for step, usage in zip(steps, done.steps, strict=True):
            if len(steps) > 1:
                name = f"{mine.name}: {step.name} alone"
                does = "a part of the row above"
                parts.setdefault(name, Measured(name, does=does)).runs.append(usage)

    def small_comparison(self, plan: Plan, rows: int, engines: Sequence[str]) -> list[Measured]:
        """Compare with csvkit at a size that it bears."""
        contenders = [kpicli(), *map(kpicli, engines), CSVKIT]
        return self.compare(replace(plan, rows=rows), contenders)

    def series(self, plans: Sequence[Plan], options: str = "") -> list[Measured]:
        """Run kpicli on each of the plans in turn; each size is written once."""
        contender = kpicli(options)
        measured = []
        for plan in plans:
            mine = Measured(contender.name, rows=plan.rows, files=plan.files)
            with self.dataset(plan) as data:
                for _ in range(self.repeat):
                    done = one_run(contender, data)
                    self.tell(f"{plan.rows:,} rows, {plan.files} files: {done.usage.wall:.2f} s")
                    mine.runs.append(done.usage)
            measured.append(mine)
        return measured

    def start(self) -> list[Measured]:
        """Run kpicli on the sample project beside what its libraries alone cost to import.

        The first of kpicli's rows finds an empty cache folder each time, the second the one that
        a run before has left. Raises `WrongAnswer` where the two print different bytes.
        """
        python = sys.executable
        config = ("--config", str(ROOT / "kpicli.toml"))
        sample = (python, "-m", "kpicli", *config, "summarize", "--period", "2025H1")
        rows = (
            ('python -c "import pandas, pyarrow"', (python, "-c", "import pandas, pyarrow")),
            ("kpicli on the sample project, first run", sample),
            ("kpicli on the sample project, again", sample),
            ('python -c ""', (python, "-c", "")),
        )
        measured = [Measured(name) for name, _ in rows]
        with tempfile.TemporaryDirectory(dir=self.folder, prefix="kpicli-bench-") as kept:
            first = _run_with_cache(sample, kept).output
            for _ in range(self.repeat):
                for mine, (name, command) in zip(measured, rows, strict=True):
                    with tempfile.TemporaryDirectory(dir=self.folder) as empty:
                        done = _run_with_cache(command, kept if name.endswith("again") else empty)
                    if command is sample and done.output != first:
                        raise WrongAnswer(f"{name} printed other figures than the run before")
                    mine.runs.append(done.usage)
        return measured


def one_run(contender: Contender, data: Dataset) -> Run:
    """Run a contender once, without anything cached, and check its answer."""
    with tempfile.TemporaryDirectory(dir=data.folder) as empty:
        done = run(contender.steps(data), {**TODAY, "XDG_CACHE_HOME": empty})
    answer, expected = contender.read(done.output), contender.expected(data.written)
    if answer != expected:
        raise WrongAnswer(f"{contender.name} counts {answer}, but there are {expected}")
    return done


def _run_with_cache(command: Sequence[str], cache: str) -> Run:
    return run([Step((command,))], {**TODAY, "XDG_CACHE_HOME": cache})


def _of(measured: Measured, parts: dict[str, Measured]) -> list[Measured]:
    return [part for name, part in parts.items() if name.startswith(f"{measured.name}: ")]
