"""Findings about the rows of a grid: its header, their width, and those that are no data."""

from collections.abc import Iterator, Sequence

from kpicli.audit.table import column_name
from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind
from kpicli.base.wording import Text, quantity
from kpicli.intake.profiling.tables import Grid, is_data
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.values.folding import header_key, is_garbled

_NARROW = 3
"""In a table of fewer columns a row of a single cell is one like any other."""


def row_faults(grid: Grid, rows: Sequence[int]) -> Iterator[Fault]:
    """Yield the findings about a grid with a header; `rows` are those of data."""
    if grid.header is None:
        return
    header = grid.rows[grid.header]
    yield from _headers(grid, header, rows)
    yield from _widths(grid, header, rows)
    below = [row for row in range(grid.header + 1, len(grid.rows)) if _filled(grid.rows[row])]
    again = [row for row in below if grid.is_header(row)]
    yield from _rows(grid, faults.HEADER_AGAIN, again)
    totals = [row for row in below if row in grid.aside or not is_data(grid.rows[row])]
    yield from _rows(grid, faults.GROUP_LINES, totals)
    apart = {*again, *totals}
    single = [row for row in below if row not in apart and _filled(grid.rows[row]) == 1]
    if _filled(header) >= _NARROW:
        yield from _rows(grid, faults.SINGLE_CELLS, single)
    yield from _rows(grid, faults.HIDDEN_ROWS, [row for row in rows if row in grid.hidden])
    for place in sorted(grid.merged):
        name = _name(header, place)
        yield Fault(faults.MERGED_OVER_ROWS, "", grid.place(None, name))


def _headers(grid: Grid, header: Sequence[Cell], rows: Sequence[int]) -> Iterator[Fault]:
    names: dict[str, list[int]] = {}
    for place, cell in enumerate(header):
        if key := header_key(text_of(cell)):
            names.setdefault(key, []).append(place)
        if is_garbled(text_of(cell)):
            yield Fault(faults.GARBLED, "", grid.place(grid.header, shown_header(text_of(cell))))
    for own in names.values():
        if len(own) > 1:
            letters = ", ".join(column_name(place + 1) for place in own)
            where = grid.place(grid.header, shown_header(text_of(header[own[0]])))
            yield Fault(faults.SAME_HEADER, "", where, detail=letters)
    for place, cell in enumerate(header):
        if not header_key(text_of(cell)):
            filled = [row for row in rows if text_of(_cell(grid.rows[row], place)).strip()]
            yield from _rows(grid, faults.NO_HEADER, filled, column_name(place + 1))


def _widths(grid: Grid, header: Sequence[Cell], rows: Sequence[int]) -> Iterator[Fault]:
    """Yield rows that a text file has longer, or shorter, than its header."""
    width = len(header)
    long = [row for row in rows if _last_filled(grid.rows[row]) > width]
    if long:
        cells = len(grid.rows[long[0]])
        has = quantity(cells, "cell")
        detail = Text(f"{cells} 個、見出しは {width} 個", f"{has}, the header has {width}")
        yield from _rows(grid, faults.LONG_ROWS, long, detail)
    short = [row for row in rows if len(grid.rows[row]) < _last_filled(header)]
    yield from _rows(grid, faults.SHORT_ROWS, short)


def _rows(
    grid: Grid, kind: FaultKind, rows: Sequence[int], detail: str | Text = ""
) -> Iterator[Fault]:
    if rows:
        yield Fault(kind, "", grid.place(rows[0]), count=len(rows), detail=detail)


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(text_of(cell).strip()) for cell in row)


def _last_filled(row: Sequence[Cell]) -> int:
    """Return how many cells a row has up to the last one that is filled."""
    filled = (place for place, cell in enumerate(row, 1) if text_of(cell).strip())
    return max(filled, default=0)


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _name(header: Sequence[Cell], place: int) -> str:
    return shown_header(text_of(_cell(header, place))) or column_name(place + 1)
