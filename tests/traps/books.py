"""Small workbooks written by hand, byte for byte the same on every machine."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
FORMATS = (0, 14, 57)
"""Number formats by style: plain, m/d/yyyy, and Japan's own 57 (which files never spell out)."""


@dataclass(frozen=True, slots=True)
class Xml:
    """A cell as the XML it is written in, the `r` attribute aside."""

    cell: str


Cell = str | int | Xml | None


def day(serial: int, style: int = 1) -> Xml:
    """Return a date cell in one of `FORMATS`."""
    return Xml(f'<c s="{style}"><v>{serial}</v></c>')


def error(text: str) -> Xml:
    """Return an error cell."""
    return Xml(f'<c t="e"><v>{text}</v></c>')


def formula(text: str, result: str | None = None) -> Xml:
    """Return a formula, with or without the result that a spreadsheet keeps beside it."""
    kept = "" if result is None else f"<v>{result}</v>"
    return Xml(f'<c t="str"><f>{text}</f>{kept}</c>' if kept else f"<c><f>{text}</f></c>")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: rows of cells from A1 on, merged ranges, numbers of hidden rows."""

    name: str
    rows: Sequence[Sequence[Cell]]
    state: str = "visible"
    merges: Sequence[str] = ()
    hidden: Sequence[int] = ()

    def xml(self) -> str:
        """Return the sheet's part."""
        rows = "".join(self._row(number, row) for number, row in enumerate(self.rows, 1))
        merged = "".join(f'<mergeCell ref="{each}"/>' for each in self.merges)
        merges = f"<mergeCells>{merged}</mergeCells>" if merged else ""
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'

    def _row(self, number: int, row: Sequence[Cell]) -> str:
        cells = "".join(
            _cell(f"{chr(64 + column)}{number}", cell) for column, cell in enumerate(row, 1)
        )
        hidden = ' hidden="1"' if number in self.hidden else ""
        return f'<row r="{number}"{hidden}>{cells}</row>'


def _cell(place: str, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Xml):
        return cell.cell.replace("<c", f'<c r="{place}"', 1)
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def parts(*sheets: Sheet, epoch_1904: bool = False) -> dict[str, str]:
    """Return the parts of a workbook by name."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{KIND}.worksheet+xml"/>'
        for n in numbers
    )
    listed = "".join(
        f'<sheet name="{sheet.name}" sheetId="{n}" state="{sheet.state}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    epoch = '<workbookPr date1904="1"/>' if epoch_1904 else "<workbookPr/>"
    formats = "".join(f'<xf numFmtId="{number}"/>' for number in FORMATS)
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{KIND}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{epoch}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>{formats}</cellXfs></styleSheet>',
        **{f"xl/worksheets/sheet{n}.xml": s.xml() for n, s in zip(numbers, sheets, strict=True)},
    }


def packed(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """Return a zip of the files, dated 1980 so that its bytes never change."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return content.getvalue()


def book(*sheets: Sheet, epoch_1904: bool = False) -> bytes:
    """Return a workbook."""
    return packed(parts(*sheets, epoch_1904=epoch_1904))
