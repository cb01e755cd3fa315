"""Where in a file the tables stand: blocks of rows, their header rows and their label columns."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.audit.numbers import is_dash
from kpicli.audit.table import Table
from kpicli.values.folding import fold

_NO_FIGURE = re.compile(
    r"(?:no\.?|#|番号|.*コード|順位|id|原則|年|月|principles?|備考|注記?|単位|unit|remarks?|note)",
    re.I,
)
_UNIT = re.compile(r" ?(?:単位|unit) ?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Line(Struct, frozen=True):
    """A row or column of figures: its number from 1, its labels from the outermost to its own.

    `unit` is what a column headed 単位 says of a row.
    """

    number: int
    path: tuple[str, ...]
    unit: str = ""

    @property
    def label(self) -> str:
        """Return all its labels as one text."""
        return " ".join(dict.fromkeys(filter(None, self.path)))


class Block(Struct, frozen=True):
    """One table: its rows and columns of figures."""

    rows: tuple[Line, ...]
    columns: tuple[Line, ...]


def find_blocks(table: Table) -> Iterator[Block]:
    """Yield the tables of a sheet, top down: blank rows, and new header rows, part them.

    Header rows are those above the first row with a number beside its first cell; a row of bare
    years is one too. Label columns are the texts left of the first column of figures. Titles,
    units, numbers of rows and remarks are no labels.
    """
    for rows in _stretches(table):
        columns = _filled_columns(table, rows)
        head = _header_rows(table, rows, columns)
        data = [row for row in rows if row not in head]
        figures = [column for column in columns if _has_figures(table, data, head, column)]
        if not data or not figures:
            continue
        left = [c for c in columns if c < figures[0] and not _named_no_figure(table, head, c)]
        titles = [row for row in head if not _is_title(table, row, columns)]
        row_paths = _paths([[table.label(row, c) for c in left] for row in data])
        column_paths = _paths([[table.label(row, c) for row in titles] for c in figures])
        units = [c for c in columns if any(_UNIT.fullmatch(table.label(r, c)) for r in head)]
        row_units = [table.text(row, units[0]).strip() if units else "" for row in data]
        yield Block(
            tuple(map(Line, data, row_paths, row_units)),
            tuple(map(Line, figures, column_paths)),
        )


def _stretches(table: Table) -> Iterator[list[int]]:
    stretch: list[int] = []
    seen_figures = False
    for row in range(1, len(table.rows) + 1):
        texts = [c for c in range(1, table.width + 1) if table.text(row, c).strip()]
        figures = [c for c in texts if table.numbers(row, c)]
        new_header = seen_figures and len(texts) > 1 and not figures
        if stretch and (not texts or new_header):
            yield stretch
            stretch, seen_figures = [], False
        if texts:
            stretch.append(row)
            seen_figures = seen_figures or bool(figures)
    if stretch:
        yield stretch


def _filled_columns(table: Table, rows: Sequence[int]) -> list[int]:
    return [
        column
        for column in range(1, table.width + 1)
        if any(table.label(row, column) for row in rows)
    ]


def _header_rows(table: Table, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    head: list[int] = []
    for row in rows:
        figures = [c for c in columns[1:] if table.numbers(row, c)]
        years = all(_YEAR.fullmatch(fold(table.text(row, c))) for c in figures)
        if figures and not years:
            return head
        head.append(row)
    return head if len(head) < len(rows) else []


def _has_figures(table: Table, data: Sequence[int], head: Sequence[int], column: int) -> bool:
    cells = [row for row in data if table.numbers(row, column)]
    real = [row for row in cells if not is_dash(table.text(row, column))]
    texts = sum(1 for row in data if table.text(row, column).strip()) - len(cells)
    return bool(real) and texts <= len(cells) and not _named_no_figure(table, head, column)


def _named_no_figure(table: Table, head: Sequence[int], column: int) -> bool:
    return any(_NO_FIGURE.fullmatch(fold(table.label(row, column))) for row in head)


def _is_title(table: Table, row: int, columns: Sequence[int]) -> bool:
    """Tell whether a row above the figures has one text only, in one cell or merged over many."""
    written = [table.label(row, column) for column in columns]
    filled = [text for text in written if text]
    single = len(filled) == 1 and len(columns) > 2
    return single or (len(set(filled)) == 1 and len(columns) > 1 and len(filled) == len(columns))


def _paths(labels: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the labels of lines, an outer one that is left blank being that of the line before.

    `東京 | A店` and ` | B店` below it are both under 東京; a line blank on the inside stays so.
    """
    found: list[tuple[str, ...]] = []
    for own in labels:
        path = list(own)
        inner = max((place for place, text in enumerate(path) if text), default=0)
        for place in range(inner):
            if not path[place] and found:
                path[place] = found[-1][place]
        found.append(tuple(path))
    return found
