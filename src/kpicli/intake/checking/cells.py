"""Findings about the cells of a column, read as what most of them are."""

from collections.abc import Iterator, Mapping, Sequence

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind
from kpicli.checks.characters import lost
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.dates import ZONE
from kpicli.intake.profiling.tables import Grid
from kpicli.intake.profiling.words import concepts
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import (
    CellReader,
    date_reader,
    read_id,
    read_number,
    text_reader,
)
from kpicli.values.folding import fold

Places = Mapping[Cell, Sequence[int]]
"""The rows in which each distinct cell of a column stands."""

_TEXTS = frozenset({"code", "several", "person", "free_text"})
_NEVER_DATES = frozenset({"blank", "date", "id", "amount", "score", "tick", "person"})
_MOST = 0.5
"""So many cells have to look like dates without being any, for a column under a date's header."""


def places_of(grid: Grid, column: Column, rows: Sequence[int]) -> Places:
    """Return the filled cells of a column, each with the rows, from 0, in which it stands."""
    places: dict[Cell, list[int]] = {}
    for row in rows:
        cells = grid.rows[row]
        cell = cells[column.place] if column.place < len(cells) else None
        if not isinstance(cell, str | None) or text_of(cell).strip():
            places.setdefault(cell, []).append(row)
    return places


def cell_faults(grid: Grid, column: Column, places: Places) -> Iterator[Fault]:
    """Yield what is wrong with cells, and what is worth knowing: of each kind one finding.

    It has the number of rows and the first of them.
    """
    read, by_kind = _reader(column), dict[FaultKind, list[int]]()
    units: dict[str, list[int]] = {}
    for cell, rows in places.items():
        reading = read(cell)
        for kind in (*reading.remarks, *([] if reading.fault is None else [reading.fault])):
            by_kind.setdefault(kind, []).extend(rows)
        if reading.value:  # a plain 0 is the same in every unit
            units.setdefault(reading.unit, []).extend(rows)
        if column.kind in _TEXTS and lost(text_of(cell), prose=column.kind == "free_text"):
            by_kind.setdefault(faults.LOST_CHARACTERS, []).extend(rows)
    if column.kind not in _NEVER_DATES and "day" in concepts(column.header):
        by_kind.update(_no_dates(places))
    for kind, rows in by_kind.items():
        first = min(rows)
        value = text_of(grid.rows[first][column.place])
        place = grid.place(first, column.header)
        yield Fault(kind, "", place, value=value, count=len(rows))
    if len(units) > 1:
        *others, commonest = sorted(units.values(), key=len)
        place, other = (grid.place(min(rows), column.header) for rows in (others[0], commonest))
        yield Fault(faults.MIXED_UNITS, "", place, count=sum(map(len, others)), other=other)


def _reader(column: Column) -> CellReader:
    if column.kind == "date":
        return date_reader(ZONE)
    if column.kind in ("amount", "score"):
        return read_number
    return read_id if column.kind == "id" else text_reader()


def _no_dates(places: Places) -> dict[FaultKind, list[int]]:
    """Return the cells that fail to be dates for a known reason, where most of a column do."""
    read, by_kind = date_reader(ZONE), dict[FaultKind, list[int]]()
    for cell, rows in places.items():
        fault = read(cell).fault
        known = fault is not None and fault.code == faults.UNREADABLE_DATE.code and fault.cause
        if fault is not None and known and any(map(str.isdecimal, fold(text_of(cell)))):
            by_kind.setdefault(fault, []).extend(rows)
    failing, filled = (sum(map(len, own.values())) for own in (by_kind, places))
    return by_kind if failing >= _MOST * filled else {}
