"""kpicli beside the tools that read workbooks, on workbooks as Excel saves them."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.answers import from_list
from benchmarks.bench import Bench
from benchmarks.contenders import SAME, Contender, kpicli, scripted
from benchmarks.plan import OWN_COLUMNS, Plan
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import comparison
from benchmarks.targets import Target

REHEARSAL = 2_000
"""Rows of the workbook on which every contender has to give the right answer beforehand."""

SHEETS = ((200_000, 11), (1_000_000, 20))
LARGE = 500_000
"""From so many rows on there are fewer rounds."""

CALAMINE = Contender(
    "pandas with calamine",
    scripted("pandas_workbook_script.py"),
    from_list,
    SAME,
    needs=("pandas", "python_calamine"),
)
FASTEXCEL = Contender(
    "Polars with fastexcel",
    scripted("polars_workbook_script.py"),
    from_list,
    SAME,
    needs=("polars", "fastexcel"),
)
OPENPYXL = Contender(
    "openpyxl, read only",
    scripted("openpyxl_script.py"),
    from_list,
    SAME,
    needs=("openpyxl",),
)
"""It takes some 80 µs for a row of 11 cells."""

TARGETS = (
    Target("wall", 1.3, CALAMINE.name),
    Target("cpu", 1.3, CALAMINE.name),
    Target("peak", 1.0, CALAMINE.name),
)


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table for each of the sizes, and one of openpyxl at a size that it bears."""
    plan = replace(plan_of(options), files=options.books)
    if options.books == 1:  # no later file has a row otherwise
        plan = replace(plan, superseded=0.0)
    own = [kpicli(), *map(kpicli, options.kpicli)]
    tables = [
        _table(
            bench,
            replace(plan, rows=rows, columns=columns),
            [*own, CALAMINE, FASTEXCEL],
            bench.repeat if rows < LARGE else min(options.large_repeat, bench.repeat),
            TARGETS,
        )
        for rows, columns in options.sheets
    ]
    if options.openpyxl_rows:
        small = replace(plan, rows=options.openpyxl_rows, columns=OWN_COLUMNS)
        tables.append(_table(bench, small, [*own, OPENPYXL], bench.repeat))
    return "\n".join(tables)


def _table(
    bench: Bench,
    plan: Plan,
    contenders: Sequence[Contender],
    repeat: int,
    targets: tuple[Target, ...] = (),
) -> str:
    with bench.dataset(replace(plan, rows=max(REHEARSAL, 50 * plan.files))) as data:
        bench.compare(data, contenders, 1)
    with bench.dataset(plan) as data:
        measured = bench.compare(data, contenders, repeat, targets)
    return f"### {described_plan(plan)}\n\n{comparison(measured)}"


def sheets(text: str) -> tuple[tuple[int, int], ...]:
    """Read sizes joined by commas, each rows and columns: `200000x11,1_000_000x20`."""
    pairs = (size.replace("_", "").split("x") for size in text.split(","))
    return tuple((int(rows), int(columns)) for rows, columns in pairs)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes of the tables."""
    parser.add_argument(
        "--sheets", type=sheets, default=SHEETS, help="rows and columns, as 200000x11,1000000x20"
    )
    parser.add_argument("--books", type=int, default=1, help="workbooks that hold the rows")
    parser.add_argument("--openpyxl-rows", type=int, default=20_000, help="0 leaves openpyxl out")


WORKBOOKS = Scenario("workbooks", "kpicli beside readers of workbooks", measure, 5.0, add_options)
