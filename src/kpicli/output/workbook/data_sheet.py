"""Records as an Excel table: heads of the office, filters, real numbers and dates, for pivots."""

from decimal import Decimal

from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.base.errors import OutputError
from kpicli.base.wording import Language, Text
from kpicli.output.data.records import Records
from kpicli.output.data.spreadsheet import append, widen
from kpicli.output.workbook.canvas import name_cell
from kpicli.output.workbook.heads import heads

MOST_ROWS = 1_048_576
"""What a sheet can hold; Excel does not open a workbook with more."""
TABLE = "kpicli_data"
_MINUS = {"ja": "▲", "en": "-"}
"""The sign of what is below zero, in Japanese accounts and elsewhere."""


def write_data(sheet: Worksheet, records: Records, language: Language) -> None:
    """Write records as a table; values that were not counted in this run stand in italics.

    Columns that are `hidden` are there for formulas and programs, out of sight. Raises
    `OutputError` for more rows than a sheet can hold.
    """
    if len(records.rows) >= MOST_ROWS:
        raise OutputError(
            Text(
                f"{len(records.rows):,} 行あり、xlsx の 1 シートに入りません",
                f"{len(records.rows):,} rows do not fit into a sheet of xlsx",
            ),
            Text("csv か parquet で出してください", "write csv or parquet"),
        )
    append(sheet, heads(records.columns, language), bold=True)
    for row in records.rows:
        append(sheet, row)
    _format_numbers(sheet, records, _MINUS[language])
    for row_number, place in records.taken_over:
        sheet.cell(row_number + 2, place + 1).font = Font(italic=True)
    for (row_number, place), name in records.named.items():
        name_cell(sheet, name, row_number + 2, place + 1)
    sheet.freeze_panes = "A2"
    widen(sheet)
    for number, column in enumerate(records.columns, 1):
        if column.hidden:
            sheet.column_dimensions[get_column_letter(number)].hidden = True
    if records.rows and records.columns:  # Excel has no table without a row
        last = f"{get_column_letter(len(records.columns))}{len(records.rows) + 1}"
        table = Table(displayName=TABLE, ref=f"A1:{last}")
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight9", showRowStripes=True)
        sheet.add_table(table)
    else:
        sheet.auto_filter.ref = sheet.dimensions


def _format_numbers(sheet: Worksheet, records: Records, minus: str) -> None:
    """Give numbers thousands' separators; those with decimals keep theirs."""
    whole, others = (f"{form};{minus}{form}" for form in ("#,##0", "#,##0.##"))
    for place, column in enumerate(records.columns):
        if column.type not in ("integer", "number"):
            continue
        for number, row in enumerate(records.rows, 2):
            content = row[place]
            if not isinstance(content, int | Decimal):
                continue
            has_decimals = isinstance(content, Decimal) and content != content.to_integral_value()
            sheet.cell(number, place + 1).number_format = others if has_decimals else whole
