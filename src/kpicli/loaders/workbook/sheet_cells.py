"""The filled cells of one sheet, column by column, and its merged ranges."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Protocol, Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import SmallCodes, small_type
from kpicli.loaders.cells.raw_table import Cell, Codes

HEADER_ROWS = 34
"""Rows in which a header may stand, the taller merged cells at its foot included."""

_SOME = 50
_FIRST_ROWS = 100
"""So many rows from the top are kept once they were asked for: a header is looked for in them."""

Flags = npt.NDArray[np.bool_]


class Merge(Struct, frozen=True):
    """A merged range, all ends inclusive and counted from 1; its value is its top left cell's."""

    left: int
    top: int
    right: int
    bottom: int

    def covered_until(self, last: int) -> int:
        """Return how many cells of the rows up to `last` the range covers."""
        rows = max(min(self.bottom, last) - self.top + 1, 0)
        return rows * (self.right - self.left + 1)


class StoredCell(Struct, frozen=True):
    """A cell's value, and what its number format says of it.

    `as_id` is how a number is shown where that differs (`00123`), `percent` the decimals of a
    fraction that is shown as a percentage, `indent` how many steps a text is moved in.
    """

    value: Cell
    as_id: str | None = None
    percent: int | None = None
    indent: int = 0

    @property
    def as_shown(self) -> Cell:
        """Return an id that is stored as a number as its sheet shows it, else the value."""
        return self.value if self.as_id is None else self.as_id


class Cells(Protocol):
    """The distinct cells of a part of a column; those of a large sheet are made on demand."""

    def __len__(self) -> int: ...
    def __getitem__(self, place: int, /) -> StoredCell: ...
    def __iter__(self) -> Iterator[StoredCell]: ...


class CellColumn(Struct, frozen=True):
    """The filled cells of a column: in `rows[i]`, counted from 1 and rising, stands `codes[i]`.

    A code counts through the cells of all `parts`, which may hold a cell twice. Codes are of the
    smallest type that names them all.
    """

    rows: Codes
    codes: SmallCodes
    parts: Sequence[Cells]

    @classmethod
    def of(cls, rows: Sequence[int], codes: Sequence[int], cells: Sequence[StoredCell]) -> Self:
        """Return the column of cells whose rows may be in any order."""
        order = np.argsort(np.array(rows, np.int32))
        small = np.array(codes, small_type(len(cells)))
        return cls(np.array(rows, np.int32)[order], small[order], (cells,))

    def picked(self, codes: SmallCodes) -> list[StoredCell]:
        """Return the cells of some codes."""
        ends = np.cumsum([len(part) for part in self.parts])
        places = np.searchsorted(ends, codes, side="right").tolist()
        known: dict[int, StoredCell] = {}
        for code, place in zip(codes.tolist(), places, strict=True):
            if code not in known:
                known[code] = self.parts[place][code - int(ends[place])]  # from the part's end
        return [known[code] for code in codes.tolist()]

    @property
    def in_bulk(self) -> bool:
        """Return whether cells are made on demand, as those of large sheets are."""
        return not all(isinstance(part, list) for part in self.parts)

    @property
    def distinct(self) -> int:
        """Return the number of codes."""
        return sum(map(len, self.parts))

    def cells(self) -> Iterator[StoredCell]:
        """Yield the cells of all codes, in their order."""
        return chain.from_iterable(self.parts)

    def between(self, first: int, count: int) -> Codes:
        """Return 1 + the code for each of `count` rows from `first` on; 0 where nothing stands."""
        codes = np.zeros(count, np.int32)
        start, stop = np.searchsorted(self.rows, (first, first + count))
        codes[self.rows[start:stop] - first] = self.codes[start:stop]
        codes[self.rows[start:stop] - first] += 1
        return codes

    def last_filled(self, above: int) -> int:
        """Return the last row after `above` that holds more than white space, else `above`."""
        start = int(np.searchsorted(self.rows, above, side="right"))
        for stop in range(len(self.rows), start, -_SOME):
            rows = slice(max(stop - _SOME, start), stop)
            cells = self.picked(self.codes[rows])
            filled = [not is_blank(cell.value) for cell in cells]
            if any(filled):
                return int(self.rows[rows][filled][-1])
        return above


class SheetCells:
    """The filled cells of a sheet, by row and column, both counted from 1.

    A merged cell's value stands at its top left alone. `hidden` are the rows out of sight.
    """

    def __init__(
        self,
        columns: Mapping[int, CellColumn],
        hidden: frozenset[int] = frozenset(),
        merges: Sequence[Merge] = (),
    ) -> None:
        self.columns, self.hidden, self.merges = columns, hidden, merges
        self._first: list[dict[int, StoredCell]] = []

    @property
    def width(self) -> int:
        """Return the last column with a filled cell; 0 for an empty sheet."""
        return max(self.columns, default=0)

    def stored(self, rows: Sequence[int]) -> list[dict[int, StoredCell]]:
        """Return, for each of the rows, its filled cells by column."""
        filled: list[dict[int, StoredCell]] = [{} for _ in rows]
        wanted = np.array(rows, np.int32)
        for number in sorted(self.columns):
            column = self.columns[number]
            places = np.minimum(np.searchsorted(column.rows, wanted), len(column.rows) - 1)
            hits = np.flatnonzero(column.rows[places] == wanted)
            cells = column.picked(column.codes[places[hits]])
            for hit, cell in zip(hits.tolist(), cells, strict=True):
                filled[hit][number] = cell
        return filled

    def row(self, number: int) -> Mapping[int, Cell]:
        """Return the filled cells of a row, by column."""
        if 1 <= number <= _FIRST_ROWS:
            self._first = self._first or self.stored(range(1, _FIRST_ROWS + 1))
            row = self._first[number - 1]
        else:
            row = self.stored((number,))[0]
        return {column: cell.value for column, cell in row.items()}

    def first_rows(self, first: int, width: int) -> list[list[Cell]]:
        """Return some rows from `first` on, of `width` cells each."""
        rows = (self.row(number) for number in range(first, first + _SOME))
        return [[row.get(column) for column in range(1, width + 1)] for row in rows]

    def last_row(self) -> int:
        """Return the last row that holds more than white space; 0 for an empty sheet."""
        last = 0
        for column in self.columns.values():
            last = column.last_filled(last)
        return last


def is_blank(cell: Cell) -> bool:
    """Return whether the cell holds nothing, or white space alone."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
