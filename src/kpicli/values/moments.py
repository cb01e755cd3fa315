"""Moments: a day that a date, a column or the period names, some days, months or years on.

A moment without a shift is written as it always was, as a date or `"@name"`; a `Moment` stands for
a shifted one alone, so that definitions without shifts keep their digest.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

from msgspec import Struct

from kpicli.base.problems import invalid

if TYPE_CHECKING:
    import numpy as np

WEEKDAYS = "月火水木金土日"

Unit = Literal["days", "months", "years", "business days"]
UNITS: tuple[Unit, ...] = get_args(Unit)

_SHIFTED = re.compile(
    r"(?P<base>\S+?)\s*(?P<sign>[+-])\s*(?P<count>\d{1,5})\s*(?P<unit>(?:business )?[a-z]+?)s?"
)


class WorkingDays(Struct, frozen=True):
    """The days on which an office is open: all but closed weekdays (0: Monday) and holidays."""

    closed: frozenset[int] = frozenset((5, 6))
    holidays: frozenset[date] = frozenset()

    def open_on(self, day: date) -> bool:
        """Return whether the office is open on a day."""
        return day.weekday() not in self.closed and day not in self.holidays


_EVERY_DAY = WorkingDays(frozenset())


@dataclass(frozen=True, slots=True)  # pydantic validates and hashes it with the catalogue
class Moment:
    """The day `count` units after `base`, before it where negative.

    `base` is a date, or `"@"` and the name of a column or of a place in the period.
    """

    base: str | date
    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.base} {'+' if self.count >= 0 else '-'} {abs(self.count)} {self.unit}"

    def of(self, day: date, working_days: WorkingDays) -> date:
        """Return the moment where its base is `day`; the last or first day of all beyond those."""
        try:
            return shifted(day, self.count, self.unit, working_days)
        except (OverflowError, ValueError):
            return date.max if self.count > 0 else date.min


def parse_moment(text: str) -> "Moment | None":
    """Return the shifted moment that a text such as `@matures_on - 28 days` names, else None.

    The base may be a date in ISO form. One unit may be written in the singular.
    """
    match = _SHIFTED.fullmatch(text.strip())
    if match is None:
        return None
    unit = next((unit for unit in UNITS if unit == f"{match['unit']}s"), None)
    if unit is None:
        return None
    base: str | date = match["base"]
    if match["base"][0].isdigit():
        try:
            base = date.fromisoformat(match["base"])
        except ValueError:
            return None
    count = int(match["count"])
    return Moment(base, count if match["sign"] == "+" else -count, unit)


def dating_of(text: str) -> "str | Moment":
    """Return a date column, or a shift of it such as `started_on + 37 months`.

    Raises `InvalidValue` where what looks like a shift is none.
    """
    moment = parse_moment(text)
    if moment is not None and isinstance(moment.base, str):
        return moment
    if moment is not None or re.search(r"[\s+]", text):
        units = ", ".join(UNITS)
        raise invalid(
            f"{text!r} は日付の列でも、それを {units} でずらしたもの"
            '("started_on + 37 months" など)でもありません',
            f"{text!r} is neither a date column nor one with a shift in {units}, "
            'such as "started_on + 37 months"',
        )
    return text


def column_of(dating: "str | Moment") -> str:
    """Return the date column that dates a row, whatever the shift."""
    return str(dating.base) if isinstance(dating, Moment) else dating


def shifted(day: date, count: int, unit: Unit, working_days: WorkingDays) -> date:
    """Return the day `count` units after `day`.

    Months and years keep the day of the month, or take that month's last: one month after 31
    January is 28 or 29 February. A count of business days ends on an open day; of 0, it is the day
    itself where that is open, else the next that is. Raises OverflowError or ValueError beyond the
    years 1 to 9999.
    """
    if unit == "days":
        return day + timedelta(days=count)
    if unit == "business days":
        return _business_days(day, count, working_days)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def months_between(first: date, last: date) -> int:
    """Return how many months are completed from `first` to `last`; backwards as many less.

    A month is completed on the day that `shifted` gives: from 31 January on 28 or 29 February.
    """
    if last < first:
        return -months_between(last, first)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if shifted(first, months, "months", _EVERY_DAY) <= last else months - 1


def years_between(first: date, last: date) -> int:
    """Return how many years are completed from `first` to `last`: an age, less than 0 backwards."""
    months = months_between(first, last)
    return months // 12 if months >= 0 else -(-months // 12)


def business_days_between(first: date, last: date, working_days: WorkingDays) -> int:
    """Return how many open days lie after `first`, up to and with `last`; backwards as many less.

    Where a calendar closes no day, that is the number of days.
    """
    import numpy as np  # settings need no more than the words of a moment

    if last < first:
        return -business_days_between(last, first, working_days)
    step = timedelta(days=1)
    return int(np.busday_count(first + step, last + step, busdaycal=_calendar_of(working_days)))


@cache
def _calendar_of(working_days: WorkingDays) -> "np.busdaycalendar":
    """Return numpy's calendar of the open days: to make one takes longer than to count by it."""
    import numpy as np  # likewise

    week = [day not in working_days.closed for day in range(7)]
    return np.busdaycalendar(week, list(working_days.holidays))


def _business_days(day: date, count: int, working_days: WorkingDays) -> date:
    step = timedelta(days=1 if count >= 0 else -1)
    while not count and not working_days.open_on(day):
        day += step
    left = abs(count)
    while left:
        day += step
        left -= working_days.open_on(day)
    return day
