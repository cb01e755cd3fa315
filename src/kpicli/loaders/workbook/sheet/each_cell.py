"""The cells of a sheet one by one, of whatever XML it is made, and the meaning of a stored cell.

openpyxl's own reader of rows is not used: it gives None for a formula that was never calculated,
drops rows that are out of order, knows no hidden row in its fast mode, and its slow mode fails on
flaws of charts and print settings.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import IO, TYPE_CHECKING, Final

from msgspec import Struct

from kpicli.loaders.cells.raw_table import NEVER_CALCULATED, Cell, CellError
from kpicli.loaders.workbook.number_formats import as_id, as_moment, as_span, read_number
from kpicli.loaders.workbook.shared_texts import unescaped
from kpicli.loaders.workbook.sheet.xml_rows import SheetHandlers, XmlCell, XmlRow
from kpicli.loaders.workbook.sheet_cells import (
    HEADER_ROWS,
    CellColumn,
    Merge,
    SheetCells,
    StoredCell,
)
from kpicli.loaders.workbook.xml_bounds import BrokenPartError, parse

if TYPE_CHECKING:
    from kpicli.loaders.workbook.parts import Package

LAST_COLUMN: Final = 16_384
LAST_ROW: Final = 1_048_576
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?")
_NOTHING = StoredCell(None)


class SheetElements(Struct, frozen=True):
    """What the elements of a sheet hold: its rows, empty ones too, its hidden rows, its merges.

    `columns` has, per column, the rows and codes of its cells, and a code for each distinct one.
    """

    rows: set[int] = set()
    hidden: set[int] = set()
    merges: list[Merge] = []
    columns: dict[int, "_Filled"] = {}

    def cells(self) -> SheetCells:
        """Return the sheet."""
        columns = {
            number: CellColumn.of(own.rows, own.codes, [cell for _, cell in own.index])
            for number, own in self.columns.items()
        }
        return SheetCells(columns, frozenset(self.hidden), self.merges)


class _Filled(Struct, frozen=True):
    rows: list[int] = []
    codes: list[int] = []
    index: dict[tuple[type, StoredCell], int] = {}  # True, 1 and 1.0 are equal, not the same cell


def read_each_cell(xml: IO[bytes], package: "Package") -> SheetElements:
    """Return what the elements of a sheet hold, of whatever XML it is made.

    Raises what `reading` turns into an `InputError`.
    """
    sheet = SheetElements()
    last = 0

    def take(row: XmlRow) -> None:
        nonlocal last
        last = _read_row(row, last, package, sheet)

    parse(xml, SheetHandlers(take, lambda reference: sheet.merges.append(_merge(reference))))
    if sum(m.covered_until(HEADER_ROWS) for m in sheet.merges) > HEADER_ROWS * LAST_COLUMN:
        raise BrokenPartError("結合の範囲が重なっています", "merged ranges overlap")
    return sheet


def _merge(reference: str) -> Merge:
    ends = _RANGE.fullmatch(reference)
    if ends is None:
        raise BrokenPartError("結合の範囲に端がありません", "a merged range without ends")
    left, top, right, bottom = ends.groups()
    right, bottom = right or left, bottom or top
    return Merge(column_number(left), int(top), column_number(right), int(bottom))


@cache
def column_number(letters: str) -> int:
    """Return the number of a column from 1 on: A is 1, Z 26, AA 27, XFD the last one."""
    if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isalpha()):
        raise BrokenPartError("列のわからないセルがあります", "a cell without a column")
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _read_row(row: XmlRow, last: int, package: "Package", sheet: SheetElements) -> int:
    number = int(float(row.attributes.get("r", last + 1)))
    if not 1 <= number <= LAST_ROW or number in sheet.rows:
        raise BrokenPartError(
            f"{number} 行目が範囲の外か、二度あります",
            f"row {number} is out of bounds or there twice",
        )
    columns: set[int] = set()
    for column, cell_as_written in _numbered(row):
        cell = stored_cell(cell_as_written, package)
        if column in columns or column > LAST_COLUMN:
            raise BrokenPartError(
                f"{number} 行目のセルが範囲の外か、二度あります",
                f"a cell of row {number} is out of bounds or there twice",
            )
        if cell.value is not None:
            columns.add(column)
            filled = sheet.columns.get(column) or sheet.columns.setdefault(column, _Filled())
            filled.rows.append(number)
            key = (type(cell.value), cell)
            filled.codes.append(filled.index.setdefault(key, len(filled.index)))
    sheet.rows.add(number)
    hidden, height = row.attributes.get("hidden"), row.attributes.get("ht")
    if hidden in ("1", "true") or height in ("0", "0.0"):
        sheet.hidden.add(number)
    return number


def _numbered(row: XmlRow) -> Iterator[tuple[int, XmlCell]]:
    column = 0
    for cell in row.cells:
        reference = cell.attributes.get("r")
        column = column_number(reference.rstrip("0123456789")) if reference else column + 1
        yield column, cell


def stored_cell(cell: XmlCell, package: "Package") -> StoredCell:
    """Return what a cell stores; `None` is the value of an empty one.

    Raises `BrokenPartError`, `ValueError` or `LookupError` for what contradicts itself.
    """
    kind, style = cell.attributes.get("t", "n"), cell.attributes.get("s") or "0"
    stored = "".join(cell.value or ())
    if kind == "s" and stored:
        return stored_text(package.texts[natural(stored)], style, package)
    if kind == "inlineStr":
        inline = cell.inline
        return _NOTHING if inline is None else stored_text(unescaped(inline), style, package)
    if not stored and kind != "str":
        return StoredCell(NEVER_CALCULATED) if cell.formula else _NOTHING
    if kind == "n":
        return stored_number(read_number(stored), style, package)
    return stored_other(kind, stored, style, package)


def stored_text(text: str, style: str, package: "Package") -> StoredCell:
    """Return the cell of a text, with its indent where the workbook has any."""
    if not package.indents:
        return StoredCell(text)
    return StoredCell(text, indent=package.indents[natural(style)])


def stored_number(number: int | float, style: str, package: "Package") -> StoredCell:
    """Return the cell of a number: a moment, a span of time, or itself, as its format has it."""
    form = package.formats[natural(style)]
    if form.kind == "date":
        value: Cell = as_moment(number, package.epoch_1904)
    elif form.kind == "elapsed":
        value = as_span(number)
    else:
        return StoredCell(number, as_id(number, form), form.percent)
    return StoredCell(value)


def stored_other(kind: str, stored: str, style: str, package: "Package") -> StoredCell:
    """Return the cell of what is neither a number nor in the list of texts."""
    match kind:
        case "str":
            return stored_text(unescaped(stored), style, package)
        case "b":
            return StoredCell(stored.strip() in ("1", "true"))
        case "e":
            return StoredCell(CellError(stored))
        case "d":
            moment = _iso(stored)
            text = isinstance(moment, str)
            return stored_text(stored, style, package) if text else StoredCell(moment)
        case _:
            raise BrokenPartError("知らない種類のセルがあります", "a cell of an unknown type")


def natural(text: str) -> int:
    """Return the number of a style or text; raises `ValueError` or `IndexError` for no such."""
    number = int(text)
    if number < 0:
        raise IndexError
    return number


def _iso(stored: str) -> Cell:
    """Return a moment written out in the file; one with an offset stays text, to be converted."""
    try:
        moment = datetime.fromisoformat(stored)
    except ValueError:
        return stored
    return moment if moment.tzinfo is None else stored
