"""Calculations over the numbers of a column, whatever is made of them."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Self

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, select
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import SmallCodes
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.model.measured import Measured
from kpicli.values.numbers import exact_product, exact_sum, plain_number

Tally = list[tuple[Decimal, int | Decimal]]
"""Each distinct number with how many rows have it, or how much they weigh.

The work is done per number, not per row.
"""


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
    weights = Weights.of(kpi, dataset)
    unknown = selection.unknown | (coded.codes < 0)
    if weights is not None:
        unknown |= weights.lacking
    selection = replace(selection, unknown=unknown)
    numbers = coded.numbers()

    def measure(rows: Rows) -> Measured:
        if weights is not None:
            return make(weights.tally(coded.codes, numbers, rows))
        counts = np.bincount(coded.codes[rows], minlength=len(numbers)).tolist()
        return make(list(zip(numbers, counts, strict=True)))

    return finish(kpi, selection, measure)


class Weights(Struct, frozen=True):
    """The weights of the rows of a dataset: a code per row, the numbers by code.

    `lacking` marks the rows whose weight is blank or below 0.
    """

    codes: SmallCodes
    numbers: list[Decimal]
    lacking: Mask

    @classmethod
    def of(cls, kpi: Kpi, dataset: Dataset) -> Self | None:
        """Return the weights of a KPI's rows; None where all weigh the same."""
        if kpi.weighed_by is None:
            return None
        coded = dataset.column(kpi.weighed_by)
        numbers = coded.numbers()
        below = np.array([*(number < 0 for number in numbers), True])  # a blank has the last place
        return cls(coded.codes, numbers, below[coded.codes])

    def total(self, rows: Rows) -> int | Decimal:
        """Return the exact sum of the weights of some rows."""
        counts = np.bincount(self.codes[rows], minlength=len(self.numbers)).tolist()
        return plain_number(exact_sum(zip(self.numbers, counts, strict=True)))

    def tally(self, codes: SmallCodes, numbers: Sequence[Decimal], rows: Rows) -> Tally:
        """Return each of some numbers, given by a code per row, with what its rows weigh."""
        width = max(len(self.numbers), 1)
        pairs = codes[rows].astype(np.int64) * width + self.codes[rows]
        distinct, counts = np.unique(pairs, return_counts=True)
        return [
            (numbers[pair // width], exact_product(self.numbers[pair % width], count))
            for pair, count in zip(distinct.tolist(), counts.tolist(), strict=True)
        ]


def total(tally: Tally) -> Decimal:
    """Return the exact sum of the numbers."""
    return exact_sum(tally)
