"""Records: rows under named and typed columns, and the further sheets of a workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Text

Cell = str | int | Decimal | date | None

CellType = Literal["text", "date", "integer", "number"]
"""What a column's cells are; every one may be blank. A number has decimals, or may have them."""


class Column(Struct, frozen=True):
    """A column: its name, the same in both languages, and its type.

    A workbook shows its `title`, where it has one of its own, and hides it where it is `hidden`.
    """

    name: str
    type: CellType = "text"
    title: Text | None = None
    hidden: bool = False


class Records(Struct, frozen=True):
    """Rows of equal length under `columns`.

    `taken_over` are the places (row and column, from 0) of values that were not counted in this
    run but published before or entered by hand.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    taken_over: frozenset[tuple[int, int]] = frozenset()
    named: Mapping[tuple[int, int], str] = {}
    """Names of cells (row and column, from 0) for formulas in a workbook."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name for column in self.columns)

    def in_words(self, words: Mapping[str, Mapping[str, str]]) -> "Records":
        """Return the records with the texts of some columns, by name, as people say them.

        A text that has no words stays as it is.
        """
        said = [words.get(name, {}) for name in self.names]
        rows = (
            tuple(
                own.get(cell, cell) if isinstance(cell, str) else cell
                for own, cell in zip(said, row, strict=True)
            )
            for row in self.rows
        )
        return replace(self, rows=tuple(rows))


def columns(**types: CellType) -> tuple[Column, ...]:
    """Return columns of these names and types, in their order."""
    return tuple(Column(name, type_) for name, type_ in types.items())


def fitting(declared: tuple[Column, ...], rows: Iterable[Sequence[Cell]]) -> tuple[Column, ...]:
    """Return the columns, those of whole numbers in which a cell has decimals being numbers."""
    wide = {
        place
        for row in rows
        for place, cell in enumerate(row)
        if isinstance(cell, Decimal) and declared[place].type == "integer"
    }
    return tuple(
        replace(column, type="number") if place in wide else column
        for place, column in enumerate(declared)
    )


class SheetRow(Struct, frozen=True):
    """One row of a sheet; headings are bold."""

    cells: tuple[Cell, ...]
    bold: bool = False


class Sheet(Struct, frozen=True):
    """A sheet that stands beside the records in a workbook."""

    title: str
    rows: tuple[SheetRow, ...]
