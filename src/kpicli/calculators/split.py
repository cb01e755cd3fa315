"""Splitting a calculation by month or by a column: which rows, counted or in doubt, go where."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.truth import day_number
from kpicli.catalog.catalog import Catalog
from kpicli.loaders.columns import NO_DAY
from kpicli.periods import Period

UNFILLED = "未記入"
"""The item of rows whose cell is blank (domain page, "Values")."""


@dataclass(frozen=True, slots=True)
class Slice:
    """One item of a split: its counted rows, and how many rows in doubt may belong to it."""

    item: str
    rows: Rows
    doubts: int


@dataclass(frozen=True, slots=True)
class MonthSlice:
    """One month of a split by month; `period` is the month as far as it lies in the period."""

    period: Period
    rows: Rows
    doubts: int


def by_month(calculation: Calculation, rows: Rows, period: Period) -> list[MonthSlice]:
    """Return a slice for every month of the period; a row in doubt without a day is in each."""
    doubtful = calculation.days[calculation.undetermined]
    days = calculation.days[rows]
    slices: list[MonthSlice] = []
    for month in period.months():
        part = clipped(month, period)
        first, last = day_number(part.start), day_number(part.end)
        inside = rows[(days >= first) & (days <= last)]
        doubts = ((doubtful >= first) & (doubtful <= last)) | (doubtful == NO_DAY)
        slices.append(MonthSlice(part, inside, int(doubts.sum())))
    return slices


def clipped(month: Period, period: Period) -> Period:
    """Return the month as far as it lies in the period."""
    start, end = max(month.start, period.start), min(month.end, period.end)
    return (
        month
        if (start, end) == (month.start, month.end)
        else Period.between(start, end, period.fiscal)
    )


def by_column(
    calculation: Calculation, rows: Rows, column: str, catalog: Catalog, shown: Sequence[str] = ()
) -> list[Slice]:
    """Return a slice for every value of the column.

    `shown` values come first and always; without them the values of a closed code table do, named
    exclusions aside. Any other value follows where it has rows, blank cells last as `未記入`. A row
    in doubt whose value is not known is in every slice.
    """
    coded = calculation.dataset.column(column)
    table = catalog.codes_of(calculation.dataset.source, column)
    if not shown and table is not None and not table.open:
        shown = [value for value in table.values if value not in table.excluded]
    codes = coded.codes[rows]
    doubtful = coded.codes[calculation.undetermined]
    present = {coded.values[code] for code in np.unique(codes) if code >= 0}
    order = list(table.values) if table is not None else []
    others = sorted((v for v in present if v not in shown), key=lambda v: _rank(v, order))
    places = {value: place for place, value in enumerate(coded.values)}
    slices = [
        _slice(value, places.get(value), rows, codes, doubtful) for value in (*shown, *others)
    ]
    blanks = rows[codes < 0]
    if len(blanks):
        slices.append(Slice(UNFILLED, blanks, int((doubtful < 0).sum())))
    return slices


def _rank(value: object, order: Sequence[str]) -> tuple[int, str]:
    text = str(value)
    return (order.index(text) if text in order else len(order), text)


def _slice(
    value: object,
    place: int | None,
    rows: Rows,
    codes: npt.NDArray[np.integer],
    doubtful: npt.NDArray[np.integer],
) -> Slice:
    unknown = int((doubtful < 0).sum())
    if place is None:
        return Slice(str(value), rows[:0], unknown)
    return Slice(str(value), rows[codes == place], unknown + int((doubtful == place).sum()))
