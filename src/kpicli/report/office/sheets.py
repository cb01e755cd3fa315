"""Cells of a workbook's sheets, filled where their text has placeholders."""

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.loaders.workbook.manifest import SheetPart
from kpicli.loaders.workbook.number_formats import NumberFormat
from kpicli.loaders.workbook.parts import Package
from kpicli.loaders.workbook.sheet.each_cell import column_number
from kpicli.report.narrative.nodes import NoSuchValue
from kpicli.report.office.markup import Edit, Element, edited, elements, opening_tag
from kpicli.report.office.paragraphs import filled_runs, text_element
from kpicli.report.office.values import CellNumber, Figures, Problem, number_of, placeholders

_FROM_1900, _FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FORMULA_IN_A_CELL = Text(
    "式の中の {{ }} は埋められません(文字のセルに書いてください)",
    "{{ }} in a formula cannot be filled (write it as the text of a cell)",
)
_TABLE_HEAD = Text(
    "テーブルの見出しの {{ }} は埋められません(テーブルの外のセルに書いてください)",
    "{{ }} in the head of a table cannot be filled (write it outside the table)",
)
_HEADERS = tuple(
    f"{kind}{side}" for kind in ("odd", "even", "first") for side in ("Header", "Footer")
)
_REFERENCE = re.compile(r"([A-Z]+)(\d+)")


class CellText(Struct, frozen=True):
    """The text of a cell: the inner bytes of its element, its runs, and the readings among them.

    Offsets of the elements are those of the part; `base` is where `inner` begins in it.
    """

    inner: bytes
    base: int
    prefix: str
    runs: tuple[Element, ...]
    readings: tuple[Element, ...]

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(run.text for run in self.runs)

    def written(self, texts: list[str], prefix: str) -> str:
        """Return the inner XML with other texts of the runs, each with its look.

        Readings are left out: they are those of the placeholder. So is the look, where the names of
        another part begin with another prefix.
        """
        if prefix != self.prefix:
            return f'<{prefix}t xml:space="preserve">{escape("".join(texts))}</{prefix}t>'
        edits = [
            Edit(run.start - self.base, run.end - self.base, text_element(run, text).encode())
            for run, text in zip(self.runs, texts, strict=True)
        ]
        edits += [Edit(e.start - self.base, e.end - self.base, b"") for e in self.readings]
        return edited(self.inner, edits).decode()


def cell_texts(part: bytes, name: str) -> list[CellText]:
    """Return the texts that stand in the elements `name` (`si` or `is`), in their order."""
    every = elements(part, (name, "t", "rPh", "phoneticPr"))
    owned: dict[int, list[Element]] = {}
    for each in every:
        owned.setdefault(each.owner, []).append(each)
    return [
        CellText(
            part[whole.inner : whole.inner_end],
            whole.inner,
            whole.tag.removesuffix(name),
            tuple(each for each in owned.get(index, ()) if each.name == "t"),
            tuple(each for each in owned.get(index, ()) if each.name != "t"),
        )
        for index, whole in enumerate(every)
        if whole.name == name
    ]


