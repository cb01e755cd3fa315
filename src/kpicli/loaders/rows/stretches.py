"""Rows that overlapping exports repeat one after the other: whole stretches compared at once."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from kpicli.loaders.cells.columns import Rows
from kpicli.loaders.cells.raw_table import Records
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined

_SHORT, _LONG = 16, 1024
"""Fewer rows are not worth it; of more, the bytes are not held at once."""


def same_in_stretches(joined: Joined, rows: Rows, others: Rows) -> Mask:
    """Mark the pairs of rows that are the same to the letter, where many follow one another.

    A stretch are rows that stand one after the other in one file, as do those they are paired with.
    Its bytes are compared in one go, record against record. What is not marked may still be the
    same: pairs that stand alone, rows of workbooks, of files of different form, or whose line ends
    differ.
    """
    same = np.zeros(len(rows), np.bool_)
    order = np.argsort(others, kind="stable")
    for start, stop in _stretches(joined, rows[order], others[order]):
        for begin in range(start, stop, _LONG):
            places = order[begin : min(begin + _LONG, stop)]
            same[places] = _same(joined, rows[places], others[places])
    return same


def _stretches(joined: Joined, rows: Rows, others: Rows) -> Iterator[tuple[int, int]]:
    """Yield the places at which a stretch of the pairs, ordered by `others`, begins and ends."""
    broken = np.zeros(max(len(rows) - 1, 0), np.bool_)
    for side in (rows, others):
        broken |= (np.diff(side) != 1) | (np.diff(joined.files_of(side)) != 0)
    borders = np.concatenate(([0], np.flatnonzero(broken) + 1, [len(rows)]))
    long = np.flatnonzero(np.diff(borders) >= _SHORT)
    return zip(borders[long].tolist(), borders[long + 1].tolist(), strict=True)


def _same(joined: Joined, rows: Rows, others: Rows) -> Mask:
    """Mark the pairs of one stretch whose records have the same bytes."""
    same = np.zeros(len(rows), np.bool_)
    found = [joined.records(int(side[0]), len(side)) for side in (rows, others)]
    if found[0] is None or found[1] is None or found[0].form != found[1].form:
        return same
    one, other = found[0], found[1]
    alike = np.diff(one.starts) == np.diff(other.starts)
    # Between two records of unequal length, bytes stand against the right ones.
    borders = np.concatenate(([0], np.flatnonzero(np.diff(alike)) + 1, [len(rows)])).tolist()
    for start, stop in pairwise(borders):
        if alike[start]:
            same[start:stop] = _equal_records(one, other, start, stop)
    return same


def _equal_records(one: Records, other: Records, start: int, stop: int) -> Mask:
    """Mark the records, of equal length one by one, whose bytes are equal."""
    own, its = one.between(start, stop), other.between(start, stop)
    equal = np.ones(stop - start, np.bool_)
    if own != its:
        differ = np.flatnonzero(np.frombuffer(own, np.uint8) != np.frombuffer(its, np.uint8))
        ends = one.starts[start + 1 : stop + 1] - one.starts[start]
        equal[np.searchsorted(ends, differ, side="right")] = False
    return equal
