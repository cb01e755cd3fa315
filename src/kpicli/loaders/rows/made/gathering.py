"""Rows made of rows: the rows of a source with the same cells in some columns become one.

base dataset, Source.per -> groups -> one row each, and per gathered column one value each
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.derivations.gathered import ROWS
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.column_codes import BLANK, NO_DAY, day_number, small_type
from kpicli.loaders.rows.dataset import Coded, Dataset, Gathered, Mask, Misdated
from kpicli.loaders.rows.resolution import KeptRows
from kpicli.model.accounting import SourceAccounting
from kpicli.values.numbers import decimals_of

Codes = npt.NDArray[np.int64]
_MOST = 1 << 62
"""What sums may come to in 64 bits; beyond that Python's own integers add."""


def gathered_rows(source: Source, base: Dataset) -> Dataset:
    """Return the rows of a source that is made of another, in the order of their first row.

    A row that lacks one of the cells is a row of its own, which no figure counts as certain; nor is
    one of whose rows any is faulty.
    """
    lacking = np.zeros(len(base), dtype=np.bool_)
    groups = np.zeros(len(base), np.int64)
    for name in source.per:
        codes = base.column(name).codes.astype(np.int64)
        lacking |= codes < 0
        pairs = groups * (int(codes.max(initial=-1)) + 2) + codes + 1
        groups = np.unique(pairs, return_inverse=True)[1]
    groups[lacking] = len(base) + np.flatnonzero(lacking)
    _, firsts, groups = np.unique(groups, return_index=True, return_inverse=True)
    order = np.argsort(firsts)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    groups, firsts = rank[groups], firsts[order]
    faulty = _any(base.faulty | lacking, groups, len(firsts))
    usable = len(firsts) - int(faulty.sum())
    places = np.zeros(len(base.states), np.bool_)
    places[base.kept[firsts]] = True
    return Dataset(
        source=source,
        columns={
            name: Coded(base.column(name).codes[firsts], base.column(name).values)
            for name in source.per
        },
        faulty=faulty,
        unreadable={n: base.unreadable[n][firsts] for n in source.per if n in base.unreadable},
        absent={name: base.absent[name] for name in source.per if name in base.absent},
        coverage=base.coverage,
        accounting=SourceAccounting(len(firsts), usable, 0, 0, 0, len(firsts) - usable),
        files_once_hashed=lambda: tuple(replace(file, source=source.id) for file in base.files),
        tables=base.tables,
        states=base.states,
        kept=KeptRows.of(places),
        firsts=base.firsts,
        misdated=tuple(Misdated(np.unique(groups[m.rows]), m.span) for m in base.misdated),
        gathered=Gathered(base, groups),
    )


def _any(marks: Mask, groups: Codes, many: int) -> Mask:
    """Mark the groups in which any row is marked."""
    return np.bincount(groups[marks], minlength=many) > 0


def gather(word: str, name: str, gathered: Gathered, many: int) -> tuple[Coded, Mask]:
    """Return the value of each of `many` groups as `word` asks, and which cannot be read."""
    base, groups = gathered.base, gathered.groups
    if name == ROWS:
        return _whole(np.bincount(groups, minlength=many)), np.zeros(many, dtype=np.bool_)
    coded = base.column(name)
    marks = base.unreadable.get(name)
    unreadable = np.zeros(many, dtype=np.bool_) if marks is None else _any(marks, groups, many)
    filled = coded.codes >= 0
    rows = _Filled(coded, groups[filled], coded.codes[filled].astype(np.int64), many)
    if word == "count":
        return _whole(np.bincount(rows.groups, minlength=many)), unreadable
    if word == "sum":
        return _without(rows.sum(), _any(~filled, groups, many) | unreadable), unreadable
    if word in ("min", "max"):
        return _without(rows.extreme(word), unreadable), unreadable
    days = base.days(base.base_date)[filled]
    value, differs = rows.at_the_end(word, days)
    unreadable |= differs
    return _without(value, unreadable), unreadable


def _without(coded: Coded, marks: Mask) -> Coded:
    codes = coded.codes.copy()
    codes[marks] = BLANK
    return Coded(codes, coded.values)


def _whole(numbers: Codes) -> Coded:
    distinct, codes = np.unique(numbers, return_inverse=True)
    values = tuple(map(Decimal, distinct.tolist()))
    return Coded(codes.astype(small_type(len(values))), values)


def _in_units(number: Decimal, places: int) -> int:
    """Return a number in units of its last decimal place."""
    numerator, denominator = number.as_integer_ratio()
    units: int = numerator * 10**places // denominator
    return units


def _of_units(units: int, places: int) -> Decimal:
    return Decimal((int(units < 0), tuple(map(int, str(abs(units)))), -places))


def _comparable(value: object) -> Decimal:
    """Return a number as such, and a date as its day."""
    return Decimal(day_number(value)) if isinstance(value, date) else Decimal(str(value))


class _Filled(Struct, frozen=True):
    """The filled cells of a column, each with its group of `many`."""

    coded: Coded
    groups: Codes
    codes: Codes
    many: int

    def sum(self) -> Coded:
        """Return the exact sums: whole numbers of the last decimal place that any cell has."""
        numbers = [Decimal(str(value)) for value in self.coded.values]
        places = max(map(decimals_of, numbers), default=0)
        whole = [_in_units(number, places) for number in numbers]
        small = max(map(abs, whole), default=0) * max(len(self.codes), 1) < _MOST
        kind: type = np.int64 if small else object
        sums: npt.NDArray[Any] = np.zeros(self.many, kind)
        if len(whole):
            np.add.at(sums, self.groups, np.array(whole, kind)[self.codes])
        distinct, codes = np.unique(sums, return_inverse=True)
        values = tuple(_of_units(int(number), places) for number in distinct.tolist())
        return Coded(codes.astype(small_type(len(values))), values)

    def extreme(self, word: str) -> Coded:
        """Return the least or the greatest value of each group; blank where none is filled."""
        numbers = [_comparable(value) for value in self.coded.values]
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        best = self._extreme(word, rank[self.codes])
        codes = np.array([*order, BLANK], np.int64)[best]
        return Coded(codes.astype(small_type(len(order))), self.coded.values)

    def at_the_end(self, word: str, days: npt.NDArray[np.int32]) -> tuple[Coded, Mask]:
        """Return the value of each group's first or last day, and where that cannot be told."""
        undated = days == NO_DAY
        wanted = self._extreme("min" if word == "first" else "max", days.astype(np.int64))
        # a group without rows has -1, which no row asks for
        there = days == wanted[self.groups]
        least = _Filled(self.coded, self.groups[there], self.codes[there], self.many)
        low, high = (least._extreme(end, least.codes) for end in ("min", "max"))
        differs = (low != high) | _any(undated, self.groups, self.many)
        return Coded(low.astype(small_type(len(self.coded.values))), self.coded.values), differs

    def _extreme(self, word: str, numbers: Codes) -> Codes:
        """Return the least or greatest number of each group, -1 where it has none."""
        start = np.iinfo(np.int64).max if word == "min" else np.iinfo(np.int64).min
        best = np.full(self.many, start, np.int64)
        keep: Callable[..., None] = np.minimum.at if word == "min" else np.maximum.at
        keep(best, self.groups, numbers)
        best[best == start] = -1
        return best
