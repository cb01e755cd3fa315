"""The cells of one sheet, read in a single pass over its XML.

openpyxl's own reader of rows is not used: it gives None for a formula that was never calculated,
drops rows that are out of order, knows no hidden row in its fast mode, and its slow mode fails on
flaws of charts and print settings.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from xml.etree.ElementTree import Element

from kpicli.loaders.cells.raw_table import NEVER_CALCULATED, Cell, CellError
from kpicli.loaders.workbook.manifest import SheetPart
from kpicli.loaders.workbook.number_formats import as_id, as_moment, as_span, read_number
from kpicli.loaders.workbook.parts import (
    NAMESPACE,
    Package,
    reading,
    text_of,
    unescaped,
)
from kpicli.loaders.workbook.sheet_cells import HEADER_ROWS, Merge, SheetCells
from kpicli.loaders.workbook.xml_bounds import BrokenPartError, elements

_ROW, _CELL, _MERGE = f"{NAMESPACE}row", f"{NAMESPACE}c", f"{NAMESPACE}mergeCell"
_VALUE, _FORMULA, _INLINE = f"{NAMESPACE}v", f"{NAMESPACE}f", f"{NAMESPACE}is"
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]+)(?::\$?([A-Za-z]{1,3})\$?([0-9]+))?")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def read_cells(package: Package, sheet: SheetPart) -> SheetCells:
    """Return the cells of `sheet`, formulas as the results that the file keeps of them.

    Raises `InputError` where the XML is broken, or where it names a row or a cell twice.
    """
    cells = SheetCells()
    with reading(package.label), package.archive.open(sheet.part) as xml:
        last = 0
        for element in elements(xml, _ROW, _MERGE):
            if element.tag == _ROW:
                last = _read_row(element, last, package, cells)
            else:
                cells.merges.append(_merge(element.get("ref", "")))
        if sum(m.covered_until(HEADER_ROWS) for m in cells.merges) > HEADER_ROWS * _LAST_COLUMN:
            raise BrokenPartError("結合の範囲が重なっています", "merged ranges overlap")
    return cells


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


def _read_row(element: Element, last: int, package: Package, cells: SheetCells) -> int:
    number = int(float(element.get("r", last + 1)))
    if not 1 <= number <= _LAST_ROW or number in cells.rows:
        raise BrokenPartError(
            f"{number} 行目が範囲の外か、二度あります",
            f"row {number} is out of bounds or there twice",
        )
    row: dict[int, Cell] = {}
    for column, cell in _numbered(element):
        if column in row or column > _LAST_COLUMN:
            raise BrokenPartError(
                f"{number} 行目のセルが範囲の外か、二度あります",
                f"a cell of row {number} is out of bounds or there twice",
            )
        value, as_formatted = _read_cell(cell, package)
        if value is not None:
            row[column] = value
        if as_formatted is not None:
            cells.ids[number, column] = as_formatted
        if isinstance(value, int | float) and (percent := _percent(cell, package)) is not None:
            cells.percents[number, column] = percent
        if package.indents and isinstance(value, str):
            cells.indents[number, column] = package.indents[_index(cell.get("s") or "0")]
    cells.rows[number] = row
    if element.get("hidden") in ("1", "true") or element.get("ht") in ("0", "0.0"):
        cells.hidden.add(number)
    return number


def _numbered(row: Element) -> Iterator[tuple[int, Element]]:
    column = 0
    for cell in row:
        if cell.tag == _CELL:
            reference = cell.get("r")
            column = column_number(reference.rstrip("0123456789")) if reference else column + 1
            yield column, cell


def _read_cell(cell: Element, package: Package) -> tuple[Cell, str | None]:
    """Return a cell's value, and how an id is shown where that differs."""
    kind = cell.get("t", "n")
    if kind == "s" and (index := cell.findtext(_VALUE)):
        return package.texts[_index(index)], None
    if kind == "inlineStr":
        inline = cell.find(_INLINE)
        return (None if inline is None else text_of(inline)), None
    stored = cell.findtext(_VALUE) or ""
    if not stored and kind != "str":
        return (None if cell.find(_FORMULA) is None else NEVER_CALCULATED), None
    if kind == "n":
        return _read_number(stored, _index(cell.get("s") or "0"), package)
    return _read_other(kind, stored), None


def _read_number(stored: str, style: int, package: Package) -> tuple[Cell, str | None]:
    number, form = read_number(stored), package.formats[style]
    if form.kind == "date":
        return as_moment(number, package.epoch_1904), None
    if form.kind == "elapsed":
        return as_span(number), None
    return number, as_id(number, form)


def _percent(cell: Element, package: Package) -> int | None:
    return (
        package.formats[_index(cell.get("s") or "0")].percent if cell.get("t", "n") == "n" else None
    )


def _read_other(kind: str, stored: str) -> Cell:
    match kind:
        case "str":
            return unescaped(stored)
        case "b":
            return stored.strip() in ("1", "true")
        case "e":
            return CellError(stored)
        case "d":
            return _iso(stored)
        case _:
            raise BrokenPartError("知らない種類のセルがあります", "a cell of an unknown type")


def _index(text: str) -> int:
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
