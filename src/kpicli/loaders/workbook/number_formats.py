"""The meaning of a workbook's number formats: a date, a span of time, a padded id."""

import math
import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from kpicli.loaders.cells.raw_table import CellError

# The built-in formats of which files carry the id alone: dates and times of every language, then
# Excel's Japanese ones (ge.m.d, yyyy年m月d日, h時mm分 …).
_DATES = frozenset((*range(14, 23), 45, 47, *range(27, 37), *range(50, 59)))
_ELAPSED = 46
_PERCENTS = {9: 0, 10: 2}

_ID_PLACE = re.compile(r'"([^"]*)"|\\(.)|([0#]+)|([-+:()&~{}<>=! $]|[^\x00-\x7f])')
"""A quoted or escaped text, digits, or a sign that stands for itself."""
_DIGIT_PLACE = re.compile(r"(\\.)|[0#]", re.DOTALL)
_SECTION = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_NO_PLACES = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')  # quoted text, colours, languages
_MOMENT = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_SPAN = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
_PERCENT = re.compile(r"0(?:\.(0+))?\\?[ _]?%")
_NEVER_WAS = 60  # the serial of 29 February 1900, a day that only Excel has
_FROM_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's days know no time zone
_FROM_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - likewise; from 1 March 1900 on
_EXACT = 10**15  # a spreadsheet keeps 15 digits


class NumberFormat(Struct, frozen=True):
    r"""The kind of a number under this format; `places` are how it shows an id.

    They are `0` (a digit, or a zero), `#` (a digit, or nothing) and signs, each behind a
    backslash: `000\-0000`. `percent` is the number of decimals of a format that shows a fraction
    as a percentage.
    """

    kind: Literal["number", "date", "elapsed"] = "number"
    places: str = ""
    percent: int | None = None


def number_format(number: int, code: str | None) -> NumberFormat:
    """Return what the format `number` (numFmtId) means; `code` is the file's own, if it has one.

    A format for elapsed time (`[h]:mm`) is no date. One of digits and signs (`00000`, `"S"000`,
    `000-0000`) shows ids; one that groups thousands, counts or compares does not.
    """
    if code is None:
        return _built_in(number)
    first = code.split(";")[0]  # of positive numbers; negative ones and zero may have their own
    if _SPAN.search(first):
        return NumberFormat("elapsed")
    if _MOMENT.search(_NO_PLACES.sub("", first)):
        return NumberFormat("date")
    percent = _PERCENT.search(first)
    if percent is not None:
        return NumberFormat(percent=len(percent[1] or ""))
    return NumberFormat(places=_places(code))


def _places(code: str) -> str:
    """Return the places of a format that shows ids; "" for any other."""
    own = _SECTION.match(code)
    first = own[0] if own is not None else ""
    if code.count(";", len(first)) > 1:  # zero would be shown otherwise
        return ""
    places, end = "", 0
    while end < len(first) and (token := _ID_PLACE.match(first, end)) is not None:
        signs = token[1] or token[2] or token[4] or ""
        places += token[3] or "".join(f"\\{sign}" for sign in signs)
        end = token.end()
    whole = end == len(first) and any(len(token) == 1 for token in _tokens(places))
    return places if whole else ""


def _built_in(number: int) -> NumberFormat:
    if number == _ELAPSED:
        return NumberFormat("elapsed")
    if number in _DATES:
        return NumberFormat("date")
    return NumberFormat(percent=_PERCENTS.get(number))


def read_number(text: str) -> int | float:
    """Return a stored number: whole numbers as int (`12.0` is 12), beyond 15 digits as float.

    Raises `ValueError` for what is no number.
    """
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("no number that a sheet can hold")
    return as_stored(number)


def as_stored(number: float) -> int | float:
    """Return a finite number as a cell's value: whole numbers of up to 15 digits as int."""
    return int(number) if number.is_integer() and abs(number) < _EXACT else number


def as_moment(number: float, epoch_1904: bool) -> datetime | time | CellError:
    """Return the moment of a serial number, to the millisecond; a `time` where there is no day.

    Numbers that are no moment (negative, past the year 9999, Excel's 29 February 1900) are errors.
    """
    if number < 0 or (not epoch_1904 and _NEVER_WAS <= number < _NEVER_WAS + 1):
        return CellError("#VALUE!")
    day, fraction = divmod(number, 1)
    try:
        moment = timedelta(milliseconds=round(fraction * 86_400_000))
        if number < 1 and not moment.days:
            return (_FROM_1900 + moment).time()
        if not epoch_1904 and number < _NEVER_WAS:
            day += 1
        return (_FROM_1904 if epoch_1904 else _FROM_1900) + timedelta(days=day) + moment
    except (OverflowError, ValueError):
        return CellError("#VALUE!")


def as_span(number: float) -> timedelta | CellError:
    """Return the length of time of a number of days."""
    try:
        return timedelta(milliseconds=round(number * 86_400_000))
    except (OverflowError, ValueError):
        return CellError("#VALUE!")


def as_percentage(number: int | float) -> str:
    """Return a fraction as the percentage that a text file has in its place: 0.985 is `98.5%`.

    All of the 15 digits that a spreadsheet keeps are there, be fewer of them shown.
    """
    return f"{Decimal(f'{number:.15g}').scaleb(2):f}%"


def as_id(number: int | float, form: NumberFormat) -> str | None:
    """Return a number as the id that its sheet shows; None where that is the number itself.

    `00123` is stored as 123 with the format `00000`, `100-0000` as 1000000 with
    `000-0000`. Beyond 15 digits the rest is lost, and the id comes as Excel shows it
    (`1.23456789012345E+15`), which readers of ids refuse.
    """
    if abs(number) >= _EXACT:
        return f"{number:.14E}"
    if not form.places or isinstance(number, float) or number < 0:
        return None
    shown = _as_shown(str(number), form.places)
    return None if shown == str(number) else shown


def _as_shown(digits: str, places: str) -> str:
    """Return digits in the places of a format, the last digit in the last place."""
    tokens = _tokens(places)
    own = [token for token in tokens if len(token) == 1]
    # From its first 0 on every place shows a digit: 5 in ##00 is 05, 12345 in 0-00 is 123-45.
    rest = digits.zfill(len(own) - own.index("0") if "0" in own else 0)
    shown: list[str] = []
    for token in reversed(tokens):
        if len(token) > 1:
            shown.append(token[1])
            continue
        own.pop()
        start = len(rest) - 1 if own else 0  # what is too much stands in the first place
        shown.append(rest[max(start, 0) :])
        rest = rest[: max(start, 0)]
    return "".join(reversed(shown))


def _tokens(places: str) -> list[str]:
    return [match[0] for match in _DIGIT_PLACE.finditer(places)]
