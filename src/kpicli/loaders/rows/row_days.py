"""The day of every row by the codes of a date column: no day is held for a row."""

from collections.abc import Callable
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import (
    BLANK,
    NO_DAY,
    SmallCodes,
    small_type,
    spread,
    with_no_day,
)

Days = npt.NDArray[np.int32]
"""Days, counted from 1970-01-01; `NO_DAY` where there is none."""
Mask = npt.NDArray[np.bool_]
_AT_ONCE = 1 << 16
"""So many rows are looked up at the same time."""


class RowDays(Struct, frozen=True, eq=False):
    """The day of every row: `by_code[codes[i]]`; the last two are `NO_DAY`, of blank codes.

    So tens of millions of rows take no more than the codes, which are those of a column and held
    anyway, where a day each would take four bytes a row for every KPI.
    """

    codes: SmallCodes
    by_code: Days

    @classmethod
    def of(cls, days: Days) -> Self:
        """Return the days of rows."""
        known = days[days != NO_DAY]
        if not len(known):
            return cls(np.full(len(days), BLANK, np.int8), with_no_day(known))
        first = int(known.min())
        # days lie close together: even those of 9,999 years are looked up in a table, not sorted
        places = np.zeros(int(known.max()) - first + 1, np.int32)
        places[known - first] = 1
        by_code = (np.flatnonzero(places) + first).astype(np.int32)
        places = np.cumsum(places) - 1
        codes = np.empty(len(days), small_type(len(by_code)))
        for start in range(0, len(days), _AT_ONCE):
            own = days[start : start + _AT_ONCE]
            code = places[np.maximum(own, first) - first]
            codes[start : start + _AT_ONCE] = np.where(own == NO_DAY, BLANK, code)
        return cls(codes, with_no_day(by_code))

    def __len__(self) -> int:
        return len(self.codes)

    def __getitem__(self, rows: npt.NDArray[np.int64] | Mask) -> Days:
        return self.by_code[self.codes[rows]]

    def array(self) -> Days:
        """Return the day of every row, each four bytes."""
        return spread(self.by_code, self.codes)

    def marks(self, test: Callable[[Days], Mask]) -> Mask:
        """Return marks of the rows whose day passes a test, which is asked once per distinct day.

        `NO_DAY` is one of them.
        """
        fits = test(self.by_code)
        borders = np.flatnonzero(np.diff(fits[:-2], prepend=False, append=False)).tolist()
        if len(borders) > 2:
            return spread(fits, self.codes)
        # Where codes are in the order of days, what lies between two days is a run of codes: to
        # compare those takes a tenth of looking each of them up.
        first, stop = borders or (0, 0)
        blank = bool(fits[-1])
        if blank and not first:
            return self.codes < stop
        marks: Mask = (self.codes >= first) & (self.codes < stop)
        if blank:
            marks |= self.codes < 0
        return marks

    @property
    def missing(self) -> Mask:
        """Return marks of the rows without a day."""
        return self.marks(lambda days: days == NO_DAY)

    def between(self, start: int, stop: int) -> Self:
        """Return the days of the rows from `start` up to, not including, `stop`."""
        return type(self)(self.codes[start:stop], self.by_code)

    def without(self, rows: npt.NDArray[np.int64] | Mask) -> Self:
        """Return the days, some rows having none."""
        codes = self.codes.copy()
        codes[rows] = BLANK
        return type(self)(codes, self.by_code)
