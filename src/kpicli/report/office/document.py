"""An office's document: which of its parts may hold placeholders, and the document filled."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.workbook.container import damaged, open_workbook
from kpicli.loaders.workbook.manifest import read_manifest
from kpicli.loaders.workbook.parts import read_package, reading
from kpicli.report.office.markup import Edit, UnreadablePartError, edited, elements, opening_tag
from kpicli.report.office.paragraphs import paragraph_edits
from kpicli.report.office.sheets import SheetFiller, cell_texts
from kpicli.report.office.values import Figures, Problem, placeholders

SUFFIXES = {".xlsx": "xl/workbook.xml", ".xlsm": "xl/workbook.xml"} | {
    ".docx": "word/document.xml",
    ".docm": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
    ".pptm": "ppt/presentation.xml",
}
"""The kinds of document, by the ends of their names, each with the part that it must have."""

LARGEST_PART = 64 << 20
_PLACES = (
    (re.compile(r"word/document\.xml"), Text("本文", "the text")),
    (re.compile(r"word/(header|footer)\d*\.xml"), Text("ヘッダー・フッター", "a header or footer")),
    (re.compile(r"word/(footnotes|endnotes)\.xml"), Text("脚注", "a note")),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), Text("スライド {0}", "slide {0}")),
    (re.compile(r"ppt/notesSlides/notesSlide(\d+)\.xml"), Text("ノート {0}", "notes {0}")),
    (re.compile(r"(?:xl|word|ppt)/drawings/drawing(\d+)\.xml"), Text("図形 {0}", "drawing {0}")),
    (re.compile(r"(?:xl|word|ppt)/charts/chart(\d+)\.xml"), Text("グラフ {0}", "chart {0}")),
    (
        re.compile(r"(?:word|ppt)/diagrams/(?:data|drawing)(\d+)\.xml"),
        Text("図 {0}", "diagram {0}"),
    ),
)
"""Parts whose texts stand in paragraphs, and what a person calls them."""


def filled_document(content: bytes, name: str, figures: Figures) -> bytes:
    """Return the document with its placeholders filled, every other part byte for byte.

    Where a workbook has formulas, they are to be calculated anew when it is opened, as their stored
    results are those of the template. Raises `InputError` for a document of another kind, broken or
    without any placeholder, and for placeholders that name nothing or a figure in doubt, each with
    its place.
    """
    kind = PurePath(name).suffix.lower()
    archive = open_workbook(content, name)
    if SUFFIXES[kind] not in archive.namelist():
        raise _other_kind(name)
    problems: list[Problem] = []
    changed: dict[str, bytes] = {}
    with reading(name):
        try:
            if kind.startswith(".xls"):
                changed |= _filled_sheets(content, name, figures, problems)
            changed |= _filled_paragraphs(archive, figures, problems)
        except UnreadablePartError as error:
            raise damaged(name, error.reason) from None
    if problems:
        raise _refused(name, problems)
    if not changed:
        raise _nothing_to_fill(name)
    return _written(archive, changed)


def _filled_sheets(
    content: bytes, name: str, figures: Figures, problems: list[Problem]
) -> dict[str, bytes]:
    """Return the parts of sheets that change, and that of the workbook where it has formulas."""
    package = read_package(content, name)
    archive = package.archive
    manifest = read_manifest(archive)
    shared = {}
    if manifest.texts is not None and any("{{" in text for text in package.texts):
        texts = cell_texts(archive.read(manifest.texts), "si")
        shared = {n: text for n, text in enumerate(texts) if any(placeholders(text.text))}
    filler = SheetFiller(package, shared, figures)
    parts = {sheet.part: archive.read(sheet.part) for sheet in package.sheets}
    changed = {
        sheet.part: new
        for sheet in package.sheets
        if (new := filler.filled(sheet, parts[sheet.part], problems)) != parts[sheet.part]
    }
    if changed and any(map(_has_formulas, parts.values())):
        changed[manifest.workbook] = _calculated_anew(archive.read(manifest.workbook))
    return changed


def _has_formulas(sheet: bytes) -> bool:
    """Return whether cells of a sheet have formulas; those of sparklines and rules are ranges."""
    return any(each.name == "f" and each.owner >= 0 for each in elements(sheet, ("c", "f")))


def _calculated_anew(workbook: bytes) -> bytes:
    """Return the part of a workbook that asks for all formulas to be calculated when opened."""
    every = elements(workbook, ("calcPr", "sheets", "definedNames", "workbook"))
    settings = next((each for each in every if each.name == "calcPr"), None)
    if settings is not None:
        if settings.attributes.get("fullCalcOnLoad") in ("1", "true"):
            return workbook
        tag = opening_tag(settings, fullCalcOnLoad="1") + f"</{settings.tag}>"
        return edited(workbook, [Edit(settings.start, settings.end, tag.encode())])
    # The schema has it after the names, or where there are none after the sheets.
    before = {each.name: each for each in every}
    last = before.get("definedNames", before["sheets"])
    prefix = last.tag.removesuffix(last.name)
    new = f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode()
    return edited(workbook, [Edit(last.end, last.end, new)])


def _filled_paragraphs(
    archive: zipfile.ZipFile, figures: Figures, problems: list[Problem]
) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that change among those whose texts stand in paragraphs."""
    for info in archive.infolist():
        place = _place(info.filename)
        if place is None or info.file_size > LARGEST_PART:
            continue
        part = archive.read(info.filename)
        # A run may hold a single brace, so the braces alone say whether it is worth a look.
        if part.count(b"{") < 2:
            continue
        edits = paragraph_edits(part, "p", place, figures, problems)
        if edits:
            yield info.filename, edited(part, edits)


def _place(part: str) -> Text | None:
    for pattern, words in _PLACES:
        match = pattern.fullmatch(part)
        if match is not None:
            return Text(words.ja.format(*match.groups()), words.en.format(*match.groups()))
    return None


def _written(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """Return the zip with parts changed; names, order, dates and the other parts are as before."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for info in archive.infolist():
            target.writestr(info, changed.get(info.filename) or archive.read(info.filename))
    return written.getvalue()


def _refused(name: str, problems: list[Problem]) -> InputError:
    each = tuple(dict.fromkeys(problems))
    ja = "\n".join(f"  {one.place.ja}: {one.message.ja}" for one in each)
    en = "\n".join(f"  {one.place.en}: {one.message.en}" for one in each)
    return InputError(
        Text(f"{name} に埋められないところがあります:\n{ja}", f"{name} cannot be filled:\n{en}"),
        Text(
            "上のところを直してください。データのない数値は、その期の出力を足すか、様式から消して"
            "ください。確定していない数値も書くなら --allow-doubt(書き方: docs/fill.md)",
            "correct these places; for a figure without data add the export of its period, or take "
            "it out of the form; --allow-doubt also writes figures that are not final "
            "(docs/fill.md)",
        ),
    )


def _other_kind(name: str) -> InputError:
    return InputError(
        Text(f"{name} の中身は拡張子の種類ではありません", f"{name} is not what its suffix says"),
        Text(
            "Excel・Word・PowerPoint で開き、今の形式で保存し直してください",
            "open it in Excel, Word or PowerPoint, and save it in the present format",
        ),
    )


def _nothing_to_fill(name: str) -> InputError:
    return InputError(
        Text(f"{name} に {{{{ }}}} がありません", f"{name} has no {{{{ }}}}"),
        Text(
            "数値を入れるセルに {{ voices }} のように書いてください(docs/fill.md)",
            "write {{ voices }} or so where a figure is to stand (docs/fill.md)",
        ),
    )
