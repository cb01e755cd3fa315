"""The exact reader says on which line a broken file breaks, and reads what the fast one may not."""

import csv

import pytest

from kpicli.base.errors import InputError
from kpicli.catalog.sources import Column, Source
from kpicli.loaders.cells.raw_table import HeldTable
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text import layout as layout_module
from kpicli.loaders.text.encoding import EncodedText
from kpicli.loaders.text.exact_reader import check_records, read_exact
from kpicli.loaders.text.layout import find_layout

SOURCE = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "content": Column(headers=("内容",), type="free_text"),
    },
)
HEADER = "受付番号,受付日,内容\n"


def read(body: str, header: str = HEADER) -> HeldTable:
    """Read `header` and `body` as a cp932 file with the exact reader."""
    text = EncodedText("cp932", (header + body).encode("cp932"), "cp932")
    layout = find_layout(header + body, SOURCE)
    assert layout is not None
    return read_exact(ExportFile("/in/v.csv", "v.csv", HeldContent(b"")), SOURCE, text, layout)


def column(table: HeldTable, name: str) -> list[object]:
    """Return the cells of one column, row by row."""
    raw = table.columns[name]
    return [raw.distinct[code] for code in raw.codes]


def refused(body: str, header: str = HEADER) -> str:
    """Return the English message with which the file is refused."""
    with pytest.raises(InputError) as caught:
        read(body, header)
    error = caught.value
    assert error.hint is not None
    assert (error.message.ja + error.hint.ja).encode("cp932")
    assert error.message.ja.startswith("v.csv: ")
    return error.message.en


def test_an_unclosed_quote_is_told_by_the_line_where_it_opens() -> None:
    """The line is the one where the quote opens, whatever it swallows after it."""
    assert (
        refused('V1,a,"x\ny"\nV2,b,"c\nV3,c,d\nV4,d,e\n')
        == "v.csv: the quote that opens on line 4 is never closed"
    )


def test_an_unclosed_quote_in_a_record_of_several_lines() -> None:
    """The opening line is exact also when the record began on an earlier line."""
    assert refused('"V\n1""",a,"b\n') == "v.csv: the quote that opens on line 3 is never closed"


def test_text_after_a_closing_quote_is_told_with_both_lines() -> None:
    """The message names the line of the text and the line where the quoted cell opens."""
    assert (
        refused('V1,a,b\nV2,"2"x,b\n')
        == "v.csv: text follows a closing quote on line 3 (the quoted cell opens on line 3)"
    )
    assert (
        refused('V1,a,"b\nV2,b,c\nV3,"d",e\n')
        == "v.csv: text follows a closing quote on line 4 (the quoted cell opens on line 2)"
    )


@pytest.mark.parametrize(
    ("row", "cells"), [("V3,a", 2), ("V3", 1), ("V3,a,b,c", 4), (",,,x", 4), ("V3,合計", 2)]
)
def test_rows_of_another_width_are_refused(row: str, cells: int) -> None:
    """A longer or shorter row is refused by line and record, behind a cell of two lines too.

    `V3,合計` is no total row, since its key cell holds a number.
    """
    assert (
        refused(f'V1,a,"x\ny"\nV2,a,b\n{row}\n')
        == f"v.csv: line 5 (record 4) has {cells} cells, the header has 3"
    )


def test_harmless_rows_of_another_width_are_filled() -> None:
    """Blank surplus cells, empty lines, blank rows and total rows are read, filled with blanks."""
    table = read("V1,a,b,, \n\n,\n合計,12\n, 小 計 ,1\n,小計\n 総計 \n,合計,2,14\n")
    assert column(table, "voice_id") == ["V1", "", "", "合計", "", "", " 総計 ", ""]
    assert column(table, "received_on") == ["a", "", "", "12", " 小 計 ", "小計", "", "合計"]
    assert column(table, "content") == ["b", "", "", "", "1", "", "", "2"]
    assert table.rows == 8
    assert table.cells([0, 1, 3, 0]) == [
        ("V1", "a", "b", "", " "),
        (),
        ("合計", "12"),
        ("V1", "a", "b", "", " "),
    ]


def test_line_ends_of_all_kinds_are_read() -> None:
    """CR alone ends lines as LF and CRLF do; in quotes it belongs to the cell."""
    table = read('V1,a,"b\rc"\rV2,d,e\n', HEADER.replace("\n", "\r"))
    assert column(table, "content") == ["b\rc", "e"]
    assert [table.place(row, None).line for row in range(2)] == [2, 4]


def test_quotes_inside_an_unquoted_cell_are_letters() -> None:
    """A quote that does not open its cell is part of it, and surrounding spaces stay."""
    table = read('V1, "a",5"の看板\n')
    assert column(table, "received_on") == [' "a"']
    assert column(table, "content") == ['5"の看板']


def test_a_nul_byte_is_told_by_its_line() -> None:
    """A NUL byte is no text: the line is named and UTF-16 suspected."""
    assert refused("V1,a,b\r\nV2,\0,c\r\n") == "v.csv: line 3 holds a NUL byte"


def test_cells_of_several_megabytes_are_read() -> None:
    """The csv module's own limit of 131,072 characters does not hold."""
    cell = "声\n" * 1_500_000
    assert column(read(f'V1,a,"{cell}"\n'), "content") == [cell]


def test_cells_beyond_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell beyond the limit is told by the line on which it begins."""
    monkeypatch.setattr(layout_module, "LONGEST_CELL", 100)
    before = csv.field_size_limit(100)
    try:
        message = refused('V1,a,b\nV2,"\n","' + "x\n" * 60 + '"\n')
    finally:
        csv.field_size_limit(before)
    assert message.startswith("v.csv: the cell that begins on line 4 is too long")


def test_columns_without_a_header_may_be_missing() -> None:
    """Blank cells at the end of the header ask nothing of the rows."""
    table = read("V1,a\nV2,b,\nV3,c,,x\n", "受付番号,受付日,, \n")
    assert column(table, "received_on") == ["a", "b", "c"]
    assert refused("V1\n", "受付番号,受付日,, \n").endswith("has 1 cells, the header has 4")


def test_places_count_titles_and_name_the_header_as_written() -> None:
    """Row and line are the file's own, the column is the header as it stands there."""
    table = read('V1,a,"x\ny"\nV2,b,c\n', "お客様の声 一覧,,\n\n" + HEADER)
    assert table.title_rows == 2
    assert table.headers["received_on"] == "受付日"
    place = table.place(1, "received_on")
    assert (place.file, place.row, place.line, place.column) == ("v.csv", 5, 6, "受付日")


def test_check_records_accepts_what_is_whole() -> None:
    """A file whose quoting is right passes the check, whatever the width of its rows."""
    check_records("v.csv", EncodedText("utf-8", b'a,"b"\nc\n', "utf-8"), ",")
