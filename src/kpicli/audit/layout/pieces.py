"""The pieces of a sheet that could be tables: rows between blank ones, columns side by side."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kpicli.audit.layout.units import unit_named
from kpicli.audit.numbers import is_withheld
from kpicli.audit.table import Table
from kpicli.values.folding import fold

NOTE = re.compile(r"[(\[<【〔]?(?:注|※|\*|資料|出典|出所|備考|source|note)", re.I)
"""How a remark below a table begins: `注1) …`, `※ …`, `資料:…`."""


def is_figure(table: Table, row: int, column: int) -> bool:
    """Tell whether a cell holds a number, or a mark for one that is withheld (`x`, `…`)."""
    return bool(table.numbers(row, column)) or is_withheld(table.text(row, column))


def stretches(table: Table) -> Iterator[list[int]]:
    """Yield the rows between blank rows and new header rows, top down."""
    stretch: list[int] = []
    seen_figures = False
    for row in range(1, len(table.rows) + 1):
        texts = [c for c in range(1, table.width + 1) if table.text(row, c).strip()]
        figures = any(is_figure(table, row, c) for c in texts)
        new_header = seen_figures and not figures and _is_header(table, row, texts)
        if stretch and (not texts or new_header):
            yield stretch
            stretch, seen_figures = [], False
        if texts:
            stretch.append(row)
            seen_figures = seen_figures or figures
    if stretch:
        yield stretch


def _is_header(table: Table, row: int, texts: Sequence[int]) -> bool:
    """Tell whether a row without figures has more than a heading, a unit or a remark."""
    words = [table.text(row, c) for c in texts if unit_named(table.text(row, c)) is None]
    return len(words) > 1 and NOTE.match(fold(words[0][:20])) is None


def segments(table: Table, rows: Sequence[int]) -> list[list[int]]:
    """Return the columns of each table that stands beside others, left to right.

    A blank column, or a header that repeats that of the first column, begins a table if texts
    stand in it; otherwise it is a gap within one.
    """
    wide = [row for row in rows if sum(1 for text in table.rows[row - 1] if text.strip()) > 1]
    filled = [c for c in range(1, table.width + 1) if any(table.label(row, c) for row in wide)]
    columns = range(1, table.width + 1)
    figures = {row: [c for c in columns if is_figure(table, row, c)] for row in wide}
    found: list[list[int]] = []
    for column in filled:
        gap = bool(found) and column > found[-1][-1] + 1
        again = bool(found) and _repeats(table, figures, found[-1][0], column)
        if not found or ((gap or again) and _is_labels(table, wide, column)):
            found.append([])
        found[-1].append(column)
    return found


def _repeats(table: Table, figures: Mapping[int, list[int]], first: int, column: int) -> bool:
    """Tell whether a column has the header of the first one, which is no number and no blank.

    `figures` are the columns with one, by row; headers stand above all of those between the two.
    """
    for row, own in figures.items():
        header = table.label(row, first)
        if bisect_right(own, column) > bisect_right(own, first):
            return False
        if header and header == table.label(row, column) and table.text(row, column).strip():
            return True
    return False


def _is_labels(table: Table, rows: Sequence[int], column: int) -> bool:
    data = [row for row in rows if any(table.numbers(row, c) for c in range(1, table.width + 1))]
    texts = sum(
        1 for r in data if table.text(r, column).strip() and not is_figure(table, r, column)
    )
    return texts * 2 > sum(1 for row in data if table.text(row, column).strip())
