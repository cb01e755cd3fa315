"""Rows of a source then and now, matched by the digests of their keys."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.faults import Place
from kpicli.loaders.rows.dataset import Dataset
from kpicli.published.record import FrozenFile, FrozenSource, Record
from kpicli.reconcile.row_trace import SourceTrace

if TYPE_CHECKING:
    from kpicli.reconcile.observation import Observation


SHORT = 8
"""So many characters of a digest are shown."""


class Matched(Struct, frozen=True, dict=True):
    """A source as frozen and as it is: rows by the digest of their key.

    Where several rows share a key, one that is not faulty stands for it.
    """

    frozen: FrozenSource
    files: Sequence[FrozenFile]
    now: SourceTrace
    dataset: Dataset

    @cached_property
    def then_by_id(self) -> Mapping[str, int]:
        """Return the number that a row had, by digest."""
        return {row[0]: number for number, row in reversed(list(enumerate(self.frozen.rows)))}

    @cached_property
    def now_by_id(self) -> Mapping[str, int]:
        """Return the number that a row has, by digest."""
        rows = list(enumerate(self.now.ids))
        rows.sort(key=lambda row: not self.dataset.faulty[row[0]])
        return {name: number for number, name in rows}

    @cached_property
    def _read_now(self) -> frozenset[str]:
        return frozenset(file.sha256 for file in self.dataset.files)

    @property
    def same_columns(self) -> bool:
        """Return whether every column that was digested then still exists."""
        return all(name in self.dataset.source.known for name in self.frozen.columns)

    def file_then(self, then: int) -> FrozenFile:
        """Return the file that a row stood in."""
        return self.files[self.frozen.rows[then][1]]

    def place(self, now: int) -> Place:
        """Return where a row stands."""
        return self.dataset.place(now)

    def unchanged(self, then: int, now: int) -> bool:
        """Tell whether a row says what it said: the file is the same, or what was read of it."""
        file = self.dataset.files[self.now.files[now]]
        if file.sha256 == self.file_then(then).sha256:
            return True
        return self.same_columns and self.frozen.rows[then][2] == self.now.cells[now]

    def superseded(self, then: int, now: int) -> bool:
        """Tell whether the row's old file is still read, but the row counts as another has it."""
        old, new = self.file_then(then).sha256, self.dataset.files[self.now.files[now]].sha256
        return old != new and old in self._read_now


def match(record: Record, observation: "Observation") -> dict[str, Matched]:
    """Return every source that was frozen and is still there under the same key columns."""
    found: dict[str, Matched] = {}
    for frozen in record.sources:
        dataset = observation.datasets.get(frozen.id)
        if dataset is not None and dataset.source.key == frozen.key:
            files = [file for file in record.files if file.source == frozen.id]
            now = observation.source(frozen.id, frozen.columns)
            found[frozen.id] = Matched(frozen, files, now, dataset)
    return found
