"""The list of a workbook's parts: its texts, styles and sheets, and the year it counts from.

Read here and not by openpyxl, which takes longer to load than a small workbook to read, and reads
much of a workbook that no figure needs.
"""

import posixpath
import zipfile

from msgspec import Struct

from kpicli.loaders.workbook.xml_bounds import LISTED, BrokenPartError, read_tree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The namespace of a workbook's own elements."""

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WORKBOOKS = (
    "application/vnd.ms-excel.template.macroEnabled.main+xml",
    f"{_SPREADSHEET}.template.main+xml",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    f"{_SPREADSHEET}.sheet.main+xml",
)
_TEXTS, _STYLES = f"{_SPREADSHEET}.sharedStrings+xml", f"{_SPREADSHEET}.styles+xml"
_STATES = ("visible", "hidden", "veryHidden")
_NO = ("0", "false", "f")


class SheetPart(Struct, frozen=True):
    """One worksheet: its name, whether it is in sight, and where its cells are in the zip."""

    name: str
    visible: bool
    part: str


class Manifest(Struct, frozen=True):
    """The parts of a workbook by name; `texts` and `styles` are None where it has none."""

    workbook: str
    texts: str | None
    styles: str | None


class Contents(Struct, frozen=True):
    """The sheets of a workbook, chart sheets left out, and whether its days count from 1904."""

    sheets: tuple[SheetPart, ...]
    epoch_1904: bool


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    """Return where the parts are; `BrokenPartError` where none is a workbook."""
    root = read_tree(archive, "[Content_Types].xml", LISTED)
    parts: dict[str, str] = {}
    for override in root.iterfind(f"{_TYPES}Override"):
        parts.setdefault(override.get("ContentType", ""), override.get("PartName", "").lstrip("/"))
    defaults = {default.get("ContentType") for default in root.iterfind(f"{_TYPES}Default")}
    workbook = next((parts[kind] for kind in _WORKBOOKS if kind in parts), None)
    if workbook is None and not defaults.isdisjoint(_WORKBOOKS):
        workbook = "xl/workbook.xml"
    if workbook is None:
        raise BrokenPartError("ブックの本体がありません", "no part is a workbook")
    return Manifest(workbook, parts.get(_TEXTS), parts.get(_STYLES))


def read_contents(archive: zipfile.ZipFile, workbook: str) -> Contents:
    """Return what the part `workbook` lists; a sheet without a link to a part is left out."""
    root, links = read_tree(archive, workbook, LISTED), _links(archive, workbook)
    sheets: list[SheetPart] = []
    for sheet in root.iterfind(f"{MAIN}sheets/{MAIN}sheet"):
        name, state, link = sheet.get("name"), sheet.get("state", "visible"), sheet.get(_LINK)
        if name is None or state not in _STATES:
            raise BrokenPartError(
                "シートの名前か状態がわかりません", "a sheet without a name, or of an unknown state"
            )
        if not link:
            continue
        kind, part = links[link]
        if kind.endswith("/worksheet"):
            sheets.append(SheetPart(name, state == "visible", part))
    if len({sheet.part for sheet in sheets}) < len(sheets):
        raise BrokenPartError("二つのシートの中身が同じ部分です", "two sheets of one part")
    properties = root.find(f"{MAIN}workbookPr")
    from_1904 = "0" if properties is None else properties.get("date1904", "0")
    return Contents(tuple(sheets), from_1904 not in _NO)


def _links(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return, by id, the type and the part of everything that a part refers to."""
    folder, file = posixpath.split(part)
    root = read_tree(archive, posixpath.join(folder, "_rels", f"{file}.rels"), LISTED)
    links: dict[str, tuple[str, str]] = {}
    for link in root.iterfind(f"{_LINKS}Relationship"):
        target = link.get("Target", "")
        if link.get("TargetMode") != "External":
            inside = posixpath.normpath(posixpath.join(folder, target))
            target = target[1:] if target.startswith("/") else inside
        links[link.get("Id", "")] = link.get("Type", ""), target
    return links
