"""A sheet read in bulk is the sheet read cell by cell, or is left to that."""

import pickle
import zipfile
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings

from kpicli.loaders.workbook.parts import read_package
from kpicli.loaders.workbook.sheet import read_in_bulk as bulk
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet.read_in_bulk import read_in_bulk
from support.sheets import (
    PLAIN,
    ROOT,
    ROWS,
    WRITERS,
    Drawn,
    assert_same,
    both,
    package_of,
    sheet_xml,
)
from support.workbooks import MAIN, SHEET

ODD = [
    '<row r="3"><c r="B3"><v> 5 </v></c></row>',
    '<row r="21"><c r="A21" t="str"><v><![CDATA[ x ]]></v></c></row>',
    '<row r="22"><c r="A22"><v>1<!-- no --></v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c> <c r="B3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c></row>\n<row r="4"><c r="B4"><v>2</v></c></row>',
    '<row r="4"><c r="A4"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>',
    "<row><c><v>1</v></c><c><v>2</v></c></row>",
    '<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row>',
    '<row spans="1:2" r="3"><c s="1" r="A3"><v>1</v></c></row>',
    '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>',
    '<row r="3"><c r="A9"><v>1</v></c></row>',
    '<row r="3"><c r="a3"><v>1</v></c></row>',
    "<row r='3'><c r='A3'><v>1</v></c></row>",
    '<row r="3.0"><c r="A3"><v>1</v></c></row>',
    '<row r="3"><!-- <c r="A3"><v>1</v></c> --><c r="B3"><v>2</v></c></row>',
    '<!--<row r="3"><c r="A3"><v>1</v></c></row>--><row r="4"><c r="B4"><v>2</v></c></row>',
    '<row r="3"><c r="A3" t="str"><v><![CDATA[<c r="B3"><v>9</v></c>]]></v></c></row>',
    '<row r="3"><x><c r="A3"><v>1</v></c></x><c r="B3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c><x/><c r="B3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v><x></c></x><c r="B3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c><c><v>7</v></c><c r="C3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><c r="B3"><v>1</v></c></c></row>',
    '<row r="3"><row r="4"><c r="A4"><v>1</v></c></row></row>',
    '<row r="3"><c r="A3" t="str"><v>x</v><mergeCell ref="A1:B2"/></c></row>',
    f'<row r="3"><c r="A3"><x:row xmlns:x="{MAIN}" r="8"><x:c><x:v>1</x:v></x:c></x:row></c></row>',
    '<row r="3" xmlns="urn:x"><c r="A3"><v>1</v></c></row>',
    '<row r="3"><c r="A3" xmlns="urn:x"><v>1</v></c></row>',
    '<x:row xmlns:x="urn:x" r="3"><c r="A3"><v>1</v></c></x:row>',
    '<row r="3" y:z="1"><c r="A3"><v>1</v></c></row>',
    '<row r="3" ht="1" ht="1"><c r="A3"><v>1</v></c></row>',
    '<row r="3"><c r="A3" s="1" r="B3"><v>1</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>',
    '<row r="3"><c r="A3"><v>1</v></c></row><row r="3"><c r="B3"><v>2</v></c></row>',
    '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
    '<row r="0"><c r="A0"><v>1</v></c></row>',
    '<row r="3"><c r="XFE3"><v>1</v></c></row>',
    '<row r="3"><c r="A3"><v>x</v></c></row>',
    '<row r="3"><c r="A3"><v>1e999</v></c></row>',
    '<row r="3"><c r="A3"><v>1_000</v></c></row>',
    '<row r="3"><c r="A3"><v>nan</v></c></row>',
    '<row r="3"><c r="A3" t="s"><v>2</v></c></row>',
    '<row r="3"><c r="A3" t="s"><v>-1</v></c></row>',
    '<row r="3"><c r="A3" s="6"><v>1</v></c></row>',
    '<row r="3"><c r="A3" s="6" t="str"><v>x</v></c></row>',
    '<row r="3"><c r="A3" t="z"><v>1</v></c></row>',
    '<row r="3"><c r="A3" t="inlineStr"><v>1</v></c></row>',
    '<row r="3"><c r="A3" t="str"><is><t>1</t></is></c></row>',
    '<row r="3"><c r="A3" t="str"><v>a\r\nb</v></c></row>',
    '<row r="3"><c r="A3" t="str"><v>\x01</v></c></row>',
    '<row r="3"><c r="A3" t="str"><v>\uffff</v></c></row>',
    '<row r="3"><c r="A3" t="str"><v>]]></v></c></row>',
    '<row r="3"><c r="A3" t="str"><v>&nope;</v></c></row>',
    '<row r="3"><c r="A3" t="str"><f>\uffff</f><v>x</v></c></row>',
    '<row r="3"><c r="A3"><v>1</c></v></row>',
    '<row r="3"><c r="A3"><v>1</v></c>',
    '<row r="3"/><c r="A3"><v>1</v></c></row>',
    '</sheetData><sheetData><row r="3"><c r="A3"><v>1</v></c></row>',
    '<c r="A3"><v>1</v></c>',
    'x<row r="3"><c r="A3"><v>1</v></c></row>',
]


