"""Sheets of every writer and of written XML, for the two readers of cells."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO

import xlsxwriter
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from kpicli.loaders.workbook.parts import Package, read_package
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet.read_in_bulk import read_in_bulk
from kpicli.loaders.workbook.sheet_cells import SheetCells
from support.workbooks import MAIN, SHEET, saved, with_shared_texts

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
SIGNS = st.sampled_from(["", " ", " 感謝\n不満 ", "A&B", '<c r="A1">', "]]>", "_x000D_", "=1+1"])
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(-1e300, 1e300),  # greater ones are rounded to infinity when they are written
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - a sheet's
    st.times(),
    st.timedeltas(timedelta(0), timedelta(90)),
    TEXTS,
    SIGNS,
)
FORMATS = st.sampled_from(["General", "00000", "0.0%", "000-0000", "yyyy/m/d", "[h]:mm", '"S"000'])
STYLES = f"""<styleSheet xmlns="{MAIN}">
<numFmts><numFmt numFmtId="200" formatCode="00000"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="10"/>
<xf numFmtId="46"/><xf numFmtId="0"><alignment indent="2"/></xf></cellXfs></styleSheet>"""
ROOT = f'<worksheet xmlns="{MAIN}">'
PLAIN = [
    '<row r="1"><c r="A1" s="1"><v>45748</v></c><c r="B1" s="2"><v>12</v></c></row>',
    '<row r="2" hidden="1"><c r="A2" t="str"><f>B1</f><v>x</v></c>'
    '<c r="C2" t="s"><v>1</v></c></row>',
    '<row r="7" ht="0"><c r="AA7" s="3"><v>0.985</v></c><c r="XFD7" t="b"><v>1</v></c></row>',
    '<row r="9"/><row r="10" spans="1:3"></row><row r="11"><c r="A11" s="1"/></row>',
    '<row r="12"><c r="A12" t="inlineStr" s="5"><is><t xml:space="preserve"> x </t></is></c></row>',
    '<row r="13"><c r="A13"><f>1+1</f></c><c r="B13"><f>1</f><v></v></c>'
    '<c r="D13" t="e"><v>#N/A</v></c></row>',
    '<row r="14"><c r="B14" s="4"><v>1.5</v></c><c r="C14" t="d"><v>2025-04-01</v></c></row>',
    '<row r="15"><c r="B15" t="n" s="2"><v>-1.5E-3</v></c>'
    '<c r="C15"><v>1234567890123456</v></c></row>',
    '<row r="16"><c r="A16" t="s" s="5"><v>0</v></c><c r="B16" t="str"><v></v></c></row>',
    '<row r="17"><c r="A17" cm="1" t="str"><v>A&amp;B &#x611F;</v></c></row>',
    '<row r="18"><c r="A18" t="inlineStr"><is><r><t>感</t></r><r><t>謝</t></r><rPh sb="0" eb="1">'
    "<t>カン</t></rPh></is></c></row>",
    '<row r="19"><c r="A19" t="str"><v>_x000D_ a &gt; b</v></c>'
    '<c r="B19" t="str"><v>a > b</v></c></row>',
    '<row r="20"><c r="A20" t="inlineStr"><is><t></t></is></c><c r="B20"><v>-0</v></c></row>',
]
Drawn = list[list[tuple[object, str]]]
ROWS: st.SearchStrategy[Drawn] = st.lists(
    st.lists(st.tuples(VALUES, FORMATS), max_size=5), min_size=1, max_size=8
)


def as_written(rows: Drawn, *, write_only: bool) -> bytes:
    """Return the rows as openpyxl writes them; some are hidden, indented or merged."""
    book = Workbook(write_only=write_only)
    sheet = book.create_sheet("声") if write_only else book.active
    assert sheet is not None
    for number, row in enumerate(rows, 1):
        if number % 3 == 0:
            sheet.row_dimensions[number].hidden = True
        cells = []
        for value, code in row:
            cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type] # writes more than it says
            if isinstance(value, int | float) and not isinstance(value, bool):
                cell.number_format = code
            cells.append(cell)
        sheet.append(cells if write_only else [cell.value for cell in cells])
        if not write_only:
            for column, cell in enumerate(cells, 1):
                sheet.cell(number, column).number_format = cell.number_format
    if not write_only:
        sheet.merge_cells("A2:B3")
    return saved(book)


def by_xlsxwriter(rows: Drawn, *, inline: bool) -> bytes:
    """Return the rows as XlsxWriter writes them, with texts in the cells or in a shared list."""
    stream = BytesIO()
    options = {"constant_memory": inline, "in_memory": not inline, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet()
        indented = book.add_format({"indent": 2})
        for number, row in enumerate(rows):
            for column, (value, code) in enumerate(row):
                form = book.add_format({"num_format": code})
                if isinstance(value, bool) or value is None:
                    sheet.write(number, column, value, form)
                elif isinstance(value, int | float):
                    sheet.write_number(number, column, value, form)
                elif isinstance(value, datetime | time | timedelta):
                    sheet.write_datetime(number, column, value, form)
                else:
                    sheet.write_string(number, column, str(value), indented)
            if number % 3 == 1:
                sheet.set_row(number, None, None, {"hidden": True})
    return stream.getvalue()


def both(package: Package) -> tuple[SheetCells | None, SheetCells]:
    """Return the first sheet read in bulk, and cell by cell."""
    with package.archive.open(package.sheets[0].part) as xml:
        at_once = read_in_bulk(xml, package)
    with package.archive.open(package.sheets[0].part) as xml:
        return at_once, read_each_cell(xml, package).cells()


def assert_same(at_once: SheetCells, each: SheetCells) -> None:
    """Compare all that a sheet holds; `1`, `1.0` and `True` are not the same cell."""
    rows = range(1, 30)
    for own, other in zip(at_once.stored(rows), each.stored(rows), strict=True):
        assert own == other
        assert [type(cell.value) for cell in own.values()] == [
            type(other[column].value) for column in own
        ]
    assert [at_once.row(row) for row in rows] == [each.row(row) for row in rows]
    assert (at_once.hidden, at_once.merges) == (each.hidden, each.merges)
    assert (at_once.last_row(), at_once.width) == (each.last_row(), each.width)
    for number, column in at_once.columns.items():
        assert column.rows.tolist() == each.columns[number].rows.tolist()


WRITERS: dict[str, Callable[[Drawn], bytes]] = {
    "openpyxl": lambda rows: as_written(rows, write_only=False),
    "openpyxl, write only": lambda rows: as_written(rows, write_only=True),
    "XlsxWriter": lambda rows: by_xlsxwriter(rows, inline=False),
    "XlsxWriter, inline": lambda rows: by_xlsxwriter(rows, inline=True),
}


def package_of(sheet: bytes) -> Package:
    """Return the parts of a workbook whose one sheet is this XML; two texts are in its list."""
    content = with_shared_texts(saved(Workbook()), "<t>一</t>", "<t>二</t>")
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            own = {SHEET: sheet, "xl/styles.xml": STYLES.encode()}
            new.writestr(name, own.get(name, old.read(name)))
    return read_package(stream.getvalue(), "v.xlsx")


def sheet_xml(rows: Sequence[str], root: str = ROOT, after: str = "") -> bytes:
    """Return a sheet of these rows."""
    return f"{root}<sheetData>{''.join(rows)}</sheetData>{after}</worksheet>".encode()
