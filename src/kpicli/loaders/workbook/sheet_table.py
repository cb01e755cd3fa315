"""The data rows of a sheet, handed on as columns of codes."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import Fault, Place
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import HIDDEN_BY_MERGING, Cell, Codes, RawColumn
from kpicli.loaders.workbook.number_formats import as_percentage
from kpicli.loaders.workbook.sheet_cells import (
    CellColumn,
    Merge,
    SheetCells,
    StoredCell,
    is_blank,
)

if TYPE_CHECKING:
    from kpicli.catalog.sources.columns import ColumnType
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.workbook.header_rows import Header

_NOTHING = StoredCell(None)
_EMPTY = CellColumn.of((), (), ())


class Sheet(Struct, frozen=True):
    """A sheet as read; `header` is None where none fits the source."""

    name: str
    visible: bool
    cells: SheetCells
    header: "Header | None"


class SheetRows:
    """The rows of a sheet below its header, to the last one that holds more than white space.

    `positions` are the places (from 0) of the declared columns. Columns that are `filled` take the
    value above, so that merging hides nothing in them.
    """

    def __init__(
        self,
        sheet: Sheet,
        header: "Header",
        label: str,
        positions: Mapping[str, int],
        source: "Source",
        filled: Collection[str] = (),
    ) -> None:
        self._sheet, self._label, self._positions, self._source = sheet, label, positions, source
        self._first = header.bottom + 1
        self._width = len(header.labels)
        self.headers = {n: shown_header(header.labels[place]) for n, place in positions.items()}
        """The headers of the declared columns, as written."""
        self.count = max(sheet.cells.last_row() - header.bottom, 0)
        """The number of rows, blank ones included."""
        self._filled = filled
        self._filled_rows: dict[int, bool] = {}
        self._over_rows = self._merged_in(positions.get(source.base_date or ""))

    def _merged_in(self, position: int | None) -> list[Merge]:
        """Return the ranges that merge cells of this column alone, below the header."""
        return [
            merge
            for merge in self._sheet.cells.merges
            if position is not None
            and merge.left == merge.right == position + 1
            and self._first <= merge.top < merge.bottom
        ]

    def column(self, name: str) -> RawColumn:
        """Return a declared column; ids and percentages come as the sheet shows them.

        The lone key of a large sheet comes as bytes where all are texts: each is its row's own.
        """
        kind = self._source.columns[name].type
        position = self._positions[name] + 1
        cells = self._sheet.cells
        column = cells.columns.get(position, _EMPTY)
        codes = column.between(self._first, self.count)
        overlaid: list[Cell] = []

        def overlay(rows: Iterable[int], cell: Cell) -> None:
            codes[[row - self._first for row in rows]] = 1 + column.distinct + len(overlaid)
            overlaid.append(cell)

        tops = self._tops() if name == self._source.base_date else {}
        for row, top in tops.items():
            overlay((row,), cells.row(top).get(position))
        if kind != "free_text" and name not in self._filled:
            hidden = self._hidden(position) - tops.keys()
            if hidden:
                overlay(hidden, HIDDEN_BY_MERGING)
        if name == self._source.lone_key and not overlaid and column.in_bulk:
            from kpicli.loaders.workbook.sheet.stored_parts import texts_of

            ids = texts_of(column, codes)
            if ids is not None:
                return RawColumn(np.arange(self.count, dtype=np.int32), ids)
        return _numbered(codes, chain((None,), (_shown(c, kind) for c in column.cells()), overlaid))

    def _tops(self) -> dict[int, int]:
        """Return, by row, the top of the range over which its base date is merged.

        A row with nothing else in it stays blank.
        """
        last = self._first + self.count - 1
        return {
            row: merge.top
            for merge in self._over_rows
            for row in range(merge.top + 1, min(merge.bottom, last) + 1)
            if self._is_filled(row)
        }

    def _hidden(self, column: int) -> frozenset[int]:
        """Return the rows below the first of a filled range that is merged over this column's rows.

        A row with nothing else in it stays blank.
        """
        last = self._first + self.count - 1
        return frozenset(
            row
            for merge in self._sheet.cells.merges
            if merge.left <= column <= merge.right and self._first <= merge.top < merge.bottom
            if not is_blank(self._sheet.cells.row(merge.top).get(merge.left))
            for row in range(merge.top + 1, min(merge.bottom, last) + 1)
            if self._is_filled(row)
        )

    def _is_filled(self, row: int) -> bool:
        if row not in self._filled_rows:
            cells = self._sheet.cells.row(row).values()
            self._filled_rows[row] = any(not is_blank(cell) for cell in cells)
        return self._filled_rows[row]

    def place(self, row: int, column: str | None) -> Place:
        """Return where a row, counted from 0, stands; `column` goes by the catalogue's name."""
        header = None if column is None else self.headers.get(column, column)
        return Place(self._label, sheet=self._sheet.name, row=self._first + row, column=header)

    def cells(self, rows: Sequence[int]) -> list[list[Cell]]:
        """Return all cells of the rows, from column 1 at least to the last header."""
        stored = self._sheet.cells.stored([self._first + row for row in rows])
        return [self._as_stored(row) for row in stored]

    def _as_stored(self, row: Mapping[int, StoredCell]) -> list[Cell]:
        width = max(self._width, max(row, default=0))
        return [row.get(column, _NOTHING).value for column in range(1, width + 1)]

    def findings(self, source: str) -> Iterator[Fault]:
        """Yield what was counted though it is out of sight, and values that merging hides."""
        last = self._first + self.count - 1
        hidden = sorted(row for row in self._sheet.cells.hidden if self._first <= row <= last)
        columns = {place + 1 for name, place in self._positions.items() if name not in self._filled}
        merged = sorted(
            merge.top
            for merge in self._sheet.cells.merges
            if self._first <= merge.top <= last
            and merge not in self._over_rows
            and any(merge.left <= column <= merge.right for column in columns)
        )
        kinds = (
            (faults.HIDDEN_ROWS, hidden),
            (faults.MERGED_CELLS, merged),
            (faults.MERGED_DATES, sorted(self._tops())),
        )
        for kind, rows in kinds:
            if rows:
                place = Place(self._label, sheet=self._sheet.name, row=rows[0])
                yield Fault(kind, source, place, count=len(rows))


