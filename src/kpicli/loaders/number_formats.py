"""What a workbook's number formats say about a number: a date, a span of time, a padded id."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from kpicli.loaders.interface import CellError

# Excel's Japanese built-in dates (ge.m.d, yyyy年m月d日, h時mm分 …). Files carry the id alone, and
# openpyxl knows none of them.
_JAPANESE_DATES = frozenset((*range(27, 37), *range(50, 59)))

_PADDED = re.compile(r'(?:"([^"]*)"|\\(.))?(0+)')
_PERCENT = re.compile(r"0(?:\.(0+))?\\?[ _]?%")
_NEVER_WAS = 60  # the serial of 29 February 1900, a day that only Excel has
_EXACT = 10**15  # a spreadsheet keeps 15 digits


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """What a number under this format is; `prefix` and `width` are how a padded id is shown.

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
        if number in _JAPANESE_DATES:
            return NumberFormat("date")
        code = BUILTIN_FORMATS.get(number, "General")
    elapsed, dated = is_timedelta_format(code), is_date_format(code)
    if elapsed or dated:
        return NumberFormat("elapsed" if elapsed else "date")
    percent = _PERCENT.search(code)
    if percent is not None:
        return NumberFormat(percent=len(percent[1] or ""))
    padded = _PADDED.fullmatch(code)
    if padded is None:
        return NumberFormat()
    return NumberFormat(prefix=padded[1] or padded[2] or "", width=len(padded[3]))


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
    try:
        moment = from_excel(number, CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900)
    except (OverflowError, ValueError):
        return CellError("#VALUE!")
    assert isinstance(moment, datetime | time)
    return moment


def as_span(number: float) -> timedelta | CellError:
    """Return the length of time of a number of days."""
    try:
        return timedelta(milliseconds=round(number * 86_400_000))
    except (OverflowError, ValueError):
        return CellError("#VALUE!")


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
