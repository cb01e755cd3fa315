"""The rows of a record in a Parquet file beside it: a row for every row of every source.

    source  key   file  cells  kpis.voices.state  kpis.voices.figures  values.received_on
    voices  (12)  0     (6)    c                  0 1                  2025-04-01
    voices  (12)  0     (6)    o                  -                    -

Keys, cells and persons are digests; `figures` are places in the KPI's list of figures, none where
the KPI does not count the row. What KPIs show of a row stands once, under `values`, and only where
one counts it that shows it. A KPI that needs rows of another source has columns
`kpis.….others.figures` and so on for those. The rows of a source follow each other.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text
from kpicli.published.rows import arrow
from kpicli.published.rows.columns import (
    CELLS_BYTES,
    KEY_BYTES,
    LETTERS,
    WHO_BYTES,
    FigureRows,
    Texts,
)

if TYPE_CHECKING:
    from kpicli.published.record import FrozenKpi, FrozenSource, Record

ROWS_AT_ONCE = 1 << 18
"""So many rows are written together, and read."""
_TEXT = pa.dictionary(pa.int32(), pa.string())


class RowsOf(Struct, frozen=True):
    """Rows of one source that a KPI counts or needs: where they stand, and what is shown of them.

    `name` begins the names of their own columns in the file.
    """

    name: str
    source: str
    columns: tuple[str, ...]
    rows: FigureRows

    @classmethod
    def kpi(cls, kpi: "FrozenKpi") -> "Iterator[RowsOf]":
        """Yield the rows that a KPI counts, and those of the other source that it needs."""
        if kpi.source is not None:
            yield cls(f"kpis.{kpi.id}", kpi.source, kpi.columns, kpi.rows)
        if kpi.roster is not None:
            other = kpi.roster
            yield cls(f"kpis.{kpi.id}.others", other.source, other.columns, other.rows)


def fields_of(record: "Record") -> pa.Schema:
    """Return the columns that the rows of a record have in the file."""
    fields = [
        pa.field("source", _TEXT),
        pa.field("key", pa.binary(KEY_BYTES)),
        pa.field("file", pa.int32()),
        pa.field("cells", pa.binary(CELLS_BYTES)),
    ]
    shown: dict[str, None] = {}
    for kpi in record.kpis:
        if kpi.source is not None:
            fields.append(pa.field(f"kpis.{kpi.id}.state", _TEXT))
        for own in RowsOf.kpi(kpi):
            fields += [
                pa.field(f"{own.name}.figures", _TEXT),
                pa.field(f"{own.name}.numerator", pa.bool_()),
                pa.field(f"{own.name}.who", pa.binary(WHO_BYTES)),
            ]
            shown |= dict.fromkeys(own.columns)
    return pa.schema([*fields, *(pa.field(f"values.{name}", _TEXT) for name in shown)])


def write_rows(record: "Record", stream: BinaryIO) -> None:
    """Write the rows of a record, as many at once as `ROWS_AT_ONCE`; raises `OSError`."""
    import pyarrow.parquet as pq  # most records are of few rows, and have no such file

    schema = fields_of(record)
    coded = [field.name for field in schema if field.name not in ("key", "file")]
    with pq.ParquetWriter(
        stream, schema, compression="zstd", use_dictionary=coded, write_statistics=False
    ) as writer:
        for source in record.sources:
            groups = [own for kpi in record.kpis for own in RowsOf.kpi(kpi)]
            parts = _Parts(record, source, [own for own in groups if own.source == source.id])
            for start in range(0, len(source.rows), ROWS_AT_ONCE):
                stop = min(start + ROWS_AT_ONCE, len(source.rows))
                columns = parts.between(start, stop)
                none = (
                    columns.get(field.name) or pa.nulls(stop - start, field.type)
                    for field in schema
                )
                writer.write_table(pa.table(list(none), schema), ROWS_AT_ONCE)


class _Parts:
    """The rows of a source, some at a time, as columns of the file."""

    def __init__(self, record: "Record", source: "FrozenSource", groups: Sequence[RowsOf]) -> None:
        self.source, self.groups = source, groups
        self.kpis = [kpi for kpi in record.kpis if kpi.source == source.id]
        self.shown: dict[str, dict[str, int]] = {}
        for own in groups:
            _check_order(own)
            for name, texts in zip(own.columns, own.rows.values, strict=True):
                known = self.shown.setdefault(name, {})
                for text in texts.distinct:
                    known.setdefault(text, len(known))

    def between(self, start: int, stop: int) -> dict[str, pa.Array]:
        """Return the columns of the rows from `start` up to, not including, `stop`."""
        rows, size = self.source.rows, stop - start
        nothing = np.zeros(size, np.int32)
        columns = {
            "source": arrow.coded(nothing, arrow.texts([self.source.id])),
            "key": arrow.of_bytes(rows.ids.raw[start:stop]),
            "file": arrow.whole_numbers(rows.files[start:stop]),
            "cells": arrow.of_bytes(rows.cells.distinct.raw[rows.cells.codes[start:stop]]),
        }
        for kpi in self.kpis:
            columns[f"kpis.{kpi.id}.state"] = _letters(kpi.states[start:stop])
        values = {name: np.full(size, -1, np.int32) for name in self.shown}
        given = {name: np.zeros(size, np.bool_) for name in self.shown}
        for own in self.groups:
            first, last = np.searchsorted(own.rows.numbers, (start, stop)).tolist()
            places = own.rows.numbers[first:last] - start
            columns |= _own_columns(own, slice(first, last), places, size)
            for name, texts in zip(own.columns, own.rows.values, strict=True):
                codes = self._codes(name, texts)[texts.codes[first:last]]
                _check_agreement(own, values[name][places], codes, given[name][places])
                values[name][places], given[name][places] = codes, True
        texts_of = {name: arrow.texts(list(known)) for name, known in self.shown.items()}
        return columns | {
            f"values.{name}": arrow.coded(codes, texts_of[name]) for name, codes in values.items()
        }

    def _codes(self, name: str, texts: Texts) -> npt.NDArray[np.int32]:
        """Return the codes of a KPI's values among those of all KPIs; that of none is the last."""
        return np.array([*(self.shown[name][text] for text in texts.distinct), -1], np.int32)


