"""What a scenario is: a name on the command line, and a function that measures and tells."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields

from benchmarks.bench import Bench
from benchmarks.plan import Plan


def _no_options(parser: argparse.ArgumentParser) -> None:
    """Add none."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    `measure` returns Markdown: tables with their headings. `minutes` is what it takes on two
    quiet cores with the options as they are by default. `add_options` declares options of its own.
    """

    name: str
    does: str
    measure: Callable[[Bench, argparse.Namespace], str]
    minutes: float
    add_options: Callable[[argparse.ArgumentParser], None] = _no_options


def plan_of(options: argparse.Namespace) -> Plan:
    """Return the files that the options ask for."""
    return Plan(**{field.name: getattr(options, field.name) for field in fields(Plan)})


def numbers(text: str) -> tuple[int, ...]:
    """Read numbers joined by commas; digits may be grouped by underscores."""
    return tuple(int(number.replace("_", "")) for number in text.split(","))


def described_plan(plan: Plan) -> str:
    """Return the files in words."""
    kind = f"files, {plan.encoding}"
    if plan.columns:
        kind = f"workbook{'s' if plan.files > 1 else ''} of {plan.columns} columns"
    return (
        f"{plan.rows:,} rows in {plan.files} {kind}, "
        f"{plan.duplicates:.2%} repeated, {plan.superseded:.2%} superseded, "
        f"{plan.long_share:.2%} with line breaks"
    )
