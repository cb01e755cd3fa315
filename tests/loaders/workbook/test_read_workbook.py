"""Which sheet of a workbook is read, and that it is read soon."""

import time

from openpyxl import Workbook

from support.workbooks import DAY, HEADER, book_of, read, refused, saved, two_sheets, values


def test_missing_column_in_a_workbook() -> None:
    """A missing required column is named, with the sheet and the headers that were there."""
    error = refused(book_of(("題",), ("受付番号", "受付日", "種類"), ("V1", DAY, "感謝")))
    assert error.message.ja == (
        "v.xlsx [Sheet]: 必要な列「声の区分」(お客様の声)がありません。"
        "見出しの行: 受付番号、受付日、種類"
    )


def test_no_header_at_all() -> None:
    """Where no header is known, the error says what is required and shows no cell."""
    error = refused(book_of(("C00001", DAY, "介護保険"), ("C00002", DAY, "ケガ保険")))
    assert error.message.ja == "v.xlsx [Sheet]: 最初の 30 行にお客様の声の見出しがありません"
    assert error.hint is not None
    assert "受付番号、受付日、声の区分" in error.hint.ja


def test_choice_of_sheet() -> None:
    """The one visible sheet whose header fits is read, and the filled others are told."""
    book = book_of(("集計",), ("感謝", 3))
    for name in ("声", "空"):
        book.create_sheet(name)
    for row in (HEADER, ("V1", DAY, "感謝")):
        book["声"].append(row)
    table = read(book)
    assert (table.sheet, table.rows) == ("声", 1)
    told = [(f.kind.code, f.level, f.count, f.detail) for f in table.findings]
    assert told == [("D313", "note", 1, "Sheet")]


def test_a_sheet_that_lacks_one_header_is_an_error() -> None:
    """Its rows would be missing in silence; named in the settings, the other one is read."""
    book = book_of(HEADER, ("V1", DAY, "感謝"))
    other = book.create_sheet("損保")
    for row in ((HEADER[0], "受付けた日", HEADER[2]), ("V2", DAY, "感謝")):
        other.append(row)
    error = refused(book)
    assert error.message.en.startswith("v.xlsx [損保]: the required column '受付日' is missing")
    assert error.hint is not None
    assert 'sheet = "Sheet"' in error.hint.en
    assert read(book, "Sheet").rows == 1
    other.sheet_state = "hidden"
    assert read(book).rows == 1


def test_several_sheets_fit() -> None:
    """Where several sheets fit, none is guessed: the error names them and the option."""
    error = refused(two_sheets())
    assert error.message.en == "v.xlsx: the header of several sheets fits: Sheet、団体"
    assert error.hint is not None
    assert 'sheet = "Sheet"' in error.hint.ja
    assert values(read(two_sheets(), "団体"), "voice_id") == ["V2"]


def test_unknown_sheet() -> None:
    """An unknown sheet is refused with the sheets that there are and the nearest name."""
    error = refused(two_sheets(), "団体契約")
    assert error.message.ja == "v.xlsx: シート「団体契約」がありません。シート: Sheet、団体"
    assert error.hint is not None
    assert "団体" in error.hint.ja


def test_twenty_thousand_rows() -> None:
    """A workbook of 20,000 rows by 10 columns is read within seconds, every row of it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("声")
    sheet.append([*HEADER, *(f"列{i}" for i in range(7))])
    for row in range(20_000):
        sheet.append([f"V{row:05}", DAY, "感謝", row, f"内容{row}", 1.5, True, None, "x", "y"])
    content = saved(book)
    start = time.perf_counter()
    table = read(content)
    assert table.rows == 20_000
    assert values(table, "voice_id")[-1] == "V19999"
    assert time.perf_counter() - start < 20
