"""Reading rows from a file of Parquet: what no kpicli has written is refused, never misread."""

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kpicli.published.record import KIND, Record
from kpicli.published.rows.read_rows import read_rows
from kpicli.published.rows.row_file import fields_of, write_rows

RECORD = Record.model_validate(
    {
        "kind": KIND, "schema_version": 2, "edition": 1, "frozen_on": "2025-10-01",
        "period": {"name": "2025H1", "start": "2025-04-01", "end": "2025-09-30"},
        "final": True, "as_of": "2025-09-30", "as_of_given": False, "kpicli_version": "0",
        "catalogue_hash": "", "secret_check": "", "kpis": [],
        "files": [
            {"source": "voices", "path": "x.csv", "sha256": "ab", "encoding": None, "sheet": None,
             "accounting": {}}
        ],
        "sources": [
            {"id": "voices", "title": "声", "key": ["k"], "columns": [],
             "rows": [["00" * 12, 0, "00" * 6], ["01" * 12, 0, "00" * 6]]}
        ],
    }
)  # fmt: skip


def changed(change: Callable[[list[dict[str, Any]]], object]) -> pa.Buffer:
    """Return the rows of the record with a change, as a file of the same columns."""
    stream = io.BytesIO()
    write_rows(RECORD, stream)
    rows = pq.read_table(pa.BufferReader(stream.getvalue())).to_pylist()
    change(rows)
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, fields_of(RECORD)), stream)
    return pa.py_buffer(stream.getvalue())


def test_as_it_was_written() -> None:
    """Without a change the rows are those of the record."""
    read = read_rows(changed(lambda _: None), RECORD)
    assert read.sources["voices"].listed() == RECORD.sources[0].rows.listed()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda rows: rows[0].update(source="staff"), "of no source, or of several"),
        (lambda rows: [row.update(source="staff") for row in rows], "of no source"),
        (lambda rows: rows[1].update(source=None), "of no source, or of several"),
        (lambda rows: rows[0].update(key=None), "without key, file or cells"),
        (lambda rows: rows[1].update(cells=None), "without key, file or cells"),
        (lambda rows: rows[1].update(file=-1), "a file that has no number"),
    ],
)
def test_rows_that_no_record_has(
    change: Callable[[list[dict[str, Any]]], object], told: str
) -> None:
    """Rows of another source, without a digest, or of a file that cannot be, are an error."""
    with pytest.raises(ValueError, match=told):
        read_rows(changed(change), RECORD)


def test_other_columns() -> None:
    """A file with a column more or less is another record's."""
    stream = io.BytesIO()
    pq.write_table(pa.table({"source": ["voices"]}), stream)
    with pytest.raises(ValueError, match="other columns"):
        read_rows(pa.py_buffer(stream.getvalue()), RECORD)


def test_no_parquet() -> None:
    """What is no file of Parquet is an error of pyarrow."""
    with pytest.raises(pa.ArrowException):
        read_rows(pa.py_buffer(b"PAR1 and nothing"), RECORD)
