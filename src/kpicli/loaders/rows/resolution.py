"""Rows of overlapping exports that share a key: counted once, superseded, or in conflict.

The domain rule "Duplicates": same key and content count once; with other content the later export
counts; a tie, or two contents inside one file, is a fault of all rows concerned.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import Rows

States = npt.NDArray[np.int8]


class State(IntEnum):
    """Where a row read went (row accounting per source)."""

    USABLE = 0
    DUPLICATE = 1
    SUPERSEDED = 2
    NOT_DATA = 3
    FAULTY = 4


class Resolution(Struct, frozen=True):
    """The decision on rows that share a key.

    `dropped`: rows that do not count and why. `conflicts`: pairs of which neither can be preferred.
    `superseded`: pairs (row that counts, row that it replaces). `restarted`: the rows in conflict
    because numbers begin again in every export.
    """

    dropped: dict[int, State]
    conflicts: tuple[tuple[int, int], ...]
    superseded: tuple[tuple[int, int], ...]
    restarted: frozenset[int] = frozenset()


def resolve(
    groups: Sequence[Rows],
    file_of: Callable[[int], int],
    content_of: Callable[[int], tuple[object, ...]],
    rank_of: Callable[[int], tuple[int, int]],
) -> Resolution:
    """Return what becomes of every group of rows that share a key.

    `rank_of` orders rows by how late their export is (last update of the row, newest base date of
    the file); equal ranks of different files are a tie. Of equal rows the first in file order
    stays, unless a later export has to win over another content.
    """
    dropped: dict[int, State] = {}
    conflicts: list[tuple[int, int]] = []
    superseded: list[tuple[int, int]] = []
    for group in groups:
        rows = [int(row) for row in group]
        by_content: dict[tuple[object, ...], list[int]] = {}
        for row in rows:
            by_content.setdefault(content_of(row), []).append(row)
        for same in by_content.values():
            dropped.update(dict.fromkeys(same[1:], State.DUPLICATE))
        if len(by_content) == 1:
            continue
        latest = _latest(list(by_content.values()), file_of, rank_of)
        firsts = [same[0] for same in by_content.values()]
        if latest is None:
            conflicts += [(row, firsts[0] if row != firsts[0] else firsts[1]) for row in firsts]
            continue
        winner = next(same[0] for same in by_content.values() if latest in same)
        replaced = [row for row in firsts if row != winner]
        dropped.update(dict.fromkeys(replaced, State.SUPERSEDED))
        superseded += [(winner, row) for row in replaced]
    return Resolution(dropped, tuple(conflicts), tuple(superseded))


UNKNOWN_RANK = (-(2**40), -(2**40))
"""The rank of a row of which nothing says how late its export is, as its dates cannot be read."""


def _latest(
    by_content: Sequence[Sequence[int]],
    file_of: Callable[[int], int],
    rank_of: Callable[[int], tuple[int, int]],
) -> int | None:
    """Return the row that is later than every row of another content; None if there is none."""
    per_file: dict[int, set[int]] = {}
    for content, rows in enumerate(by_content):
        for row in rows:
            per_file.setdefault(file_of(row), set()).add(content)
    if any(len(contents) > 1 for contents in per_file.values()):
        return None
    ranks = {rank_of(row) for rows in by_content for row in rows}
    if UNKNOWN_RANK in ranks:
        return None
    best = max(ranks)
    leaders = [rows for rows in by_content if any(rank_of(row) == best for row in rows)]
    if len(leaders) > 1:
        return None
    return next(row for row in leaders[0] if rank_of(row) == best)
