"""Values of Arrow's types as the cells that they are in a workbook, each distinct one once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from pyarrow import compute, types

from kpicli.loaders.cells.column_codes import codes_in
from kpicli.loaders.cells.raw_table import LONGEST_CELL, Cell, RawColumn
from kpicli.loaders.cells.row_bytes import RowBytes

if TYPE_CHECKING:
    from kpicli.catalog.sources.columns import ColumnType

_EXACT = 10**15
"""From here on a float may be another whole number than was meant."""
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the days of a column without a zone know none
_QUARTER = 15 * 60 * 10**6
"""Microseconds: offsets of zones are whole quarters of an hour, since 1970 at least."""
_BETWEEN = "、"
"""Parts the values of a list, as it does in a text file."""
_DAYS: tuple["ColumnType", ...] = ("date", "month", "year")


class Unreadable(ValueError):
    """The values are of a `kind` that no cell is of: bytes, records, lists.

    Or a text among them is `TOO_LONG`, or `NOT_UTF_8`.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


TOO_LONG = "too long"
NOT_UTF_8 = "not UTF-8"


def raw_column(
    values: pa.Array, kind: "ColumnType", *, several: bool = False, each: bool = False
) -> RawColumn:
    """Return a column of this kind as codes of distinct cells; null is blank.

    `several`: a list of texts is a cell with several values. `each`: every row most likely has a
    text of its own. Of a moment, columns of days keep the day. Raises `Unreadable`.
    """
    plain = _plain(values, several=several)
    if kind in _DAYS and types.is_timestamp(plain.type):
        plain = _days(plain)
    if not len(plain):
        return RawColumn(np.zeros(0, np.int32), ())
    if each and types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    if each and (_is_text(plain.type) or types.is_integer(plain.type)):
        return _each(plain)
    coded = plain if types.is_dictionary(plain.type) else plain.dictionary_encode()
    coded = _unsliced(coded)
    codes = codes_in(coded.indices.cast(pa.int32()).fill_null(len(coded.dictionary)))
    return RawColumn(codes, (*cells_of(coded.dictionary), None))


def cells_of(values: pa.Array) -> list[Cell]:
    """Return a cell for each value, null being None; what no cell is of comes as text.

    Raises `Unreadable` for lists and records whose texts are no UTF-8.
    """
    plain = _decoded(values)
    if types.is_dictionary(plain.type):
        plain = plain.dictionary_decode()
    kind = plain.type
    for fits, convert in _CONVERSIONS:
        if fits(kind):
            return convert(plain)
    return [None if value is None else _as_text(value) for value in _objects(plain)]


def _plain(values: pa.Array, *, several: bool) -> pa.Array:
    """Return values of a type that cells are of, texts as `large_string`; raises `Unreadable`."""
    values = _decoded(values)
    kind = values.type
    if types.is_dictionary(kind):
        if types.is_string(kind.value_type) or types.is_large_string(kind.value_type):
            _ = _checked(values.dictionary)
            return values
        return _plain(values.dictionary_decode(), several=several)
    if _is_list(kind) and several and _is_text(kind.value_type):
        lists = (None if own is None else _joined(own) for own in _objects(values))
        return pa.array(lists, pa.large_string())
    if _is_text(kind):
        return _checked(values.cast(pa.large_string()))
    if types.is_decimal(kind) and kind.byte_width < _DECIMAL128:
        return values.cast(pa.decimal128(38, kind.scale))
    if not types.is_null(kind) and not any(fits(kind) for fits, _ in _CONVERSIONS):
        raise Unreadable(str(kind))
    return values.cast(pa.string()) if types.is_null(kind) else values


_DECIMAL128 = 16
"""Its width in bytes; the functions of Arrow take no narrower one."""


def _decoded(values: pa.Array) -> pa.Array:
    """Return the values of an extension as they are stored."""
    return values.storage if isinstance(values, pa.ExtensionArray) else values


def _unsliced(values: pa.Array) -> pa.Array:
    return pa.concat_arrays([values]) if values.offset else values


def _checked(texts: pa.Array) -> pa.Array:
    """Return texts that are valid UTF-8 and not too long; raises `Unreadable`."""
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raise Unreadable(NOT_UTF_8) from None
    longest = compute.max(compute.utf8_length(texts)).as_py() or 0
    if longest > LONGEST_CELL:
        raise Unreadable(TOO_LONG)
    return texts


def _each(values: pa.Array) -> RawColumn:
    """Return texts or whole numbers as bytes, row by row."""
    texts = _unsliced(values.cast(pa.large_string()).fill_null(""))
    _, offsets, data = texts.buffers()
    borders = np.frombuffer(offsets, np.int64)[: len(texts) + 1]
    first, last = int(borders[0]), int(borders[-1])
    own = np.frombuffer(data or b"", np.uint8)[first:last]
    rows = np.arange(len(texts), dtype=np.int32)
    return RawColumn(rows, RowBytes(own, borders - first, "utf-8"))


