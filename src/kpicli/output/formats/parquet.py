"""parquet: the records with typed columns, for analysis in pandas, DuckDB, Polars and the like."""

from typing import TYPE_CHECKING

from kpicli.output.interface import Answer, Format, Options

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from kpicli.output.data.records import Records


def render(answer: Answer, options: Options) -> bytes:
    """Return the records: text, date32, int64 and decimal128, null where there is nothing.

    Numbers are exact; one with more than six decimals widens its column, one with more than 38
    digits makes it decimal256. Characters that control
    a terminal are visible escapes, as in csv. Equal answers give equal bytes.
    """
    from io import BytesIO

    from pyarrow.parquet import ParquetWriter

    target = BytesIO()
    batches = _batches(answer.records(options))
    first = next(batches)
    with ParquetWriter(target, first.schema) as writer:
        writer.write_batch(first)
        for batch in batches:
            writer.write_batch(batch)
    return target.getvalue()


def _batches(records: "Records") -> "Iterator[pa.RecordBatch]":
    """Yield the records, one batch at least; each makes a row group."""
    import pyarrow as pa

    from kpicli.output.data.batches import Batches, type_of
    from kpicli.output.page.safety import plain

    if isinstance(records.rows, Batches):
        yield from map(_plain, records.rows.make())
        return
    arrays, fields = [], []
    for index, column in enumerate(records.columns):
        cells = [row[index] for row in records.rows]
        if column.type == "text":
            cells = [plain(cell) if isinstance(cell, str) else cell for cell in cells]
        kind = type_of(column.type, cells)
        arrays.append(pa.array(cells, kind))
        fields.append(pa.field(column.name, kind))
    yield pa.record_batch(arrays, schema=pa.schema(fields))


def _plain(batch: "pa.RecordBatch") -> "pa.RecordBatch":
    """Return a batch whose texts are plain ones, each distinct one looked at once."""
    import pyarrow as pa

    from kpicli.output.page.safety import plain

    def made_plain(column: pa.Array) -> pa.Array:
        if not pa.types.is_dictionary(column.type):
            return column
        texts = pa.array([plain(text) for text in column.dictionary.to_pylist()], pa.string())
        return pa.DictionaryArray.from_arrays(column.indices, texts).cast(pa.string())

    return pa.record_batch(list(map(made_plain, batch.columns)), names=batch.schema.names)


FORMAT = Format("parquet", "application/vnd.apache.parquet", render, (".parquet",), binary=True)
