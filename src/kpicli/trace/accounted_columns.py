"""Columns of very many rows, as codes of distinct values or as numbers, in batches of Arrow."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import NO_DAY
from kpicli.output.data.batches import type_of
from kpicli.output.data.records import CellType

if TYPE_CHECKING:
    import pyarrow as pa

Numbers = npt.NDArray[np.signedinteger]
Mask = npt.NDArray[np.bool_]

BATCH = 1 << 16
"""So many rows at a time become values of Arrow; each batch is a row group of Parquet."""


class Codes(Struct, frozen=True):
    """Row `i` has `values[codes[i]]`, nothing where the code is below 0."""

    codes: Numbers
    values: Sequence[str | Decimal]
    type: CellType = "text"

    @classmethod
    def same(cls, value: str | None, rows: int) -> Self:
        """Return a column that has one text in every row; None for a blank."""
        code = -1 if value is None else 0
        return cls(np.full(rows, code, np.int8), () if value is None else (value,))

    def array(self, start: int, stop: int) -> "pa.Array":
        """Return some rows as an array of Arrow: texts as a dictionary, numbers as decimals."""
        import pyarrow as pa

        codes = self.codes[start:stop]
        places = pa.array(codes.astype(np.int32), mask=codes < 0)
        values = pa.array(self.values, type_of(self.type, self.values))
        if self.type == "text":
            return pa.DictionaryArray.from_arrays(places, values)
        return values.take(places)


class Whole(Struct, frozen=True):
    """A whole number a row, or a day; nothing where it is `missing`."""

    numbers: Numbers
    missing: int = -1
    type: CellType = "integer"

    @classmethod
    def days(cls, numbers: Numbers) -> Self:
        """Return days as datasets count them."""
        return cls(numbers, NO_DAY, "date")

    def array(self, start: int, stop: int) -> "pa.Array":
        """Return some rows as an array of Arrow."""
        import pyarrow as pa

        own = self.numbers[start:stop]
        if self.type == "date":
            return pa.array(own.astype(np.int32), mask=own == self.missing).cast(pa.date32())
        return pa.array(own.astype(np.int64), mask=own == self.missing)


AccountedColumn = Codes | Whole


def spread(own: Numbers, codes: Numbers, missing: int = -1) -> Numbers:
    """Return the code of each row, of which `own` is the place among those with `codes`.

    It is `missing` where a row has no place (-1).
    """
    result: Numbers = np.append(codes.astype(np.int32), np.int32(missing))[own]
    return result


def schema_of(
    types: Mapping[str, CellType], every: Sequence[Mapping[str, AccountedColumn]]
) -> "pa.Schema":
    """Return the types of columns that hold the values of `every` part of the rows."""
    import pyarrow as pa

    fields = []
    for name, kind in types.items():
        own = [columns[name] for columns in every if name in columns]
        values = [value for column in own if isinstance(column, Codes) for value in column.values]
        text = pa.dictionary(pa.int32(), pa.string())
        fields.append(pa.field(name, text if kind == "text" else type_of(kind, values)))
    return pa.schema(fields)


def batches_of(
    rows: int, columns: Mapping[str, AccountedColumn], schema: "pa.Schema"
) -> "Iterator[pa.RecordBatch]":
    """Yield the rows in batches, one at least; a column that is not there is blank."""
    import pyarrow as pa

    for start in range(0, max(rows, 1), BATCH):
        stop = min(start + BATCH, rows)
        arrays = [
            columns[field.name].array(start, stop).cast(field.type)
            if field.name in columns
            else pa.nulls(stop - start, field.type)
            for field in schema
        ]
        yield pa.record_batch(arrays, schema=schema)
