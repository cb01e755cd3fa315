"""Dates as people and systems write them in Japan, read without guessing."""

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final, Literal

from kpicli.values.folding import LOOSELY, fold
from kpicli.values.times_of_day import UnreadableTime, parse_time
from kpicli.values.wareki import ERA_YEAR, OutsideEra, era_year, from_wareki

YEARS: Final = range(1868, 2201)
"""The western years that a date or a period may name; others are slips of the pen."""

Order = Literal["mdy", "dmy"]
"""The order of dates that end in their year: `4/1/2025` is 1 April in `mdy`, 4 January in `dmy`."""

DateProblem = Literal[
    "",
    "digits",
    "extra",
    "no_day",
    "no_month",
    "no_such_day",
    "no_such_month",
    "no_whole_year",
    "no_year",
    "october",
    "offset",
    "order",
    "outside_era",
    "short_year",
    "time",
    "weekday",
    "which_year",
    "year",
]
"""Why a text is no date; "" where nothing in particular can be said."""

_YEAR = rf"(?:(?:西暦 ?)?(?P<year>[0-9]{{4}})|{ERA_YEAR})"
_MONTH, _DAY = r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_SIGN, _SAME_SIGN = r" ?(?P<sign>[/.-]) ?", r" ?(?P=sign) ?"
_DIGITS = r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
_FORMS = tuple(
    re.compile(form, LOOSELY)
    for form in (
        _YEAR + _SIGN + _MONTH + _SAME_SIGN + _DAY,
        rf"{_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?日",
        rf"{_DIGITS}(?![0-9])",
    )
)
_STAMP = re.compile(rf"{_DIGITS}(?=(?:[0-9]{{4}}|[0-9]{{6}}|[0-9]{{9}})(?![0-9]))", re.ASCII)
"""A date whose time follows in digits, with nothing between them."""
# What few dates have is not compiled on import; `re` keeps what it has compiled once.
_YEAR_LAST: dict[Order, str] = {
    "mdy": _MONTH + _SIGN + _DAY + _SAME_SIGN + r"(?P<year>[0-9]{4})",
    "dmy": _DAY + _SIGN + _MONTH + _SAME_SIGN + r"(?P<year>[0-9]{4})",
}

_WEEKDAYS = "月火水木金土日"
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    rf"[{_WEEKDAYS}](?:曜日?)?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?![a-z])"
)
_HOLIDAY = "国民の休日|振替休日|振休|祝日|祭日|休日|祝|休"
_NAMED = rf"(?:{_HOLIDAY}|{_WEEKDAY})"
_DAY_NAMES = (
    rf" ?(?:[(\[【〔〈《「『<] ?{_NAMED}(?: ?[・、,/.]? ?{_NAMED})* ?[)\]】〕〉》」』>]|{_NAMED})"
)
_AS_OF = re.compile(r" ?(?:現在|時点|付け?)\Z")

TIME_OF_DAY: Final = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?"
"""A time that is valid as it stands: behind a date it never changes the day."""
_PLAIN = re.compile(
    r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})"
    rf"(?:[ T]{TIME_OF_DAY})?"
)
_PLAIN_TIME = re.compile(f" {TIME_OF_DAY}")