class SheetFiller(Struct, frozen=True):
    """What all sheets of a workbook share: its texts with placeholders by number, and formats."""

    package: Package
    shared: Mapping[int, CellText]
    figures: Figures

    def filled(self, sheet: SheetPart, part: bytes, problems: list[Problem]) -> bytes:
        """Return the part of a sheet, its cells filled; the part itself where it has none."""
        every = elements(part, ("c", "f", "v", "is", *_HEADERS))
        inner: dict[int, dict[str, Element]] = {}
        for each in every:
            inner.setdefault(each.owner, {})[each.name] = each
        inline = {text.base: text for text in cell_texts(part, "is")}
        heads = self._table_heads(sheet)
        edits: list[Edit] = []
        formulas: list[Edit] = []
        for index, cell in enumerate(every):
            if cell.name in _HEADERS:
                place = Text(
                    f"{sheet.name} のヘッダー・フッター", f"header or footer of {sheet.name}"
                )
                (new,) = filled_runs([cell.text], place, self.figures, problems)
                if new != cell.text:
                    edits.append(Edit(cell.inner, cell.inner_end, escape(new).encode()))
            if cell.name != "c":
                continue
            within = inner.get(index, {})
            place = _place(sheet, cell)
            if "f" in within:
                formula, value = within["f"], within.get("v")
                if any(placeholders(formula.text)):
                    problems.append(Problem(place, _FORMULA_IN_A_CELL))
                if value is not None:
                    formulas.append(Edit(value.start, value.end, b""))
                continue
            text = self._text(cell, within, inline)
            if text is None or not any(placeholders(text.text)):
                continue
            if any(_within(cell.attributes.get("r", ""), head) for head in heads):
                problems.append(Problem(place, _TABLE_HEAD))
            edits.append(Edit(cell.start, cell.end, self._cell(cell, text, place, problems)))
        # What a formula gave was calculated from the words of placeholders: it must not be shown.
        return edited(part, [*edits, *formulas]) if edits else part

    def _text(
        self, cell: Element, within: Mapping[str, Element], inline: Mapping[int, CellText]
    ) -> CellText | None:
        kind = cell.attributes.get("t", "n")
        if kind == "s" and "v" in within:
            number = within["v"].text.strip()
            return self.shared.get(int(number)) if number.isdecimal() else None
        return inline.get(within["is"].inner) if kind == "inlineStr" and "is" in within else None

    def _cell(self, cell: Element, text: CellText, place: Text, problems: list[Problem]) -> bytes:
        prefix = cell.tag.removesuffix("c")
        alone = text.text.strip()
        only = next(iter(placeholders(alone)), None)
        if only is not None and only[0] == alone:
            try:
                number = number_of(self.figures.node(alone))
            except NoSuchValue as error:
                problems.append(Problem(place, error.message))
                return b""
            stored = self._stored(number, self._format(cell))
            if stored is not None:
                value = f"<{prefix}v>{stored}</{prefix}v></{cell.tag}>"
                return f"{opening_tag(cell, t=None)}{value}".encode()
        new = filled_runs([run.text for run in text.runs], place, self.figures, problems)
        rich = text.written(new, prefix)
        opened = opening_tag(cell, t="inlineStr")
        return f"{opened}<{prefix}is>{rich}</{prefix}is></{cell.tag}>".encode()

    def _format(self, cell: Element) -> NumberFormat:
        style = cell.attributes.get("s", "0")
        formats = self.package.formats
        known = style.isdecimal() and int(style) < len(formats)
        return formats[int(style)] if known else NumberFormat()

    def _stored(self, number: CellNumber | date | None, form: NumberFormat) -> str | None:
        """Return a number as the cell stores it; None where its format would show another one."""
        if isinstance(number, date):
            since = _FROM_1904 if self.package.epoch_1904 else _FROM_1900
            return str((number - since).days) if form.kind == "date" else None
        if number is None or form.kind != "number":
            return None
        if form.percent is None:
            return f"{Decimal(number.number):f}"
        return f"{Decimal(number.number).scaleb(-2):f}" if number.percentage else None

    def _table_heads(self, sheet: SheetPart) -> list[str]:
        """Return the ranges of the tables of a sheet that have a row of heads, such as `A1:C9`."""
        folder, file = posixpath.split(sheet.part)
        links = posixpath.join(folder, "_rels", f"{file}.rels")
        archive = self.package.archive
        names = set(archive.namelist())
        heads: list[str] = []
        for link in elements(archive.read(links), ("Relationship",)) if links in names else ():
            if not link.attributes.get("Type", "").endswith("/table"):
                continue
            target = link.attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            part = posixpath.normpath(path)
            for table in elements(archive.read(part), ("table",)) if part in names else ():
                if table.attributes.get("headerRowCount", "1") != "0":
                    heads.append(table.attributes.get("ref", ""))
        return heads


def _place(sheet: SheetPart, cell: Element) -> Text:
    address = cell.attributes.get("r", "?")
    return Text(f"{sheet.name}!{address}", f"{sheet.name}!{address}")


def _within(address: str, table: str) -> bool:
    """Return whether a cell stands in the first row of a range."""
    cell = _REFERENCE.fullmatch(address)
    ends = [_REFERENCE.fullmatch(end) for end in table.replace("$", "").split(":")]
    if cell is None or not ends or ends[0] is None or ends[-1] is None:
        return False
    columns = [column_number(each[1]) for each in (ends[0], cell, ends[-1])]
    return cell[2] == ends[0][2] and columns == sorted(columns)
