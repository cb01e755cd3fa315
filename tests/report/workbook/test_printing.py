"""Every sheet can be printed as it is."""

import pytest
from openpyxl.workbook import Workbook

from kpicli.report.workbook.printing import print_on_a4
from support.reported import sheets


def test_printing_and_panes(book: Workbook) -> None:
    """Every sheet is A4 landscape, one page wide, with its headings frozen and repeated."""
    for sheet in sheets(book):
        setup = sheet.page_setup
        assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
        assert sheet.oddFooter.right.text == "&P / &N"
    assert (book["報告"].freeze_panes, book["報告"].print_title_rows) == ("B4", "$3:$3")
    assert book["お客様の声"].freeze_panes == "B5"
    assert book["報告"].column_dimensions["A"].width == 52


@pytest.mark.parametrize("one_page", [True, False])
def test_a_title_is_no_code_of_a_header(one_page: bool) -> None:
    """`&P` in a title would print the number of the page; it is cut where a header ends."""
    sheet = Workbook().create_sheet("表")
    sheet["C7"] = 1
    print_on_a4(sheet, "A&P 5" + "x" * 100, "&D", None, one_page=one_page)
    assert sheet.oddHeader.left.text == "A&&P 5" + "x" * 75
    assert sheet.oddFooter.left.text == "&&D"
    assert (sheet.print_title_rows, sheet.print_area) == (None, "'表'!$A$1:$C$7")
    assert sheet.page_setup.fitToHeight == (1 if one_page else 0)
