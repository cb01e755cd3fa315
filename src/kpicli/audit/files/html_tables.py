"""The tables of a web page that was saved: every `<table>`, as a browser would lay it out."""

import re
from html.parser import HTMLParser

from kpicli.audit.files.grid import NO_BREAK, GridCell, grid_table
from kpicli.audit.layout.pieces import NOTE
from kpicli.audit.table import Table
from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.values.folding import fold

_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?<(?:!doctype html|html|head|body|meta|table)\b", re.I
)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.I)
_OUTSIDE = {"script", "style", "template", "rt", "rp", "title", "noscript"}
"""Elements whose text is not on the page, or is but the reading of another."""
_BREAKS = {"br", "p", "div", "li", "dd", "dt", "tr", "table", "caption", "section", "article"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_INDENT = re.compile(r"(?:padding-left|text-indent|margin-left)\s*:\s*([\d.]+)(px|em|rem)", re.I)
_PIXELS, _MOST_SPAN = 8, 1000
_RAISED = dict(
    zip(
        map(ord, "0123456789()"),
        (0x2070, 0xB9, 0xB2, 0xB3, *range(0x2074, 0x207A), 0x207D, 0x207E),
        strict=True,
    )
)
_NEAR = 300
"""How many characters before a table may speak of it."""


def is_page(start: str, name: str) -> bool:
    """Tell whether a file is a web page by its first characters, or by its name and any tag."""
    named = name.lower().endswith((".html", ".htm", ".xhtml"))
    return _START.match(start) is not None or (named and "<" in start)


def declared_charset(content: bytes) -> str | None:
    """Return the encoding that a page names in its head; None where it names none."""
    found = _CHARSET.search(content[:4096])
    return found[1].decode("ascii") if found else None


def read_page(text: str, shown: str) -> tuple[Table, ...]:
    """Return the tables of a page, those within others too, in the order in which they begin.

    What is hidden (`hidden`, `display: none`) is not there. A table is called by its number and its
    caption, or the heading above it; the text just before it, and notes below, may say its unit.
    Raises `InputError` for a page without any table.
    """
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    tables = [table for table in page.tables if table.rows]
    if not tables:
        raise InputError(
            Text(f"{shown}: 表(<table>)がありません", f"{shown}: there is no table (<table>)"),
            Text(
                "表が画像なら、数値を CSV か xlsx に書き写してください",
                "where it is an image, write its numbers into a CSV or xlsx file",
            ),
        )
    return tuple(
        grid_table(
            table.rows,
            shown,
            " ".join(filter(None, (str(number), table.name))),
            " ".join((table.name, table.before, *table.notes)),
        )
        for number, table in enumerate(tables, 1)
    )


class _PageTable:
    """A table that is being read."""

    def __init__(self, heading: str, before: str) -> None:
        self.rows: list[list[GridCell]] = []
        self.name, self.before = heading, before
        self.notes: list[str] = []
        self.caption: list[str] | None = None
        self.cell: list[str] | None = None
        self.attributes: dict[str, str] = {}
        self.open_row = False
        self.hidden_row = False

    def end_cell(self) -> None:
        """Close the cell that is open, if one is."""
        if self.cell is None:
            return
        own = self.attributes
        if not self.hidden_row and not _is_hidden(own):
            cell = GridCell(
                _text(self.cell), _span(own.get("colspan")), _span(own.get("rowspan")), _indent(own)
            )
            self.rows[-1].append(cell)
        self.cell = None

    def end_row(self) -> None:
        """Close the row that is open; a hidden one is taken back."""
        self.end_cell()
        if self.open_row and self.hidden_row:
            self.rows.pop()
        self.open_row = self.hidden_row = False

    def begin_row(self, attributes: dict[str, str]) -> None:
        """Open a row, closing the one before."""
        self.end_row()
        self.rows.append([])
        self.open_row, self.hidden_row = True, _is_hidden(attributes)


class _Page(HTMLParser):
    """Collects tables; end tags may be left out, as browsers allow."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_PageTable] = []
        self._open: list[_PageTable] = []
        self._outside: list[str] = []
        self._heading: list[str] | None = None
        self._last_heading = ""
        self._between: list[str] = []
        self._raised = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row, a cell, or what text belongs to."""
        own = {name: value or "" for name, value in attrs}
        table = self._open[-1] if self._open else None
        if tag in _OUTSIDE:
            self._outside.append(tag)
        elif tag == "table":
            self._begin_table(own)
        elif tag in _HEADINGS and table is None:
            self._heading = []
        elif tag == "sup":
            self._raised = True
        elif table is not None and tag == "caption":
            table.caption = []
        elif table is not None and tag == "tr":
            table.begin_row(own)
        elif table is not None and tag in {"td", "th"}:
            table.end_cell()
            if not table.open_row:
                table.begin_row({})
            table.cell, table.attributes = [], own
        elif tag in _BREAKS:
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what is open."""
        table = self._open[-1] if self._open else None
        if tag in _OUTSIDE and tag in self._outside:
            self._outside.remove(tag)
        elif tag == "sup":
            self._raised = False
        elif tag in _HEADINGS and self._heading is not None:
            self._last_heading, self._heading = _text(self._heading), None
            self._between.append(f" {self._last_heading} ")
        elif table is None:
            if tag in _BREAKS:
                self._between.append(" ")
        elif tag == "table":
            table.end_row()
            self._open.pop()
        elif tag == "tr":
            table.end_row()
        elif tag in {"td", "th"}:
            table.end_cell()
        elif tag == "caption" and table.caption is not None:
            table.name, table.caption = _text(table.caption), None

    def handle_data(self, data: str) -> None:
        """Give text to the heading, caption or cell that is open, or to what stands between."""
        if self._outside:
            return
        if self._raised:
            data = data.translate(_RAISED)
        if self._open:
            table = self._open[-1]
            target = table.caption if table.caption is not None else table.cell
            if target is not None:
                target.append(data)
        elif self._heading is not None:
            self._heading.append(data)
        else:
            self._between.append(data)

    def end(self) -> None:
        """Close all that is open at the end of the page."""
        for table in self._open:
            table.end_row()
        self._take_notes()

    def _begin_table(self, attributes: dict[str, str]) -> None:
        before = _text(self._between)[-_NEAR:]
        if not self._open:
            self._take_notes()
        table = _PageTable(self._last_heading, before)
        self._open.append(table)
        if not _is_hidden(attributes):
            self.tables.append(table)

    def _take_notes(self) -> None:
        """Give what stands since the last table to that table, if it is a remark on it."""
        after = _text(self._between)[:_NEAR]
        if self.tables and NOTE.match(fold(after[:20])):
            self.tables[-1].notes.append(after)
        self._between = []


def _text(pieces: list[str]) -> str:
    """Return text as a page shows it: white space as one space, but indents kept."""
    text = re.sub(r"[ \t\r\n\f]+", " ", "".join(pieces)).strip(" ")
    return text.translate(NO_BREAK).rstrip()


def _is_hidden(attributes: dict[str, str]) -> bool:
    return "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None


def _span(written: str | None) -> int:
    digits = (written or "").strip()
    if not digits.isdecimal():
        return 1
    return max(1, min(int(digits[:6]), _MOST_SPAN))


def _indent(attributes: dict[str, str]) -> int:
    found = _INDENT.search(attributes.get("style", ""))
    if found is None:
        return 0
    size = float(found[1]) if found[1].replace(".", "", 1).isdigit() else 0.0
    return min(round(size / _PIXELS if found[2].lower() == "px" else size * 2), 100)
