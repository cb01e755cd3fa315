"""Records with a table in them, as kintone writes them: what a record is, and what a line is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.values.folding import fold, header_key

if TYPE_CHECKING:
    from kpicli.intake.profiling.tables import Grid

RECORD_BEGINS = "レコードの開始行"
"""The header of the column in which kintone marks the first line of each record."""
_BEGINS = "*"


class Records(Struct, frozen=True):
    """The rows of a grid as records, and as lines of their tables; `parents` are places of columns.

    A record has the cells of its first line; a line has those of its record in the parents.
    """

    parents: frozenset[int]
    records: Sequence[Sequence[Cell]]
    lines: Sequence[Sequence[Cell]]


def records_of(grid: "Grid", rows: Sequence[int]) -> Records | None:
    """Return the records that rows of a grid make; None where each row is a record of its own.

    Columns that are blank in every line below the first of a record, or say the same as it, are the
    record's.
    """
    if grid.header is None or not rows:
        return None
    if header_key(text_of(grid.rows[grid.header][0])) != RECORD_BEGINS:
        return None
    firsts = [row for row in rows if fold(text_of(grid.rows[row][0])) == _BEGINS]
    first = set(firsts)
    later = [row for row in rows if row not in first]
    if not later or rows[0] not in first:
        return None
    width = len(grid.rows[grid.header])
    table = _of_tables(grid, rows, first, width)
    parents = frozenset(range(1, width)) - table
    lines: list[list[Cell]] = []
    record: Sequence[Cell] = ()
    for row in rows:
        own = grid.rows[row]
        record = own if row in first else record
        if any(_text(own, place) for place in table):
            source = (record if place in parents else own for place in range(width))
            lines.append([_cell(cells, place) for place, cells in enumerate(source)])
    return Records(parents, [grid.rows[row] for row in firsts], lines)


def _of_tables(grid: "Grid", rows: Sequence[int], first: set[int], width: int) -> set[int]:
    """Return the columns of the tables in records.

    Where lines leave the cells of their record blank these are all that they have; where they
    repeat them, those in which a line says something else.
    """
    filled: set[int] = set()
    own: set[int] = set()
    of_records: set[int] = set()
    record: Sequence[Cell] = ()
    for row in rows:
        cells = grid.rows[row]
        texts = {place: text for place in range(1, width) if (text := _text(cells, place))}
        if row in first:
            record = cells
            of_records |= texts.keys()
            continue
        filled |= texts.keys()
        own |= {place for place, text in texts.items() if text != _text(record, place)}
    return filled if of_records - filled else own


def _cell(row: Sequence[Cell], place: int) -> Cell:
    return row[place] if place < len(row) else None


def _text(row: Sequence[Cell], place: int) -> str:
    return fold(text_of(_cell(row, place)))