class SheetColumns(Mapping[str, RawColumn]):
    """The declared columns of a sheet, each made when it is asked for: free text seldom is."""

    def __init__(self, rows: SheetRows) -> None:
        self._rows = rows
        self._made: dict[str, RawColumn] = {}

    def __getitem__(self, name: str) -> RawColumn:
        if name not in self._made:
            self._made[name] = self._rows.column(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.headers)

    def __len__(self) -> int:
        return len(self._rows.headers)

    def __reduce__(self) -> tuple[type["SheetColumns"], tuple[SheetRows]]:
        """Travel to another process as the cells of the sheet, which are held for all rows."""
        return SheetColumns, (self._rows,)


def _shown(cell: StoredCell, kind: "ColumnType") -> Cell:
    """Return a cell as its column reads it: ids and percentages as the sheet shows them."""
    value = cell.value
    if kind == "id":
        return cell.as_shown
    if cell.percent is not None and isinstance(value, int | float):
        return as_percentage(value)
    return value


def _numbered(codes: Codes, cells: Iterable[Cell]) -> RawColumn:
    """Return the column with each cell that is used once, in the order of the rows."""
    cells = list(cells)
    first_row = np.full(len(cells), -1, np.int64)
    first_row[codes[::-1]] = np.arange(len(codes))[::-1]  # of equal places the last one stays
    used = np.flatnonzero(first_row >= 0)
    used = used[np.argsort(first_row[used])]
    index: dict[tuple[type, Cell], int] = {}  # True, 1 and 1.0 are equal but not the same cell
    own = (cells[code] for code in used.tolist())
    numbers = np.zeros(len(cells), np.int32)
    numbers[used] = [index.setdefault((type(cell), cell), len(index)) for cell in own]
    return RawColumn(numbers[codes], tuple(cell for _, cell in index))
