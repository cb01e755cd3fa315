"""Cells one by one: what paths find in a tree of the same XML, in whatever form it is written."""

import math
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, ParseError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.loaders.cells.raw_table import NEVER_CALCULATED, Cell, CellError
from kpicli.loaders.workbook.parts import read_package
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet_cells import SheetCells
from kpicli.loaders.workbook.xml_bounds import PENDING, BrokenPartError
from support.sheets import PLAIN, ROOT, ROWS, WRITERS, Drawn, assert_same, package_of, sheet_xml
from support.workbooks import MAIN, SHEET

NAMES = {"m": MAIN}
LISTED = ["一", "二"]
TAGS = st.sampled_from(["v", "f", "is", "t", "r", "c", "rPh", "x:v", "x", "x:t", "y:v"])
TEXTS = st.sampled_from(
    ["1", "7.5", "感", " ", "&amp;", "<![CDATA[<v>]]>", "<!-- 9 -->", "<?a b?>"]
)
KINDS = st.sampled_from(["", ' t="n"', ' t="str"', ' t="inlineStr"', ' t="s"', ' t="b"', ' t="e"'])


def elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return elements with some of what is drawn in them."""
    children = st.lists(inner, max_size=4).map("".join)
    return st.builds(lambda tag, content: f"<{tag}>{content}</{tag}>", TAGS, children)


CONTENTS = st.lists(st.recursive(TEXTS, elements, max_leaves=6), max_size=5).map("".join)
CELLS = st.builds(lambda kind, content: f"<c{kind}>{content}</c>", KINDS, CONTENTS)


def by_paths(cell: Element) -> Cell:
    """Return the value of a cell as paths find it."""
    stored, kind = cell.findtext("m:v", "", NAMES), cell.get("t", "n")
    if kind == "s" and stored:
        return LISTED[int(stored)]
    if kind == "inlineStr":
        inline = cell.find("m:is", NAMES)
        every = [] if inline is None else [inline, *inline.findall("m:r", NAMES)]
        text = "".join(own.findtext("m:t", "", NAMES) for own in every)
        return None if inline is None else text
    if not stored and kind != "str":
        return None if cell.find("m:f", NAMES) is None else NEVER_CALCULATED
    if kind == "n":
        number = float(stored)
        return int(number) if number == math.floor(number) else number
    if kind == "b":
        return stored.strip() == "1"
    return CellError(stored) if kind == "e" else stored


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=3), max_size=3))
def test_what_paths_find(drawn: list[list[str]]) -> None:
    """Whatever stands in cells, their values are those that paths find in a tree."""
    root = f'<worksheet xmlns="{MAIN}" xmlns:x="{MAIN}" xmlns:y="urn:y">'
    rows = "".join(f"<row>{''.join(cells)}</row>" for cells in drawn)
    xml = f"{root}<sheetData>{rows}</sheetData></worksheet>".encode()
    package = package_of(xml)
    try:
        tree = ElementTree.fromstring(xml).iterfind(".//m:row", NAMES)
        expected = [list(map(by_paths, row.findall("m:c", NAMES))) for row in tree]
    except (ValueError, IndexError):
        with pytest.raises((ValueError, IndexError)):
            read_each_cell(BytesIO(xml), package)
        return
    cells = read_each_cell(BytesIO(xml), package).cells()
    for number, row in enumerate(expected, 1):
        filled = {column: value for column, value in enumerate(row, 1) if value is not None}
        assert cells.row(number) == filled
        assert [*map(type, cells.row(number).values())] == [*map(type, filled.values())]


def read(xml: bytes) -> SheetCells:
    """Return the cells of this XML."""
    return read_each_cell(BytesIO(xml), package_of(xml)).cells()


def otherwise(xml: bytes) -> list[bytes]:
    """Return the same sheet in other forms: indented, with a prefix, in UTF-16."""
    ElementTree.register_namespace("q", MAIN)
    tree = ElementTree.fromstring(xml)
    prefixed = ElementTree.tostring(tree, "UTF-16", xml_declaration=True)
    for element in tree.iter():  # where texts stand white space counts
        if len(element) and not (element.text or "").strip():
            element.text = "\n  "
        if not element.tag.endswith(("}t", "}r", "}rPh")):
            element.tail = "\r\n    "
    return [prefixed, ElementTree.tostring(tree)]


@pytest.mark.parametrize("row", PLAIN)
def test_other_forms(row: str) -> None:
    """Prefixes, white space between tags and encodings change nothing."""
    xml = sheet_xml([row], after='<mergeCells><mergeCell ref="B1:C2"/></mergeCells>')
    for form in otherwise(xml):
        assert_same(read(form), read(xml))


@pytest.mark.parametrize("writer", WRITERS)
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(rows=ROWS)
def test_other_forms_of_what_programs_write(writer: str, rows: Drawn) -> None:
    """What the usual programs write is the same sheet when another program has indented it."""
    package = read_package(WRITERS[writer](rows), "v.xlsx")
    xml = package.archive.read(SHEET)
    expected = read_each_cell(BytesIO(xml), package).cells()
    for form in otherwise(xml):
        assert_same(read_each_cell(BytesIO(form), package).cells(), expected)


def test_rows_in_rows() -> None:
    """A row within a cell of a row ends first; both keep their cells, as paths have them."""
    inner = '<row r="8"><c><v>2</v></c></row>'
    cells = read(sheet_xml([f'<row r="3"><c><v>1</v>{inner}</c><c><v>3</v></c></row>']))
    assert [dict(cells.row(number)) for number in (3, 8)] == [{1: 1, 2: 3}, {1: 2}]


def test_bounds() -> None:
    """What piles up without end, or is no XML, is refused, and a long sheet is not."""
    many = "<t/>" * (PENDING // 2)
    with pytest.raises(BrokenPartError, match="an abnormal number"):
        read(sheet_xml([f"<row><c>{many * 3}</c></row>"]))
    assert read(sheet_xml(["<row><c><v>1</v></c></row>" * 200_000])).last_row() == 200_000
    for broken in (f"{ROOT}<row>", f"{ROOT}</x>", "", f"{ROOT}<row><c><v>&a;</v></c></row>"):
        with pytest.raises(ParseError):
            read_each_cell(BytesIO(broken.encode()), package_of(sheet_xml([])))
