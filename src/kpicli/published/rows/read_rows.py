"""Reading the rows of a record from its Parquet file, some at a time, into columns."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
from msgspec import Struct

from kpicli.published.rows import arrow
from kpicli.published.rows.columns import (
    CELLS_BYTES,
    KEY_BYTES,
    WHO_BYTES,
    FigureRows,
    SourceRows,
    Texts,
)
from kpicli.published.rows.digests import CodedDigests, Codes, Digests, numbered
from kpicli.published.rows.row_file import RowsOf, fields_of

if TYPE_CHECKING:
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
    file = pq.ParquetFile(pa.BufferReader(content))
    if not file.schema_arrow.equals(fields_of(record)):
        raise ValueError("other columns than the record has")
    sources = {source.id: _Source() for source in record.sources}
    states: dict[str, list[str]] = {kpi.id: [] for kpi in record.kpis}
    groups = [own for kpi in record.kpis for own in RowsOf.kpi(kpi)]
    figures = {own.name: _Figures(own) for own in groups}
    for number in range(file.num_row_groups):
        part = {
            name: column.combine_chunks()
            for name, column in zip(
                file.schema_arrow.names, file.read_row_group(number).columns, strict=True
            )
        }
        names = part["source"].unique().to_pylist()
        if len(names) != 1 or names[0] not in sources:
            raise ValueError("rows of no source, or of several at once")
        (name,) = names
        first = sources[name].rows
        sources[name].add(part)
        for kpi in record.kpis:
            if kpi.source == name:
                states[kpi.id].append(_letters(part[f"kpis.{kpi.id}.state"]))
        for own in groups:
            if own.source == name:
                figures[own.name].add(part, first)
    return Rows(
        {name: own.joined() for name, own in sources.items()},
        {name: "".join(letters) for name, letters in states.items()},
        {name: own.joined() for name, own in figures.items()},
    )


def _letters(column: pa.DictionaryArray) -> str:
    codes, letters = arrow.read_coded(column)
    if (codes < 0).any():
        raise ValueError("a row without a state")
    table = np.frombuffer("".join(letters).encode(), np.uint8)
    if len(table) != len(letters):
        raise ValueError("a state of more than one letter")
    return table[codes].tobytes().decode()


class _Source:
    """The rows of a source, as they are read."""

    def __init__(self) -> None:
        self.rows = 0
        self.keys = [np.empty((0, KEY_BYTES), np.uint8)]
        self.files = [np.empty(0, np.int32)]
        self.cells = [np.empty((0, CELLS_BYTES), np.uint8)]

    def add(self, part: Mapping[str, pa.Array]) -> None:
        """Take the rows of a part."""
        if any(part[name].null_count for name in ("key", "file", "cells")):
            raise ValueError("a row without key, file or cells")
        self.keys.append(arrow.read_bytes(part["key"]))
        self.files.append(arrow.read_whole_numbers(part["file"]))
        if self.files[-1].min(initial=0) < 0:
            raise ValueError("a file that has no number")
        self.cells.append(arrow.read_bytes(part["cells"]))
        self.rows += len(part["key"])

    def joined(self) -> SourceRows:
        """Return the rows of all parts."""
        cells = Digests(np.concatenate(self.cells))
        own = CodedDigests(np.arange(len(cells), dtype=np.int32), cells)
        return SourceRows(Digests(np.concatenate(self.keys)), np.concatenate(self.files), own)


class _Coded:
    """A column of values, as it is read: the codes of all parts are of the same values."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.codes = [np.empty(0, np.int32)]

    def add(self, column: pa.DictionaryArray, rows: npt.NDArray[np.int64]) -> None:
        """Take some rows of a part."""
        codes, values = arrow.read_coded(column)
        table = [self.known.setdefault(value, len(self.known)) for value in values]
        self.codes.append(np.array([*table, -1], np.int32)[codes[rows]])

    def joined(self) -> Codes:
        """Return the codes of all parts."""
        return np.concatenate(self.codes)


class _Figures:
    """The rows of a KPI, or those that it needs of another source, as they are read."""

    def __init__(self, own: RowsOf) -> None:
        self.own = own
        self.numbers = [np.empty(0, np.int64)]
        self.figures = _Coded()
        self.values = [_Coded() for _ in own.columns]
        self.numerator = [np.empty(0, np.bool_)]
        self.who = [np.empty((0, WHO_BYTES), np.uint8)]
        self.somebody = [np.empty(0, np.bool_)]

    def add(self, part: Mapping[str, pa.Array], first: int) -> None:
        """Take the rows of a part, the first of which has this number in the source."""
        name, column = self.own.name, part[f"{self.own.name}.figures"]
        rows = np.flatnonzero(arrow.there(column.indices))
        self.numbers.append(rows + first)
        self.figures.add(column, rows)
        for shown, values in zip(self.own.columns, self.values, strict=True):
            values.add(part[f"values.{shown}"], rows)
        self.numerator.append(arrow.read_truths(part[f"{name}.numerator"])[rows])
        who = part[f"{name}.who"]
        self.who.append(arrow.read_bytes(who)[rows])
        self.somebody.append(arrow.there(who)[rows])

    def joined(self) -> FigureRows:
        """Return the rows of all parts."""
        return FigureRows(
            np.concatenate(self.numbers),
            self.figures.joined(),
            tuple(map(_places, self.figures.known)),
            tuple(Texts(values.joined(), tuple(values.known)) for values in self.values),
            np.concatenate(self.numerator),
            self._persons(),
        )

    def _persons(self) -> CodedDigests:
        """Return whose rows they are, each digest once."""
        raw, somebody = np.concatenate(self.who), np.concatenate(self.somebody)
        numbers, count = numbered(Digests(raw[somebody]))
        distinct = np.empty((count, WHO_BYTES), np.uint8)
        distinct[numbers] = raw[somebody]
        codes = np.full(len(raw), -1, np.int32)
        codes[somebody] = numbers
        return CodedDigests(codes, Digests(distinct))


def _places(written: str) -> tuple[int, ...]:
    """Return places of figures; `ValueError` for what is none."""
    places = tuple(map(int, written.split()))
    if any(place < 0 for place in places):
        raise ValueError("a figure that is no place")
    return places
