"""A table as its file shows it: texts at rows and columns, named as a spreadsheet names them."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from kpicli.audit.numbers import NOTHING, Number, Part, read_cell
from kpicli.base.errors import InputError
from kpicli.base.wording import Text

_CELLS = 2_000_000


class Spot(Struct, frozen=True, order=True):
    """A number's place: row and column from 1, and which number of its cell it is."""

    row: int
    column: int
    part: Part = "value"

    @property
    def cell(self) -> str:
        """Return the cell's name: `B3`."""
        return f"{column_name(self.column)}{self.row}"


def column_name(column: int) -> str:
    """Return the letters of a column counted from 1: `A`, `Z`, `AA`."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(65 + place) + letters
    return letters


class Table(Struct, frozen=True, dict=True):
    """The cells of a file or of one sheet, all rows equally long; `rows[0]` is row 1.

    `labels` has, for cells that a merged one covers, the text that they go by; `indents` by how
    many half-width spaces a cell's format moves its text in; `title` what stands above the table
    outside of its cells.
    """

    rows: tuple[tuple[str, ...], ...]
    sheet: str | None = None
    labels: Mapping[tuple[int, int], str] | None = None
    indents: Mapping[tuple[int, int], int] | None = None
    title: str = ""

    @property
    def width(self) -> int:
        """Return the number of columns."""
        return len(self.rows[0]) if self.rows else 0

    def text(self, row: int, column: int) -> str:
        """Return what a cell holds."""
        return self.rows[row - 1][column - 1]

    def label(self, row: int, column: int) -> str:
        """Return what a cell says as a label: its text, or that of the cell merged over it."""
        return self.text(row, column).strip() or (self.labels or {}).get((row, column), "")

    def indent(self, row: int, column: int) -> int:
        """Return by how many half-width spaces a cell's format moves its text in."""
        return (self.indents or {}).get((row, column), 0)

    def numbers(self, row: int, column: int) -> Mapping[Part, Number]:
        """Return the numbers that a cell writes."""
        return self._numbers.get((row, column), NOTHING)

    @cached_property
    def _numbers(self) -> Mapping[tuple[int, int], Mapping[Part, Number]]:
        return {
            (row, column): found
            for row, cells in enumerate(self.rows, 1)
            for column, text in enumerate(cells, 1)
            if text and (found := read_cell(text))
        }


def squared(rows: Sequence[Sequence[str]], shown: str) -> tuple[tuple[str, ...], ...]:
    """Return rows filled with blanks to one length; raise `InputError` where they are too many."""
    width = max(map(len, rows), default=0)
    refuse_large(len(rows), width, shown)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def refuse_large(rows: int, width: int, shown: str) -> None:
    """Raise `InputError` for a table of more cells than any that is published."""
    if width * rows > _CELLS:
        raise InputError(
            Text(
                f"{shown}: 公表の表としては大きすぎます({rows:,} 行 × {width:,} 列)",
                f"{shown}: too large for a published table ({rows:,} × {width:,} cells)",
            ),
            Text("表の範囲だけを保存してください", "save the range of the table alone"),
        )
