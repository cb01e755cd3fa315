"""Rows of cells by the calls of a parser."""

from io import BytesIO

from kpicli.loaders.workbook.sheet.xml_rows import SheetHandlers, XmlRow
from kpicli.loaders.workbook.xml_bounds import parse
from support.workbooks import MAIN


def parsed(content: str) -> tuple[list[XmlRow], list[str]]:
    """Return the rows and merged ranges of a sheet of this content."""
    rows: list[XmlRow] = []
    merges: list[str] = []
    xml = f'<worksheet xmlns="{MAIN}">{content}</worksheet>'.encode()
    parse(BytesIO(xml), SheetHandlers(rows.append, merges.append))
    return rows, merges


def test_rows_cells_and_merges() -> None:
    """Attributes are there as written, texts joined over comments and entities."""
    rows, merges = parsed(
        '<row r="2" ht="0"><c r="B2" t="str" s="3"><f>A1</f><v>a&amp;<!-- x -->b</v></c><c/></row>'
        '<row/><mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    )
    assert [(row.attributes, len(row.cells)) for row in rows] == [
        ({"r": "2", "ht": "0"}, 2),
        ({}, 0),
    ]
    first, second = rows[0].cells
    assert first.attributes == {"r": "B2", "t": "str", "s": "3"}
    assert (first.value, first.formula, first.inline) == (["a&b"], True, None)
    assert (second.value, second.formula, second.inline) == (None, False, None)
    assert merges == ["A1:B2"]


def test_the_first_of_each_name() -> None:
    """A second value, inline text or text of a run is none, and what follows a child neither."""
    (row,), _ = parsed(
        "<row><c><v>1<x>2</x>3</v><v>4</v></c>"
        "<c><is><r><t>a</t><t>b</t></r><t>c</t><t>d</t><r><rPr/><t>e</t></r></is><is><t>f</t></is></c>"
        "</row>"
    )
    assert [cell.value for cell in row.cells] == [["1"], None]
    assert [cell.inline for cell in row.cells] == [None, "cae"]
