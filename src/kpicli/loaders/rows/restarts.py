"""Numbers that begin again in every export: rows that share them are no versions of one row."""

from collections import Counter

import numpy as np
from msgspec.structs import replace

from kpicli.loaders.cells.column_codes import Rows
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.resolution import Resolution
from kpicli.loaders.rows.row_faults import FEW

UPDATED_ON = "updated_on"
"""The column that says which of two exports of a row is the later one, where a source has it."""


def without_restarts(joined: Joined, resolution: Resolution, shared: Rows) -> Resolution:
    """Return the resolution in which no row of a file whose numbers restart is superseded.

    Such rows, and those that would replace them, are in conflict: whether each is one of its own,
    or a version of the other, nothing says. `shared` are the rows whose number another file has,
    too. A later export corrects the base date of a row now and then; where more than a few dates
    differ, and those of more than half of what a file shares, the numbers count anew. A source
    whose rows say when they were updated, or that is a register, has versions by its nature.
    """
    source = joined.source
    base = source.base_date
    versions = source.rhythm == "register" or UPDATED_ON in joined.pieced
    if base is None or base in source.key or versions or not resolution.superseded:
        return resolution
    pairs = np.array(resolution.superseded, np.int64)
    now, before = (joined.read(rows, base) for rows in pairs.T)
    moved = Counter(
        joined.file_of(replaced)
        for (_, replaced), own, old in zip(resolution.superseded, now, before, strict=True)
        if own and old and own != old
    )
    common = Counter(joined.files_of(shared).tolist())
    anew = {file for file, rows in moved.items() if rows > FEW and 2 * rows > common[file]}
    apart = [pair for pair in resolution.superseded if joined.file_of(pair[1]) in anew]
    if not apart:
        return resolution
    others = {row: other for pair in apart for row, other in (pair, pair[::-1])}
    known = {row for row, _ in resolution.conflicts}
    return replace(
        resolution,
        dropped={row: state for row, state in resolution.dropped.items() if row not in others},
        conflicts=(
            *resolution.conflicts,
            *((row, other) for row, other in others.items() if row not in known),
        ),
        superseded=tuple(pair for pair in resolution.superseded if pair not in set(apart)),
        restarted=frozenset(others),
    )
