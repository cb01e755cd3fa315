"""Cells in columns: how wide each column is, and each row as folded lines."""

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from kpicli.output.page.folding import Room, fit, fold, longest_word
from kpicli.output.page.safety import plain

GAP = 2
LEAST_NAME = 20
"""Narrower than this a column of names is no longer readable."""


class Row(Struct, frozen=True):
    """Cells of one row, each as the lines it holds; the first is a name, `depth` deep."""

    depth: int
    cells: tuple[tuple[str, ...], ...]


def row(depth: int, *cells: str) -> Row:
    """Return a row of one-line cells, safe to print."""
    return Row(depth, tuple((plain(cell),) for cell in cells))


def column_widths(
    rows: list[Row], width: int, prose: Sequence[bool] | None = None
) -> list[int] | None:
    """Return the width of each column, all of them and the gaps within `width`.

    Columns of `prose` (the names alone, unless said otherwise) fold anywhere, down to `LEAST_NAME`.
    The names give way last but one, the column after them (the values) last. None where words or
    numbers would have to be broken.
    """
    columns = range(len(rows[0].cells))
    folding = prose or [index == 0 for index in columns]
    rooms = [_room(index, rows, prose=folding[index]) for index in columns]
    order = [*columns[2:], columns[0], columns[1]]
    found = fit([rooms[index] for index in order], width - GAP * (len(rooms) - 1))
    if found is None:
        return None
    by_column = dict(zip(order, found, strict=True))
    return [by_column[index] for index in columns]


def _room(index: int, rows: list[Row], *, prose: bool) -> Room:
    indents = [2 * each.depth if index == 0 else 0 for each in rows]
    cells = [(i, line) for i, each in zip(indents, rows, strict=True) for line in each.cells[index]]
    natural = max(indent + cell_len(line) for indent, line in cells)
    if prose:
        return Room(natural, min(LEAST_NAME, natural))
    least = max(indent + longest_word(cell) for indent, cell in cells)
    return Room(natural, max(least, min(natural, 2)))  # lines are folded at two cells at least


def folded(each: Row, widths: list[int]) -> list[list[str]]:
    """Return each cell's lines within its column; a name's further lines stand a little deeper."""
    indent = " " * (2 * each.depth)
    name = fold_name(each.cells[0][0], widths[0], indent)
    rest = [
        [part for line in cell for part in fold(line, width)]
        for cell, width in zip(each.cells[1:], widths[1:], strict=True)
    ]
    return [name, *rest]


def fold_name(name: str, width: int, indent: str) -> list[str]:
    """Return a name folded into `width` cells, all its lines behind `indent`."""
    return [indent + line for line in fold(name, width - len(indent), fill=True)]
