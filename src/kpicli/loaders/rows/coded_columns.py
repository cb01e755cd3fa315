"""The columns of a source: kept as its pieces have them, and joined when a figure asks for one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import (
    BLANK,
    SmallCodes,
    Value,
    codes_in,
    day_numbers,
    small_type,
    spread,
    with_no_day,
)
from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes
from kpicli.loaders.rows.dataset import Coded, Mask

if TYPE_CHECKING:
    from kpicli.loaders.cells.pieces import Piece


class PiecedColumn(Struct, frozen=True):
    """A column of all pieces, in order: `codes[i]` refer to the piece's own `values[i]`."""

    codes: tuple[SmallCodes, ...]
    values: tuple[Sequence[Value], ...]

    @classmethod
    def of(cls, pieces: "Sequence[Piece]", name: str) -> Self:
        """Return a column of the pieces; it is blank throughout those that lack it."""
        columns = [piece.columns.get(name) for piece in pieces]
        return cls(
            tuple(
                np.broadcast_to(np.int8(BLANK), piece.rows) if column is None else column.codes
                for piece, column in zip(pieces, columns, strict=True)
            ),
            tuple(() if column is None else column.values for column in columns),
        )

    def days(self, pieces: slice = slice(None)) -> npt.NDArray[np.int32]:
        """Return the day of every row of some pieces of a date column, `NO_DAY` where it has none.

        Raises TypeError for a column of another type.
        """
        days = [np.zeros(0, np.int32)]
        for codes, values in zip(self.codes[pieces], self.values[pieces], strict=True):
            days.append(with_no_day(day_numbers(values))[codes])
        return np.concatenate(days)

    def marks(self, code: int) -> Mask:
        """Return marks of the rows that have `code`, which is `BLANK` or `UNREADABLE`."""
        return np.concatenate([np.zeros(0, np.bool_), *(codes == code for codes in self.codes)])

    def filled(self, cells: Mapping[int, Value], firsts: npt.NDArray[np.int64]) -> Self:
        """Return the column with other values in some rows; `firsts` are the pieces' first rows."""
        codes, values = list(self.codes), list(self.values)
        for row, value in cells.items():
            piece = int(np.searchsorted(firsts, row, side="right")) - 1
            own = values[piece]
            if value not in own:
                own = values[piece] = (*own, value)
                codes[piece] = codes[piece].astype(np.int32)
            codes[piece] = codes[piece].astype(np.int32)
            codes[piece][row - int(firsts[piece])] = own.index(value)
        return type(self)(tuple(codes), tuple(values))

    def marks_of(self, test: Callable[[Value], bool]) -> Mask:
        """Return marks of the rows whose value passes a test; blank and unreadable cells do not."""
        marks = [np.zeros(0, np.bool_)]
        for codes, values in zip(self.codes, self.values, strict=True):
            marks.append(np.array([*map(test, values), False, False])[codes])
        return np.concatenate(marks)

    def joined(self, kept: Mask | slice) -> Coded:
        """Return the kept rows with one numbering of values, in the order in which they first come.

        What cannot be read is blank.
        """
        values, mappings = _numbered(self.values)
        kind = small_type(len(values))
        codes = [np.zeros(0, kind)]
        for own, mapping in zip(self.codes, mappings, strict=True):
            table = np.concatenate((mapping, _NO_VALUE)).astype(kind)
            codes.append(spread(table, own))
        return Coded(np.concatenate(codes)[kept], values)


class CodedColumns(Mapping[str, Coded]):
    """The kept rows of the columns; each is joined when it is first asked for."""

    def __init__(self, columns: Mapping[str, PiecedColumn], kept: Mask | slice) -> None:
        self._columns: dict[str, PiecedColumn | Coded] = dict(columns)
        self._kept = kept

    def __getitem__(self, name: str) -> Coded:
        column = self._columns[name]
        if isinstance(column, PiecedColumn):
            column = self._columns[name] = column.joined(self._kept)
        return column

    def __contains__(self, name: object) -> bool:
        return name in self._columns  # Mapping would join it to find out

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


_NO_VALUE = np.array((BLANK, BLANK), np.int32)
"""The codes of what is blank and of what cannot be read."""


def _numbered(
    pieces: Sequence[Sequence[Value]],
) -> tuple[tuple[Value, ...], list[npt.NDArray[np.int32]]]:
    """Return each value once, in the order in which they first come, and its place by piece."""
    if any(isinstance(values, DistinctBytes) for values in pieces):
        encoded = [_as_bytes(values) for values in pieces]
        if None not in encoded:
            return _numbered_bytes([own for own in encoded if own is not None])
    index: dict[Value, int] = {}
    places = [
        np.array([index.setdefault(value, len(index)) for value in values], np.int32)
        for values in pieces
    ]
    return tuple(index), places


def _as_bytes(values: Sequence[Value]) -> RowBytes | None:
    """Return texts as bytes; None where they are not of ASCII alone, or no texts."""
    if isinstance(values, DistinctBytes):
        return values
    texts = [value for value in values if isinstance(value, str) and value.isascii()]
    return RowBytes.of(texts) if len(texts) == len(values) else None


def _numbered_bytes(
    pieces: Sequence[RowBytes],
) -> tuple[tuple[Value, ...], list[npt.NDArray[np.int32]]]:
    """Return what `_numbered` does of texts of ASCII, in a quarter of the time for a million."""
    import pyarrow as pa  # what small files never need

    chunks = [
        pa.LargeBinaryArray.from_buffers(
            pa.large_binary(), len(own), [None, *map(pa.py_buffer, (own.offsets, own.data))]
        )
        for own in pieces
    ]
    numbered = pa.chunked_array(chunks).dictionary_encode().combine_chunks()
    numbered = numbered.chunk(0) if isinstance(numbered, pa.ChunkedArray) else numbered
    _, offsets, data = numbered.dictionary.buffers()
    borders = np.frombuffer(offsets, np.int64)[: len(numbered.dictionary) + 1]
    values = RowBytes(np.frombuffer(data or b"", np.uint8), borders, "ascii")
    ends = np.cumsum([len(own) for own in pieces])
    return tuple(values), np.split(codes_in(numbered.indices), ends[:-1])
