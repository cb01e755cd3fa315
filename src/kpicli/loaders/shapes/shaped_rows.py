"""The way back from a row that was made to the line, and from a cell to where it stands."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Place
from kpicli.loaders.cells.raw_table import Cell, RawTable
from kpicli.settings.tables.shapes import Shape

NO_COLUMN = -1
"""In the place of an unpivoted column: the row is a line of its own."""

Numbers = npt.NDArray[np.int64]


class ShapedRows(Struct, frozen=True, dict=True):
    """The rows made of the lines of a table.

    `lines` has the line of each row, `columns` which unpivoted column its cell stands in.
    `unpivoted` are those columns by their names in the table, each with what its header makes;
    `origins` have, per column that is filled down, the line whose cell each line has. `made` are
    the headers of the columns that stand in no header, and `numbers` those of lines in records.
    """

    table: RawTable
    shape: Shape
    lines: Numbers
    columns: Numbers
    unpivoted: Mapping[str, str]
    origins: Mapping[str, Numbers]
    made: Mapping[str, str]
    numbers: Numbers | None = None

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple(self.unpivoted)

    @cached_property
    def _rest(self) -> list[int]:
        """The places of the columns that are not unpivoted."""
        unpivoted = {self.table.positions[name] for name in self.unpivoted}
        return [p for p in range(len(self.table.header_cells)) if p not in unpivoted]

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of the declared columns; those that are made go by their usual one."""
        own = {n: h for n, h in self.table.headers.items() if n not in self.unpivoted}
        return {**own, **self.made}

    @property
    def header_cells(self) -> tuple[str, ...]:
        """Return the header that the rows have."""
        cells = self.table.header_cells
        return (*(cells[place] for place in self._rest), *self.made.values())

    @property
    def positions(self) -> dict[str, int]:
        """Return the places of the declared columns in that header."""
        new = {place: number for number, place in enumerate(self._rest)}
        own = {n: new[p] for n, p in self.table.positions.items() if n not in self.unpivoted}
        return {**own, **{name: len(new) + n for n, name in enumerate(self.made)}}

    def place(self, row: int, column: str | None) -> Place:
        """Return where a row, or a cell of it, truly stands: in the header, or lines above, too."""
        line, number = int(self.lines[row]), int(self.columns[row])
        if column is not None and column in self.origins:
            return self.table.place(int(self.origins[column][line]), column)
        if column is not None and column == self.shape.line:
            return replace(self.table.place(line, None), column=self.made[column])
        if number == NO_COLUMN or (column is not None and column not in self.made):
            return self.table.place(line, column)
        name = self._names[number]
        place = self.table.place(line, name)
        if self.shape.unpivot is not None and column == self.shape.unpivot.name:
            return replace(place, row=self.table.title_rows + 1, line=None)
        return place

    def cells(self, rows: Sequence[int]) -> list[list[Cell]]:
        """Return all cells of the rows, those that were filled down as they stand: blank."""
        lines = self.table.cells([int(self.lines[row]) for row in rows])
        return [self._cells(row, line) for row, line in zip(rows, lines, strict=True)]

    def _cells(self, row: int, line: Sequence[Cell]) -> list[Cell]:
        cells = [line[place] if place < len(line) else "" for place in self._rest]
        if self.shape.line is not None and self.numbers is not None:
            cells.append(str(self.numbers[int(self.lines[row])]))
        if self.shape.unpivot is None:
            return cells
        number = int(self.columns[row])
        if number == NO_COLUMN:
            return [*cells, "", ""]
        name = self._names[number]
        place = self.table.positions[name]
        return [*cells, self.unpivoted[name], line[place] if place < len(line) else ""]


def rows_of(data: npt.NDArray[np.bool_], columns: int | None) -> tuple[Numbers, Numbers]:
    """Return the line and the unpivoted column of each row.

    A line of data makes a row for each of so many columns, any other line one that has no column;
    None: each line is a row.
    """
    each = 1 if columns is None else columns
    counts = np.where(data, each, 1)
    lines = np.repeat(np.arange(len(data)), counts)
    if columns is None:
        return lines, np.full(len(lines), NO_COLUMN)
    firsts = np.cumsum(counts) - counts
    numbers = np.arange(len(lines)) - firsts[lines]
    return lines, np.where(data[lines], numbers, NO_COLUMN)
