"""Looking again at rows that share a key number: whether their keys and contents are one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.columns import Rows
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.shared_keys import Repeated
from kpicli.loaders.rows.stretches import same_in_stretches
from kpicli.values.distinct_values import distinct_values
from kpicli.values.folding import fold
from kpicli.values.identifiers import SavedByExcel, identifier


class Alike(Struct, frozen=True):
    """Which groups of rows are the same record to the letter, and the rows of them but the first.

    `groups` has a mark per group, `later` one per row of the repeated rows.
    """

    groups: Mask
    later: Mask


def alike(joined: Joined, repeated: Repeated) -> Alike:
    """Tell which rows are the same to the letter: most of those that overlapping exports repeat.

    They need no reading cell by cell. Rows of files of different form, and of workbooks, are never
    called alike here.
    """
    rows, starts = repeated.rows, repeated.starts
    if not len(rows):
        return Alike(np.zeros(0, np.bool_), np.zeros(0, np.bool_))
    group = np.zeros(len(rows), np.int64)
    group[starts[1:]] = 1
    group = np.cumsum(group)
    first = starts[group]
    same = first == np.arange(len(rows))
    pairs = np.flatnonzero(~same)
    same[pairs] = same_in_stretches(joined, rows[first[pairs]], rows[pairs])
    groups: Mask = np.logical_and.reduceat(same, starts)
    rest = np.flatnonzero(~groups[group])
    if len(rest):
        same[rest] = _same_prints(joined, rows[rest], np.searchsorted(rest, first[rest]))
        groups = np.logical_and.reduceat(same, starts)
    later = groups[group]
    later[starts] = False
    return Alike(groups, later)


def _same_prints(joined: Joined, rows: Rows, first: Rows) -> Mask:
    """Mark the rows that are the same as the one at the place that `first` names."""
    prints, known = _fingerprints(joined, rows)
    same: Mask = known & known[first] & (prints == prints[first]).all(axis=1)
    return same


def _fingerprints(joined: Joined, rows: Rows) -> tuple[npt.NDArray[np.uint64], Mask]:
    """Return 16 bytes of fingerprint and a number of its form per row, and which rows have one."""
    prints = np.zeros((len(rows), 3), np.uint64)
    known = np.zeros(len(rows), np.bool_)
    forms: dict[object, int] = {}
    for part, here, numbers in joined.by_file(rows):
        own = part.table.fingerprints(numbers.tolist())
        if own is not None:
            prints[here, :2] = np.frombuffer(b"".join(own), np.uint64).reshape(-1, 2)
            prints[here, 2] = forms.setdefault((part.table.form, part.synonyms), len(forms))
            known[here] = True
    return prints, known


class Contents:
    """The contents of some rows, column by column: cells that have no value are read again."""

    def __init__(self, joined: Joined, groups: Sequence[Rows]) -> None:
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
        found: dict[tuple[object, ...], list[int]] = {}
        for row in group.tolist():
            content = self._of[row]
            found.setdefault(tuple(content[place] for place in self._key), []).append(row)
        return [np.array(rows) for rows in found.values() if len(rows) > 1]


def _contents(joined: Joined, rows: Rows, names: Sequence[str]) -> list[list[object]]:
    """Return the columns of some rows: values, or texts folded as they are compared."""
    own = [name for name in names if name in joined.pieced and name != joined.source.lone_key]
    read = {name: joined.read(rows, name) for name in own}
    unread = [name for name in names if name not in read or None in read[name]]
    texts = joined.columns(rows.tolist(), unread)
    found: list[list[object]] = []
    for name in names:
        values = read.get(name, [None] * len(rows))
        folded = _id if joined.source.columns[name].type == "id" else fold
        found.append(
            [
                folded(texts[name][place]) if value is None else value
                for place, value in enumerate(values)
            ]
        )
    return found


def _id(text: str) -> str:
    try:
        return identifier(text)
    except SavedByExcel:
        return fold(text)
