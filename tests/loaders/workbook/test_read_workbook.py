"""Workbooks are built with openpyxl, and edited in the zip where openpyxl cannot write the case."""

import re
import time
import warnings
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Literal

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from kpicli.base.errors import InputError
from kpicli.catalog.sources import Column, Source
from kpicli.loaders.cells.raw_table import Cell, CellError, HeldTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.workbook.read_workbook import read_workbook

VOICES = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "category": Column(headers=("声の区分", "区分"), type="text", required=True),
        "improved_on": Column(headers=("改善日",), type="date"),
        "insurer_improved_on": Column(headers=("保険会社改善日",), type="date"),
        "score": Column(headers=("点数",), type="number"),
    },
)
HEADER = ("受付番号", "受付日", "声の区分")
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "xl/worksheets/sheet1.xml"
DAY = datetime.fromisoformat("2025-04-01")
MAY = datetime.fromisoformat("2025-05-01")


def saved(book: Workbook) -> bytes:
    """Return the book as the bytes of its file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: Workbook) -> Worksheet:
    """Return the one sheet of a new book."""
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def book_of(*rows: Sequence[object]) -> Workbook:
    """Return a book of one sheet with these rows."""
    book = Workbook()
    for row in rows:
        sheet_of(book).append(list(row))
    return book


def edited(content: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """Return the workbook with one part of its zip rewritten; the edit must change it."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        assert part in old.namelist()
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                changed = edit(text.decode()).encode()
                assert changed != text
                text = changed
            new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def with_shared_texts(content: bytes, *texts: str) -> bytes:
    """Return the workbook as Excel writes it: the cells of row 2 are numbers of shared texts."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    listed = edited(content, "[Content_Types].xml", lambda xml: xml.replace("</Types>", override))
    stream = BytesIO(listed)
    with zipfile.ZipFile(stream, "a") as archive:
        items = "".join(f"<si>{text}</si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    return stream.getvalue()


def text_numbers(a2: int, c2: int) -> Callable[[str], str]:
    """Return an edit that makes A2 and C2 shared texts of these numbers."""

    def edit(xml: str) -> str:
        for cell, number in (("A2", a2), ("C2", c2)):
            shared = f'<c r="{cell}" t="s"><v>{number}</v></c>'
            xml = re.sub(rf'<c r="{cell}".*?</c>', shared, xml)
        return xml

    return edit


def read(book: Workbook | bytes, sheet: str | None = None, source: Source = VOICES) -> HeldTable:
    """Return what the reader makes of the book."""
    content = book if isinstance(book, bytes) else saved(book)
    return read_workbook(
        ExportFile("/x/v.xlsx", "v.xlsx", HeldContent(content), None, sheet), source
    )


def values(table: HeldTable, name: str) -> list[Cell]:
    """Return a column's cells row by row."""
    column = table.columns[name]
    return [column.distinct[code] for code in column.codes]


def refused(book: Workbook | bytes, sheet: str | None = None) -> InputError:
    """Return the error that reading the book ends with."""
    with pytest.raises(InputError) as caught:
        read(book, sheet)
    return caught.value


def numbered(number: object, style: int, epoch_1904: bool = False) -> bytes:
    """Return a book whose C2 holds `number` under the bare built-in format id `style`."""
    book = book_of(HEADER, ("V1", DAY, number))
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet_of(book)["C2"].number_format = "0.00E+00"  # id 11, to be replaced
    return edited(
        saved(book),
        "xl/styles.xml",
        lambda xml: re.sub(r'numFmtId="11"', f'numFmtId="{style}"', xml),
    )


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


def test_shared_texts() -> None:
    """Texts that Excel keeps apart from the sheet come back whole, without the ruby over them."""
    ruby = '<t>感謝</t><rPh sb="0" eb="2"><t>カンシャ</t></rPh><phoneticPr fontId="1"/>'
    runs = '<r><rPr><b/></rPr><t>V</t></r><r><t xml:space="preserve">1 </t></r>'
    book = with_shared_texts(saved(book_of(HEADER, ("?", DAY, "?"))), runs, ruby)
    table = read(edited(book, SHEET, text_numbers(0, 1)))
    assert (values(table, "voice_id"), values(table, "category")) == (["V1 "], ["感謝"])


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


