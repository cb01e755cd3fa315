"""What every workbook shares: cells filled safely, widths, dates, bytes that stay the same."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from rich.cells import cell_len

from kpicli.base.errors import InternalError, OutputError
from kpicli.base.wording import Text
from kpicli.output.data.records import Cell as Content
from kpicli.output.data.records import Sheet
from kpicli.output.page.safety import inert, plain
from kpicli.values.numbers import exact
from kpicli.version import VERSION

WIDEST = 60
"""A column wider than this many cells pushes the figures out of sight."""

LONGEST_TEXT = 32_767
"""What a cell of Excel holds, in units of UTF-16."""

NO_DAY = date(1980, 1, 1)
"""The date of a workbook that belongs to no day: the first one that a ZIP archive can name."""

Results = Mapping[str, Mapping[str, int | Decimal]]
"""What formulas come to: by the title of the sheet, then by the cell's coordinate."""

_FORMULA = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v(?: ?/>|></v>)')


def write_sheet(sheet: Worksheet, content: Sheet) -> None:
    """Write the rows of a sheet that stands beside the records."""
    for row in content.rows:
        append(sheet, row.cells, bold=row.bold)
    widen(sheet)


def fill(cell: Cell, content: Content) -> None:
    """Put a value into a cell; a string stays a string even if it begins with `=`."""
    if isinstance(content, str):
        fill_text(cell, plain(content))
    else:
        cell.value = content


def fill_text(cell: Cell, shown: str) -> None:
    """Put a text that is already plain, line breaks aside, into a cell as a string.

    Raises `OutputError` for one that is longer than a cell of Excel, which openpyxl would cut.
    """
    units = len(shown.encode("utf-16-le")) // 2
    if units > LONGEST_TEXT:
        raise OutputError(
            Text(
                f"{units:,} 文字の値は xlsx の 1 つのセルに入りません(最大 {LONGEST_TEXT:,} 文字)",
                f"a value of {units:,} characters does not fit into a cell of xlsx"
                f" (at most {LONGEST_TEXT:,})",
            ),
            Text("csv か json で出してください", "write csv or json"),
        )
    cell.value = shown
    cell.data_type = "s"  # else openpyxl takes a leading "=" for a formula
    cell.quotePrefix = inert(shown) != shown


def append(sheet: Worksheet, contents: Iterable[Content], *, bold: bool = False) -> None:
    """Add a row of values below the last one."""
    cells = []
    for content in contents:
        cell = Cell(sheet, row=1, column=1)
        fill(cell, content)
        if bold:
            cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)


def widen(sheet: Worksheet) -> None:
    """Make each column as wide as its cells; headings that stand alone may run over."""
    widths: dict[int, int] = {}
    for row in sheet.iter_rows(values_only=True):
        filled = {index: str(value) for index, value in enumerate(row, 1) if value is not None}
        for index, shown in filled.items() if len(filled) > 1 else ():
            widths[index] = max(widths.get(index, 0), cell_len(shown))
    for index, width in widths.items():
        sheet.column_dimensions[get_column_letter(index)].width = min(width, WIDEST) + 2


def stamp(book: Workbook, day: date, version: str = VERSION, owner: str = "") -> None:
    """Write whose workbook it is, else what made it, and a day as its own date, not the clock's."""
    book.properties.creator = plain(owner) or f"kpicli {plain(version)}".strip()
    book.properties.created = book.properties.modified = datetime.combine(day, time())


def saved(book: Workbook, results: Results | None = None) -> bytes:
    """Return the workbook as bytes that do not depend on the clock.

    `Workbook.save` would stamp both the properties and every member with the present moment.
    Formulas carry the `results` known of them, so that a reader that does not calculate finds them.
    """
    sheets = {f"xl/worksheets/sheet{n}.xml": s.title for n, s in enumerate(book.worksheets, 1)}
    written, settled = BytesIO(), BytesIO()
    with ZipFile(written, "w") as archive:
        _InMemory(book, archive).write_data()
    with ZipFile(written) as archive, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in archive.namelist():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            known = (results or {}).get(sheets.get(name, ""), {})
            content = archive.read(name)
            target.writestr(info, _with_results(content, known) if known else content)
    return settled.getvalue()


class _InMemory(ExcelWriter):
    """Writes sheets in memory: openpyxl's own way leaves files behind where a run is killed."""

    _archive: ZipFile

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - its types leave out what is needed
        """Write a sheet with its drawing and what it relates to."""
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        sheet: Any = WorksheetWriter(ws, BytesIO())
        sheet.write()
        ws._rels = sheet._rels
        self._archive.writestr(ws.path[1:], sheet.read())
        self.manifest.append(ws)


def _with_results(content: bytes, known: Mapping[str, int | Decimal]) -> bytes:
    """Return a sheet's XML with a result in every formula; openpyxl leaves that place empty."""
    text, places = _FORMULA.subn(_result_of(known), content.decode("utf-8"))
    if places != len(known):
        raise InternalError(
            Text(
                f"ブックの式 {places} か所に、結果が {len(known)} 個あります",
                f"the workbook has {places} formulas, but {len(known)} results are known",
            )
        )
    return text.encode("utf-8")


def _result_of(known: Mapping[str, int | Decimal]) -> Callable[[re.Match[str]], str]:
    return lambda found: f"{found[1]}<v>{exact(known[found[2]])}</v>"
