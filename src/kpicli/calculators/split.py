"""Splitting a calculation by time or by a column: which rows, counted or in doubt, go where."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
from msgspec import Struct

from kpicli.base.errors import InternalError, UsageError
from kpicli.base.wording import Text, quantity
from kpicli.calculators.interface import FALSE, TRUE, UNKNOWN
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import BLANK, NO_DAY, SmallCodes, day_number
from kpicli.loaders.rows.dataset import Mask
from kpicli.model.figures import UNFILLED
from kpicli.model.periods import Period, SpanKind
from kpicli.values.distinct_values import distinct_values

if TYPE_CHECKING:
    from kpicli.calculators.interface import Calculation, Rows


MOST_ITEMS = 10_000
"""A column is split into as many values at most: nobody reads a table of more."""

_NOWHERE = -2
"""The code of a value that no row has."""


class Subset(Struct, frozen=True):
    """Some of a calculation's rows: those that count, and those that may belong here some day.

    `doubtful` are in doubt, `later` are not yet due.
    """

    rows: "Rows"
    doubtful: "Rows"
    later: "Rows"

    @classmethod
    def whole(cls, calculation: "Calculation") -> Self:
        """Return all rows that are counted, undetermined, or not yet due."""
        return cls(calculation.counted, calculation.undetermined, calculation.not_yet_due)


class Slice(Struct, frozen=True):
    """One item of a split by a column."""

    item: str
    subset: Subset


class Span(Struct, frozen=True):
    """One month, quarter, half or year; `period` is it as far as it lies in what is split."""

    period: Period
    subset: Subset


def by_span(
    calculation: "Calculation", subset: Subset, period: Period, per: SpanKind
) -> list[Span]:
    """Return a slice for every span of the period; a row in doubt without a day is in each."""
    doubtful_days = calculation.days[subset.doubtful]
    days = calculation.days[subset.rows]
    later_days = calculation.days[subset.later]
    slices: list[Span] = []
    for part in period.split(per):
        first, last = day_number(part.start), day_number(part.end)
        inside = subset.rows[(days >= first) & (days <= last)]
        maybe = (doubtful_days >= first) & (doubtful_days <= last) | (doubtful_days == NO_DAY)
        later = subset.later[(later_days >= first) & (later_days <= last)]
        slices.append(Span(part, Subset(inside, subset.doubtful[maybe], later)))
    return slices


def by_column(
    calculation: "Calculation",
    subset: Subset,
    column: str,
    tables: SourceTables,
    shown: Sequence[str] = (),
) -> list[Slice]:
    """Return a slice for every value of the column.

    `shown` values come first and always; without them the values of a closed code table do, named
    exclusions aside. Any other value follows where it has rows, be they in doubt or to come, blank
    cells last as `未記入`, and with them those in which that word stands. A row whose cell cannot
    be read is counted in no slice, and in doubt in every one. Where cells count under each of
    their values, slices overlap.
    Raises `UsageError` for a column of too many values.
    """
    coded = calculation.dataset.column(column)
    unreadable = _unreadable(calculation, column)
    subset = _with_doubt(subset, unreadable)
    table = tables.codes_of(calculation.dataset.source, column)
    if not shown and table is not None and not table.open:
        shown = [value for value in table.values if value not in table.excluded]
    doubts = (subset.doubtful, subset.later)
    every = np.concatenate((subset.rows, *doubts))
    candidates = distinct_values(coded.codes[every])
    _require_few(candidates, calculation, column)
    found = _by_code(subset.rows, coded.codes[subset.rows])
    nothing = subset.rows[:0]
    places: dict[object, list[int]] = {}
    for place, cell in enumerate(coded.values):
        for value in (cell,) if table is None else table.among(str(cell)):
            places.setdefault(value, []).append(place)
    codes = frozenset(candidates.tolist())
    present = {value for value, own in places.items() if not codes.isdisjoint(own)}
    order = list(table.values) if table is not None else []
    others = sorted((v for v in present if v not in shown), key=lambda v: _rank(v, order))
    slices: list[Slice] = []
    word = places.get(UNFILLED, [_NOWHERE])[0]
    for value in (*shown, *(value for value in others if value != UNFILLED)):
        own = places.get(value, [_NOWHERE])
        maybe = (rows[np.isin(coded.codes[rows], own) | unreadable[rows]] for rows in doubts)
        counted = [found.get(code, nothing) for code in own]
        counts = counted[0] if len(counted) == 1 else np.sort(np.concatenate(counted))
        slices.append(Slice(str(value), Subset(counts, *maybe)))
    blanks = np.concatenate((found.get(BLANK, nothing), found.get(word, nothing)))
    blank = np.concatenate([rows[~unreadable[rows]] for rows in doubts])
    if len(blanks) or np.isin(coded.codes[blank], (BLANK, word)).any():
        maybe = (rows[(coded.codes[rows] < 0) | (coded.codes[rows] == word)] for rows in doubts)
        slices.append(Slice(UNFILLED, Subset(np.sort(blanks), *maybe)))
    require_all(subset, slices, overlapping=table is not None and table.each)
    return slices


def of_which(calculation: "Calculation", subset: Subset) -> list[Slice]:
    """Return a slice for every part of which: the rows that fit its filter.

    A row that counts is in doubt in a part for which that cannot be told, one that is in doubt
    wherever its cells do not rule it out.
    """
    slices = []
    for name, truth in calculation.of_which:
        own = truth[subset.rows]
        doubtful = subset.doubtful[truth[subset.doubtful] != FALSE]
        doubtful = np.sort(np.concatenate((doubtful, subset.rows[own == UNKNOWN])))
        later = subset.later[truth[subset.later] != FALSE]
        slices.append(Slice(name, Subset(subset.rows[own == TRUE], doubtful, later)))
    return slices


def require_all(subset: Subset, slices: Sequence[Slice], *, overlapping: bool) -> None:
    """Raise `InternalError` unless the slices have every counted row, and but once.

    Where they are `overlapping`, a row may be in several.
    """
    rows = sum(len(each.subset.rows) for each in slices)
    if overlapping and slices:
        rows = len(np.unique(np.concatenate([each.subset.rows for each in slices])))
    if rows != len(subset.rows):
        raise InternalError(
            Text(
                f"内訳の行の和 {rows} が、全体の {len(subset.rows)} 行と合いません",
                f"the parts have {quantity(rows, 'row')} of {len(subset.rows)}",
            )
        )


def _require_few(codes: SmallCodes, calculation: "Calculation", column: str) -> None:
    if len(codes) <= MOST_ITEMS:
        return
    header = calculation.dataset.source.columns[column].headers[0]
    raise UsageError(
        Text(
            f"列「{header}」({column}) には値が {len(codes):,} 種類あります。"
            f"{MOST_ITEMS:,} 種類までしか分けられません",
            f"the column {header} ({column}) has {len(codes):,} values; figures are split into "
            f"{MOST_ITEMS:,} at most",
        ),
        Text(
            "値の少ない列か、月 (--by month) で分けてください。行の一覧なら kpicli rows で出せます",
            "split by a column of fewer values or by month (--by month); kpicli rows lists rows",
        ),
    )


def _with_doubt(subset: Subset, unreadable: Mask) -> Subset:
    """Return the subset, counted rows that are marked being in doubt instead."""
    marked = unreadable[subset.rows]
    if not marked.any():
        return subset
    doubtful = np.concatenate((subset.doubtful, subset.rows[marked]))
    return Subset(subset.rows[~marked], np.sort(doubtful), subset.later)


def _by_code(rows: "Rows", codes: SmallCodes) -> "dict[int, Rows]":
    """Return the rows of each code that occurs, in their order."""
    order = np.argsort(codes, kind="stable")  # of few bits, that is but one pass over them
    ordered = codes[order]
    borders = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    distinct = ordered[np.concatenate(([0], borders))] if len(rows) else ordered
    return dict(zip(distinct.tolist(), np.split(rows[order], borders), strict=False))


def _rank(value: object, order: Sequence[str]) -> tuple[int, str]:
    text = str(value)
    return (order.index(text) if text in order else len(order), text)


def _unreadable(calculation: "Calculation", column: str) -> Mask:
    dataset = calculation.dataset
    return dataset.unreadable.get(column, np.zeros(len(dataset), np.bool_))
