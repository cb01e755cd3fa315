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
    day_numbers,
    small_type,
    spread,
    with_no_day,
)
from kpicli.loaders.rows.dataset import Coded, Mask

if TYPE_CHECKING:
    from kpicli.loaders.cells.pieces import Piece


class PiecedColumn(Struct, frozen=True):
    """A column of all pieces, in order: `codes[i]` refer to the piece's own `values[i]`."""

    codes: tuple[SmallCodes, ...]
    values: tuple[tuple[Value, ...], ...]

    @classmethod
    def of(cls, pieces: "Sequence[Piece]", name: str) -> Self:
        """Return a column of the pieces; it is blank throughout those that lack it."""
        columns = [piece.columns.get(name) for piece in pieces]
        return cls(
            tuple(
                np.broadcast_to(np.int8(BLANK), piece.rows) if column is None else column.codes
                for piece, column in zip(pieces, columns, strict=True)
            ),
            tuple(() if column is None else tuple(column.values) for column in columns),
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
        index: dict[Value, int] = {}
        mappings = [
            [index.setdefault(value, len(index)) for value in values] for values in self.values
        ]
        kind = small_type(len(index))
        codes = [np.zeros(0, kind)]
        for own, mapping in zip(self.codes, mappings, strict=True):
            codes.append(spread(np.array([*mapping, BLANK, BLANK], dtype=kind), own))
        return Coded(np.concatenate(codes)[kept], tuple(index))


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
