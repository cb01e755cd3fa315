"""A sheet being written: values with their looks, formulas with their results, links, print."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from kpicli.base.wording import Language, Text
from kpicli.output.data.records import Cell as Content
from kpicli.output.data.spreadsheet import fill, fill_text
from kpicli.output.page.folding import fold
from kpicli.output.page.safety import plain

FONT = "游ゴシック"
LINE = 16.5
"""The height of a line of text, in points."""
_THIN = Side(style="thin", color="BFBFBF")
_BOX = Border(top=_THIN, bottom=_THIN, left=_THIN, right=_THIN)


class CellStyle(Struct, frozen=True):
    """Font, colours, borders and alignment of a cell; `format` is its number format."""

    bold: bool = False
    size: int = 10
    color: str = "000000"
    paper: str | None = None
    boxed: bool = False
    wrapped: bool = False
    centered: bool = False
    right: bool = False
    indent: int = 0
    high: bool = False
    format: str = "General"


PLAIN = CellStyle()
TITLE = CellStyle(bold=True, size=16)
QUIET = CellStyle(color="595959")
HEADING = CellStyle(bold=True, boxed=True, paper="DDE6F0", wrapped=True, centered=True)
SECTION = CellStyle(bold=True, size=12, paper="1F3864", color="FFFFFF")
LABEL = CellStyle(bold=True, paper="F2F2F2", boxed=True, wrapped=True, high=True)
BAND = CellStyle(bold=True, paper="DDE6F0")
PROSE = CellStyle(wrapped=True, boxed=True, high=True)
BOXED = CellStyle(boxed=True, wrapped=True)
LINK = CellStyle()


class Canvas(Struct, frozen=True):
    """A sheet, the language of its words, and the results of the formulas written so far."""

    sheet: Worksheet
    language: Language
    results: dict[str, int | Decimal] = {}

    def localized(self, text: Text) -> str:
        """Return a text in the workbook's language."""
        return text.in_language(self.language)

    def write(self, row: int, column: int, content: Content, style: CellStyle = PLAIN) -> Cell:
        """Write a value; a string stays a string whatever it begins with."""
        cell = self._cell(row, column, style)
        fill(cell, content)
        cell.number_format = style.format
        return cell

    def write_words(self, row: int, column: int, text: str) -> None:
        """Write a text into a boxed cell, whose row is made high enough for it."""
        self.write(row, column, text, BOXED)
        self.raise_row(row, self.lines_of(column, text))

    def write_formula(
        self, row: int, column: int, formula: str, result: int | Decimal, style: CellStyle
    ) -> None:
        """Write a formula of ours (never of a file) with what it comes to."""
        cell = self._cell(row, column, style)
        cell.value = f"={formula}"
        cell.number_format = style.format
        self.results[cell.coordinate] = result

    def number(self, row: int, column: int) -> int | Decimal | None:
        """Return the number that a cell holds or that its formula comes to."""
        cell = self.sheet.cell(row, column)
        held = self.results.get(cell.coordinate, cell.value)
        return held if isinstance(held, int | Decimal) else None

    def write_link(
        self, row: int, column: int, content: str, sheet: str, style: CellStyle = LINK
    ) -> None:
        """Write a text that leads to the top of another sheet."""
        cell = self.write(row, column, content, style)
        font = Font(name=FONT, size=style.size, bold=style.bold, color="0563C1", u="single")
        cell.font = font
        place = f"{quote_sheetname(sheet)}!A1"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)

    def write_headings(self, row: int, texts: Sequence[str], first: int = 1) -> None:
        """Write column headings; each may have several lines."""
        for column, text in enumerate(texts, first):
            fill_text(self._cell(row, column, HEADING), "\n".join(map(plain, text.split("\n"))))
        for column, text in enumerate(texts, first):
            self.raise_row(row, sum(self.lines_of(column, line) for line in text.split("\n")))

    def write_lines(
        self, row: int, columns: tuple[int, int], lines: Iterable[str], style: CellStyle = PROSE
    ) -> None:
        """Write plain lines into the merged `columns` of a row that is high enough for them."""
        first, last = columns
        shown = [plain(line) for line in lines]
        for column in range(first + 1, last + 1):
            self._cell(row, column, style)
        fill_text(self._cell(row, first, style), "\n".join(shown))
        if last > first:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        width = self.cells_across(columns)
        self.raise_row(row, sum(len(fold(line, width, fill=True)) for line in shown))

    def write_band(self, row: int, last: int, text: str, style: CellStyle) -> None:
        """Write a heading on a band across the columns up to `last`."""
        for column in range(1, last + 1):
            self.write(row, column, text if column == 1 else None, style)
        self.raise_row(row, 1)

    def raise_row(self, row: int, lines: int) -> None:
        """Make a row high enough for so many lines, if it is not yet."""
        dimension = self.sheet.row_dimensions[row]
        dimension.height = max(dimension.height or 0, min(lines * LINE + 2, 409))

    def lines_of(self, column: int, text: str) -> int:
        """Return how many lines a text takes in a column as wide as it is now."""
        return len(fold(text, int(self.width(column)) - 1, fill=True))

    def cells_across(self, columns: tuple[int, int]) -> int:
        """Return how many cells of text surely fit into a line across columns."""
        first, last = columns
        return int(sum(self.width(column) for column in range(first, last + 1)) * 0.9)

    def width(self, column: int) -> float:
        """Return the width of a column in cells."""
        return float(self.sheet.column_dimensions[get_column_letter(column)].width)

    def widths(self, widths: Iterable[float]) -> None:
        """Set the widths of the columns from the first on."""
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def _cell(self, row: int, column: int, style: CellStyle) -> Cell:
        cell = self.sheet.cell(row, column)
        if isinstance(cell, MergedCell):
            raise TypeError(f"{cell.coordinate} is merged into another cell: it holds nothing")
        cell.font = Font(name=FONT, size=style.size, bold=style.bold, color=style.color)
        horizontal = "center" if style.centered else "right" if style.right else None
        cell.alignment = Alignment(
            horizontal=horizontal or ("left" if style.indent else None),
            vertical="top" if style.high else "center",
            wrap_text=style.wrapped,
            indent=style.indent,
        )
        if style.paper is not None:
            cell.fill = PatternFill("solid", fgColor=style.paper)
        if style.boxed:
            cell.border = _BOX
        return cell


def address(row: int, column: int) -> str:
    """Return a cell's address, as in `B5`."""
    return f"{get_column_letter(column)}{row}"


def text_width(texts: Iterable[str], least: int, most: int) -> int:
    """Return the width of a column for its texts, East Asian characters counting twice."""
    lines = [line for text in texts for line in text.split("\n")]
    return min(most, max(least, max((cell_len(line) for line in lines), default=0) + 2))


def name_cell(sheet: Worksheet, name: str, row: int, column: int) -> None:
    """Give a cell a name, by which formulas anywhere in the workbook find it."""
    place = f"{quote_sheetname(sheet.title)}!${get_column_letter(column)}${row}"
    if sheet.parent is not None:
        sheet.parent.defined_names[name] = DefinedName(name, attr_text=place)