@pytest.mark.parametrize("writer", WRITERS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(rows=ROWS)
def test_what_programs_write(writer: str, rows: Drawn) -> None:
    """Random sheets of the usual writers are read in bulk, and as they are cell by cell."""
    content = WRITERS[writer](rows)
    at_once, each = both(read_package(content, "v.xlsx"))
    if at_once is None:  # nothing to read in bulk
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert b"<sheetData/>" in archive.read(SHEET)
    else:
        assert_same(at_once, each)


@pytest.mark.parametrize("row", PLAIN)
def test_plain_rows(row: str) -> None:
    """Cells of every kind are as they are cell by cell, alone and among others."""
    for rows in ([row], PLAIN):
        at_once, each = both(package_of(sheet_xml(rows)))
        assert at_once is not None
        assert_same(at_once, each)


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("rows", [[], PLAIN[:2]], ids=["alone", "behind others"])
def test_odd_rows(odd: str, rows: list[str]) -> None:
    """What is otherwise, or broken, is never read otherwise than cell by cell."""
    package = package_of(sheet_xml([*rows, odd]))
    with package.archive.open(SHEET) as xml:
        at_once = read_in_bulk(xml, package)
    if at_once is not None:
        with package.archive.open(SHEET) as xml:
            assert_same(at_once, read_each_cell(xml, package).cells())


@pytest.mark.parametrize(
    "root",
    [
        f'<?xml version="1.0" encoding="UTF-8"?>\n{ROOT}',
        f'\ufeff<?xml version="1.0"?>{ROOT}<sheetPr/>',
        ROOT.replace(
            "schemas.openxmlformats.org/spreadsheetml/2006", "purl.oclc.org/ooxml/spreadsheetml"
        ),
    ],
)
def test_roots_that_are_plain(root: str) -> None:
    """A declaration, a byte-order mark, and Strict Open XML do not hinder."""
    merge = '<mergeCells count="1"><mergeCell ref="A2:A4"/></mergeCells>'
    at_once, each = both(package_of(sheet_xml(PLAIN, root, merge)))
    assert at_once is not None
    assert len(at_once.merges) == 1
    assert_same(at_once, each)


@pytest.mark.parametrize(
    ("root", "after"),
    [
        ("<worksheet>", ""),
        ('<worksheet xmlns="urn:x">', ""),
        (f'<x:worksheet xmlns:x="{MAIN}">', ""),
        (f"<!-- <sheetData> -->{ROOT}", ""),
        (f'<!DOCTYPE x [<!ENTITY a "1">]>{ROOT}', ""),
        (f'<?xml version="1.0" encoding="shift_jis"?>{ROOT}', ""),
        (f'<?xml version="1.0"{" " * 9_000}encoding="shift_jis"?>{ROOT}', ""),
        (f'{ROOT}<row r="30"><c r="A30"><v>1</v></c></row>', ""),
        (ROOT, '<row r="30"><c r="A30"><v>1</v></c></row>'),
        (ROOT, "<x>"),
        (ROOT, '<mergeCell ref="A2:"/>'),
    ],
)
def test_what_stands_around(root: str, after: str) -> None:
    """Where the names do not mean what they seem to, or rows stand elsewhere, nothing is read."""
    package = package_of(sheet_xml(PLAIN[:1], root, after))
    with package.archive.open(SHEET) as xml:
        assert read_in_bulk(xml, package) is None


def test_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the sheet is cut does not matter; each piece has codes of its own."""
    rows = [
        f'<row r="{n}"><c r="A{n}"><v>{n % 7}</v></c><c r="B{n}" t="s"><v>{n % 2}</v></c></row>'
        for n in range(1, 29)
    ]
    monkeypatch.setattr(bulk, "PROLOG", 200)
    for size in range(1, 200, 7):
        monkeypatch.setattr(bulk, "_PIECE", size)
        at_once, each = both(package_of(sheet_xml(rows)))
        assert at_once is not None
        assert len(at_once.columns[1].parts) > 8 or size > 100
        assert_same(at_once, each)


def test_travelling() -> None:
    """Cells come back from a worker process as they are."""
    at_once, each = both(package_of(sheet_xml(PLAIN)))
    assert_same(pickle.loads(pickle.dumps(at_once)), each)
