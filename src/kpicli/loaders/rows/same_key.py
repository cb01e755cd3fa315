"""The second look at rows that share a key number: whether keys and contents are the same.

First whole runs of rows are compared as bytes, then single rows by digests, then cell by cell.
"""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import Rows
from kpicli.loaders.cells.raw_table import Records
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.shared_keys import Repeated
from kpicli.values.distinct_values import distinct_values
from kpicli.values.folding import fold

if TYPE_CHECKING:
    from kpicli.loaders.rows.joining import Joined


_SHORT, _LONG = 16, 1024
"""Fewer rows are not worth it; of more, the bytes are not held at once."""
_BLOCK = 1 << 14
"""So many rows of a file are looked through at once for some that stand apart."""


class ExactDuplicates(Struct, frozen=True):
    """Which groups of rows are the same record to the letter, and the rows of them but the first.

    `groups` has a mark per group, `later` one per row of the repeated rows.
    """

    groups: Mask
    later: Mask


def exact_duplicates(joined: "Joined", repeated: Repeated) -> ExactDuplicates:
    """Return which rows are the same to the letter: most of those that overlapping exports repeat.

    They need no reading cell by cell. Rows of files of different form, and of workbooks, are never
    marked here.
    """
    rows, starts = repeated.rows, repeated.starts
    if not len(rows):
        return ExactDuplicates(np.zeros(0, np.bool_), np.zeros(0, np.bool_))
    # Rows [7, 90, 8, 91, 92] with starts [0, 2] are the groups 7, 90 and 8, 91, 92: `group` is
    # [0, 0, 1, 1, 1], and `first` has [0, 0, 2, 2, 2], the places of 7 and of 8. Every row is
    # compared with the first of its group: 90 with 7, 91 and 92 with 8.
    group = np.zeros(len(rows), np.int64)
    group[starts[1:]] = 1
    group = np.cumsum(group)
    first = starts[group]
    same = first == np.arange(len(rows))
    pairs = np.flatnonzero(~same)
    same[pairs] = same_in_runs(joined, rows[first[pairs]], rows[pairs])
    # A group is done where all of its rows are the same; of the others all are digested, as
    # 91 and 92 may be the same though 8 is not.
    groups: Mask = np.logical_and.reduceat(same, starts)
    rest = np.flatnonzero(~groups[group])
    if len(rest):
        same[rest] = _same_digests(joined, rows[rest], np.searchsorted(rest, first[rest]))
        groups = np.logical_and.reduceat(same, starts)
    later = groups[group]
    later[starts] = False
    return ExactDuplicates(groups, later)


def same_in_runs(joined: "Joined", rows: Rows, others: Rows) -> Mask:
    """Return marks of the pairs of rows that are the same to the letter, in long runs of rows.

    A run are rows that stand one after the other in one file, as do those they are paired with.
    Its bytes are compared in one go, record against record. What is not marked may still be the
    same: pairs that stand alone, rows of workbooks, of files of different form, or whose line ends
    differ.
    """
    same = np.zeros(len(rows), np.bool_)
    order = np.argsort(others, kind="stable")
    for start, stop in _runs(joined, rows[order], others[order]):
        for begin in range(start, stop, _LONG):
            places = order[begin : min(begin + _LONG, stop)]
            same[places] = _same(joined, rows[places], others[places])
    return same


def _runs(joined: "Joined", rows: Rows, others: Rows) -> Iterator[tuple[int, int]]:
    """Yield the places at which a run of the pairs, ordered by `others`, begins and ends."""
    # Rows [90, 91, 92, 95] against [7, 8, 9, 10] break between 92 and 95, as one side jumps there.
    broken = np.zeros(max(len(rows) - 1, 0), np.bool_)
    for side in (rows, others):
        broken |= (np.diff(side) != 1) | (np.diff(joined.files_of(side)) != 0)
    borders = np.concatenate(([0], np.flatnonzero(broken) + 1, [len(rows)]))
    long = np.flatnonzero(np.diff(borders) >= _SHORT)
    return zip(borders[long].tolist(), borders[long + 1].tolist(), strict=True)


def _same(joined: "Joined", rows: Rows, others: Rows) -> Mask:
    """Return marks of the pairs of one run whose records have the same bytes."""
    same = np.zeros(len(rows), np.bool_)
    records = [joined.records(int(side[0]), len(side)) for side in (rows, others)]
    if records[0] is None or records[1] is None or records[0].form != records[1].form:
        return same
    one, other = records[0], records[1]
    same_length = np.diff(one.starts) == np.diff(other.starts)
    # Lengths [20, 21, 20] and [20, 25, 20] are compared in two parts, the first record and the
    # third: after the second, the bytes of one side would stand against others of the other.
    borders = np.concatenate(([0], np.flatnonzero(np.diff(same_length)) + 1, [len(rows)])).tolist()
    for start, stop in pairwise(borders):
        if same_length[start]:
            same[start:stop] = _equal_records(one, other, start, stop)
    return same


