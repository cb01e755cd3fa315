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
    for part, first in zip(joined.parts, joined.firsts.tolist(), strict=False):
        for name in part.names():
            for row, kind in part.faults(name).items():
                if kept[first + row]:
                    found.append(_fault(joined, kind, first + row, name))
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
    for number, part in enumerate(joined.parts):
        first = int(joined.firsts[number])
        for name in part.names():
            for kind, rows in part.remarks(name):
                rows = rows[kept[first + rows]]
                if len(rows):
                    place = joined.place(first + int(rows[0]), name)
                    found.append(Fault(kind, joined.source.id, place, count=len(rows)))
            if name == joined.source.base_date:
                found += _undated(joined, kept, number, name)
    return found


def _undated(joined: Joined, kept: Mask, number: int, name: str) -> list[Fault]:
    first, after = joined.firsts[number : number + 2].tolist()
    blank = joined.codes[name][first:after] == BLANK
    rows = np.flatnonzero(kept[first:after] & blank)
    if not len(rows):
        return []
    place = joined.place(first + int(rows[0]), name)
    return [Fault(faults.NO_BASE_DATE, joined.source.id, place, count=len(rows))]
