"""Five digits in a date column: which of them are Excel serials, decided once for a whole file.

45748 is the serial of 1 April 2025 in a workbook that counts from 1900, and of 2 April 2029 in one
that counts from 1904; a text file does not say which. 70401 is one too, of 2092, but also what a
spreadsheet leaves of 070401, 令和7年4月1日. What is stored as a number without a date's format is
no surer. So the column is asked as a whole, and what does not agree with it is a fault:

- One of its cells at least has to be a serial for certain (45748 has no month 57), and none may be
  a date of six digits (070401).
- Those of a text file count from 1900 if more rows speak for that than for 1904. A row speaks for
  one of them if its day lies within a year of another date of its column (or, where there is none,
  of the base dates) and would not if counted from the other; as a base date also if the other would
  lie after today, or if only the one lies in the span that the export is declared to cover.
- In a text file a serial lies within a year of another date of its column, if there are any, and a
  base date not more than a year after today.
- Digits that may also be a date without its zero lie within a year of a date that is certain.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import BLANK, EPOCH, NO_DAY, FiveDigits, days_of
from kpicli.values.dates import LATER_1904
from kpicli.values.distinct_values import distinct_values

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.pieces import Piece

Days = npt.NDArray[np.int32]
Marks = npt.NDArray[np.bool_]
Refused = dict[FiveDigits, str]
"""Digits that are no serials, each with the cause of its fault (D101)."""

_YEAR = 366


class _Column(Struct, frozen=True):
    """The dates of one column of a file, blank and total rows aside.

    `serials` has the digits read as serials with how many rows hold each; `others` the other days,
    in order, those that a workbook stores for certain among them. `eraless`: there is a date of
    six digits without its era.
    """

    serials: Mapping[FiveDigits, int]
    others: Days
    eraless: bool

    def texts(self) -> list[FiveDigits]:
        """Return the digits that are a serial for certain, from a year that is not known."""
        return [five for five in self.serials if not five.stored and not five.eraless]


def refused_serials(
    pieces: Sequence["Piece"], source: "Source", covers: tuple[date, date] | None, today: date
) -> dict[str, Refused]:
    """Return, per date column of a file, the five digits that were read as serials and are none.

    `covers` is the span that the export is declared to cover, if it is. Columns without such digits
    are absent.
    """
    dates = [name for name, column in source.columns.items() if column.type == "date"]
    if not any(_has_serials(piece, name) for piece in pieces for name in dates):
        return {}
    anchor = source.base_date if source.base_date in dates else dates[0]
    columns = {name: _column(pieces, name) for name in dates}
    epoch = _epoch(columns, anchor, covers, today)
    refused = {
        name: _refused(column, epoch, today if name == anchor else None)
        for name, column in columns.items()
    }
    return {name: own for name, own in refused.items() if own}


def _has_serials(piece: "Piece", name: str) -> bool:
    column = piece.columns.get(name)
    return column is not None and column.digits is not None and bool(column.digits.serials)


def _column(pieces: Sequence["Piece"], name: str) -> _Column:
    serials: dict[FiveDigits, int] = {}
    others: list[Days] = [np.zeros(0, np.int32)]
    eraless = False
    for piece in pieces:
        column = piece.columns.get(name)
        if column is None:
            continue
        data = ~piece.not_data
        if column.digits is not None:
            held = column.digits.codes[data & (column.digits.codes != BLANK)]
            counts = np.bincount(held, minlength=len(column.digits.serials)).tolist()
            for five, count in zip(column.digits.serials, counts, strict=True):
                serials[five] = serials.get(five, 0) + count
            eraless |= bool(data[column.digits.eraless].any())
            data &= column.digits.codes == BLANK
        others.append(distinct_values(days_of(column)[data]))
    stored = _days(five for five, rows in serials.items() if rows and _is_certain(five))
    days = distinct_values(np.concatenate([*others, stored]))
    return _Column({f: rows for f, rows in serials.items() if rows}, days[days != NO_DAY], eraless)


def _is_certain(five: FiveDigits) -> bool:
    return five.stored and not five.eraless


def _days(digits: Iterable[FiveDigits]) -> Days:
    return np.array([five.day.toordinal() - EPOCH for five in digits], np.int32)


def _epoch(
    columns: Mapping[str, _Column], anchor: str, covers: tuple[date, date] | None, today: date
) -> Literal[1900, 1904] | None:
    """Return the year from which the serials of a text file count; None where nothing says it."""
    for_1900 = for_1904 = 0
    for name, column in columns.items():
        digits = column.texts()
        rows = np.array([column.serials[five] for five in digits], np.int64)
        early = _days(digits)
        late = early + np.int32(LATER_1904)
        near = column.others if len(column.others) else columns[anchor].others
        fitting = [(_near(early, near), _near(late, near))]
        if name == anchor:
            fitting.append((np.ones(len(early), np.bool_), late <= today.toordinal() - EPOCH))
            if covers is not None:
                fitting.append((_within(early, covers), _within(late, covers)))
        for fits_early, fits_late in fitting:
            for_1900 += int(rows[fits_early & ~fits_late].sum())
            for_1904 += int(rows[fits_late & ~fits_early].sum())
    if for_1900 == for_1904:
        return None
    return 1900 if for_1900 > for_1904 else 1904


def _refused(column: _Column, epoch: Literal[1900, 1904] | None, today: date | None) -> Refused:
    """Return the digits of a column that are no serials; `today` is there for base dates."""
    texts = column.texts()
    doubtful = [five for five in column.serials if five.eraless]
    if column.eraless or len(doubtful) == len(column.serials):
        return dict.fromkeys(column.serials, "five_digits")
    days = _days(texts)
    fits = _near(days, column.others) if len(column.others) else np.ones(len(days), np.bool_)
    if today is not None:
        fits &= days <= today.toordinal() - EPOCH + _YEAR
    if epoch != 1900:
        refused = dict.fromkeys(texts, "epoch" if epoch is None else "epoch_1904")
        fits[:] = False
    else:
        refused = {five: "far" for five, fit in zip(texts, fits.tolist(), strict=True) if not fit}
    certain = distinct_values(np.concatenate([column.others, days[fits]]))
    confirmed = _near(_days(doubtful), certain)
    for five, near in zip(doubtful, confirmed.tolist(), strict=True):
        if not near or (epoch != 1900 and not five.stored):
            refused[five] = "five_digits"
    return refused


def _near(days: Days, others: Days) -> Marks:
    """Return which days lie within a year of one of the others, which are in order."""
    if not len(others):
        return np.zeros(len(days), np.bool_)
    place = np.searchsorted(others, days)
    after = others[np.minimum(place, len(others) - 1)]
    before = others[np.maximum(place - 1, 0)]
    distance: Days = np.minimum(np.abs(after - days), np.abs(days - before))
    return distance <= _YEAR


def _within(days: Days, span: tuple[date, date]) -> Marks:
    first, last = (day.toordinal() - EPOCH for day in span)
    marks: Marks = (days >= first) & (days <= last)
    return marks
