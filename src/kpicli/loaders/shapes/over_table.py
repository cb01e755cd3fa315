"""A table over another one: what it does not say otherwise is the other's."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.loaders.cells.raw_table import (
    Cell,
    ColumnPart,
    Numbers,
    RawTable,
    Records,
    Rows,
)

if TYPE_CHECKING:
    from kpicli.base.faults import Fault


class OverTable(Struct, frozen=True):
    """A table whose rows are those of `table`; who inherits says how its columns differ."""

    table: RawTable

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return self.table.rows

    @property
    def header_cells(self) -> Sequence[str]:
        """Return the whole header as written."""
        return self.table.header_cells

    @property
    def title_rows(self) -> int:
        """Return the number of rows above the header."""
        return self.table.title_rows

    @property
    def encoding(self) -> str | None:
        """Return the encoding of a text file."""
        return self.table.encoding

    @property
    def sheet(self) -> str | None:
        """Return the name of a workbook's sheet."""
        return self.table.sheet

    @property
    def findings(self) -> "tuple[Fault, ...]":
        """Return remarks on the whole file."""
        return self.table.findings

    def numbers(self) -> tuple[Numbers, Numbers | None]:
        """Return the number of every row, and its line in the file."""
        return self.table.numbers()

    def cells(self, rows: Rows) -> Sequence[Sequence[Cell]]:
        """Return all cells of the rows as they are in the file."""
        return self.table.cells(rows)

    def records(self, first: int, count: int) -> Records | None:
        """Return the bytes of rows, if they have any."""
        return self.table.records(first, count)

    def column_parts(self, column: str) -> Iterator[ColumnPart]:
        """Yield what returns the cells of a column that the file has as one."""
        return self.table.column_parts(column)
