"""kpicli beside the tools that a user would pick instead, on the same files."""

import argparse
from dataclasses import replace

from benchmarks.bench import Bench
from benchmarks.contenders import CSVKIT, LARGE, Contender, kpicli
from benchmarks.plan import Plan
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import comparison
from benchmarks.targets import ahead

REHEARSAL = 2_000
"""Rows of the files on which every contender has to give the right answer beforehand."""


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of all peers, one of csvkit at a size that it bears, one of a large size."""
    plan = plan_of(options)
    own = [kpicli(), *map(kpicli, options.kpicli)]
    tables = [_table(bench, plan, [*own, *LARGE], bench.repeat)]
    if options.csvkit_rows:
        small = replace(plan, rows=options.csvkit_rows)
        tables.append(_table(bench, small, [*own, CSVKIT], bench.repeat))
    if options.large_rows:
        large = replace(plan, rows=options.large_rows, files=40)
        tables.append(_table(bench, large, [*own, *LARGE], options.large_repeat))
    return "\n".join(tables)


def _table(bench: Bench, plan: Plan, contenders: list[Contender], repeat: int) -> str:
    small = replace(plan, rows=max(REHEARSAL, 50 * plan.files))
    with bench.dataset(small) as data:
        bench.compare(data, contenders, 1)
    with bench.dataset(plan) as data:
        measured = bench.compare(data, contenders, repeat, (ahead(), ahead("peak")))
    return f"### {described_plan(plan)}\n\n{comparison(measured)}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the sizes of the further tables."""
    parser.add_argument("--csvkit-rows", type=int, default=100_000, help="0 leaves csvkit out")
    parser.add_argument(
        "--large-rows", type=int, default=10_000_000, help="in 40 files; 0 leaves this table out"
    )
    parser.add_argument("--large-repeat", type=int, default=3)


PEERS = Scenario("peers", "kpicli beside other tools", measure, 7.0, add_options)
