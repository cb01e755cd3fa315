"""Columns as Arrow has them, made of numpy arrays and read into them, buffer by buffer.

No number is copied by itself, and pyarrow's own way between the two, which is also that of texts,
would load pandas.
"""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from kpicli.loaders.cells.column_codes import SmallCodes
from kpicli.published.rows.digests import Codes

Bytes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]


def coded(codes: SmallCodes, distinct: pa.Array) -> pa.DictionaryArray:
    """Return a column of values by their codes; -1 is none."""
    buffers = [_bits(codes >= 0), pa.py_buffer(np.ascontiguousarray(codes, np.int32))]
    indices = pa.Int32Array.from_buffers(pa.int32(), len(codes), buffers)
    return pa.DictionaryArray.from_arrays(indices, distinct)


def texts(values: Sequence[str]) -> pa.StringArray:
    """Return texts."""
    encoded = [value.encode() for value in values]
    borders = np.array(list(accumulate(map(len, encoded), initial=0)), np.int32)
    data = pa.py_buffer(b"".join(encoded))
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(borders), data)


def whole_numbers(numbers: SmallCodes) -> pa.Int32Array:
    """Return a column of whole numbers."""
    buffers = [None, pa.py_buffer(np.ascontiguousarray(numbers, np.int32))]
    return pa.Int32Array.from_buffers(pa.int32(), len(numbers), buffers)


def of_bytes(raw: Bytes, there: Mask | None = None) -> pa.FixedSizeBinaryArray:
    """Return a column of so many bytes a row as `raw` is wide; none where it is not `there`."""
    rows, size = raw.shape
    buffers = [None if there is None else _bits(there), pa.py_buffer(np.ascontiguousarray(raw))]
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(size), rows, buffers)


def truths(marks: Mask, there: Mask) -> pa.BooleanArray:
    """Return a column of truths; none where they are not `there`."""
    return pa.BooleanArray.from_buffers(pa.bool_(), len(marks), [_bits(there), _bits(marks)])


def read_coded(column: pa.DictionaryArray) -> tuple[Codes, list[str]]:
    """Return codes (-1: none) and the values that they name."""
    indices = column.indices
    codes = np.where(there(indices), _read(indices, np.int32), -1).astype(np.int32)
    return codes, column.dictionary.to_pylist()


def read_whole_numbers(column: pa.Int32Array) -> Codes:
    """Return whole numbers, of which there is one in every row."""
    return _read(column, np.int32)


def read_bytes(column: pa.FixedSizeBinaryArray) -> Bytes:
    """Return the bytes of every row; what they are where there are none does not matter."""
    size, start = column.type.byte_width, column.offset
    raw = np.frombuffer(column.buffers()[1], np.uint8)
    return raw[size * start : size * (start + len(column))].reshape(-1, size)


def read_truths(column: pa.BooleanArray) -> Mask:
    """Return which rows are marked; what is none is not."""
    return _unpacked(column, column.buffers()[1]) & there(column)


def there(column: pa.Array) -> Mask:
    """Mark the rows in which there is a value."""
    validity = column.buffers()[0]
    return np.ones(len(column), np.bool_) if validity is None else _unpacked(column, validity)


def _read(column: pa.Array, kind: type[np.int32]) -> Codes:
    start = column.offset
    return np.frombuffer(column.buffers()[1], kind)[start : start + len(column)]


def _bits(marks: Mask) -> pa.Buffer:
    return pa.py_buffer(np.packbits(marks, bitorder="little"))


def _unpacked(column: pa.Array, buffer: pa.Buffer) -> Mask:
    start = column.offset
    bits = np.unpackbits(np.frombuffer(buffer, np.uint8), bitorder="little")
    return bits[start : start + len(column)].astype(np.bool_)
