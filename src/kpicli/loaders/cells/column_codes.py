"""Columns as codes of distinct values: what reading makes of them, and what datasets hold."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.faults import FaultKind

if TYPE_CHECKING:
    import pyarrow as pa

_Number = TypeVar("_Number", bound=np.generic)

Value = str | date | Decimal
Rows = npt.NDArray[np.int64]
SmallCodes = npt.NDArray[np.signedinteger]
"""Codes in the smallest type that holds them."""

BLANK, UNREADABLE = -1, -2
_AT_ONCE = 1 << 16
"""So many rows are looked up at the same time."""
EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = np.iinfo(np.int32).min
"""The day of a row whose date is blank or unreadable."""


class FiveDigits(Struct, frozen=True):
    """Five digits in a date column, and the day that they are as an Excel serial.

    `stored` says that a workbook holds them as a number, and so from which year they count;
    `eraless` that they may also be a date whose zero was lost (70401).
    """

    number: int
    day: date
    stored: bool
    eraless: bool


class DateDigits(Struct, frozen=True):
    """The dates of a column that are digits, of which the whole file has to say how to read them.

    Row `i` holds `serials[codes[i]]`, read as an Excel serial, or something else (`BLANK`).
    `eraless` are the rows that hold a date of six digits, its year being one of an era.
    """

    serials: tuple[FiveDigits, ...]
    codes: SmallCodes
    eraless: Rows


class ReadColumn(Struct, frozen=True):
    """Row `i` holds `values[codes[i]]`, nothing (`BLANK`), or a faulty cell (`UNREADABLE`).

    `faults` names the fault of every unreadable row; `remarks` has rows whose cell was read, but
    is to be reported, such as a date that was an Excel serial number. `units` has, per unit that
    stands behind numbers (`ReadNumber.unit`), their rows; `digits` has the dates of a column
    that are digits and need a second look, if there are any.
    """

    codes: SmallCodes
    values: Sequence[Value]
    faults: Mapping[int, FaultKind]
    remarks: tuple[tuple[FaultKind, Rows], ...]
    units: Mapping[str, Rows] = {}
    digits: DateDigits | None = None


def day_number(day: date) -> int:
    """Return a day as datasets count days, from 1970-01-01."""
    return day.toordinal() - EPOCH


def day_numbers(values: Iterable[object]) -> npt.NDArray[np.int32]:
    """Return `day_number` of each value; raises `TypeError` for one that is no date."""
    dates = cast("Iterable[date]", values)  # of anything else, toordinal raises TypeError
    return np.fromiter(map(date.toordinal, dates), np.int32) - np.int32(EPOCH)


def day_of(number: int) -> date:
    """Return the day that datasets count as `number`; it is not `NO_DAY`."""
    return date.fromordinal(number + EPOCH)


def days_of(column: ReadColumn) -> npt.NDArray[np.int32]:
    """Return the day of every row, counted from 1970-01-01; `NO_DAY` where there is none."""
    return with_no_day(day_numbers(column.values))[column.codes]


def with_no_day(days: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Return days by their codes, `NO_DAY` being that of `BLANK` and of `UNREADABLE`."""
    return np.append(days, np.array((NO_DAY, NO_DAY), np.int32))


def small_type(values: int) -> type[np.signedinteger]:
    """Return the smallest type whose codes can name so many values, `BLANK` and `UNREADABLE`."""
    if values < 1 << 7:
        return np.int8
    return np.int16 if values < 1 << 15 else np.int32


def spread(
    table: npt.NDArray[_Number], codes: npt.NDArray[np.signedinteger]
) -> npt.NDArray[_Number]:
    """Return `table[codes]`, for small tables of bytes in a third of the time that numpy takes.

    It is made little by little: numpy turns all codes that it is given into whole numbers of 64
    bits, which of tens of millions of rows takes more than all that is held of them.
    """
    result = np.empty(len(codes), table.dtype)
    small = table.dtype.itemsize == 1 and len(table) <= 128
    of_bytes = _table_of_bytes(table) if small else b""
    for start in range(0, len(codes), _AT_ONCE):
        own = codes[start : start + _AT_ONCE]
        result[start : start + _AT_ONCE] = (
            np.frombuffer(own.astype(np.uint8).tobytes().translate(of_bytes), table.dtype)
            if small
            else table[own]
        )
    return result


def _table_of_bytes(table: npt.NDArray[_Number]) -> bytes:
    # `bytes.translate` maps each byte through a table of 256. Code 2 is byte 2 and -1 (blank) is
    # byte 255, so the table is filled from both ends: for [7, 8, 9, -1, -2] the bytes 0 to 4 and
    # 251 to 255 get them, and as table[-1] numpy would read the same as byte 255 does.
    every = np.zeros(256, table.dtype)
    every[: len(table)] = every[256 - len(table) :] = table
    return every.tobytes()


def codes_in(indices: "pa.Int32Array") -> npt.NDArray[np.int32]:
    """Return codes without blanks as they lie there: pyarrow's own way to numpy loads pandas."""
    start = indices.offset
    return np.frombuffer(indices.buffers()[1], np.int32)[start : start + len(indices)]
