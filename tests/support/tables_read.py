"""Tables of HTML pages and Markdown texts, read back with the standard library alone."""

import html
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

Row = tuple[str, ...]


@dataclass
class Table:
    """A table as a reader sees it: caption, header cells, rows (name first), all as text."""

    caption: str = ""
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the cells of every table; a `<br>` or a block within a cell is a space."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[Table] = []
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        if tag == "table":
            self.tables.append(Table())
        elif tag == "tr":
            self.tables[-1].rows.append([])
        elif tag in {"th", "td", "caption"}:
            self.text = ""
        elif tag == "br" or ("class", "fd-under") in attrs:
            self.text += " "

    def handle_data(self, data: str) -> None:
        """Keep what stands in a cell."""
        self.text += data

    def handle_endtag(self, tag: str) -> None:
        """End a cell, or the head of a table."""
        if tag in {"th", "td"}:
            self.tables[-1].rows[-1].append(" ".join(self.text.split()))
        elif tag == "caption":
            self.tables[-1].caption = self.text.strip()
        elif tag == "thead":
            self.tables[-1].header = self.tables[-1].rows.pop()


def html_tables(page: str) -> list[Table]:
    """Return every table of a page."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.tables


def markdown_tables(text: str) -> list[Table]:
    """Return every pipe table of a text, its caption the nearest line of words above."""
    tables: list[Table] = []
    above, inside = "", False
    for line in text.splitlines():
        if not line.startswith("|"):
            above, inside = (line or above), False
        elif not inside:
            tables.append(Table(above.strip("*# "), _cells(line)))
            inside = True
        elif not line.startswith("| ---"):
            tables[-1].rows.append(_cells(line))
    return tables


def _cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)\|", line)[1:-1]
    shown = (re.sub(r"\\(.)", r"\1", cell.replace("<br>", " ")) for cell in cells)
    return [html.unescape(cell).strip() for cell in shown]
