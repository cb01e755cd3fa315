"""Which rows share a key number with others, of tens of millions of rows as of a few.

Numbers that ascend piece by piece, as those of ids given out in order do, can be repeated only
where the ranges of two pieces overlap. The others are sorted, by threads where there are many, as
numpy lets them run.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text
from kpicli.loaders.cells.column_codes import Rows
from kpicli.loaders.cells.keys import Keys, PieceKeys, RemoteKeys
from kpicli.loaders.rows.dataset import Mask
from kpicli.values.distinct_values import distinct_values

Candidates = Mask
"""Marks, among all joined rows, those that have a key and are data."""

_FILTER = 1 << 23
_MANY = 1 << 20
"""From so many rows on, sharing out the work is worth it."""
_SHARES = 4
"""So many shares of the numbers are sorted apart."""

_Part = TypeVar("_Part")
_Done = TypeVar("_Done")


class Repeated(Struct, frozen=True):
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


class Numbered(Struct, frozen=True):
    """Some joined rows and, side by side with them, the numbers of their keys."""

    keys: Keys
    rows: Rows


def repeated_rows(keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
    """Return the candidate rows whose key number occurs more than once, all numbers being here.

    They come by number, and of one number in row order.
    """
    # 1. Ranges: a number outside the overlaps of ascending pieces occurs once. 2. Of the others,
    # the values that occur twice. 3. Every row with one of those values: so only a few numbers are
    # sorted with their rows, where 50,000,000 rows would take gigabytes.
    here = [own for own in keys if not isinstance(own, RemoteKeys)]
    if len(here) < len(keys):
        raise InternalError(
            Text(
                f"重複を調べる部分 {len(keys)} のうち {len(keys) - len(here)} が手元にありません",
                f"of {len(keys)} pieces whose keys are compared {len(keys) - len(here)} are absent",
            )
        )
    firsts = list(accumulate(map(len, here), initial=0))
    masks = [candidates[start:stop] for start, stop in pairwise(firsts)]
    suspects = list(map(np.logical_and, masks, _maybe_repeated(here)))
    own = np.concatenate([np.zeros(0, np.uint64), *_select(here, suspects)])
    marked = _marker(_repeated(own))
    del own  # of tens of millions of rows it is worth freeing
    pairs = list(zip(here, suspects, strict=True))
    places = _each(lambda pair: np.flatnonzero(pair[1] & marked(pair[0])), pairs, len(candidates))
    own = np.concatenate([np.zeros(0, np.uint64), *_select(here, places)])
    rows = np.concatenate([np.zeros(0, np.int64), *map(np.add, places, firsts)])
    order = np.argsort(own, kind="stable")
    # A number begins where it differs from the one before; the first is compared with itself + 1.
    new = np.flatnonzero(np.diff(own[order], prepend=own[order[:1]] + np.uint64(1)))
    return Repeated(rows[order], new)


def _maybe_repeated(pieces: Sequence[Keys]) -> Iterator[Mask | np.bool_]:
    """Yield, piece by piece, marks of the numbers that may occur twice.

    They may occur in another piece or, where a piece does not strictly ascend, in itself: all of
    such a piece are marked (`True`).
    """
    filled = [keys for keys in pieces if len(keys)]
    begins = np.sort(np.array([keys.min() for keys in filled], np.uint64))
    ends = np.sort(np.array([keys.max() for keys in filled], np.uint64))
    # Two ranges or more hold what lies between the second beginning and the first end, the third
    # beginning and the second end, and so on. Of the ranges 1-5, 4-9 and 20-30 the sorted
    # beginnings are 1, 4, 20 and the ends 5, 9, 30: 4-5 is an overlap, 20-9 is none.
    starts, stops = begins[1:], ends[:-1]
    starts, stops = starts[starts <= stops], stops[starts <= stops]
    for keys in pieces:
        if (keys[1:] > keys[:-1]).all():
            # As with brackets: +1 where an overlap begins among the numbers, -1 after its end.
            # Where the sum so far is above 0, a number lies in an overlap.
            depth = np.zeros(len(keys) + 1, np.int32)
            np.add.at(depth, np.searchsorted(keys, starts, "left"), 1)
            np.subtract.at(depth, np.searchsorted(keys, stops, "right"), 1)
            yield np.cumsum(depth[:-1]) > 0
        else:
            yield np.True_


def repeated_numbers(numbered: Numbered) -> Numbered:
    """Return, of some numbered rows, those whose number occurs more than once."""
    repeated = repeated_rows([numbered.keys], np.ones(len(numbered.keys), np.bool_))
    return Numbered(numbered.keys[repeated.rows], numbered.rows[repeated.rows])


def repeated_among(numbered: Numbered, candidates: Candidates) -> Repeated:
    """Return what `repeated_rows` would, given all rows whose number is repeated among any rows."""
    wanted = np.flatnonzero(candidates[numbered.rows])
    wanted = wanted[np.argsort(numbered.rows[wanted], kind="stable")]
    rows = numbered.rows[wanted]
    repeated = repeated_rows([numbered.keys[wanted]], np.ones(len(wanted), np.bool_))
    return Repeated(rows[repeated.rows], repeated.starts)


def _each(work: Callable[[_Part], _Done], parts: Sequence[_Part], rows: int) -> list[_Done]:
    """Return what `work` makes of each part, in order; by threads where there are many rows."""
    if rows < _MANY:
        return [work(part) for part in parts]
    from concurrent.futures import ThreadPoolExecutor  # small files never need it

    with ThreadPoolExecutor() as pool:
        return list(pool.map(work, parts))


def _repeated(keys: Keys) -> Keys:
    """Return the numbers that occur more than once, each once, in ascending order."""
    if len(keys) < _MANY:
        return _neighbours(np.sort(keys))
    # Equal numbers have equal remainders, so none has its twin in another share.
    share = (keys % np.uint64(_SHARES)).astype(np.uint8)
    twice = _each(lambda own: _neighbours(np.sort(keys[share == own])), range(_SHARES), len(keys))
    return np.sort(np.concatenate(twice))


def _neighbours(ordered: Keys) -> Keys:
    return distinct_values(ordered[1:][ordered[1:] == ordered[:-1]])


def _select(keys: Sequence[Keys], rows: Sequence[Mask] | Sequence[Rows]) -> list[Keys]:
    return [own[places] for own, places in zip(keys, rows, strict=True)]


def _marker(wanted: Keys) -> Callable[[Keys], Mask]:
    """Return a function that marks the keys that are among `wanted`, which is in ascending order.

    A table of marks by the low bits of a number, of 32 places or more for each that is wanted and
    8 million at most, rules out most others by one look-up; the rest are searched by halving.
    """
    size = min(1 << (32 * len(wanted)).bit_length(), _FILTER)
    mask = np.uint64(size - 1)
    low = np.zeros(size, np.bool_)
    low[wanted & mask] = True

    def marked(keys: Keys) -> Mask:
        marks: Mask = low[keys & mask]
        maybe = np.flatnonzero(marks)
        places = np.minimum(np.searchsorted(wanted, keys[maybe]), len(wanted) - 1)
        marks[maybe] = wanted[places] == keys[maybe]
        return marks

    return marked
