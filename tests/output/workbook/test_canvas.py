"""A canvas writes values with their looks, and rows high enough for them."""

from decimal import Decimal

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.output.workbook.canvas import BOXED, Canvas, CellStyle, address, name_cell, text_width


@pytest.fixture
def sheet() -> Worksheet:
    """Return an empty sheet."""
    return Workbook().worksheets[0]


def test_what_is_written(sheet: Worksheet) -> None:
    """A string stays one, a number has its format, a formula its result."""
    canvas = Canvas(sheet, "ja", {})
    canvas.write(1, 1, "=1+1")
    canvas.write(2, 1, Decimal("0.706"), CellStyle(format="0.0%"))
    canvas.write_formula(3, 1, "A2*2", Decimal("1.412"), BOXED)
    assert [(sheet.cell(row, 1).value, sheet.cell(row, 1).data_type) for row in (1, 2, 3)] == [
        ("=1+1", "s"),
        (Decimal("0.706"), "n"),
        ("=A2*2", "f"),
    ]
    assert sheet["A2"].number_format == "0.0%"
    assert canvas.results == {"A3": Decimal("1.412")}
    assert (canvas.number(3, 1), canvas.number(1, 1)) == (Decimal("1.412"), None)


def test_rows_are_high_enough(sheet: Worksheet) -> None:
    """A Japanese text of forty signs takes more lines than a column of ten cells has room for."""
    canvas = Canvas(sheet, "ja", {})
    canvas.widths([12.0])
    canvas.write_lines(1, (1, 1), ["声" * 40])
    assert sheet.row_dimensions[1].height is not None
    assert sheet.row_dimensions[1].height > 8 * 16
    assert canvas.lines_of(1, "声" * 5) == 1


def test_a_name_leads_to_its_cell(sheet: Worksheet) -> None:
    """The sheet's name is quoted, the place absolute."""
    sheet.title = "集計 表"
    name_cell(sheet, "kpi_voices", 3, 28)
    assert sheet.parent is not None
    assert sheet.parent.defined_names["kpi_voices"].attr_text == "'集計 表'!$AB$3"


def test_widths_count_japanese_twice() -> None:
    """Within the bounds that are given."""
    assert (address(3, 28), text_width(["声声", "abc"], 1, 99)) == ("AB3", 6)
    assert (text_width([], 7, 99), text_width(["声" * 99], 7, 50)) == (7, 50)
