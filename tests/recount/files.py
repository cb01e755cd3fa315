"""The recount's own way into the raw files: text by its encoding, a workbook by its XML."""

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from recount.dates import from_serial

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
BUILT_IN_DATES = {14, *range(27, 37), *range(50, 59)}

Row = dict[str, str]


def text_of(content: bytes) -> str:
    """Return the text behind a byte-order mark, else UTF-8, else cp932; all of it strictly."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp932")


def delimited_rows(path: Path) -> list[Row]:
    """Return the records of a text file by their headers."""
    text = text_of(path.read_bytes())
    first = text.splitlines()[0]
    delimiter = "\t" if "\t" in first else ","
    header, *records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [dict(zip(header, record, strict=True)) for record in records]


def sheet_rows(path: Path, sheet: str, key: str) -> list[Row]:
    """Return the rows below the header (the first row that holds `key`); dates as ISO text."""
    with zipfile.ZipFile(path) as book:
        strings = [_text(item) for item in _xml(book, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
        dates = _date_styles(_xml(book, "xl/styles.xml"))
        grid = _grid(_xml(book, _sheet_part(book, sheet)), strings, dates)
    start = next(place for place, cells in enumerate(grid) if key in cells.values())
    header = grid[start]
    return [{header[at]: cells.get(at, "") for at in header} for cells in grid[start + 1 :]]


def _xml(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(book.read(part))


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{MAIN}t"))


def _sheet_part(book: zipfile.ZipFile, name: str) -> str:
    sheets = _xml(book, "xl/workbook.xml").iter(f"{MAIN}sheet")
    link = next(sheet.attrib[LINK] for sheet in sheets if sheet.attrib["name"] == name)
    links = _xml(book, "xl/_rels/workbook.xml.rels")
    return "xl/" + next(each.attrib["Target"] for each in links if each.attrib["Id"] == link)


def _date_styles(styles: ElementTree.Element) -> set[str]:
    """Return the style numbers whose format shows a date."""
    own = {
        int(form.attrib["numFmtId"])
        for form in styles.iter(f"{MAIN}numFmt")
        if re.search("[ymdeg]", form.attrib["formatCode"])
    }
    cells = styles.find(f"{MAIN}cellXfs")
    assert cells is not None
    numbers = [int(form.attrib["numFmtId"]) for form in cells]
    return {str(n) for n, number in enumerate(numbers) if number in own | BUILT_IN_DATES}


def _grid(
    page: ElementTree.Element, strings: Sequence[str], dates: set[str]
) -> list[dict[str, str]]:
    return [
        {
            cell.attrib["r"].rstrip("0123456789"): _cell(cell, strings, dates)
            for cell in row.iter(f"{MAIN}c")
        }
        for row in page.iter(f"{MAIN}row")
    ]


def _cell(cell: ElementTree.Element, strings: Sequence[str], dates: set[str]) -> str:
    value = cell.findtext(f"{MAIN}v", "")
    if cell.get("t") == "s":
        return strings[int(value)]
    return from_serial(value).isoformat() if cell.get("s") in dates and value else value
