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

_PADDED = re.compile(r'(?:"([^"]*)"|\\(.))?(0+)')
_NO_PLACES = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')  # quoted text, colours, languages
_MOMENT = re.compile(r"(?<![_\\])[dmhysDMHYS]")
_SPAN = re.compile(r"\[(hh?|mm?|ss?)\]", re.IGNORECASE)
_PERCENT = re.compile(r"0(?:\.(0+))?\\?[ _]?%")
_NEVER_WAS = 60  # the serial of 29 February 1900, a day that only Excel has
_FROM_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's days know no time zone
_FROM_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - likewise; from 1 March 1900 on
_EXACT = 10**15  # a spreadsheet keeps 15 digits


class NumberFormat(Struct, frozen=True):
    """The kind of a number under this format; `prefix` and `width` are how a padded id is shown.

    `percent` is the number of decimals of a format that shows a fraction as a percentage.
    """

    kind: Literal["number", "date", "elapsed"] = "number"
    prefix: str = ""
    width: int = 0
    percent: int | None = None


def number_format(number: int, code: str | None) -> NumberFormat:
    """Return what the format `number` (numFmtId) means; `code` is the file's own, if it has one.

    A format for elapsed time (`[h]:mm`) is no date. A format of zeros (`00000`, `"S"000`) pads.
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
    padded = _PADDED.fullmatch(code)
    if padded is None:
        return NumberFormat()
    return NumberFormat(prefix=padded[1] or padded[2] or "", width=len(padded[3]))


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

    `00123` is stored as 123 with the format `00000`. Beyond 15 digits the rest is lost, and the id
    comes as Excel shows it (`1.23456789012345E+15`), which readers of ids refuse.
    """
    if abs(number) >= _EXACT:
        return f"{number:.14E}"
    if form.width + len(form.prefix) < 2 or isinstance(number, float) or number < 0:
        return None
    return f"{form.prefix}{number:0{form.width}}"
