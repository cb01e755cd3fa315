"""The rows of a sheet, where each stands, and what is out of sight."""

from kpicli.loaders.cells.raw_table import HIDDEN_BY_MERGING
from support.workbooks import DAY, HEADER, MAY, book_of, read, sheet_of, values


def test_rows_and_columns() -> None:
    """Every row below the header is there, with the declared columns and the sheet's own name."""
    table = read(book_of(HEADER, ("V1", DAY, "感謝"), ("V2", DAY, "不満"), ("V3", DAY, "感謝")))
    assert table.rows == 3
    assert values(table, "voice_id") == ["V1", "V2", "V3"]
    assert values(table, "received_on") == [DAY, DAY, DAY]
    assert table.columns["category"].distinct == ("感謝", "不満")
    assert table.headers == {
        "voice_id": "受付番号",
        "received_on": "受付日",
        "category": "声の区分",
    }
    assert (table.sheet, table.title_rows, table.encoding, table.findings) == ("Sheet", 0, None, ())


def test_place_and_raw_cells() -> None:
    """A row knows its number in the sheet and its header, and all cells, undeclared ones too."""
    book = book_of(("2025年度 お客様の声",), (), (*HEADER, "メモ"), ("V1", DAY, "感謝", "電話"))
    sheet_of(book)["F4"] = "欄外"
    table = read(book)
    place = table.place(0, "category")
    assert table.title_rows == 2
    assert (place.file, place.sheet, place.row, place.line) == ("v.xlsx", "Sheet", 4, None)
    assert place.column == "声の区分"
    assert table.place(0, None).column is None
    assert table.cells([0]) == [["V1", DAY, "感謝", "電話", None, "欄外"]]


def test_blank_rows() -> None:
    """Blank rows between others are rows; formatted or white rows after the last value are not."""
    book = book_of(HEADER, ("V1", DAY, "感謝"), (), ("V2", DAY, "感謝"), (" ", "　", None))
    for row in range(5, 200):
        sheet_of(book)[f"B{row}"].number_format = "yyyy/m/d"
    table = read(book)
    assert values(table, "voice_id") == ["V1", None, "V2"]


def test_no_rows() -> None:
    """A sheet of a header alone has no rows."""
    table = read(book_of(HEADER))
    assert table.rows == 0
    assert values(table, "voice_id") == []


def test_hidden_rows() -> None:
    """Hidden rows are read like others, and told with their number and the first of them."""
    book = book_of(("題",), HEADER, *((f"V{i}", DAY, "感謝") for i in range(5)))
    for row in (1, 4, 6):
        sheet_of(book).row_dimensions[row].hidden = True
    table = read(book)
    assert table.rows == 5
    told = [(f.kind.code, f.level, f.count, f.place.row, f.source) for f in table.findings]
    assert told == [("D311", "warning", 2, 4, "voices")]


def test_a_base_date_merged_over_rows() -> None:
    """It is the date of every row of the range that holds something, and that is told."""
    rows = [("V1", DAY, "感謝"), ("V2", None, "感謝"), (None, None, None), ("V3", MAY, "感謝")]
    book = book_of(HEADER, *rows, ("V4", None, "要望"))
    sheet_of(book).merge_cells("B2:B4")
    table = read(book)
    assert values(table, "received_on") == [DAY, DAY, None, MAY, None]
    assert [(f.kind.code, f.count, f.place.row) for f in table.findings] == [("D318", 1, 3)]


def test_a_base_date_merged_with_other_columns_is_not_filled() -> None:
    """A range over several columns is no date of many rows."""
    book = book_of(HEADER, (None, DAY, "感謝"), ("V2", None, "感謝"), ("V3", DAY, "感謝"))
    sheet_of(book).merge_cells("B2:C3")
    table = read(book)
    assert values(table, "received_on") == [DAY, HIDDEN_BY_MERGING, DAY]
    assert [(f.kind.code, f.count, f.place.row) for f in table.findings] == [("D314", 1, 2)]


def test_merged_data_cells() -> None:
    """The value of a merged cell counts for the top left alone, and merging is told.

    Below it nobody can say whether the cell is blank: it cannot be read. Beside it, it is.
    """
    book = book_of(HEADER, ("V1", DAY, "感謝"), ("V2", DAY, None), ("V3", DAY, "要望"))
    sheet_of(book).merge_cells("C2:C3")
    table = read(book)
    assert values(table, "category") == ["感謝", HIDDEN_BY_MERGING, "要望"]
    assert [(f.kind.code, f.count, f.place.row) for f in table.findings] == [("D314", 1, 2)]


def test_percentages() -> None:
    """A number shown as a percentage comes as the text that a CSV has in its place."""
    book = book_of((*HEADER, "点数"), ("V1", DAY, 0.5, 0.985), ("V2", DAY, "x", 0.5))
    for cell in ("C2", "D2"):
        sheet_of(book)[cell].number_format = "0%"
    table = read(book)
    assert values(table, "score") == ["98.5%", 0.5]
    assert values(table, "category") == ["50%", "x"]
