"""Records as an Excel table."""

from datetime import date
from decimal import Decimal

from openpyxl import Workbook

from kpicli.output.data.records import Column, Records
from kpicli.output.workbook.data_sheet import write_data

COLUMNS = (Column("kpi", hidden=True), Column("value", "number"), Column("start", "date"))


def test_a_table_with_formats_and_names() -> None:
    """Numbers have separators, decimals where they have any; ids are hidden; cells have names."""
    sheet = Workbook().worksheets[0]
    rows = (
        ("voices", Decimal(1841), date(2025, 4, 1)),
        ("ratio", Decimal("70.6"), None),
        ("gone", None, None),
    )
    write_data(sheet, Records(COLUMNS, rows, named={(0, 1): "kpi_voices"}), "ja")
    formats = [sheet.cell(row, 2).number_format for row in (2, 3, 4)]
    assert formats == ["#,##0;▲#,##0", "#,##0.##;▲#,##0.##", "General"]
    assert sheet.column_dimensions["A"].hidden
    assert not sheet.column_dimensions["B"].hidden
    (table,) = sheet.tables.values()
    assert table.ref == "A1:C4"
    assert sheet.parent is not None
    assert sheet.parent.defined_names["kpi_voices"].attr_text == "'Sheet'!$B$2"


def test_without_rows_there_is_no_table() -> None:
    """Excel has none without a row; the heads stand, with their filters."""
    sheet = Workbook().worksheets[0]
    write_data(sheet, Records(COLUMNS, ()), "en")
    assert sheet.tables == {}
    assert [cell.value for cell in sheet[1]] == ["KPI id", "Value", "First day"]
    assert sheet.auto_filter.ref == "A1:C1"
