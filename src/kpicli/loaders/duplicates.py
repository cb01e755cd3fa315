"""Overlapping exports: which rows with the same key count once, are superseded, or are in conflict.

The domain rule "Duplicates": same key and content count once; with other content the later export
counts; a tie, or two contents inside one file, is a fault of all rows concerned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kpicli.distinct_values import distinct_values
from kpicli.loaders.keys import Elsewhere, Keys, PieceKeys

Rows = npt.NDArray[np.int64]
States = npt.NDArray[np.int8]
Candidates = npt.NDArray[np.bool_]
"""Marks, among all joined rows, those that have a key and are data."""

_FILTER = 1 << 23
_MIDDLE = np.uint64(1 << 63)
_MANY = 1 << 20
_Part = TypeVar("_Part")
_Done = TypeVar("_Done")


class State(IntEnum):
    """Where a row read went (row accounting per source)."""

    USABLE = 0
    DUPLICATE = 1
    SUPERSEDED = 2
    NOT_DATA = 3
    FAULTY = 4


@dataclass(frozen=True, slots=True)
class Repeated:
    """Rows whose key number others share, those of one number side by side, in row order.

    `starts` are the places in `rows` at which another number begins.
    """

    rows: Rows
    starts: Rows

    def groups(self, wanted: npt.NDArray[np.bool_] | None = None) -> list[Rows]:
        """Return the rows number by number (only those numbers that are marked), by first row."""
        stops = np.append(self.starts, len(self.rows))[1:]
        starts = self.starts
        if wanted is not None:
            starts, stops = starts[wanted], stops[wanted]
        pairs = zip(starts.tolist(), stops.tolist(), strict=True)
        return sorted((self.rows[a:b] for a, b in pairs), key=lambda rows: int(rows[0]))


RepeatFinder = Callable[[Sequence[PieceKeys], Candidates], Repeated]
"""Finds the candidates whose key number others share, given the numbers piece by piece."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Some joined rows and, side by side with them, the numbers of their keys."""

    keys: Keys
    rows: Rows


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided of rows that share a key.

    `dropped`: rows that do not count and why. `conflicts`: pairs of which neither can be preferred.
    `superseded`: pairs (row that counts, row that it replaces).
    """

    dropped: dict[int, State]
    conflicts: tuple[tuple[int, int], ...]
    superseded: tuple[tuple[int, int], ...]


def repeated_keys(keys: Keys, candidates: Rows) -> Repeated:
    """Return the candidate rows whose key number occurs more than once, by key, in row order."""
    own = keys if len(candidates) == len(keys) else keys[candidates]
    halves = (own < _MIDDLE, own >= _MIDDLE)
    twice = np.concatenate(_each(lambda half: _twice(own[half]), halves, len(own)))
    marked = _each(lambda part: _marked(part, twice), np.array_split(own, 2), len(own))
    rows = np.flatnonzero(np.concatenate(marked))
    order = np.argsort(own[rows], kind="stable")
    rows = rows[order]
    new = np.flatnonzero(np.diff(own[rows], prepend=own[rows[:1]] + np.uint64(1)))
    return Repeated(candidates[rows], new)


def repeated_rows(keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
    """Return the candidate rows whose key number occurs more than once, all numbers being here."""
    here = [own for own in keys if not isinstance(own, Elsewhere)]
    assert len(here) == len(keys)
    joined = np.concatenate(here) if here else np.zeros(0, np.uint64)
    return repeated_keys(joined, np.flatnonzero(candidates))


def repeated_numbers(numbered: Numbered) -> Numbered:
    """Return, of some numbered rows, those whose number occurs more than once."""
    found = repeated_keys(numbered.keys, np.arange(len(numbered.keys)))
    return Numbered(numbered.keys[found.rows], numbered.rows[found.rows])


def repeated_among(numbered: Numbered, candidates: Candidates) -> Repeated:
    """Return what `repeated_rows` would, given all rows whose number is repeated among any rows."""
    wanted = np.flatnonzero(candidates[numbered.rows])
    wanted = wanted[np.argsort(numbered.rows[wanted], kind="stable")]
    rows = numbered.rows[wanted]
    found = repeated_keys(numbered.keys[wanted], np.arange(len(wanted)))
    return Repeated(rows[found.rows], found.starts)


def _each(work: Callable[[_Part], _Done], parts: Sequence[_Part], rows: int) -> list[_Done]:
    """Do the same to each part, by threads where there are many rows: numpy lets them run."""
    if rows < _MANY:
        return [work(part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor  # small files never need it

    with ThreadPoolExecutor(len(parts)) as pool:
        return list(pool.map(work, parts))


def _twice(keys: Keys) -> Keys:
    """Return, in order, the numbers that occur more than once; `keys` are sorted in place."""
    keys.sort()
    return distinct_values(keys[1:][keys[1:] == keys[:-1]])


def _marked(keys: Keys, wanted: Keys) -> npt.NDArray[np.bool_]:
    """Mark the keys that are among `wanted` (in order), most others being ruled out by few bits."""
    if not len(wanted):
        return np.zeros(len(keys), np.bool_)
    size = min(1 << (32 * len(wanted)).bit_length(), _FILTER)
    mask = np.uint64(size - 1)
    low = np.zeros(size, np.bool_)
    low[wanted & mask] = True
    marked: npt.NDArray[np.bool_] = low[keys & mask]
    maybe = np.flatnonzero(marked)
    places = np.minimum(np.searchsorted(wanted, keys[maybe]), len(wanted) - 1)
    marked[maybe] = wanted[places] == keys[maybe]
    return marked


def resolve(
    groups: Sequence[Rows],
    file_of: Callable[[int], int],
    content_of: Callable[[int], tuple[object, ...]],
    rank_of: Callable[[int], tuple[int, int]],
) -> Resolution:
    """Decide every group of rows that share a key.

    `rank_of` orders rows by how late their export is (last update of the row, newest base date of
    the file); equal ranks of different files are a tie. Of equal rows the first in file order
    stays, unless a later export has to win over another content.
    """
    dropped: dict[int, State] = {}
    conflicts: list[tuple[int, int]] = []
    superseded: list[tuple[int, int]] = []
    for group in groups:
        rows = [int(row) for row in group]
        alike: dict[tuple[object, ...], list[int]] = {}
        for row in rows:
            alike.setdefault(content_of(row), []).append(row)
        for same in alike.values():
            dropped.update(dict.fromkeys(same[1:], State.DUPLICATE))
        if len(alike) == 1:
            continue
        latest = _latest(list(alike.values()), file_of, rank_of)
        firsts = [same[0] for same in alike.values()]
        if latest is None:
            conflicts += [(row, firsts[0] if row != firsts[0] else firsts[1]) for row in firsts]
            continue
        winner = next(same[0] for same in alike.values() if latest in same)
        replaced = [row for row in firsts if row != winner]
        dropped.update(dict.fromkeys(replaced, State.SUPERSEDED))
        superseded += [(winner, row) for row in replaced]
    return Resolution(dropped, tuple(conflicts), tuple(superseded))


def _latest(
    alike: Sequence[Sequence[int]],
    file_of: Callable[[int], int],
    rank_of: Callable[[int], tuple[int, int]],
) -> int | None:
    """Return the row that is later than every row of another content; None if there is none."""
    per_file: dict[int, set[int]] = {}
    for content, rows in enumerate(alike):
        for row in rows:
            per_file.setdefault(file_of(row), set()).add(content)
    if any(len(contents) > 1 for contents in per_file.values()):
        return None
    best = max(rank_of(row) for rows in alike for row in rows)
    leaders = [rows for rows in alike if any(rank_of(row) == best for row in rows)]
    if len(leaders) > 1:
        return None
    return next(row for row in leaders[0] if rank_of(row) == best)
