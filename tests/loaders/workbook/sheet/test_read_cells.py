"""Cells are what a file stores, whoever wrote it."""

import re
from datetime import datetime

import pytest

from kpicli.loaders.cells.raw_table import Cell, CellError
from support.workbooks import (
    DAY,
    HEADER,
    SHEET,
    book_of,
    edited,
    numbered,
    read,
    saved,
    sheet_of,
    values,
)


@pytest.mark.parametrize("style", [*range(27, 37), *range(50, 59)])
def test_japanese_built_in_dates(style: int) -> None:
    """Excel's Japanese built-in date formats, which a file names by number alone, give dates."""
    assert values(read(numbered(45748.5, style)), "category") == [
        datetime.fromisoformat("2025-04-01T12:00")
    ]


def test_epoch_1904() -> None:
    """In a workbook that counts from 1904, formatted dates are right and plain numbers are told."""
    table = read(numbered(44286, 31, epoch_1904=True))
    assert values(table, "category") == [DAY]
    assert values(table, "received_on") == [DAY]
    assert table.epoch_1904
    assert not read(numbered(44286, 0)).epoch_1904


def test_kinds_of_cells() -> None:
    """Whole numbers are int, truth values stay apart from 1, error cells are errors."""
    rows = [12.0, 1.5, True, 1, "1", "#N/A", None, "=1/0"]
    book = book_of(HEADER, *((f"V{i}", DAY, value) for i, value in enumerate(rows)))
    sheet_of(book)["C7"].data_type = "e"
    content = edited(
        saved(book),
        SHEET,
        lambda xml: re.sub(r"<c r=\"C9\"[^>]*>.*?</c>", '<c r="C9" t="e"><v>#DIV/0!</v></c>', xml),
    )
    found = values(read(content), "category")
    assert found == [12, 1.5, True, 1, "1", CellError("#N/A"), None, CellError("#DIV/0!")]
    assert [type(cell) for cell in found[:4]] == [int, float, bool, int]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="C2"><f>A1&amp;"x"</f></c>', CellError("formula")),
        ('<c r="C2"><f>1+1</f><v></v></c>', CellError("formula")),
        ('<c r="C2"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="C2" t="str"><f>"感謝"</f><v>感謝</v></c>', "感謝"),
        ('<c r="C2" t="str"><f>""</f><v></v></c>', ""),
        ('<c r="C2" t="b"><v>1</v></c>', True),
        (
            '<c r="C2" t="d"><v>2025-04-01T09:00:00</v></c>',
            datetime.fromisoformat("2025-04-01T09:00"),
        ),
        ('<c r="C2" t="d"><v>2025-04-01T00:00:00Z</v></c>', "2025-04-01T00:00:00Z"),
        ('<c r="C2"><v>1.23456789012345E+15</v></c>', 1.23456789012345e15),
        (
            '<c r="C2" t="inlineStr"><is><r><t>感</t></r><r><t>謝</t></r>'
            "<rPh sb='0' eb='1'><t>カンシャ</t></rPh></is></c>",
            "感謝",
        ),
        ('<c r="C2" t="inlineStr"><is><t>①_x000D_\n④</t></is></c>', "①\r\n④"),
        ('<c r="C2" t="inlineStr"><is><t>_x005F_x000D_</t></is></c>', "_x000D_"),
    ],
)
def test_cells_as_files_store_them(cell: str, expected: Cell) -> None:
    """A formula gives its kept result, or an error where it has none; text comes without ruby."""
    book = saved(book_of(HEADER, ("V1", DAY, "x")))
    content = edited(book, SHEET, lambda xml: re.sub(r'<c r="C2".*?</c>', lambda _: cell, xml))
    assert values(read(content), "category") == [expected]


def test_ids_as_shown() -> None:
    """An id stored as a number comes as its sheet shows it; one beyond 15 digits has lost them."""
    rows = [(123, "00000"), (1, '"S"000'), (45, "General"), (7, "0"), (1234567890123456, "0")]
    book = book_of(HEADER, *((number, DAY, number) for number, _ in rows))
    for place, (_, code) in enumerate(rows, start=2):
        sheet_of(book)[f"A{place}"].number_format = code
        sheet_of(book)[f"C{place}"].number_format = code
    table = read(book)
    assert values(table, "voice_id") == ["00123", "S001", 45, 7, "1.23456789012346E+15"]
    assert values(table, "category") == [123, 1, 45, 7, 1234567890123456.0]


def test_wrong_dimension_is_not_believed() -> None:
    """A sheet that declares fewer cells than it has loses no row."""
    content = edited(
        saved(book_of(HEADER, ("V1", DAY, "感謝"), ("V2", DAY, "感謝"))),
        SHEET,
        lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml),
    )
    assert values(read(content), "voice_id") == ["V1", "V2"]
