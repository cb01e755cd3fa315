"""The filled cells of one sheet, and its merged ranges."""

from collections.abc import Mapping

from msgspec import Struct

from kpicli.loaders.cells.raw_table import Cell

HEADER_ROWS = 34
"""Rows in which a header may stand, the taller merged cells at its foot included."""

_SOME = 50


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


class SheetCells(Struct, frozen=True):
    """The filled cells of a sheet by row and column, both counted from 1.

    A merged cell's value stands at its top left alone. `ids` holds, for numbers that are shown
    otherwise than stored (`00123`), what is shown; `percents` the decimals of a fraction that is
    shown as a percentage; `indents` how many steps a text is moved in, where any is.
    """

    rows: dict[int, dict[int, Cell]] = {}
    ids: dict[tuple[int, int], str] = {}
    percents: dict[tuple[int, int], int] = {}
    indents: dict[tuple[int, int], int] = {}
    hidden: set[int] = set()
    merges: list[Merge] = []

    def row(self, number: int) -> Mapping[int, Cell]:
        """Return the filled cells of a row, by column."""
        return self.rows.get(number, {})

    def first_rows(self, first: int, width: int) -> list[list[Cell]]:
        """Return some rows from `first` on, of `width` cells each."""
        rows = (self.row(number) for number in range(first, first + _SOME))
        return [[row.get(column) for column in range(1, width + 1)] for row in rows]

    def last_row(self) -> int:
        """Return the last row that holds more than white space; 0 for an empty sheet."""
        return max(
            (n for n, row in self.rows.items() if any(not is_blank(c) for c in row.values())),
            default=0,
        )


def is_blank(cell: Cell) -> bool:
    """Return whether the cell holds nothing, or white space alone."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
