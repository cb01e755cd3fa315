"""The median of a number column."""

from collections.abc import Mapping
from decimal import Decimal

from kpicli.calculators.amounts import Tally, calculate_amounts
from kpicli.calculators.interface import Calculation
from kpicli.calculators.scope import Scope
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.measures.median import MedianKpi
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured, rounded
from kpicli.values.numbers import median


def calculate(
    kpi: MedianKpi, datasets: Mapping[str, Dataset], catalog: Catalog, scope: Scope
) -> Calculation:
    """Return the rows whose numbers are put in order; a blank number is undetermined."""
    return calculate_amounts(kpi, datasets, catalog, scope, _median_of)


def _median_of(tally: Tally) -> Measured:
    size = int(sum(times for _, times in tally))
    middle = sorted({(size - 1) // 2, size // 2}) if size else []
    ordered = sorted(tally)
    return rounded(median([_at(ordered, place) for place in middle]), size)


def _at(ordered: Tally, place: int) -> Decimal:
    """Return the number at a place, counted from 0, among all rows in the order of numbers."""
    passed = 0
    for number, times in ordered:
        passed += int(times)
        if place < passed:
            return number
    raise IndexError(place)