def _days(moments: pa.Array) -> pa.Array:
    """Return moments of which few are different: days, or quarters of an hour where a zone is.

    Neither changes the day on which a moment lies, in whatever zone that is asked for.
    """
    moments = moments.cast(pa.timestamp("us", moments.type.tz), safe=False)
    if moments.type.tz is None:
        return moments.cast(pa.date32(), safe=False)
    numbers = moments.cast(pa.int64())
    if (compute.min(numbers).as_py() or 0) < 0:  # of older days no offset is sure
        return moments
    quarters = compute.multiply(compute.divide(numbers, _QUARTER), _QUARTER)
    return quarters.cast(moments.type)


def _is_text(kind: pa.DataType) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_list(kind: pa.DataType) -> bool:
    return bool(types.is_list(kind) or types.is_large_list(kind) or types.is_fixed_size_list(kind))


def _is_moment_of_day(kind: pa.DataType) -> bool:
    return bool(types.is_time(kind) or types.is_duration(kind))


def _as_is(values: pa.Array) -> list[Cell]:
    cells: list[Cell] = values.to_pylist()
    return cells


def _texts(values: pa.Array) -> list[Cell]:
    """Return texts; what is no UTF-8 in them has U+FFFD in its place, and `raw_column` refuses."""
    try:
        return _as_is(values)
    except UnicodeDecodeError:
        held = values.cast(pa.large_binary()).to_pylist()
        return [None if own is None else own.decode("utf-8", "replace") for own in held]


def _floats(values: pa.Array) -> list[Cell]:
    """Return whole numbers as int, as a workbook has them; a narrow float as the shortest text."""
    narrow = {types.is_float16: np.float16, types.is_float32: np.float32}
    own = next((each for fits, each in narrow.items() if fits(values.type)), None)
    numbers = values.to_pylist()
    if own is not None:  # 0.1 of 32 bits is 0.10000000149 of 64
        numbers = [None if each is None else float(str(own(each))) for each in numbers]
    return [int(n) if n is not None and n.is_integer() and abs(n) < _EXACT else n for n in numbers]


def _decimals(values: pa.Array) -> list[Cell]:
    return [None if number is None else _written(number) for number in values.to_pylist()]


def _written(number: Decimal) -> str:
    """Return a decimal without its last zeros: 12.50 is `12.5`, 100.00 is `100`."""
    digits = f"{number:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _dates(values: pa.Array) -> list[Cell]:
    days = values.cast(pa.date32(), safe=False).cast(pa.int32()).to_pylist()
    return [None if day is None else _date(day) for day in days]


def _date(day: int) -> Cell:
    try:
        return date.fromordinal(day + _EPOCH.toordinal())
    except (ValueError, OverflowError):  # after 9999: a text, which is no date
        return str(pa.scalar(day, pa.date32()).cast(pa.string()).as_py())


def _moments(values: pa.Array) -> list[Cell]:
    """Return moments: `datetime` without a zone, with one a text that ends in its offset."""
    zone = None if values.type.tz is None else _zone(values.type.tz)
    wide = values.cast(pa.timestamp("us", values.type.tz), safe=False)
    return [None if n is None else _moment(n, zone) for n in wide.cast(pa.int64()).to_pylist()]


def _moment(number: int, zone: tzinfo | None) -> Cell:
    try:
        moment = _EPOCH + timedelta(microseconds=number)
        if zone is None:
            return moment
        return moment.replace(tzinfo=UTC).astimezone(zone).isoformat()
    except (ValueError, OverflowError):
        return str(pa.scalar(number, pa.timestamp("us")).cast(pa.string()).as_py())


def _zone(name: str) -> tzinfo:
    """Return a zone by its name or offset; UTC, in which moments are stored, for any other."""
    try:
        if name[:1] in "+-":
            hours, minutes = int(name[:3]), int(name[0] + name[-2:])
            return timezone(timedelta(hours=hours, minutes=minutes))
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC


def _times(values: pa.Array) -> list[Cell]:
    if types.is_duration(values.type):
        return _as_is(values.cast(pa.duration("us"), safe=False))
    return _as_is(values.cast(pa.time64("us"), safe=False))


def _objects(values: pa.Array) -> list[Any]:
    try:
        objects: list[Any] = values.to_pylist()
    except UnicodeDecodeError:
        raise Unreadable(NOT_UTF_8) from None
    return objects


def _as_text(value: object) -> str:
    if isinstance(value, bytes):
        return value.hex()
    return _joined(value) if isinstance(value, list) else str(value)


def _joined(values: "list[object]") -> str:
    return _BETWEEN.join(str(value) for value in values if value is not None)


_CONVERSIONS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], list[Cell]]], ...] = (
    (_is_text, _texts),
    (types.is_integer, _as_is),
    (types.is_boolean, _as_is),
    (types.is_floating, _floats),
    (types.is_decimal, _decimals),
    (types.is_date, _dates),
    (types.is_timestamp, _moments),
    (_is_moment_of_day, _times),
)
"""What each type of value comes to as cells; of any other there are none."""
