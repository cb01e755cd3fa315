"""Very many records, made batch by batch each time that they are read."""

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from kpicli.base.wording import Text
from kpicli.output.data.batches import Batches, type_of
from kpicli.output.data.delimited import delimited
from kpicli.output.data.records import Records, columns
from kpicli.output.formats import Options, render
from kpicli.output.interface import Answer


def batches() -> Iterator[pa.RecordBatch]:
    """Yield two batches, a text in which would clear the screen."""
    for texts in (["a", "\x1b[2J"], ["=1"]):
        coded = pa.array(texts).dictionary_encode()
        yield pa.record_batch([coded, pa.array(range(len(texts)))], names=["t", "n"])


ROWS = Batches(3, batches)


def test_rows_of_batches() -> None:
    """They are counted, read again and again, and found by their place."""
    assert list(ROWS) == list(ROWS) == [("a", 0), ("\x1b[2J", 1), ("=1", 0)]
    assert (len(ROWS), ROWS[0], ROWS[-1], ROWS[1:]) == (3, ("a", 0), ("=1", 0), list(ROWS)[1:])
    assert len(Batches(0, batches)) == 0


def test_formats_of_batches() -> None:
    """Every format makes the texts safe, in batches too; Parquet has a row group for each."""
    records = Records(columns(t="text", n="integer"), ROWS)
    assert delimited(records, ",") == "t,n\na,0\n\\x1b[2J,1\n'=1,0\n"
    answer = Answer(Text("表", "t"), lambda _: records, lambda _: NotImplemented, lambda _: {})
    written = render("parquet", answer, Options())
    assert isinstance(written, bytes)
    read = pa.parquet.ParquetFile(pa.BufferReader(written))
    assert read.num_row_groups == 2
    assert read.schema_arrow.types == [pa.string(), pa.int64()]
    assert read.read().to_pylist()[1] == {"t": "\\x1b[2J", "n": 1}


def test_types() -> None:
    """A number column holds all decimals and digits of its cells exactly."""
    assert type_of("text") == pa.string()
    assert type_of("number", [Decimal("1.5"), None, 3]) == pa.decimal128(38, 6)
    assert type_of("number", [Decimal("0.12345678")]) == pa.decimal128(38, 8)
    assert type_of("number", [10**35, Decimal("0.1")]) == pa.decimal256(76, 6)
