"""A table put together cell by cell, with cells that cover several rows or columns."""

from collections.abc import Sequence

from msgspec import Struct

from kpicli.audit.numbers import read_cell
from kpicli.audit.table import Table, squared
from kpicli.base.errors import InputError
from kpicli.base.wording import Text

NO_BREAK = {0xA0: " "}
"""Pages indent with spaces that do not break; they are spaces here."""
_WIDEST = 16_384
"""The most columns of a table, as of a worksheet."""
_SPREAD = 200
"""A text over more rows or columns than this is no label."""


class GridCell(Struct, frozen=True):
    """A cell: its text, the columns and rows that it covers, its indent in half-width spaces."""

    text: str
    columns: int = 1
    rows: int = 1
    indent: int = 0


def grid_table(rows: Sequence[Sequence[GridCell]], shown: str, sheet: str, title: str) -> Table:
    """Return the table that rows of cells make; texts are labels wherever their cells reach.

    A number stands once, at the top left. Raises `InputError` where a table is too large.
    """
    placed: list[dict[int, str]] = []
    labels: dict[tuple[int, int], str] = {}
    indents: dict[tuple[int, int], int] = {}
    taken: dict[int, int] = {}
    for number, cells in enumerate(rows, 1):
        placed.append({})
        column = 1
        for cell in cells:
            while taken.get(column, 0) >= number:
                column += 1
            if column + cell.columns > _WIDEST:
                raise _too_wide(shown)
            placed[-1][column] = cell.text
            if cell.indent:
                indents[number, column] = cell.indent
            labels |= _spread(cell, number, column, len(rows))
            if cell.rows > 1:
                bottom = number + cell.rows - 1
                taken |= dict.fromkeys(range(column, column + cell.columns), bottom)
            column += cell.columns
    width = max((max(row, default=0) for row in placed), default=0)
    texts = [[row.get(column, "") for column in range(1, width + 1)] for row in placed]
    return Table(squared(texts, shown), sheet, labels, indents, title)


def _spread(cell: GridCell, row: int, column: int, last: int) -> dict[tuple[int, int], str]:
    text = cell.text.strip()
    if (cell.columns, cell.rows) == (1, 1) or not text or read_cell(text):
        return {}
    right, bottom = min(cell.columns, _SPREAD), min(cell.rows, _SPREAD, last - row + 1)
    return {
        (row + down, column + across): text for down in range(bottom) for across in range(right)
    }


def _too_wide(shown: str) -> InputError:
    return InputError(
        Text(
            f"{shown}: 表の列が多すぎます({_WIDEST:,} 列まで)",
            f"{shown}: a table has too many columns (the most are {_WIDEST:,})",
        ),
        Text("表の範囲だけを保存してください", "save the range of the table alone"),
    )
