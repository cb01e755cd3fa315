"""kpicli's commands on the same files, each held to a multiple of `summarize` in the same run."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.bench import Bench, Turn, run_with_cache
from benchmarks.contenders import Dataset
from benchmarks.measuring import Run, Step
from benchmarks.plan import Written
from benchmarks.scenarios import checked
from benchmarks.scenarios.checked import PERIOD
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import comparison
from benchmarks.targets import Target

SUMMARIZE = "summarize"
MOST_MEMORY = Target("peak", 1.5e9)
"""Of every command, up to 10 million rows."""

NARRATIVE = """# 結果

## 原則2 お客様の最善の利益の追求

声は{{ voices }}で、改善は{{ complaint_improvements }}。

::: figures voices
"""

Check = Callable[[bytes, Path, Written], None]
"""Given what was printed, the file that was written, and the truth; raises `WrongAnswer`."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command, how its answer is checked, and the most it may take.

    `{out}` in an argument is a file that is not there before the run. `times` is a multiple of
    `summarize`; None asks nothing of the time. `does` is what the table says of it.
    """

    arguments: str
    check: Check
    does: str
    times: float | None = None
    writes: str = ""

    @property
    def name(self) -> str:
        """Return the command's name, which is that of its row."""
        return self.arguments.split()[0]

    def targets(self) -> tuple[Target, ...]:
        """Return the targets of time and memory."""
        return (*([Target("wall", self.times, SUMMARIZE)] if self.times else []), MOST_MEMORY)


COMMANDS = (
    Command(f"summarize -p {PERIOD} -f json", checked.summary, "all KPIs of the source"),
    Command(f"explain voices -p {PERIOD} -f json", checked.explanation, "one KPI", 1.3),
    Command("check -f json", checked.accounting, "every fault and warning of the files", 3),
    Command(
        f"rows voices -p {PERIOD} --item 不満 -o {{out}}",
        checked.rows,
        "the complaints of the half, written as CSV",
        2,
        "rows.csv",
    ),
    Command(
        f"freeze -p {PERIOD}",
        checked.record,
        "figures, and every row behind them, kept",
        4,
        f"published/{PERIOD}.json",
    ),
    Command(f"diff {PERIOD} -f json", checked.unmoved, "the record against the files", 5),
    Command(
        f"report -p {PERIOD} -o {{out}}", checked.report, "the page, compared", None, "report.html"
    ),
)


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table; its ratios are to `summarize`."""
    plan = replace(plan_of(options), rows=options.commands_rows)
    with bench.dataset(plan) as data:
        _prepare(data)
        turns = [
            Turn(c.name, once(c, data), c.does, (), c.targets() if plan.rows <= 10**7 else ())
            for c in COMMANDS
        ]
        measured = bench.alternate(turns, options.commands_repeat)
    return f"### Commands: {described_plan(plan)}\n\n{comparison(measured)}"


def _prepare(data: Dataset) -> None:
    """Write the words of the report, and freeze the half for `diff`."""
    narrative = data.folder / "narrative" / f"{PERIOD}.md"
    narrative.parent.mkdir()
    narrative.write_text(NARRATIVE, encoding="utf-8")
    run_with_cache([_step(data, f"freeze -p {PERIOD}")], data.folder / "cache")
    shutil.move(data.folder / "published", data.folder / "kept")


def _step(data: Dataset, arguments: str) -> Step:
    config = ("--lang", "ja", "--config", str(data.folder / "kpicli.toml"))
    return Step(((sys.executable, "-m", "kpicli", *config, *arguments.split()),))


def once(command: Command, data: Dataset) -> Callable[[], Run]:
    """Return a function that runs the command once and checks its answer."""
    out = data.folder / (command.writes or "nothing")

    def run() -> Run:
        with _empty(data, command) as cache:
            done = run_with_cache([_step(data, command.arguments.format(out=out))], cache)
            command.check(done.output, out, data.written)
            return done

    return run


@contextmanager
def _empty(data: Dataset, command: Command) -> Iterator[str]:
    """Make a cache folder, and a record for the command that reads one; remove them afterwards.

    The other commands have none: what is frozen would stand instead of what is counted.
    """
    published = data.folder / "published"
    if command.name == "diff":
        shutil.copytree(data.folder / "kept", published)
    try:
        with tempfile.TemporaryDirectory(dir=data.folder) as cache:
            yield cache
    finally:
        shutil.rmtree(published, ignore_errors=True)
        if command.writes:
            (data.folder / command.writes).unlink(missing_ok=True)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the size, and how often each command runs."""
    parser.add_argument("--commands-rows", type=int, default=2_000_000, help="rows of `commands`")
    parser.add_argument("--commands-repeat", type=int, default=3)


COMMANDS_SCENARIO = Scenario(
    "commands", "kpicli's commands beside summarize", measure, 3.0, add_options
)
