"""Rows of a source then and now, matched by the digests of their keys."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.faults import Place
from kpicli.loaders.rows.dataset import Dataset
from kpicli.published.record import FrozenFile, FrozenSource, Record
from kpicli.published.rows.digests import Codes, numbered
from kpicli.published.secret import Secret
from kpicli.reconcile.rows.source_trace import SourceTrace

if TYPE_CHECKING:
    from kpicli.reconcile.observation import Observation


Rows = npt.NDArray[np.int64]

SHORT = 8
"""So many characters of a digest are shown."""


class Matched(Struct, frozen=True, dict=True):
    """A source as frozen and as it is: rows by the digest of their key."""

    frozen: FrozenSource
    files: Sequence[FrozenFile]
    now: SourceTrace
    dataset: Dataset

    @cached_property
    def _groups(self) -> tuple[list[Codes], int]:
        """Return a number for the key of each row, then and now; how many keys there are."""
        return numbered(self.frozen.rows.ids, self.now.rows.ids)

    @property
    def groups_then(self) -> Codes:
        """Return a number for each row as frozen: a row of the same key has the same, now too."""
        return self._groups[0][0]

    @property
    def groups_now(self) -> Codes:
        """Return that number for each row as it is."""
        return self._groups[0][1]

    @property
    def groups(self) -> int:
        """Return how many such numbers there are."""
        return self._groups[1]

    @cached_property
    def then_of(self) -> Codes:
        """Return, by those numbers, the first row that had the key; -1 where none had."""
        rows = np.full(self.groups, -1, np.int32)
        places = np.arange(len(self.groups_then), dtype=np.int32)
        rows[self.groups_then[::-1]] = places[::-1]  # the last one stays
        return rows

    @cached_property
    def now_of(self) -> Codes:
        """Return, by those numbers, the last row that has the key, rather one that is not faulty.

        -1 where none has it.
        """
        rows, faulty = np.full(self.groups, -1, np.int32), self.dataset.faulty
        rows[self.groups_now] = np.arange(len(self.groups_now), dtype=np.int32)  # the last stays
        if faulty.any():
            sound = np.flatnonzero(~faulty)
            rows[self.groups_now[sound]] = sound
        return rows

    @cached_property
    def _read_now(self) -> frozenset[str]:
        return frozenset(file.sha256 for file in self.dataset.files)

    @property
    def same_columns(self) -> bool:
        """Return whether every column that was digested then still exists."""
        return all(name in self.dataset.source.known for name in self.frozen.columns)

    def file_then(self, then: int) -> FrozenFile:
        """Return the file that a row stood in."""
        return self.files[int(self.frozen.rows.files[then])]

    def place(self, now: int) -> Place:
        """Return where a row stands."""
        return self.dataset.place(now)

    def unchanged(self, then: int, now: int) -> bool:
        """Tell whether a row says what it said: the file is the same, or what was read of it."""
        file = self.dataset.files[self.now.rows.files[now]]
        if file.sha256 == self.file_then(then).sha256:
            return True
        cells, own = self.frozen.rows.cells, self.now.rows.cells
        return self.same_columns and cells.hex(then) == own.hex(now)

    def superseded(self, then: int, now: int) -> bool:
        """Tell whether the row's old file is still read, but the row counts as another has it."""
        old, new = self.file_then(then).sha256, self.dataset.files[self.now.rows.files[now]].sha256
        return old != new and old in self._read_now


def match(record: Record, observation: "Observation", secret: Secret) -> dict[str, Matched]:
    """Return every source that was frozen and is still there under the same key columns."""
    found: dict[str, Matched] = {}
    for frozen in record.sources:
        dataset = observation.datasets.get(frozen.id)
        if dataset is not None and dataset.source.key == frozen.key:
            files = [file for file in record.files if file.source == frozen.id]
            now = observation.source(frozen.id, secret, frozen.columns)
            found[frozen.id] = Matched(frozen, files, now, dataset)
    return found
