"""Dates as people and systems write them in Japan, read without guessing."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from kpicli.values.folding import fold
from kpicli.values.wareki import ERA_YEAR, era_year, from_wareki

YEARS: Final = range(1868, 2201)
"""The western years that a date or a period may name; others are slips of the pen."""

_YEAR = rf"(?:(?P<year>[0-9]{{4}})|{ERA_YEAR})"
_TIME = r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
_AFTER = (
    r"(?: ?\((?P<weekday>[月火水木金土日])(?:曜日?)?\))?"
    rf"(?:(?: |(?<=[0-9])T|(?<=[日)])){_TIME})?"
)
_FORMS = tuple(
    re.compile(form + _AFTER, re.IGNORECASE | re.ASCII)
    for form in (
        _YEAR + r"(?P<sign>[/.-])(?P<month>[0-9]{1,2})(?P=sign)(?P<day>[0-9]{1,2})",
        _YEAR + r" ?年 ?(?P<month>[0-9]{1,2}) ?月 ?(?P<day>[0-9]{1,2}) ?日",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    )
)
TIME_OF_DAY: Final = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
"""A time that is valid as it stands: behind a date it never changes the day."""
_PLAIN = re.compile(
    r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
    rf"(?:[ T]{TIME_OF_DAY})?"
)
# After a space, seconds are asked for before an offset: `10:00-12:00` is a span of time.
_STAMP = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    rf"(?:T| (?=[0-9]{{1,2}}:[0-9]{{2}}:)){_TIME}"
    r" ?(?:Z|(?P<ahead>[+-])(?P<hours>[0-9]{2})(?::?(?P<minutes>[0-9]{2}))?)",
    re.IGNORECASE | re.ASCII,
)
_WEEKDAYS = "月火水木金土日"
_FARTHEST_OFFSET = timedelta(hours=14)

_SERIALS = (20000, 80000)
_EPOCH_1900 = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
_EPOCH_1904 = date(1904, 1, 1)


class UnreadableDate(ValueError):
    """The text or number is no date that can be read without guessing, or one that never was."""


@lru_cache(maxsize=1 << 14)
def parse_date(text: str, zone: tzinfo) -> date:
    """Return the day that `text` names; its time of day, if any, is checked and cut off.

    Reads `2025/4/1`, `2025-04-01`, `2025.4.1`, `20250401`, `2025年4月1日`, `令和7年4月1日`,
    `R7.4.1` and their kin in any width, each optionally followed by a weekday (`(火)`) and a time
    (`9:05`, `23:59:59`), and ISO stamps, whose offset (or Z) is converted to `zone` before the day
    is cut. Spaces may stand beside 年, 月 and 日.
    Raises `UnreadableDate` for all else: days that never were, days outside their era, times such
    as 25:00 or 24:00, years of two digits or none, years outside 1868 to 2200, a blank text, and a
    weekday that disagrees with the day, since nothing says which of the two is the slip.
    """
    plain = _PLAIN.fullmatch(text)
    folded = text if plain else fold(text)
    try:
        if plain:  # most dates are, and need no search through all forms
            return _sane(date(int(plain[1]), int(plain[3]), int(plain[4])))
        stamp = _STAMP.fullmatch(folded)
        if stamp is not None:
            return _sane(_moment(stamp).astimezone(zone).date())
        for form in _FORMS:
            match = form.fullmatch(folded)
            if match is not None:
                return _sane(_day(match))
    except UnreadableDate:
        raise
    except ValueError as error:
        raise UnreadableDate(str(error)) from None
    raise UnreadableDate("the text has the form of no date")


def excel_serial(number: float, epoch_1904: bool) -> date:
    """Return the day of an Excel serial number from 20000 to 80000; its fraction (time) is cut.

    `epoch_1904` is the workbook's own setting. Raises `UnreadableDate` outside these bounds, where
    the number may as well be a count, an amount or a year, and for NaN.
    """
    if not _SERIALS[0] <= number <= _SERIALS[1]:
        raise UnreadableDate("the number is no serial date from 20000 to 80000")
    return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(days=int(number))


def _sane(day: date) -> date:
    if day.year not in YEARS:
        raise UnreadableDate("the year is out of all bounds")
    return day


def _day(match: re.Match[str]) -> date:
    parts = match.groupdict()
    month, day = int(parts["month"]), int(parts["day"])
    if parts["year"] is not None:
        named = date(int(parts["year"]), month, day)
    else:
        named = from_wareki(parts["era"], era_year(parts["era_year"]), month, day)
    if parts["hour"] is not None:
        _time(match)
    if parts["weekday"] not in {None, _WEEKDAYS[named.weekday()]}:
        raise UnreadableDate("the weekday disagrees with the day")
    return named


def _time(match: re.Match[str]) -> time:
    return time(int(match["hour"]), int(match["minute"]), int(match["second"] or 0))


def _moment(match: re.Match[str]) -> datetime:
    day = _sane(date(int(match["year"]), int(match["month"]), int(match["day"])))
    return datetime.combine(day, _time(match), _offset(match))


def _offset(match: re.Match[str]) -> tzinfo:
    if match["ahead"] is None:
        return UTC
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    ahead = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or ahead > _FARTHEST_OFFSET:
        raise UnreadableDate("no place on earth has this offset")
    return timezone(ahead if match["ahead"] == "+" else -ahead)
