"""The sheet that people read, drawn on a canvas."""

from collections.abc import Mapping

from msgspec.structs import replace
from openpyxl.utils import get_column_letter

from kpicli.output.data.front import Front, FrontCell, Look
from kpicli.output.workbook.canvas import BAND, BOXED, QUIET, TITLE, Canvas, CellStyle, name_cell
from kpicli.output.workbook.printing import print_on_a4

ONE_PAGE = 60
"""A table of so many rows is still readable on one page of A4."""

_LOOKS: Mapping[Look, CellStyle] = {
    "plain": BOXED,
    "bold": replace(BOXED, bold=True),
    "met": replace(BOXED, color="006100"),
    "missed": replace(BOXED, color="C00000", bold=True),
    "doubtful": replace(BOXED, color="7F6000", paper="FFF3CD"),
    "quiet": replace(BOXED, color="595959"),
}


def write_front(canvas: Canvas, front: Front) -> None:
    """Write title, lines, table and notes, named cells, and how the sheet is printed."""
    canvas.write(1, 1, front.title, TITLE)
    canvas.raise_row(1, 2)
    for row, line in enumerate(front.lines, 2):
        canvas.write(row, 1, line, QUIET)
    heading = len(front.lines) + 2
    write_table(canvas, front, heading)
    one_page = len(front.rows) <= ONE_PAGE
    print_on_a4(canvas.sheet, front.title, front.owner, heading, one_page=one_page)


def write_table(canvas: Canvas, front: Front, heading: int) -> None:
    """Write the table from the row of its heads on, and the notes beneath it."""
    canvas.widths([column.width for column in front.columns])
    canvas.write_headings(heading, [column.head for column in front.columns])
    canvas.sheet.freeze_panes = f"B{heading + 1}"
    row = heading
    for content in front.rows:
        row += 1
        if content.band:
            canvas.write_band(row, len(front.columns), str(content.cells[0].content), BAND)
            continue
        for column, cell in enumerate(content.cells, 1):
            _write(canvas, row, column, cell)
    filtered = f"{get_column_letter(len(front.columns))}{row}"
    if row > heading:
        canvas.sheet.auto_filter.ref = f"A{heading}:{filtered}"
    for note in front.notes:
        row += 1
        canvas.write(row, 1, note, QUIET)


def _write(canvas: Canvas, row: int, column: int, cell: FrontCell) -> None:
    style = replace(_LOOKS[cell.look], format=cell.format, indent=cell.indent)
    canvas.write(row, column, cell.content, style)
    if isinstance(cell.content, str):
        canvas.raise_row(row, canvas.lines_of(column, cell.content))
    if cell.name is not None:
        name_cell(canvas.sheet, cell.name, row, column)