def _equal_records(one: Records, other: Records, start: int, stop: int) -> Mask:
    """Return marks of the records, of equal length one by one, whose bytes are equal."""
    own, its = one.between(start, stop), other.between(start, stop)
    equal = np.ones(stop - start, np.bool_)
    if own != its:
        # A byte that differs at offset 30 of records that end at 20, 41, 61 lies in record 1.
        differ = np.flatnonzero(np.frombuffer(own, np.uint8) != np.frombuffer(its, np.uint8))
        ends = one.starts[start + 1 : stop + 1] - one.starts[start]
        equal[np.searchsorted(ends, differ, side="right")] = False
    return equal


def _same_digests(joined: "Joined", rows: Rows, first: Rows) -> Mask:
    """Return marks of the rows that are the same as the one at the place that `first` names."""
    digests, known = _digests(joined, rows)
    same: Mask = known & known[first] & (digests == digests[first]).all(axis=1)
    return same


def _digests(joined: "Joined", rows: Rows) -> tuple[npt.NDArray[np.uint64], Mask]:
    """Return, per row, 16 bytes of digest and a number of its form, and which rows have one.

    The shape of the first is (rows, 3). Line ends do not count: the last row may lack its own.
    """
    digests = np.zeros((len(rows), 3), np.uint64)
    known = np.zeros(len(rows), np.bool_)
    forms: dict[object, int] = {}
    order = np.argsort(rows, kind="stable")
    for group in np.split(order, _group_borders(joined, rows[order])):
        if not len(group):
            continue
        first, last = int(rows[group[0]]), int(rows[group[-1]])
        records = joined.records(first, last + 1 - first)
        if records is not None:
            starts, places = records.starts.tolist(), (rows[group] - first).tolist()
            own = b"".join(_digest(records.data[starts[n] : starts[n + 1]]) for n in places)
            digests[group, :2] = np.frombuffer(own, np.uint64).reshape(-1, 2)
            digests[group, 2] = forms.setdefault(records.form, len(forms))
            known[group] = True
    return digests, known


def _digest(record: bytes) -> bytes:
    return blake2b(record.rstrip(b"\r\n"), digest_size=16).digest()


def _group_borders(joined: "Joined", rows: Rows) -> Rows:
    """Return where ascending rows are cut, so that each group lies close together in one file.

    The bytes of a group, those of the rows between its own included, are held at once.
    """
    files = joined.files_of(rows)
    blocks = (rows - joined.firsts[files]) // _BLOCK
    return np.flatnonzero((np.diff(files) != 0) | (np.diff(blocks) != 0)) + 1


class Contents:
    """The contents of some rows, column by column: cells that have no value are read again."""

    def __init__(self, joined: "Joined", groups: Sequence[Rows]) -> None:
        names = list(joined.source.columns)
        rows = distinct_values(np.concatenate(groups)) if groups else np.zeros(0, np.int64)
        cells = _contents(joined, rows, names)
        self._key = [names.index(name) for name in joined.source.key]
        self._of: dict[int, tuple[object, ...]] = dict(
            zip(rows.tolist(), zip(*cells, strict=True), strict=True)
        )

    def of(self, row: int) -> tuple[object, ...]:
        """Return the declared columns of a row, normalised; what cannot be read as its text."""
        return self._of[row]

    def by_key(self, group: Rows) -> list[Rows]:
        """Return the rows of a group key by key, in order: two keys may share a number."""
        by_key: dict[tuple[object, ...], list[int]] = {}
        for row in group.tolist():
            content = self._of[row]
            by_key.setdefault(tuple(content[place] for place in self._key), []).append(row)
        return [np.array(rows) for rows in by_key.values() if len(rows) > 1]


def _contents(joined: "Joined", rows: Rows, names: Sequence[str]) -> list[list[object]]:
    """Return the columns of some rows: values, or texts folded as they are compared."""
    own = [name for name in names if name in joined.pieced and name != joined.source.lone_key]
    read = {name: joined.read(rows, name) for name in own}
    unread = [name for name in names if name not in read or None in read[name]]
    texts = joined.texts(rows.tolist(), unread)
    contents: list[list[object]] = []
    for name in names:
        values = read.get(name, [None] * len(rows))
        if name not in texts:
            contents.append(list(values))
            continue
        if joined.source.columns[name].type == "id":
            folded = joined.identifiers(rows, name, texts[name])
        else:
            folded = [fold(text) for text in texts[name]]
        pairs = zip(values, folded, strict=True)
        contents.append([own if value is None else value for value, own in pairs])
    return contents
