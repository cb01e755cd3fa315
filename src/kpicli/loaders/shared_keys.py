"""Which rows share a key number with others, of tens of millions of rows as of a few.

Nothing is held for it but a sorted copy of the numbers, range by range; large arrays are shared out
to threads, as numpy lets them run.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from kpicli.distinct_values import distinct_values
from kpicli.loaders.dataset import Mask
from kpicli.loaders.keys import Elsewhere, Keys, PieceKeys

Rows = npt.NDArray[np.int64]
Candidates = Mask
"""Marks, among all joined rows, those that have a key and are data."""

_FILTER = 1 << 23
_MANY = 1 << 20
"""From so many rows on, sharing out the work is worth it."""
_RANGES = 4
"""So many ranges of numbers are sorted apart: a sort of each is shorter than one of all."""

_Part = TypeVar("_Part")
_Done = TypeVar("_Done")


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


def repeated_rows(keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
    """Return the candidate rows whose key number occurs more than once, all numbers being here.

    They come by number, and of one number in row order.
    """
    here = [own for own in keys if not isinstance(own, Elsewhere)]
    assert len(here) == len(keys)
    firsts = list(accumulate(map(len, here), initial=0))
    masks = [candidates[start:stop] for start, stop in pairwise(firsts)]
    pairs = list(zip(here, masks, strict=True))
    many = firsts[-1] >= _MANY
    ranges = [np.uint64(number) for number in range(_RANGES)] if many else [None]
    twice = np.concatenate(_each(lambda number: _twice(pairs, number), ranges))
    marked = _marker(twice)
    places = _each(lambda pair: np.flatnonzero(pair[1] & marked(pair[0])), pairs)
    own = np.concatenate([np.zeros(0, np.uint64), *_taken(here, places)])
    rows = np.concatenate([np.zeros(0, np.int64), *map(np.add, places, firsts)])
    order = np.argsort(own, kind="stable")
    new = np.flatnonzero(np.diff(own[order], prepend=own[order[:1]] + np.uint64(1)))
    return Repeated(rows[order], new)


def repeated_numbers(numbered: Numbered) -> Numbered:
    """Return, of some numbered rows, those whose number occurs more than once."""
    found = repeated_rows([numbered.keys], np.ones(len(numbered.keys), np.bool_))
    return Numbered(numbered.keys[found.rows], numbered.rows[found.rows])


def repeated_among(numbered: Numbered, candidates: Candidates) -> Repeated:
    """Return what `repeated_rows` would, given all rows whose number is repeated among any rows."""
    wanted = np.flatnonzero(candidates[numbered.rows])
    wanted = wanted[np.argsort(numbered.rows[wanted], kind="stable")]
    rows = numbered.rows[wanted]
    found = repeated_rows([numbered.keys[wanted]], np.ones(len(wanted), np.bool_))
    return Repeated(rows[found.rows], found.starts)


def _each(work: Callable[[_Part], _Done], parts: Sequence[_Part]) -> list[_Done]:
    """Do the same to each part, by threads where there are several."""
    if len(parts) == 1:
        return [work(parts[0])]
    from concurrent.futures import ThreadPoolExecutor  # small files never need it

    with ThreadPoolExecutor() as pool:
        return list(pool.map(work, parts))


def _twice(pairs: Iterable[tuple[Keys, Mask]], number: np.uint64 | None) -> Keys:
    """Return, in order, which marked numbers of a range, or of all, occur more than once."""
    own = [keys[_in_range(keys, number) & mask] for keys, mask in pairs]
    keys = np.concatenate([np.zeros(0, np.uint64), *own])
    keys.sort()
    return distinct_values(keys[1:][keys[1:] == keys[:-1]])


def _in_range(keys: Keys, number: np.uint64 | None) -> Mask | np.bool_:
    return np.True_ if number is None else keys >> np.uint64(62) == number


def _taken(keys: Sequence[Keys], places: Sequence[Rows]) -> list[Keys]:
    return [own[rows] for own, rows in zip(keys, places, strict=True)]


def _marker(wanted: Keys) -> Callable[[Keys], Mask]:
    """Return what marks the keys that are among `wanted` (in order).

    Most others are ruled out by a few of their bits.
    """
    size = min(1 << (32 * len(wanted)).bit_length(), _FILTER)
    mask = np.uint64(size - 1)
    low = np.zeros(size, np.bool_)
    low[wanted & mask] = True

    def marked(keys: Keys) -> Mask:
        found: Mask = low[keys & mask]
        maybe = np.flatnonzero(found)
        places = np.minimum(np.searchsorted(wanted, keys[maybe]), len(wanted) - 1)
        found[maybe] = wanted[places] == keys[maybe]
        return found

    return marked
