"""Calculations over the numbers of a column, whatever is made of them."""

from collections.abc import Callable, Mapping
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, select
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.sources import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured
from kpicli.values.numbers import exact_sum

Tally = list[tuple[Decimal, int]]
"""Each distinct number with how many rows have it; the work is done per number, not per row."""


def calculate_amounts(
    kpi: Kpi,
    datasets: Mapping[str, Dataset],
    tables: SourceTables,
    scope: Scope,
    make: Callable[[Tally], Measured],
) -> Calculation:
    """Return the rows whose numbers count; a blank number is undetermined.

    `make` is given the numbers of some rows; those that no row has are there with 0.
    """
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, tables, scope)
    coded = dataset.column(str(kpi.amount))
    selection = replace(selection, unknown=selection.unknown | (coded.codes < 0))
    numbers = [Decimal(str(value)) for value in coded.values]

    def measure(rows: Rows) -> Measured:
        counts = np.bincount(coded.codes[rows], minlength=len(numbers)).tolist()
        return make(list(zip(numbers, counts, strict=True)))

    return finish(kpi, selection, measure)


def total(tally: Tally) -> Decimal:
    """Return the exact sum of the numbers."""
    return exact_sum(tally)