def _own_columns(
    own: RowsOf, some: slice, places: npt.NDArray[np.int64], size: int
) -> dict[str, pa.Array]:
    """Return a KPI's own columns of so many rows, of which it has some at these places."""
    rows = own.rows
    figures, top = np.full(size, -1, np.int32), np.zeros(size, np.bool_)
    figures[places], top[places] = rows.figures[some], rows.numerator[some]
    named = [" ".join(map(str, each)) for each in rows.memberships]
    columns = {
        f"{own.name}.figures": arrow.coded(figures, arrow.texts(named)),
        f"{own.name}.numerator": arrow.truths(top, figures >= 0),
    }
    if len(rows.who.distinct):
        raw, somebody = np.zeros((size, WHO_BYTES), np.uint8), np.zeros(size, np.bool_)
        raw[places] = rows.who.distinct.raw[rows.who.codes[some]]
        somebody[places] = rows.who.codes[some] >= 0
        columns[f"{own.name}.who"] = arrow.of_bytes(raw, somebody)
    return columns


def _letters(states: str) -> pa.DictionaryArray:
    letters = np.zeros(128, np.int32)
    letters[np.frombuffer(LETTERS.encode(), np.uint8)] = np.arange(len(LETTERS))
    codes = letters[np.frombuffer(states.encode(), np.uint8)]
    return arrow.coded(codes, arrow.texts(LETTERS))


def _check_order(own: RowsOf) -> None:
    """Raise `InternalError` unless each row stands once, in the order of the source."""
    if (np.diff(own.rows.numbers) <= 0).any():
        raise InternalError(
            Text(f"{own.name} の行が順に並んでいません", f"the rows of {own.name} are in no order")
        )


def _check_agreement(
    own: RowsOf,
    before: npt.NDArray[np.int32],
    codes: npt.NDArray[np.int32],
    given: npt.NDArray[np.bool_],
) -> None:
    """Raise `InternalError` where another KPI shows another value of the same cell."""
    if (before[given] != codes[given]).any():
        raise InternalError(
            Text(
                f"{own.name} と別の指標が、同じ行の同じ列に違う値を持っています",
                f"{own.name} and another KPI have different values of the same cell",
            )
        )
