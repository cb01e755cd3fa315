"""The parts that the sheets of a workbook share."""

import re
import time
import warnings
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from kpicli.loaders.workbook import shared_texts
from kpicli.loaders.workbook.container import kind_of
from support.workbooks import (
    DAY,
    HEADER,
    MAIN,
    SHEET,
    book_of,
    edited,
    read,
    refused,
    saved,
    sheet_of,
    text_numbers,
    two_sheets,
    values,
    with_shared_texts,
)


def test_shared_texts() -> None:
    """Texts that Excel keeps apart from the sheet come back whole, without the ruby over them."""
    ruby = '<t>感謝</t><rPh sb="0" eb="2"><t>カンシャ</t></rPh><phoneticPr fontId="1"/>'
    runs = '<r><rPr><b/></rPr><t>V</t></r><r><t xml:space="preserve">1 </t></r>'
    book = with_shared_texts(saved(book_of(HEADER, ("?", DAY, "?"))), runs, ruby)
    table = read(edited(book, SHEET, text_numbers(0, 1)))
    assert (values(table, "voice_id"), values(table, "category")) == (["V1 "], ["感謝"])


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
    """Broken, contradictory and dangerous parts are refused; no row is lost in silence.

    In words of both languages, never by the name of an exception.
    """
    book = with_shared_texts(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))), "<t>V1</t>", "<t>感謝</t>"
    )
    assert read(edited(book, SHEET, text_numbers(0, 1))).rows == 1
    content = edited(book, part, edit)
    message = refused(content).message
    assert "damaged (" in message.en
    assert not re.search(r"Error|Exception|Forbidden|Bad[A-Z]", message.ja + message.en)
    assert not re.search(r"\([ -~]+\)", message.ja)


def renamed(content: bytes, name: Callable[[str], str], text: Callable[[str], str]) -> bytes:
    """Return the workbook with all its parts renamed and rewritten."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(name(part), text(old.read(part).decode()))
    return stream.getvalue()


def test_strict_open_xml() -> None:
    """A workbook of the Strict kind differs by its names alone, and is read like any other."""
    usual = saved(book_of(HEADER, ("V1", DAY, "感謝"), ("V2", DAY, "http://purl.oclc.org/ooxml")))

    def strict(xml: str) -> str:
        xml = xml.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        return xml.replace(links, "http://purl.oclc.org/ooxml/officeDocument/relationships")

    content = renamed(usual, str, strict)
    assert content != usual
    table = read(content)
    assert table.rows == 2
    for name in ("voice_id", "received_on", "category"):
        assert values(table, name) == values(read(usual), name)


@pytest.mark.parametrize(
    "name",
    [
        lambda part: part.replace("/", "\\"),
        lambda part: part if part.startswith("[") else part.upper(),
        lambda part: part.replace("sharedStrings", "SharedStrings"),
    ],
)
def test_part_names_of_other_case_or_with_backslashes(name: Callable[[str], str]) -> None:
    """As programs write them, and as Excel reads them."""
    shared = with_shared_texts(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))), "<t>V7</t>", "<t>要望</t>"
    )
    content = renamed(edited(shared, SHEET, text_numbers(0, 1)), name, str)
    assert kind_of(content, "v.xlsx") == "workbook"
    assert values(read(content), "voice_id") == ["V7"]


@pytest.mark.parametrize("used", [False, True])
def test_a_part_that_is_listed_and_missing(used: bool) -> None:
    """It does no harm unless a cell refers to it: then the workbook is damaged."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    listed = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    book = saved(book_of(HEADER, ("V1", DAY, "感謝")))
    content = edited(book, "[Content_Types].xml", lambda xml: xml.replace("</Types>", listed))
    if used:
        content = edited(content, SHEET, text_numbers(0, 1))
        assert "damaged" in refused(content).message.en
    else:
        assert values(read(content), "voice_id") == ["V1"]


@pytest.mark.parametrize("number", ["inf", "-inf", "1e999", "nan", "x", ""])
def test_a_row_number_that_is_none(number: str) -> None:
    """The workbook is damaged, and no more."""
    content = edited(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))),
        SHEET,
        lambda xml: xml.replace('<row r="2"', f'<row r="{number}"'),
    )
    assert "damaged" in refused(content).message.en


def test_a_style_without_a_number_is_the_first() -> None:
    """As Excel takes it."""
    content = edited(
        saved(book_of(HEADER, ("V1", DAY, "感謝"))),
        SHEET,
        lambda xml: xml.replace('<c r="A2"', '<c r="A2" s=""'),
    )
    assert values(read(content), "voice_id") == ["V1"]


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


def test_a_number_format_without_end() -> None:
    """Excel permits 255 characters: a million zeros would make every id as long."""
    book = book_of(HEADER, (1, DAY, "感謝"))
    sheet_of(book)["A2"].number_format = "000000"
    content = edited(
        saved(book), "xl/styles.xml", lambda xml: xml.replace("000000", "0" * 1_000_000, 1)
    )
    assert "a number format of an abnormal length" in refused(content).message.en


def test_many_sheets_of_one_part() -> None:
    """Each would be read by itself: a small file of hours."""
    content = edited(
        saved(two_sheets()),
        "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace("sheet2.xml", "sheet1.xml"),
    )
    assert "two sheets of one part" in refused(content).message.en


def test_a_header_of_white_space_takes_no_time() -> None:
    """What is wrong with a pattern shows in the square of the length: a minute, not a moment."""
    header = (*HEADER, "\nx" + 30_000 * " " + "x")
    start = time.process_time()
    assert read(book_of(header, ("V1", DAY, "感謝", None))).rows == 1
    assert time.process_time() - start < 5


def test_texts_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Millions of empty texts pack into a few megabytes."""
    monkeypatch.setattr(shared_texts, "_MOST_TEXTS", 100)
    book = saved(book_of(HEADER, ("V1", DAY, "感謝")))
    assert read(with_shared_texts(book, *["<t/>"] * 100)).rows == 1
    assert (
        "abnormal number of texts" in refused(with_shared_texts(book, *["<t/>"] * 101)).message.en
    )
