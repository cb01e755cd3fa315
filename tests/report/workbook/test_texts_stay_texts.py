"""What is written into a sheet stays what it is."""

import pytest
from msgspec.structs import replace
from openpyxl.workbook import Workbook

from kpicli.base.wording import Text, Unit
from kpicli.model.summary import Summary
from kpicli.output.workbook.canvas import PLAIN, Canvas, address, text_width
from support.reported import cells, opened, rendered, report_on, sheets


def test_texts_stay_texts(book: Workbook, sample: Summary) -> None:
    """What begins with a sign of a formula is text wherever it comes from, a title or a text."""
    titled = replace(sample.kpis["voices"], principles=("2",))
    head = replace(titled, title=Text("=1+1", "1"), unit=Unit("@x", "x"))
    figures = tuple(f for f in sample.figures if f.kpi == "voices")
    figures = tuple(replace(f, item=f"-{f.item}") if f.kind == "part" else f for f in figures)
    hostile = replace(sample, kpis={"voices": head}, figures=figures, accounting=())
    report = replace(report_on(hostile, "=HYPERLINK(1)\n+1"), title="@=&A")
    hostile_book = opened(rendered(report), formulas=True)
    started = [
        cell
        for sheet in hostile_book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value)[:1] in {"=", "+", "-", "@"} and cell.data_type == "s"
    ]
    assert {"=1+1", "@x", "-感謝", "=HYPERLINK(1)\n+1", "@=&A"} <= {c.value for c in started}
    assert all(cell.quotePrefix for cell in started if cell.value != "-")
    assert sheets(hostile_book)[0].oddHeader.left.text == "社内用 @=&&A"
    assert "本文です。\n\n・=1+1" in cells(book.worksheets[0]).values()


@pytest.fixture
def canvas() -> Canvas:
    """Return an empty sheet, written in Japanese."""
    return Canvas(Workbook().create_sheet("表"), "ja")


def test_a_formula_carries_its_result(canvas: Canvas) -> None:
    """What a formula comes to can be drawn before any spreadsheet has calculated it."""
    canvas.write(1, 1, 2)
    canvas.write(2, 1, "3")
    canvas.write_formula(3, 1, "A1*2", 4, PLAIN)
    assert canvas.sheet["A3"].value == "=A1*2"
    assert [canvas.number(row, 1) for row in (1, 2, 3, 4)] == [2, None, 4, None]


def test_a_merged_cell_holds_nothing(canvas: Canvas) -> None:
    """Prose takes all its columns; a value written into one of them would be lost."""
    canvas.widths([10, 10])
    canvas.write_lines(1, (1, 2), ["一行目", "二行目"])
    assert canvas.sheet["A1"].value == "一行目\n二行目"
    with pytest.raises(TypeError, match="B1 is merged"):
        canvas.write(1, 2, "x")


def test_a_row_is_as_high_as_its_longest_cell(canvas: Canvas) -> None:
    """Heights grow with the lines of a text, never shrink, and stop at the most of a row."""
    canvas.widths([11])
    assert canvas.lines_of(1, "あ" * 5) == 1
    assert canvas.lines_of(1, "あ" * 6) == 2
    heights = []
    for lines in (2, 1, 3, 1000):
        canvas.raise_row(1, lines)
        heights.append(canvas.sheet.row_dimensions[1].height)
    assert heights == [35, 35, 51.5, 409]


def test_a_link_leads_to_the_top_of_a_sheet(canvas: Canvas) -> None:
    """An apostrophe in a sheet's name is written twice, as spreadsheets want it."""
    canvas.write_link(1, 1, "戻る", "it's")
    assert canvas.sheet["A1"].hyperlink.location == "'it''s'!A1"
    assert canvas.sheet["A1"].value == "戻る"


def test_widths_count_wide_letters_twice() -> None:
    """A column is two wider than its longest line, within its bounds."""
    assert text_width(["あいう\nabcdefgh", "x"], 4, 40) == 10
    assert text_width([], 4, 40) == 4
    assert text_width(["あ" * 30], 4, 40) == 40


def test_addresses_are_those_of_a_spreadsheet() -> None:
    """Columns are letters: Z is followed by AA."""
    assert [address(5, column) for column in (2, 26, 27)] == ["B5", "Z5", "AA5"]
