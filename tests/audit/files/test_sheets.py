"""Sheets of workbooks as tables."""

from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment

from kpicli.audit.audit import audit_table
from kpicli.audit.files.sheets import read_sheets
from kpicli.audit.table import Table
from kpicli.base.errors import InputError


def table_of(rows: list[list[object]], indents: dict[str, int] | None = None) -> Table:
    """Return the only sheet of a workbook of rows, some cells moved in."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    for cell, steps in (indents or {}).items():
        sheet[cell].alignment = Alignment(indent=steps)
    stream = BytesIO()
    book.save(stream)
    (table,) = read_sheets(stream.getvalue(), "book.xlsx")
    return table


ROWS: list[list[object]] = [
    ["区分", "件数"],
    ["相談", 10],
    ["苦情", 4],
    ["その他", 6],
    ["要望", 5],
    ["合計", 15],
]


def test_an_indent_by_format() -> None:
    """Parts that the format moves in are below their head, as with spaces."""
    table = table_of(ROWS, {"A3": 1, "A4": 1})
    assert [table.indent(row, 1) for row in range(1, 7)] == [0, 0, 2, 2, 0, 0]
    assert audit_table(table).checked == {"total": 2}
    assert audit_table(table_of(ROWS)).checked == {}


def test_what_a_calculation_leaves_behind() -> None:
    """Beyond nine decimals a number is rounded; whole numbers stay whole."""
    rows: list[list[object]] = [["a", "b", "c"], ["x", 0.1 + 0.2, 7 / 3], ["y", 12.0, 1e-12]]
    assert table_of(rows).rows[1:] == (("x", "0.3", "2.333333333"), ("y", "12", "0"))


def test_a_sheet_that_is_far_too_large() -> None:
    """One number in the last corner makes no table of a billion cells."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["XFD1048576"] = 1, 2
    stream = BytesIO()
    book.save(stream)
    with pytest.raises(InputError, match="too large"):
        read_sheets(stream.getvalue(), "book.xlsx")
