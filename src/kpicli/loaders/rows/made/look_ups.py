"""Values of another source's rows, found by a key that stands in both.

It works on distinct pairs of key and day and on sorted codes: no row is looked at on its own.

own rows -> distinct (key, day) -> the other's rows of that key -> those in force -> one value?
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.catalog.derivations import Derivation
from kpicli.loaders.cells.column_codes import BLANK, NO_DAY, small_type
from kpicli.loaders.rows.dataset import Coded, Dataset, LookedUp, Mask

Codes = npt.NDArray[np.int64]

_UNREADABLE, _BLANK = 0, 1
"""What the codes of a looked-up column are told apart by, its values being 2 and more."""
_AT_ONCE = 1 << 22
"""How many pairs of rows are compared at a time."""


def look_up(made: Derivation, own: Dataset, other: Dataset) -> LookedUp:
    """Return, per row, the value of the rows of `other` that have the row's key.

    Rows of a register count where they are in force on the row's day. A blank key or day makes a
    blank value, an unreadable one an unreadable value. Where rows have several values, or a row may
    be one of those that count but that cannot be told, the value is unreadable. Where none counts
    it is blank and `nowhere`; or unreadable, as long as the key of a row there is.
    """
    key, take = made.taken
    there = other.column(key)
    code_of = {value: code for code, value in enumerate(there.values)}
    mine = own.column(key)
    missing = len(code_of)  # the code of a value that stands nowhere there
    keys = np.array([*(code_of.get(value, missing) for value in mine.values), -1], np.int64)
    keys = keys[mine.codes]
    dated = other.source.rhythm == "register"
    on = made.columns[1] if len(made.columns) > 1 else own.source.base_date
    days = own.days(on).array() if dated and on is not None else np.zeros(len(own), np.int32)
    asked = (keys >= 0) & (days != NO_DAY)
    unreadable = _cells(own, key) | (_cells(own, on) if dated and on is not None else False)
    asked &= ~unreadable

    pairs, places = _distinct(keys[asked], days[asked])
    answers = _Rows(other, key, take).answers(*pairs)
    hidden = bool((_cells(other, key) | (other.faulty & (there.codes < 0))).any())
    by_pair = np.where(answers.none & hidden, _UNREADABLE, answers.codes)

    codes = np.full(len(own), BLANK, small_type(len(other.column(take).values)))
    codes[asked] = np.maximum(by_pair[places] - 2, BLANK)
    unreadable[asked] = by_pair[places] == _UNREADABLE
    nowhere = np.zeros(len(own), dtype=np.bool_)
    nowhere[asked] = (answers.none & ~hidden)[places]
    rows = np.full(len(own), -1, np.int64)
    rows[asked] = answers.rows[places]
    return LookedUp(Coded(codes, other.column(take).values), unreadable, nowhere, other, rows)


def _distinct(keys: Codes, days: npt.NDArray[np.int32]) -> tuple[tuple[Codes, Codes], Codes]:
    """Return the keys and days of the pairs that occur, and the place of each row's among them."""
    first = int(days.min(initial=0))
    width = int(days.max(initial=0)) - first + 1
    pairs, places = np.unique(keys * width + (days - first), return_inverse=True)
    return (pairs // width, pairs % width + first), places


def _cells(dataset: Dataset, column: str) -> Mask:
    """Mark the unreadable cells of a column."""
    marks = dataset.unreadable.get(column)
    return np.zeros(len(dataset), dtype=np.bool_) if marks is None else marks.copy()


class _Answers(Struct, frozen=True):
    """Per pair the code of its value, whether no row counts, and the first row that does (-1)."""

    codes: Codes
    none: Mask
    rows: Codes


class _Rows:
    """The rows in which values are looked up, sorted by key."""

    def __init__(self, dataset: Dataset, key: str, take: str) -> None:
        codes = dataset.column(key).codes
        self._order = np.argsort(codes, kind="stable")
        self._firsts = np.searchsorted(
            codes[self._order], np.arange(len(dataset.column(key).values) + 2)
        )
        taken = dataset.column(take).codes.astype(np.int64) + 2
        taken[_cells(dataset, take)] = _UNREADABLE
        self._taken, self._doubtful = taken, dataset.faulty.copy()
        never = np.iinfo(np.int32)
        self._start = np.full(len(dataset), never.min, np.int64)
        self._end = np.full(len(dataset), never.max, np.int64)
        if dataset.source.rhythm == "register":
            self._read_in_force(dataset)

    def _read_in_force(self, dataset: Dataset) -> None:
        """Take down from when to when rows are in force; where that cannot be told they may be."""
        first, last = dataset.source.in_force
        start, end = dataset.days(first).array(), dataset.days(last).array()
        self._start = start.astype(np.int64)  # `NO_DAY` is before all days
        one_less = 1 if dataset.source.until == "first_day_out" else 0
        self._end = np.where(end == NO_DAY, self._end, end.astype(np.int64) - one_less)
        self._doubtful |= (start == NO_DAY) | _cells(dataset, last)

    def answers(self, keys: Codes, days: Codes) -> _Answers:
        """Return the answers for pairs of a key's code and a day."""
        counts = self._firsts[keys + 1] - self._firsts[keys]
        answers = _Answers(
            np.full(len(keys), _BLANK, np.int64),
            np.ones(len(keys), dtype=np.bool_),
            np.full(len(keys), -1, np.int64),
        )
        for some in _shares(counts):
            self._answer(some, keys[some], days[some], counts[some], answers)
        return answers

    def _answer(
        self, some: Codes, keys: Codes, days: Codes, counts: Codes, answers: _Answers
    ) -> None:
        """Fill in the answers of some pairs, each of which has rows of its key."""
        starts = np.cumsum(counts) - counts
        within = np.arange(int(counts.sum())) - np.repeat(starts, counts)
        rows = self._order[np.repeat(self._firsts[keys], counts) + within]
        day = np.repeat(days, counts)
        possible = (self._start[rows] <= day) & (self._end[rows] >= day)
        sure = possible & ~self._doubtful[rows]
        taken, beyond = self._taken[rows], np.iinfo(np.int64).max
        least = np.minimum.reduceat(np.where(possible, taken, beyond), starts)
        most = np.maximum.reduceat(np.where(possible, taken, -1), starts)
        row = np.minimum.reduceat(np.where(sure, rows, beyond), starts)
        none, known = most < 0, (least == most) & (row < beyond)
        answers.codes[some] = np.where(none, _BLANK, np.where(known, most, _UNREADABLE))
        answers.none[some] = none
        answers.rows[some] = np.where(known, row, -1)


def _shares(counts: Codes) -> Iterator[Codes]:
    """Yield the numbers of the pairs that have rows, so many at a time as can be held at once."""
    having = np.flatnonzero(counts)
    shares = np.cumsum(counts[having]) // _AT_ONCE
    yield from np.split(having, np.flatnonzero(np.diff(shares)) + 1) if len(having) else ()
