"""Writing a small .xlsx by hand: dates as numbers in the formats of Excel's Japanese edition.

Parts are stored uncompressed with a fixed time stamp, so that the bytes do not depend on the zlib
at hand.
"""

import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WAREKI = 164
"""The number of the one format that the workbook itself defines."""
DATE_FORMATS = (14, 31, 57, 58, WAREKI)
"""2025/4/1, then built in without a code in the file: 31, 57, 58; at last 令和7年4月1日."""

DateCell = tuple[date, int]
"""A day and the number of its format."""
Cell = str | int | DateCell
Sheet = tuple[str, Sequence[Sequence[Cell]], Sequence[str]]
"""Name, rows, merged ranges."""


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets; blank strings leave their cells out."""
    strings: dict[str, int] = {}
    pages = [_sheet(rows, merged, strings) for _, rows, merged in sheets]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook([name for name, _, _ in sheets]),
        "xl/_rels/workbook.xml.rels": _workbook_relations(len(sheets)),
        "xl/styles.xml": _styles(),
        "xl/sharedStrings.xml": _shared(strings),
    }
    parts |= {f"xl/worksheets/sheet{n}.xml": page for n, page in enumerate(pages, start=1)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2025, 10, 10, 0, 0, 0))
            info.create_system = 0
            archive.writestr(info, HEAD + text)


def _content_types(sheets: int) -> str:
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    names = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    names |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    package = "application/vnd.openxmlformats-package.relationships+xml"
    lines = [f'<Default Extension="rels" ContentType="{package}"/>']
    lines.append('<Default Extension="xml" ContentType="application/xml"/>')
    for name, kind in names.items():
        lines.append(f'<Override PartName="/xl/{name}.xml" ContentType="{base}.{kind}+xml"/>')
    return f'<Types xmlns="{TYPES}">{"".join(lines)}</Types>'


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    lines = [
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    ]
    return f'<Relationships xmlns="{RELATIONS}">{"".join(lines)}</Relationships>'


def _workbook_relations(sheets: int) -> str:
    pages = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, sheets + 1)]
    return _relations([*pages, ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")])


def _workbook(names: Sequence[str]) -> str:
    lines = [
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    ]
    sheets = "".join(lines)
    return f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _styles() -> str:
    wareki = escape('[$-411]ggge"年"m"月"d"日"', {'"': "&quot;"})
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0"'
        f' applyNumberFormat="1"/>'
        for number in (0, *DATE_FORMATS)
    )
    return (
        f'<styleSheet xmlns="{MAIN}">'
        f'<numFmts count="1"><numFmt numFmtId="{WAREKI}" formatCode="{wareki}"/></numFmts>'
        '<fonts count="1"><font><sz val="11"/><name val="游ゴシック"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{len(DATE_FORMATS) + 1}">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _shared(strings: dict[str, int]) -> str:
    lines = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">{lines}</sst>'


def _sheet(rows: Sequence[Sequence[Cell]], merged: Sequence[str], strings: dict[str, int]) -> str:
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = (_cell(place, number, cell, strings) for place, cell in enumerate(row))
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    joined = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    merges = f'<mergeCells count="{len(merged)}">{joined}</mergeCells>' if merged else ""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{"".join(lines)}</sheetData>{merges}</worksheet>'


def _cell(place: int, row: int, cell: Cell, strings: dict[str, int]) -> str:
    at = f'r="{chr(ord("A") + place)}{row}"'
    if isinstance(cell, tuple):
        day, form = cell
        serial = (day - date(1899, 12, 30)).days
        return f'<c {at} s="{DATE_FORMATS.index(form) + 1}"><v>{serial}</v></c>'
    if isinstance(cell, int):
        return f"<c {at}><v>{cell}</v></c>"
    if cell == "":
        return ""
    return f'<c {at} t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
