"""kpicli on more and more rows, and on the same rows in more and more files."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.bench import Bench, one_run
from benchmarks.contenders import kpicli
from benchmarks.plan import Plan
from benchmarks.scenarios.declared import Scenario, numbers, plan_of
from benchmarks.tables import Measured, series
from benchmarks.targets import Target

SIZES = (100_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
COUNTS = (1, 10, 40, 400)

MEMORY = Target("peak", 1.5e9)
"""Asked of every size up to 10 million rows."""


def by_rows(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of kpicli by the number of rows."""
    plans = [replace(plan_of(options), rows=rows) for rows in options.sizes]
    return f"### kpicli by rows\n\n{_tables(bench, plans, options.kpicli)}"


def by_files(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of kpicli by the number of files."""
    plan = replace(plan_of(options), rows=options.files_rows)
    plans = [replace(plan, files=count) for count in options.counts]
    return f"### kpicli by files\n\n{_tables(bench, plans, options.kpicli)}"


def _tables(bench: Bench, plans: Sequence[Plan], engines: Sequence[str]) -> str:
    return "\n".join(series(_series(bench, plans, options)) for options in ("", *engines))


def _series(bench: Bench, plans: Sequence[Plan], options: str) -> list[Measured]:
    """Run kpicli on each of the plans in turn; each size is written once."""
    contender = kpicli(options)
    measured = []
    for plan in plans:
        targets = (MEMORY,) if plan.rows <= 10_000_000 else ()
        mine = Measured(contender.name, rows=plan.rows, files=plan.files, targets=targets)
        with bench.dataset(plan) as data:
            for _ in range(bench.repeat):
                done = one_run(contender, data)
                bench.tell(f"{plan.rows:,} rows, {plan.files} files: {done.usage.wall:.2f} s")
                mine.runs.append(done.usage)
        measured.append(mine)
    return measured


def add_sizes(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes."""
    parser.add_argument("--sizes", type=numbers, default=SIZES, help="rows, joined by commas")


def add_counts(parser: argparse.ArgumentParser) -> None:
    """Declare the numbers of files, and their rows."""
    parser.add_argument("--counts", type=numbers, default=COUNTS, help="files, joined by commas")
    parser.add_argument("--files-rows", type=int, default=4_000_000, help="rows of `files`")


SIZE = Scenario("sizes", "kpicli by rows", by_rows, 3.0, add_sizes)
FILES = Scenario("files", "kpicli by files", by_files, 1.5, add_counts)