def test_merged_data_cells() -> None:
    """The value of a merged data cell counts for the top left alone, and merging is told."""
    book = book_of(HEADER, ("V1", DAY, "感謝"), ("V2", None, "感謝"))
    sheet_of(book).merge_cells("B2:B3")
    table = read(book)
    assert values(table, "received_on") == [DAY, None]
    assert [(f.kind.code, f.count, f.place.row) for f in table.findings] == [("D314", 1, 2)]


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


def two_sheets() -> Workbook:
    """Return a book with two sheets that fit."""
    book = book_of(HEADER, ("V1", DAY, "感謝"))
    for row in (HEADER, ("V2", DAY, "不満")):
        (book["団体"] if "団体" in book else book.create_sheet("団体")).append(row)
    return book


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


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheets(state: Literal["hidden", "veryHidden"]) -> None:
    """A hidden sheet is told but read only when it is named; alone, it is never chosen."""
    book = two_sheets()
    book["団体"].sheet_state = state
    table = read(book)
    assert table.sheet == "Sheet"
    assert [(f.kind.code, f.detail) for f in table.findings] == [("D312", "団体")]
    assert values(read(book, "団体"), "voice_id") == ["V2"]
    book["Sheet"]["A1"] = "別の表"
    assert "only hidden sheets" in refused(book).message.en


@pytest.mark.parametrize(
    ("part", "edit"),
    [
        (SHEET, lambda xml: xml.replace("</row>", "", 1)),
        (SHEET, lambda xml: xml.replace('<row r="2"', '<row r="1"')),
        (SHEET, lambda xml: xml.replace('r="B2"', 'r="A2"')),
        (SHEET, lambda xml: xml.replace('r="2"', 'r="1048577"')),
        (SHEET, text_numbers(0, 2)),
        (SHEET, text_numbers(0, -1)),
        (SHEET, lambda xml: xml.replace('t="n"', 't="odd"')),
        (SHEET, lambda xml: xml.replace("45748", "NaN")),
        (SHEET, lambda xml: re.sub(r's="1"', 's="7"', xml)),
        (SHEET, lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
        ("xl/workbook.xml", lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
        ("xl/sharedStrings.xml", lambda xml: '<!DOCTYPE x [<!ENTITY a "b">]>' + xml),
        ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet1.xml", "sheet9.xml")),
        ("xl/workbook.xml", lambda xml: xml[:200]),
    ],
)
def test_damaged_workbooks(part: str, edit: Callable[[str], str]) -> None:
    """Broken, contradictory and dangerous parts are refused; no row is lost in silence."""
    book = with_shared_texts(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))), "<t>V1</t>", "<t>感謝</t>"
    )
    assert read(edited(book, SHEET, text_numbers(0, 1))).rows == 1
    content = edited(book, part, edit)
    assert "damaged" in refused(content).message.en


def test_strict_open_xml() -> None:
    """A workbook of the Strict kind, which would read as empty, is refused by name."""
    content = edited(
        saved(book_of(HEADER)),
        "xl/workbook.xml",
        lambda xml: xml.replace(
            MAIN,
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )
    assert "Strict Open XML" in refused(content).message.en


def test_remarks_of_openpyxl_stay_inside() -> None:
    """What openpyxl warns about in parts that no figure needs reaches nobody."""
    content = edited(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))),
        SHEET,
        lambda xml: xml.replace("</worksheet>", '<extLst><ext uri="{X}"/></extLst></worksheet>'),
    )
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert read(content).rows == 1
    assert caught == []


def test_wrong_dimension_is_not_believed() -> None:
    """A sheet that declares fewer cells than it has loses no row."""
    content = edited(
        saved(book_of(HEADER, ("V1", DAY, "感謝"), ("V2", DAY, "感謝"))),
        SHEET,
        lambda xml: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', xml),
    )
    assert values(read(content), "voice_id") == ["V1", "V2"]


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
