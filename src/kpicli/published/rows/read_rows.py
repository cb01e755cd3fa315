"""Reading the rows of a record from its Parquet file, a column at a time, into columns."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import Struct

from kpicli.loaders.cells.column_codes import small_type
from kpicli.published.rows import arrow
from kpicli.published.rows.columns import (
    CELLS_BYTES,
    KEY_BYTES,
    NO_SOURCE_ROWS,
    WHO_BYTES,
    FigureRows,
    SourceRows,
    Texts,
)
from kpicli.published.rows.digests import CodedDigests, Codes, Digests, nobody, numbered
from kpicli.published.rows.row_file import RowsOf, fields_of

if TYPE_CHECKING:
    import pyarrow.parquet as pq

    from kpicli.published.record import Record


class Rows(Struct, frozen=True):
    """What a row file holds: the rows of sources, and KPIs' states and rows by their names.

    `figures` goes by `RowsOf.name`.
    """

    sources: Mapping[str, SourceRows]
    states: Mapping[str, str]
    figures: Mapping[str, FigureRows]


def read_rows(content: pa.Buffer, record: "Record") -> Rows:
    """Return the rows of a record whose sources and KPIs are known, from the bytes of the file.

    Raises `ValueError` or `pyarrow.ArrowException` for what is no such file, or another record's.
    """
    import pyarrow.parquet as pq  # most records are of few rows, and have no such file

    file = pq.ParquetFile(pa.BufferReader(content))
    if not file.schema_arrow.equals(fields_of(record)):
        raise ValueError("other columns than the record has")
    parts = _parts_of_sources(file, [source.id for source in record.sources])
    return Rows(
        {name: part.source_rows() for name, part in parts.items()},
        {kpi.id: parts[kpi.source].states(kpi.id) if kpi.source else "" for kpi in record.kpis},
        {
            own.name: parts[own.source].figure_rows(own)
            for kpi in record.kpis
            for own in RowsOf.kpi(kpi)
        },
    )


def _parts_of_sources(file: "pq.ParquetFile", sources: Sequence[str]) -> "dict[str, _Part]":
    """Return the part of the file that each source has: whole groups of rows."""
    groups: dict[str, list[int]] = {name: [] for name in sources}
    for number in range(file.num_row_groups):
        column = file.read_row_group(number, ["source"]).column(0)
        names = column.unique().to_pylist()
        if len(names) != 1 or names[0] not in groups:
            raise ValueError("rows of no source, or of several at once")
        groups[names[0]].append(number)
    return {name: _Part(file, own) for name, own in groups.items()}


class _Part(Struct, frozen=True):
    """The rows of one source, in some of the file's groups of rows; each column is read anew.

    So no more than one column is in Arrow's memory, and those of numpy are made once.
    """

    file: "pq.ParquetFile"
    groups: list[int]

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(self.file.metadata.row_group(number).num_rows for number in self.groups)

    def _chunks(self, name: str) -> list[pa.Array]:
        if not self.groups:
            return []
        chunks: list[pa.Array] = self.file.read_row_groups(self.groups, [name]).column(0).chunks
        return chunks

    def source_rows(self) -> SourceRows:
        """Return the rows of the source."""
        if not self.groups:
            return NO_SOURCE_ROWS
        cells = CodedDigests(
            np.arange(self.rows, dtype=np.int32), Digests(self._bytes("cells", CELLS_BYTES))
        )
        files, start = np.empty(self.rows, np.int32), 0
        for chunk in self._chunks("file"):
            _check_filled(chunk)
            files[start : start + len(chunk)] = arrow.read_whole_numbers(chunk)
            start += len(chunk)
        if files.min(initial=0) < 0:
            raise ValueError("a file that has no number")
        small = files.astype(small_type(int(files.max(initial=0)) + 1))
        return SourceRows(Digests(self._bytes("key", KEY_BYTES)), small, cells)

    def states(self, kpi: str) -> str:
        """Return the letter that a KPI gives each row."""
        codes, letters = self._coded(f"kpis.{kpi}.state")
        if (codes < 0).any() or any(len(letter) != 1 for letter in letters):
            raise ValueError("a row without a state, or with one of more than a letter")
        table = np.frombuffer("".join(letters).encode(), np.uint8)
        return table[codes].tobytes().decode() if len(letters) == len(table) else ""

    def figure_rows(self, own: RowsOf) -> FigureRows:
        """Return the rows that a KPI counts, or needs, of the source."""
        figures, memberships = self._coded(f"{own.name}.figures")
        numbers = np.flatnonzero(figures >= 0)
        return FigureRows(
            numbers,
            figures[numbers].astype(small_type(len(memberships))),
            tuple(map(_places, memberships)),
            tuple(self._texts(f"values.{name}", numbers) for name in own.columns),
            self._truths(f"{own.name}.numerator")[numbers],
            self._persons(f"{own.name}.who", numbers),
        )

    def _bytes(self, name: str, size: int) -> npt.NDArray[np.uint8]:
        raw, start = np.empty((self.rows, size), np.uint8), 0
        for chunk in self._chunks(name):
            _check_filled(chunk)
            raw[start : start + len(chunk)] = arrow.read_bytes(chunk)
            start += len(chunk)
        return raw

    def _coded(self, name: str) -> tuple[Codes, list[str]]:
        """Return codes (-1: none) that are of the same values in all groups of rows."""
        known: dict[str, int] = {}
        codes, start = np.empty(self.rows, np.int32), 0
        for chunk in self._chunks(name):
            own, values = arrow.read_coded(chunk)
            table = [known.setdefault(value, len(known)) for value in values]
            codes[start : start + len(chunk)] = np.array([*table, -1], np.int32)[own]
            start += len(chunk)
        return codes, list(known)

    def _texts(self, name: str, rows: npt.NDArray[np.int64]) -> Texts:
        codes, values = self._coded(name)
        return Texts(codes[rows].astype(small_type(len(values))), tuple(values))

    def _truths(self, name: str) -> npt.NDArray[np.bool_]:
        chunks = [arrow.read_truths(chunk) for chunk in self._chunks(name)]
        return np.concatenate([np.empty(0, np.bool_), *chunks])

    def _persons(self, name: str, rows: npt.NDArray[np.int64]) -> CodedDigests:
        """Return whose rows they are, each digest once."""
        chunks = self._chunks(name)
        if all(chunk.null_count == len(chunk) for chunk in chunks):
            return nobody(len(rows))
        somebody = np.concatenate([arrow.there(chunk) for chunk in chunks])[rows]
        raw = np.concatenate([arrow.read_bytes(chunk) for chunk in chunks])[rows[somebody]]
        (numbers,), count = numbered(Digests(raw))
        distinct = np.empty((count, WHO_BYTES), np.uint8)
        distinct[numbers] = raw
        codes = np.full(len(rows), -1, np.int32)
        codes[somebody] = numbers
        return CodedDigests(codes, Digests(distinct))


def _check_filled(chunk: pa.Array) -> None:
    if chunk.null_count:
        raise ValueError("a row without key, file or cells")


def _places(written: str) -> tuple[int, ...]:
    """Return places of figures; `ValueError` for what is none."""
    places = tuple(map(int, written.split()))
    if any(place < 0 for place in places):
        raise ValueError("a figure that is no place")
    return places
