"""What the kept rows of a source give to tell: faults, warnings and notes, each with its place."""

from collections.abc import Sequence

import numpy as np

from kpicli import faults
from kpicli.faults import Fault, FaultKind
from kpicli.loaders.columns import BLANK
from kpicli.loaders.dataset import Mask
from kpicli.loaders.duplicates import Resolution
from kpicli.loaders.joining import Joined


def cell_faults(joined: Joined, kept: Mask) -> list[Fault]:
    """Return the fault of every unreadable cell of the kept rows, by file and row."""
    found: list[Fault] = []
    offset = 0
    for part in joined.parts:
        for name, column in part.columns.items():
            for row, kind in column.faults.items():
                if kept[offset + row]:
                    found.append(_fault(joined, kind, offset + row, name))
        offset += part.table.rows
    return sorted(found, key=lambda fault: (fault.place.file, fault.place.row or 0))


def _fault(joined: Joined, kind: FaultKind, row: int, column: str) -> Fault:
    value = joined.raw(row, column)
    return Fault(kind, joined.source.id, joined.place(row, column), value=value)


def row_faults(joined: Joined, kind: FaultKind, rows: Sequence[int]) -> list[Fault]:
    """Return a fault per row, at its first blank key cell; an unreadable one has its own fault."""
    found: list[Fault] = []
    for row in rows:
        for name in joined.source.key:
            if joined.codes[name][row] == BLANK and joined.source.columns[name].required:
                found.append(Fault(kind, joined.source.id, joined.place(row, name)))
                break
    return found


def conflicts(joined: Joined, resolution: Resolution) -> list[Fault]:
    """Return a fault for every row that shares its key with another content."""
    key = joined.source.key[0]
    return [
        Fault(
            faults.KEY_CONFLICT,
            joined.source.id,
            joined.place(row, key),
            value=joined.raw(row, key),
            other=joined.place(other, key),
        )
        for row, other in resolution.conflicts
    ]


def changes(joined: Joined, resolution: Resolution) -> list[Fault]:
    """Warn where the base date or a code differs between a row and the one it replaces."""
    base = joined.source.base_date
    watched = [n for n, c in joined.source.columns.items() if c.type == "code" or n == base]
    found: list[Fault] = []
    for winner, replaced in resolution.superseded:
        for name in watched:
            if joined.codes[name][winner] != joined.codes[name][replaced]:
                found.append(
                    Fault(
                        faults.KEY_CHANGED,
                        joined.source.id,
                        joined.place(winner, name),
                        value=joined.raw(winner, name),
                        other=joined.place(replaced, name),
                    )
                )
                break
    return found


def remarks(joined: Joined, kept: Mask) -> list[Fault]:
    """Tell, once per file and column, of how many kept rows a remark holds, and where first."""
    found: list[Fault] = []
    offset = 0
    for part in joined.parts:
        for name, column in part.columns.items():
            for kind, rows in column.remarks:
                rows = rows[kept[offset + rows]]
                if len(rows):
                    place = joined.place(offset + int(rows[0]), name)
                    found.append(Fault(kind, joined.source.id, place, count=len(rows)))
            if name == joined.source.base_date:
                found += _undated(joined, kept, offset, name, part.table.rows)
        offset += part.table.rows
    return found


def _undated(joined: Joined, kept: Mask, offset: int, name: str, size: int) -> list[Fault]:
    here = slice(offset, offset + size)
    rows = np.flatnonzero(kept[here] & (joined.codes[name][here] == BLANK))
    if not len(rows):
        return []
    place = joined.place(offset + int(rows[0]), name)
    return [Fault(faults.NO_BASE_DATE, joined.source.id, place, count=len(rows))]
