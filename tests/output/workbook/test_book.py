import io
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text
from kpicli.output.data.records import Records, Sheet, SheetRow, columns
from kpicli.output.data.spreadsheet import NO_DAY
from kpicli.output.interface import Answer, Options
from kpicli.output.page.document import Document
from kpicli.output.workbook import data_sheet
from kpicli.output.workbook.book import workbook_of
from support.command_line import environment

RECORDS = Records(
    columns(name="text", day="date", rows="integer", value="number"),
    (("=1+1", date(2025, 4, 1), 3, Decimal("70.6")), (None, None, None, None)),
    frozenset({(0, 3)}),
)
SHEET = Sheet("内訳", (SheetRow(("件数",), bold=True), SheetRow((), bold=True), SheetRow((7,))))


def answer(records: Records = RECORDS, day: date | None = None) -> Answer:
    """Return an answer of some records and a further sheet."""
    return Answer(
        Text("声", "Voices"),
        records=lambda _: records,
        document=lambda _: Document((), ()),
        content=lambda _: {},
        sheets=lambda _: (SHEET,),
        day=day,
    )


def test_the_workbook_of_an_answer() -> None:
    """Its first sheet goes by the title and holds the records; further sheets follow."""
    content = workbook_of(answer(), Options("en"))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Voices", "内訳"]
    first, second = book.worksheets
    rows = list(first.iter_rows(values_only=True))
    april = datetime(2025, 4, 1)  # noqa: DTZ001 - cells have no zone
    assert rows == [("Name", "day", "Rows", "Value"), ("=1+1", april, 3, 70.6)]
    assert [cell.font.bold for cell in first[1]] == [True] * 4
    assert [cell.font.italic for cell in first[2]] == [False, False, False, True]
    assert (first.freeze_panes, first["A2"].data_type, first["A2"].quotePrefix) == ("A2", "s", True)
    assert list(second.iter_rows(values_only=True)) == [("件数",), (None,), (7,)]


@pytest.mark.parametrize("day", [None, date(2025, 9, 30)])
def test_its_date_is_the_answer_s(day: date | None) -> None:
    """An answer that belongs to no day has a fixed one: equal answers give equal bytes."""
    content = workbook_of(answer(day=day), Options())
    properties = openpyxl.load_workbook(io.BytesIO(content)).properties
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date() == (day or NO_DAY)
    assert (properties.creator or "").startswith("kpicli ")


def test_more_rows_than_a_sheet_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are refused, with the formats that can hold them."""
    monkeypatch.setattr(data_sheet, "MOST_ROWS", 3)
    assert workbook_of(answer(), Options()).startswith(b"PK")
    with pytest.raises(OutputError) as caught:
        workbook_of(answer(Records(RECORDS.columns, (*RECORDS.rows, *RECORDS.rows))), Options())
    assert caught.value.message.en == "4 rows do not fit into a sheet of xlsx"
    assert caught.value.hint is not None
    assert "parquet" in caught.value.hint.ja


_RESULTS = """
import sys
from openpyxl import Workbook
from kpicli.output.data.spreadsheet import saved
book = Workbook()
book.active["A1"], book.active["A2"] = 2, "=A1+3"
sys.stdout.buffer.write(saved(book, {book.active.title: {"A2": 5}}))
"""


@pytest.mark.parametrize("lxml", ["True", "False"])
def test_formulas_have_results_whatever_library_writes_them(lxml: str) -> None:
    """The library writes with lxml where that is installed, and leaves a result empty otherwise."""
    environ = environment(OPENPYXL_LXML=lxml)
    done = subprocess.run(
        [sys.executable, "-c", _RESULTS], check=True, capture_output=True, env=environ
    )
    book = openpyxl.load_workbook(io.BytesIO(done.stdout), data_only=True)
    assert book.worksheets[0]["A2"].value == 5
