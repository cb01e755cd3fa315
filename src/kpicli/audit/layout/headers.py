"""Header rows, label columns and columns of figures of a piece of a sheet."""

import re
from collections.abc import Sequence
from itertools import pairwise

from kpicli.audit.layout.pieces import is_figure
from kpicli.audit.layout.units import unit_named
from kpicli.audit.numbers import is_dash, is_withheld, read_cell
from kpicli.audit.table import Table
from kpicli.values.folding import fold

_ASIDE = re.compile(r"備考|注記?|摘要|単位|原則|principles?|unit|remarks?|note", re.I)
"""Headers of columns that are neither figures nor labels."""
_NUMBERING = re.compile(r"no\.?|#|.*番号|.*コード|順位|順|id|.*code|rank", re.I)
"""Headers of columns that number the rows: labels where no other column names them."""
_COUNTED = re.compile(r"月|年|年度|年次|西暦|歳|年齢|級|学年|回|期|日|時|階|週")
"""Headers that make labels of the numbers below them: `4` under 月 is `4月`."""
_TAKING_UNIT = re.compile(r"月|年|年度|歳|級|回|期|日|時|階|週")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r" ?(?:単位|unit) ?", re.I)


def header_rows(table: Table, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Return the rows above the first with a figure beside its first cell.

    A row of years, or of numbers that count on (months, classes), is a header too if none stands
    above it. A heading of the rows below it is none.
    """
    head: list[int] = []
    for row in rows:
        figures = [c for c in columns[1:] if is_figure(table, row, c)]
        if figures and not _numbered(table, row, figures, head):
            break
        head.append(row)
    while len(head) > 1 and _is_heading(table, head, columns):
        head.pop()
    return head if len(head) < len(rows) else []


def _is_heading(table: Table, head: Sequence[int], columns: Sequence[int]) -> bool:
    """Tell whether the last row has its first text alone, below a row with several."""
    filled = [[c for c in columns if table.label(row, c)] for row in head]
    return filled[-1] == [columns[0]] and any(len(above) > 1 for above in filled[:-1])


def _numbered(table: Table, row: int, figures: Sequence[int], head: Sequence[int]) -> bool:
    texts = [fold(table.text(row, c)) for c in figures]
    if all(_YEAR.fullmatch(text) for text in texts):
        return True
    named = any(table.text(above, c).strip() for above in head for c in figures)
    if named or len(texts) < 3 or not all(text.isdecimal() for text in texts):
        return False
    steps = {b - a for a, b in pairwise(map(int, texts))}
    return steps <= {1, -11} or steps == {-1}


def figure_columns(
    table: Table, head: Sequence[int], data: Sequence[int], columns: Sequence[int]
) -> list[int]:
    """Return the columns of figures: more numbers than texts, and no label by its header."""
    found: list[int] = []
    for column in columns:
        header = [fold(table.label(row, column)) for row in head]
        aside = any(_ASIDE.fullmatch(text) or _NUMBERING.fullmatch(text) for text in header)
        counted = not found and (
            any(_COUNTED.fullmatch(text) for text in header)
            or (column == columns[0] and _names_rows(table, data, column))
        )
        if not aside and not counted and _is_figures(table, data, column):
            found.append(column)
    return found


def _is_figures(table: Table, data: Sequence[int], column: int) -> bool:
    filled = [row for row in data if table.text(row, column).strip()]
    cells = [row for row in filled if is_figure(table, row, column)]
    real = any(
        not is_dash(table.text(row, column)) and not is_withheld(table.text(row, column))
        for row in cells
    )
    return real and len(filled) <= 2 * len(cells)


def _names_rows(table: Table, data: Sequence[int], column: int) -> bool:
    """Tell whether a first column holds names, years, or numbers that go up by one (`1人`)."""
    texts = [fold(table.text(row, column)) for row in data if table.text(row, column).strip()]
    cells = [read_cell(text).get("value") for text in texts]
    numbers = [cell.amount for cell in cells if cell is not None and cell.amount is not None]
    if len(numbers) < len(texts):
        return not all(is_withheld(text) or read_cell(text) for text in texts)
    years = all(_YEAR.fullmatch(text) for text in texts)
    return len(numbers) > 2 and (years or all(b - a == 1 for a, b in pairwise(numbers)))


def label_columns(
    table: Table, head: Sequence[int], columns: Sequence[int], figures: Sequence[int]
) -> list[int]:
    """Return the columns left of the figures that name the rows.

    Columns of numbers and codes name them only where no other does.
    """
    left = [c for c in columns if c < figures[0]]
    headers = {c: [fold(table.label(row, c)) for row in head] for c in left}
    left = [c for c in left if not any(_ASIDE.fullmatch(text) for text in headers[c])]
    names = [c for c in left if not any(_NUMBERING.fullmatch(text) for text in headers[c])]
    return names or left


def row_label(table: Table, head: Sequence[int], row: int, column: int) -> str:
    """Return what a row is called in one column; bare numbers get their header's unit (`4月`)."""
    text = table.label(row, column)
    if not text.isdecimal():
        return text
    headers = (fold(table.label(above, column)) for above in head)
    return text + next((header for header in headers if _TAKING_UNIT.fullmatch(header)), "")


def unit_columns(table: Table, head: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Return the columns headed 単位."""
    return [c for c in columns if any(_UNIT.fullmatch(table.label(row, c)) for row in head)]


def is_unit_row(table: Table, row: int, figures: Sequence[int]) -> bool:
    """Tell whether a header row names nothing but units over the figures: `件 | 千円 | %`.

    A caption (`(単位:件)`, `(千円)` over the last column) is none.
    """
    texts = [table.label(row, c) for c in figures]
    filled = [text for text in texts if text]
    units = all(unit_named(text) is not None for text in filled)
    most = bool(filled) and 2 * len(filled) >= len(figures)
    return most and units and not any("単位" in text for text in filled)


def is_title(table: Table, row: int, columns: Sequence[int], head: Sequence[int]) -> bool:
    """Tell whether a row above the figures has one text only, in one cell or merged over many.

    A unit beside the text (`(単位:件)`) does not count. Over two columns a header has to follow.
    """
    written = [text for column in columns if (text := table.label(row, column))]
    words = [text for text in written if unit_named(text) is None]
    if len(words) <= 1:
        return len(columns) > 2 or any(
            below > row and all(table.label(below, column) for column in columns) for below in head
        )
    return len(set(words)) == 1 and len(written) == len(columns)
