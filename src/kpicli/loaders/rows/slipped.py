"""Dates beside the base date whose year slipped: 2052 or 1925 as the day a case was closed.

Domain rule "Coverage". Due dates, dates of birth and ends of contracts may honestly lie far from
the day of their row, so that a column is judged only where its rows are closed within months.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import numpy.typing as npt

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.loaders.cells.column_codes import NO_DAY, day_number, day_of
from kpicli.loaders.rows.joining import Joined

_NEAR, _FAR = 183, 3460
"""Days from the base date: within half a year, and beyond ten years less that."""
_NEAR_SHARE = 20
"""All but one of so many dates that are not far are near in a column that is judged."""
_MOST, _FAR_SHARE, _FAR_IN_LARGE = 5, 3, 1000
"""Far ones are slips where they are five at most and one of three, or one of a thousand."""

Days = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]


def find_slipped(joined: Joined, kept: npt.NDArray[np.integer], misdated: Rows) -> list[Fault]:
    """Return a warning for every slipped date of the kept rows, which is marked as unreadable.

    `misdated` are rows whose base date cannot be relied on; they are not judged.
    """
    base = joined.source.base_date
    result: list[Fault] = []
    for name, column in joined.source.columns.items() if base is not None else ():
        if column.type != "date" or name == base or not _has_far_values(joined, name, base or ""):
            continue
        rows = _slipped(joined, name, base or "", np.setdiff1d(kept, misdated))
        if len(rows):
            marks = joined.unreadable.setdefault(name, np.zeros(len(joined), np.bool_))
            marks[rows] = True
            values = joined.texts(rows.tolist(), [name])[name]
            result += [
                Fault(
                    faults.FAR_DATE.because("column"),
                    joined.source.id,
                    joined.place(row, name),
                    value,
                )
                for row, value in zip(rows.tolist(), values, strict=True)
            ]
    return result


def _has_far_values(joined: Joined, name: str, base: str) -> bool:
    """Return whether any date of a column can be far from a base date, without looking at rows."""
    bodies = [part.body for part in joined.parts if part.body is not None]
    if not bodies or base not in joined.pieced:
        return False
    first, last = min(start for start, _ in bodies), max(end for _, end in bodies)
    return any(
        isinstance(value, date) and not last - _FAR <= day_number(value) <= first + _FAR
        for values in joined.pieced[name].values
        for value in values
    )


def _slipped(joined: Joined, name: str, base: str, kept: Rows) -> Rows:
    days, base_days = joined.pieced[name].days()[kept], joined.pieced[base].days()[kept]
    dated = (days != NO_DAY) & (base_days != NO_DAY)
    rows, days, base_days = kept[dated], days[dated], base_days[dated]
    apart = days.astype(np.int64) - base_days
    far, near = np.abs(apart) > _FAR, np.abs(apart) <= _NEAR
    if not far.any() or int((~near & ~far).sum()) * _NEAR_SHARE > int((~far).sum()):
        return np.zeros(0, np.int64)
    few = int(far.sum()) <= _MOST and int(far.sum()) * _FAR_SHARE <= len(rows)
    if not few and int(far.sum()) * _FAR_IN_LARGE > len(rows):
        return np.zeros(0, np.int64)
    body = int(apart[near].min()), int(apart[near].max())
    once = dict(zip(*np.unique(days[far], return_counts=True), strict=True))
    today = max(day_number(part.today) for part in joined.parts)
    slips = [
        place
        for place in np.flatnonzero(far).tolist()
        if any(body[0] <= day - base_days[place] <= body[1] for day in _tens_away(days[place]))
        or (days[place] > today and once[days[place]] == 1 and not _ends_a_year(days[place]))
    ]
    return np.sort(rows[slips])


def _tens_away(day: int) -> Iterator[int]:
    """Yield the same day of years that are tens of years away, up to a hundred."""
    own = day_of(int(day))
    for years in (*range(-100, 0, 10), *range(10, 101, 10)):
        year = own.year + years
        if 1 < year < 9999:
            yield day_number(own.replace(year=year, day=min(own.day, 28 if own.month == 2 else 31)))


def _ends_a_year(day: int) -> bool:
    """Return whether a day is 31 December, by which systems say that there is no end."""
    own = day_of(int(day))
    return (own.month, own.day) == (12, 31)
