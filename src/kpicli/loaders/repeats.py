"""Looking again at rows that share a key number: whether their keys and contents are one."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.distinct_values import distinct_values
from kpicli.loaders.columns import UNREADABLE, Rows
from kpicli.loaders.dataset import Mask
from kpicli.loaders.joining import Joined
from kpicli.loaders.shared_keys import Repeated
from kpicli.loaders.stretches import same_in_stretches
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
    """The contents of some rows, column by column: cells that have no code are read again."""

    def __init__(self, joined: Joined, groups: Sequence[Rows]) -> None:
        self._joined = joined
        self._rows = distinct_values(np.concatenate(groups)) if groups else np.zeros(0, np.int64)
        self._texts = self._read(
            [
                name
                for name, column in joined.source.columns.items()
                if column.type == "free_text"
                or name == joined.source.lone_key
                or self._unreadable(name)
            ]
        )

    def of(self, row: int) -> tuple[object, ...]:
        """Return the declared columns of a row, normalised; what cannot be read as its text."""
        return tuple(self._value(row, name) for name in self._joined.source.columns)

    def by_key(self, group: Rows) -> list[Rows]:
        """Return the rows of a group key by key, in order: two keys may share a number."""
        found: dict[tuple[object, ...], list[int]] = {}
        for row in group.tolist():
            key = tuple(self._value(row, name) for name in self._joined.source.key)
            found.setdefault(key, []).append(row)
        return [np.array(rows) for rows in found.values() if len(rows) > 1]

    def _value(self, row: int, name: str) -> object:
        codes = self._joined.codes.get(name)
        if codes is None or name == self._joined.source.lone_key or codes[row] == UNREADABLE:
            return self._texts[name][row]
        return int(codes[row])

    def _unreadable(self, name: str) -> bool:
        return bool((self._joined.codes[name][self._rows] == UNREADABLE).any())

    def _read(self, names: Sequence[str]) -> dict[str, dict[int, str]]:
        """Return the folded text of every row in each column; ids as ids are compared."""
        rows = self._rows.tolist()
        columns = self._joined.columns(rows, names)
        kinds = {name: self._joined.source.columns[name].type for name in names}
        return {
            name: dict(zip(rows, map(_id if kinds[name] == "id" else fold, texts), strict=True))
            for name, texts in columns.items()
        }


def _id(text: str) -> str:
    try:
        return identifier(text)
    except SavedByExcel:
        return fold(text)