_SHORT = r"[0-9]{1,2}"
_PROBLEMS: tuple[tuple[DateProblem, str], ...] = (
    ("no_year", rf"{_SHORT} ?月 ?{_SHORT} ?日.*|{_SHORT} ?[/.-] ?{_SHORT}(?: .*)?"),
    ("order", rf"{_SHORT} ?[/.-] ?{_SHORT} ?[/.-] ?[0-9]{{4}}(?![0-9]).*"),
    ("short_year", rf"'?[0-9]{{1,3}} ?[/.年-] ?{_SHORT} ?[/.月-] ?{_SHORT}.*"),
    ("short_year", r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"),
    ("no_day", rf"{_YEAR}(?: ?年度?(?: ?{_SHORT} ?月)?| ?[/.-] ?{_SHORT})?"),
    ("digits", r"[0-9]+(?:\.[0-9]+)?"),
)
"""For each problem the form of the folded texts that have it; the first that fits is told."""

_SERIALS = (20000, 80000)
_EPOCH_1900 = date(1899, 12, 30)  # Excel counts a 29 February 1900 that never was
_EPOCH_1904 = date(1904, 1, 1)
LATER_1904: Final = (_EPOCH_1904 - _EPOCH_1900).days
"""So many days later is the day of a serial number in a workbook that counts from 1904."""

_ERALESS = re.compile(r"([0-9]{1,2})([0-9]{2})([0-9]{2})", re.ASCII)


class UnreadableDate(ValueError):
    """The text or number is no date that can be read without guessing, or one that never was.

    `problem` says why. `day` is the day that was named where only its year is out of all bounds.
    """

    def __init__(self, problem: DateProblem, day: date | None = None) -> None:
        super().__init__(f"no date: {problem or 'of no known form'}")
        self.problem, self.day = problem, day


@lru_cache(maxsize=1 << 14)
def parse_date(text: str, zone: tzinfo | None, order: Order | None = None) -> date:
    """Return the day that `text` names; its time of day, if any, is checked and cut off.

    Reads `2025/4/1`, `2025-04-01`, `2025.4.1`, `20250401`, `2025年4月1日`, `令和7年4月1日`,
    `R7.4.1` and their kin in any width, with or without a space beside each part. A weekday
    (`(火)`, `火曜日`, `Tue`, `(火・祝)`) may follow, then a time (see `parse_time`; also in
    `20250401090500`), then 現在, 時点 or 付. A time with an offset is converted to `zone` before
    the day is cut; no other time changes the day. Without a `zone` no time may follow. `order`
    declares that dates may also end in their year, and in which order day and month come then.

    Raises `UnreadableDate` for all else: days that never were, days outside their era, times such
    as 25:00 or 24:00, years of two digits or none, years outside 1868 to 2200, a blank text, and a
    weekday that disagrees with the day, since nothing says which of the two is the slip.
    """
    plain = None if zone is None else _PLAIN.fullmatch(text)
    if plain:  # most dates are, and need no search through all forms
        return _sane(_western(plain[1], plain[3], plain[4]))
    folded = fold(text)
    forms = _FORMS if order is None else (*_FORMS, re.compile(_YEAR_LAST[order]))
    for form in (_STAMP, *forms):
        head = form.match(folded)
        if head is not None:
            return _read_rest(_named(head), head, folded, zone)
    raise UnreadableDate(_problem(folded))


def excel_serial(number: float, epoch_1904: bool) -> date:
    """Return the day of an Excel serial number from 20000 to 80000; its fraction (time) is cut.

    `epoch_1904` is the workbook's own setting. Raises `UnreadableDate` outside these bounds, where
    the number may as well be a count, an amount or a year, and for NaN.
    """
    if not _SERIALS[0] <= number <= _SERIALS[1]:
        raise UnreadableDate("digits")
    return (_EPOCH_1904 if epoch_1904 else _EPOCH_1900) + timedelta(days=int(number))


def is_eraless(text: str) -> bool:
    """Return whether five or six digits may be year, month and day of an era that is not named.

    So may 070401, and 70401, which a spreadsheet leaves of it; 45748 has no month 57.
    """
    match = _ERALESS.fullmatch(text)
    if match is None:
        return False
    year, month, day = map(int, match.groups())
    return year > 0 and 1 <= month <= 12 and 1 <= day <= _LONGEST_MONTHS[month - 1]


_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _sane(day: date) -> date:
    if day.year not in YEARS:
        raise UnreadableDate("year", day)
    return day


def _western(year: str, month: str, day: str) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise UnreadableDate("no_such_day") from None


def _named(head: re.Match[str]) -> date:
    parts = head.groupdict()
    if parts["year"] is not None:
        return _western(parts["year"], parts["month"], parts["day"])
    try:
        year, month, day = era_year(parts["era_year"]), int(parts["month"]), int(parts["day"])
        return from_wareki(parts["era"], year, month, day)
    except OutsideEra:
        raise UnreadableDate("outside_era") from None
    except ValueError:
        raise UnreadableDate("no_such_day") from None


def _read_rest(day: date, head: re.Match[str], folded: str, zone: tzinfo | None) -> date:
    """Return the day once all that stands behind it is read."""
    end = head.end()
    if end == len(folded):
        return _sane(day)
    rest = _AS_OF.sub("", folded)
    while names := _day_names(rest, end):
        _check_weekday(day, names)
        end += len(names)
    day, rest = _sane(day), rest[end:]
    if not rest:
        return day
    if zone is None:
        raise UnreadableDate("time")
    if _PLAIN_TIME.fullmatch(rest):  # as most have, which need no search for offsets
        return day
    digits = folded[end - 1].isdigit()
    compact = head.re in (_STAMP, _FORMS[2]) or rest[0] in "Tt"
    spaced = rest[0] == " "
    if spaced or (digits and rest[0] in "Tt"):
        rest = rest[1:]
    elif digits and rest[0].isdigit() and head.re is not _STAMP:
        raise UnreadableDate("extra")
    try:
        read = parse_time(rest, spaced=spaced, compact=compact)
    except UnreadableTime as error:
        raise UnreadableDate(error.cause) from None
    if read.zone is None:
        return day
    return _sane(datetime.combine(day, read.clock, read.zone).astimezone(zone).date())


def _day_names(text: str, start: int) -> str:
    """Return the names of a day that begin at `start`; "" where none do, as before a time."""
    following = text[start : start + 3].lstrip(" ").lstrip("Tt")
    if not following or following[0].isdigit():
        return ""  # nothing, or a time
    names = re.compile(_DAY_NAMES, re.IGNORECASE).match(text, start)
    return "" if names is None else names[0]


def _check_weekday(day: date, names: str) -> None:
    """Raise `UnreadableDate` where a weekday is named that is not the day's."""
    for name in re.findall(_WEEKDAY, re.sub(_HOLIDAY, "", names), re.IGNORECASE):
        number = day.weekday()
        if name[0] != _WEEKDAYS[number] and name[:3].lower() != _ENGLISH[number]:
            raise UnreadableDate("weekday")


def _problem(folded: str) -> DateProblem:
    forms = ((problem, re.compile(form, LOOSELY)) for problem, form in _PROBLEMS)
    return next((problem for problem, form in forms if form.fullmatch(folded)), "")
