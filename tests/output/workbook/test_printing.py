"""How sheets are printed."""

from openpyxl import Workbook

from kpicli.output.workbook.printing import print_on_a4


def test_a_sheet_on_a4() -> None:
    """Landscape, a page wide, its heads on every page, pages numbered; codes stay text."""
    sheet = Workbook().worksheets[0]
    sheet["C9"] = 1
    print_on_a4(sheet, "A&B", "代理店", 4, one_page=False)
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (
        "landscape",
        9,
        1,
        0,
    )
    assert (sheet.print_title_rows, sheet.print_area) == ("$4:$4", "'Sheet'!$A$1:$C$9")
    assert sheet.oddHeader is not None
    assert sheet.oddFooter is not None
    assert (sheet.oddHeader.left.text, sheet.oddFooter.left.text) == ("A&&B", "代理店")
    assert sheet.oddFooter.right.text == "&P / &N"
