"""How sheets are printed: A4 landscape, a page wide, heads on every page, page numbers."""

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.output.page.safety import plain

_A4 = 9
_LONGEST_HEADER = 80


def print_on_a4(
    sheet: Worksheet, header: str, footer: str, heading_row: int | None, *, one_page: bool
) -> None:
    """Fit a sheet to the width of A4 landscape, and repeat its heading row on every page.

    With `one_page` it is fitted to the height too.
    """
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 1 if one_page else 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.75, 0.6, 0.3, 0.3
    if heading_row is not None:
        sheet.print_title_rows = f"{heading_row}:{heading_row}"
    sheet.print_area = f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"
    for item, left, right in (
        (sheet.oddHeader, _literal(header), "&A"),
        (sheet.oddFooter, _literal(footer), "&P / &N"),
    ):
        if item is not None:  # openpyxl always has one; its types do not say so
            item.left.text, item.right.text = left, right


def _literal(text: str) -> str:
    """Return a text that is no code of a header: `&` begins one, a digit may belong to one."""
    return plain(text)[:_LONGEST_HEADER].replace("&", "&&")
