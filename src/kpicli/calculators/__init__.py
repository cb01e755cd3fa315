"""The kinds of measure: name to function, each imported when a KPI uses it."""

from importlib import import_module
from typing import cast

from kpicli.calculators.interface import Calculator

MEASURES = {
    "count": "count",
    "distinct": "distinct",
    "sum": "amounts",
    "mean": "amounts",
    "ratio": "ratio",
    "roster_ratio": "roster_ratio",
    "rules": "rules",
}
"""Which module of this package calculates a measure of the catalogue."""


def calculator(measure: str) -> Calculator:
    """Return the calculator of a measure that the catalogue knows."""
    module = import_module(f"kpicli.calculators.{MEASURES[measure]}")
    return cast("Calculator", module.calculate)
