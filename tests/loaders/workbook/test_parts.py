"""The parts that the sheets of a workbook share."""

import re
import warnings
from collections.abc import Callable

import pytest

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
    text_numbers,
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
