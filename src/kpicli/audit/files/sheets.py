"""The visible sheets of a workbook as tables, merged labels spread over the cells they cover."""

from datetime import date, datetime
from decimal import Decimal

from kpicli.audit.numbers import half_up, percent_of, read_cell
from kpicli.audit.table import Table, refuse_large, squared
from kpicli.loaders.cells.raw_table import CellError
from kpicli.loaders.workbook.parts import read_package
from kpicli.loaders.workbook.sheet.read_cells import read_cells
from kpicli.loaders.workbook.sheet_cells import SheetCells, StoredCell

_LARGE = 10**9
_DECIMALS = 9
_SPREAD = 2_000_000
_STEP = 2
"""One step of an indent is as wide as two half-width characters."""
_WIDEST = 200
"""Merged ranges over more rows or columns than this are no labels."""


def read_sheets(content: bytes, shown: str) -> tuple[Table, ...]:
    """Return the visible sheets that hold anything; hidden ones were not published.

    A formula counts by the result that the file keeps, and a percentage by the digits its format
    shows. Raises `InputError` where the workbook cannot be read.
    """
    package = read_package(content, shown)
    sheets = ((part.name, read_cells(package, part)) for part in package.sheets if part.visible)
    return tuple(_table(name, cells, shown) for name, cells in sheets if cells.last_row())


def _table(name: str, cells: SheetCells, shown: str) -> Table:
    last = cells.last_row()
    refuse_large(last, cells.width, shown)
    stored = cells.stored(range(1, last + 1))
    rows = [[_text(row.get(column)) for column in range(1, cells.width + 1)] for row in stored]
    return Table(squared(rows, shown), name, _merged(cells, rows), _indents(stored), name)


def _indents(rows: list[dict[int, StoredCell]]) -> dict[tuple[int, int], int]:
    return {
        (number, column): _STEP * cell.indent
        for number, row in enumerate(rows, 1)
        for column, cell in row.items()
        if cell.indent
    }


def _text(cell: StoredCell | None) -> str:
    if cell is None:
        return ""
    match cell.value:
        case None | CellError() | bool():
            return ""
        case int() | float():
            number = Decimal(repr(cell.value))
            if cell.percent is None or abs(number) > _LARGE:
                return _plain(number)
            return percent_of(number, cell.percent)
        case datetime() | date():
            return cell.value.isoformat()
        case _:
            return str(cell.value)


def _plain(number: Decimal) -> str:
    """Return a number in digits; what a calculation left behind the ninth decimal is rounded."""
    written = f"{number:f}"
    if len(written.partition(".")[2]) > _DECIMALS and abs(number) < _LARGE:
        written = f"{half_up(number, _DECIMALS):f}".rstrip("0").rstrip(".")
    return written


def _merged(cells: SheetCells, rows: list[list[str]]) -> dict[tuple[int, int], str]:
    """Return the texts of merged cells at all places that they cover; a number stands once."""
    found: dict[tuple[int, int], str] = {}
    for merge in cells.merges:
        if merge.bottom - merge.top > _WIDEST or merge.right - merge.left > _WIDEST:
            continue
        outside = merge.top > len(rows) or merge.left > len(rows[0])
        if outside or len(found) > _SPREAD:
            continue
        text = rows[merge.top - 1][merge.left - 1].strip()
        if text and not read_cell(text):
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    found[row, column] = text
    return found
