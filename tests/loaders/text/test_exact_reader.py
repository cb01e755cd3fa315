"""The exact reader says on which line a broken file breaks, and reads what the fast one may not."""

import csv

import pytest

from kpicli.loaders.cells.raw_table import HeldTable
from kpicli.loaders.text import exact_reader as exact_module
from kpicli.loaders.text import layout as layout_module
from kpicli.loaders.text import text_block as block_module
from kpicli.loaders.text.delimited import read_delimited
from kpicli.loaders.text.encoding import EncodedText
from kpicli.loaders.text.exact_reader import check_records
from support.delimited_texts import SOURCE, export
from support.exact_texts import HEADER, read, refused


def column(table: HeldTable, name: str) -> list[object]:
    """Return the cells of one column, row by row."""
    raw = table.columns[name]
    return [raw.distinct[code] for code in raw.codes]


def test_an_unclosed_quote_in_a_record_of_several_lines() -> None:
    """The opening line is exact also when the record began on an earlier line."""
    assert refused('"V\n1""",a,"b\n') == "v.csv: the quote that opens on line 3 is never closed"


@pytest.mark.parametrize(("row", "cells"), [("V3,a,b,c", 4), (",,,x", 4), ("V3,合計,,1", 4)])
def test_longer_rows_are_refused(row: str, cells: int) -> None:
    """A longer row is refused by line and record, behind a cell of two lines too.

    `V3,合計,,1` is no total row, since its key cell holds a number.
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


def test_cells_of_several_megabytes_are_read() -> None:
    """The csv module's own limit of 131,072 characters does not hold."""
    cell = ("声" * 30 + "\n") * 90_000
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
    assert table.short == []
    assert read("V0,a\nV1\n\n", "受付番号,受付日,, \n").short == [1]


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


@pytest.mark.parametrize("lines", [11, 40])
def test_a_record_of_too_many_lines_is_refused(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """By either reader: a quote that is never closed fills no memory with the lines behind it."""
    for module in (exact_module, block_module):
        monkeypatch.setattr(module, "MOST_LINES", 10)
    cell = '"' + "x\n" * (lines - 1) + 'x"'
    never_closed = 'V1,a,b\nV2,c,"x\n' + "V3,d,e\n" * lines
    for text in (f"V1,a,b\nV2,c,{cell}\n", never_closed):
        message = refused(text)
        assert message.startswith("v.csv: the record that begins on line 3 goes on for more than")
    for end in ("\n", "\r"):  # the second for the exact reader
        text = f'{HEADER}V1,a,"x{end * 9}"\nV2,b,c\n'
        content = text.replace("\n", end).encode()
        assert read_delimited(export(content), SOURCE).rows == 2
