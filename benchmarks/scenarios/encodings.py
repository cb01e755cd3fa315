"""kpicli on the same rows in every encoding and quoting, each held against the plain cp932 file."""

import argparse
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace

from benchmarks.bench import Bench, Turn, one_run
from benchmarks.contenders import Dataset, kpicli
from benchmarks.plan import Plan
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import comparison
from benchmarks.targets import Target

LONG_SHARE, LONG_LENGTH = 0.05, 2000
"""In the second table every twentieth row has a text of some hundred lines."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to write the rows, and what the table says of it."""

    name: str
    does: str
    encoding: str = "cp932"
    cells: str = "usual"

    def of(self, plan: Plan) -> Plan:
        """Return the plan, its rows written in this way."""
        return replace(plan, encoding=self.encoding, cells=self.cells)


USUAL = (
    Variant("cp932", "the others are held against this one"),
    Variant("UTF-8", "without a mark", "utf-8"),
    Variant("UTF-16", "little-endian, with its mark", "utf-16"),
    Variant("ISO-2022-JP", "every Japanese cell between escapes", "iso2022_jp"),
    Variant("EUC-JP", "declared in the settings", "euc_jp"),
    Variant("every cell quoted", "cp932", cells="quoted"),
    Variant("a quote in every text", 'cp932, unquoted cells that begin with 5"', cells="inches"),
)
LONG = (
    Variant("long texts", "cp932, a blank for each line break", cells="unbroken"),
    Variant("line breaks", "cp932, the same texts"),
    Variant("line breaks, UTF-16", "the same texts", "utf-16"),
)


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return a table of encodings and quoting, and one of long texts with line breaks."""
    plan = replace(plan_of(options), rows=options.encodings_rows)
    long = replace(plan, long_share=LONG_SHARE, long_length=LONG_LENGTH)
    return "\n".join((_table(bench, plan, USUAL), _table(bench, long, LONG)))


def _table(bench: Bench, plan: Plan, variants: Sequence[Variant]) -> str:
    base, *_ = variants
    targets = (Target("cpu", 1.5, base.name), Target("peak", 1.5, base.name))
    with ExitStack() as stack:
        turns = [
            _turn(variant, stack.enter_context(bench.dataset(variant.of(plan))), targets)
            for variant in variants
        ]
        turns[0] = replace(turns[0], targets=())
        measured = bench.alternate(turns)
    return f"### Other bytes: {described_plan(plan)}\n\n{comparison(measured)}"


def _turn(variant: Variant, data: Dataset, targets: tuple[Target, ...]) -> Turn:
    told = f"{variant.does}; {data.written.size / 1e6:.0f} MB"
    return Turn(variant.name, lambda: one_run(kpicli(), data), told, (), targets)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the size."""
    parser.add_argument("--encodings-rows", type=int, default=1_000_000, help="rows of `encodings`")


ENCODINGS = Scenario(
    "encodings", "kpicli on other encodings and quoting", measure, 3.0, add_options
)
