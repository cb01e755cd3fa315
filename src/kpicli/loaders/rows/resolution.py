"""Rows of overlapping exports that share a key: counted once, superseded, or in conflict.

The domain rule "Duplicates": same key and content count once; with other content the later export
counts; a tie, or two contents inside one file, is a fault of all rows concerned.
"""

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Self, overload

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import Rows

States = npt.NDArray[np.int8]
Places = npt.NDArray[np.int32]
_AT_ONCE = 1 << 16
"""So many rows are looked at together."""


class State(IntEnum):
    """Where a row read went (row accounting per source)."""

    USABLE = 0
    DUPLICATE = 1
    SUPERSEDED = 2
    NOT_DATA = 3
    FAULTY = 4


class KeptRows(Struct, frozen=True, eq=False):
    """Places in ascending order: row `i` has `i` and the number of `gaps` that are `i` or less.

    A gap is a row that is left out, named by how many are kept before it: of six rows whose second,
    third and last are left out the gaps are 1, 1 and 3, and the places 0, 3 and 4. Most rows are
    kept, so that these take a fraction of four bytes for each.
    """

    rows: int
    gaps: Places

    @classmethod
    def of(cls, marks: npt.NDArray[np.bool_]) -> Self:
        """Return the places of the marked rows."""
        gaps, before = [np.zeros(0, np.int32)], 0
        for start in range(0, len(marks), _AT_ONCE):  # at once they would take 64 bits a row
            out = np.flatnonzero(~marks[start : start + _AT_ONCE])
            gaps.append((start - before + out - np.arange(len(out))).astype(np.int32))
            before += len(out)
        return cls(len(marks) - before, np.concatenate(gaps))

    def __len__(self) -> int:
        return self.rows

    @overload
    def __getitem__(self, rows: int) -> int: ...

    @overload
    def __getitem__(self, rows: npt.NDArray[np.integer]) -> Places: ...

    def __getitem__(self, rows: int | npt.NDArray[np.integer]) -> int | Places:
        if isinstance(rows, int):
            return rows + int(self.gaps.searchsorted(np.int32(rows), side="right"))
        own = rows.astype(np.int32)
        own += self.gaps.searchsorted(own, side="right").astype(np.int32)
        return own

    def between(self, start: int, stop: int) -> Places:
        """Return the places of the rows from `start` up to, not including, `stop`."""
        return self[np.arange(start, min(stop, self.rows), dtype=np.int32)]

    def array(self) -> Places:
        """Return the place of every row, each four bytes."""
        places = np.empty(self.rows, np.int32)
        for start in range(0, self.rows, _AT_ONCE):
            places[start : start + _AT_ONCE] = self.between(start, start + _AT_ONCE)
        return places


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
