"""What a row adds to a figure, were it counted: its identity, its numbers and their weights."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Self

import numpy as np
from msgspec import Struct

from kpicli.calculators.amounts import Weights
from kpicli.calculators.interface import Calculation
from kpicli.calculators.selection import identities
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.loaders.cells.column_codes import BLANK
from kpicli.loaders.rows.dataset import Dataset
from kpicli.trace.accounted_columns import AccountedColumn, Codes, Numbers, Whole, spread
from kpicli.values.numbers import exact_product


class Exact(Struct, frozen=True):
    """A decimal a row of the dataset, by codes; nothing where the code is below 0."""

    codes: Numbers
    values: Sequence[Decimal]

    @classmethod
    def nothing(cls, rows: int) -> Self:
        """Return a column without any number."""
        return cls(np.full(rows, BLANK, np.int64), ())

    def among(self, own: Numbers) -> AccountedColumn:
        """Return the column of all rows, of which `own` is the place among the dataset's."""
        return Codes(spread(own, self.codes), self.values, "number")

    def times(self, other: Self) -> "Exact":
        """Return the product of two columns: the work is done per distinct pair."""
        width = max(len(other.values), 1)
        pairs = self.codes * width + other.codes
        pairs[(self.codes < 0) | (other.codes < 0)] = BLANK
        distinct, codes = np.unique(pairs[pairs >= 0], return_inverse=True)
        placed = np.full(len(pairs), BLANK, np.int64)
        placed[pairs >= 0] = codes
        factors = [divmod(pair, width) for pair in distinct.tolist()]
        return Exact(placed, [exact_product(self.values[a], other.values[b]) for a, b in factors])


class Identity(Struct, frozen=True):
    """The same number in rows of the dataset that count but once; below 0 where each counts."""

    numbers: Numbers

    def among(self, own: Numbers) -> AccountedColumn:
        """Return the column of all rows, of which `own` is the place among the dataset's."""
        return Whole(spread(own, self.numbers))


def amounts_of(kpi: Kpi, calculation: Calculation) -> Mapping[str, Exact | Identity]:
    """Return what each row of a calculation adds, by the names of the columns.

    `value` is the number of an amount, `numerator` that times the weight, and `denominator` the
    weight, which is 1 without any; in a ratio the numerator is the weight of a row that fits, else
    0. Of what is only counted there are no numbers.
    """
    dataset = calculation.dataset
    value, weight = _numbers(dataset, kpi.amount), _weight(kpi, dataset)
    nothing = Exact.nothing(len(dataset))
    numerator = denominator = nothing
    if calculation.numerator is not None:
        fits = np.zeros(len(dataset), np.int64)
        fits[calculation.numerator] = 1
        numerator, denominator = Exact(fits, (Decimal(0), Decimal(1))).times(weight), weight
    elif value is not None:
        numerator, denominator = value.times(weight), weight
    return {
        "identity": Identity(_identity(kpi, dataset)),
        "value": value or nothing,
        "numerator": numerator,
        "denominator": denominator,
    }


def _numbers(dataset: Dataset, name: str | None) -> Exact | None:
    if name is None:
        return None
    coded = dataset.column(name)
    return Exact(coded.codes.astype(np.int64), coded.numbers())


def _weight(kpi: Kpi, dataset: Dataset) -> Exact:
    own = Weights.of(kpi, dataset)
    if own is None:
        return Exact(np.zeros(len(dataset), np.int64), (Decimal(1),))
    return Exact(np.where(own.lacking, BLANK, own.codes).astype(np.int64), own.numbers)


def _identity(kpi: Kpi, dataset: Dataset) -> Numbers:
    if kpi.date_shown_as is not None:
        return _shown_dates(kpi, dataset)
    if not kpi.identity:
        return np.full(len(dataset), BLANK, np.int64)
    return identities(dataset, kpi.identity)[0]


def _shown_dates(kpi: Kpi, dataset: Dataset) -> Numbers:
    """Return a number for each date that is shown, and what stands beside it."""
    numbers, _ = identities(dataset, kpi.dated)
    columns = [(dataset.source.known[n], dataset.column(n)) for n in kpi.dated]
    _, firsts, places = np.unique(numbers, return_index=True, return_inverse=True)
    known: dict[tuple[str, ...] | None, int] = {}
    by_place: list[int] = []
    for row in firsts.tolist():
        codes = [(column, coded, int(coded.codes[row])) for column, coded in columns]
        cells = ["" if code < 0 else column.written(c.values[code]) for column, c, code in codes]
        shown = kpi.dated_by(kpi.date_shown_as, cells)
        by_place.append(known.setdefault(shown, len(known)))
    return np.array(by_place, np.int64)[places]
