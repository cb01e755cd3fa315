"""Columns of many rows in batches: codes of values, numbers and days."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import parquet

from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.accounted_columns import (
    AccountedColumn,
    Codes,
    Whole,
    batches_of,
    schema_of,
    spread,
)
from support.counted_again import accounted, by_query
from support.one_run import period
from support.small_project import TODAY, Project


def test_values() -> None:
    """Texts, decimals, numbers and days come with their types, blanks as null."""
    day = day_number(date(2025, 4, 1))
    columns: dict[str, AccountedColumn] = {
        "text": Codes(np.array([1, -1, 0]), ["a", "b"]),
        "number": Codes(np.array([0, 0, -1]), [Decimal("1.5")], "number"),
        "whole": Whole(np.array([7, -1, 8])),
        "day": Whole.days(np.array([day, NO_DAY, day])),
    }
    schema = schema_of({name: own.type for name, own in columns.items()}, [columns])
    (batch,) = batches_of(3, columns, schema)
    assert batch.to_pylist() == [
        {"text": "b", "number": Decimal("1.500000"), "whole": 7, "day": date(2025, 4, 1)},
        {"text": None, "number": Decimal("1.500000"), "whole": None, "day": None},
        {"text": "a", "number": None, "whole": 8, "day": date(2025, 4, 1)},
    ]
    assert spread(np.array([-1, 1, 0]), np.array([5, 6]), 9).tolist() == [9, 6, 5]


def test_parts_share_their_types() -> None:
    """A column that one part lacks is blank there; numbers have the decimals of all parts."""
    one = {"n": Codes(np.array([0]), [Decimal("0.12345678")], "number")}
    other = {"n": Codes(np.array([0]), [Decimal(1)], "number"), "t": Codes.same("x", 1)}
    schema = schema_of({"n": "number", "t": "text"}, [one, other])
    batches = [*batches_of(1, one, schema), *batches_of(1, other, schema)]
    assert schema.field("n").type == pa.decimal128(38, 8)
    assert [row for batch in batches for row in batch.to_pylist()] == [
        {"n": Decimal("0.12345678"), "t": None},
        {"n": Decimal(1), "t": "x"},
    ]
    assert [batch.num_rows for batch in batches_of(0, {}, schema)] == [0]


def test_many_rows_in_row_groups(tmp_path: Path) -> None:
    """A file of many rows has a row group each 65,536 rows, and DuckDB reads all of them."""
    rows = [f"V{number},2025/4/{number % 30 + 1},損保,感謝,," for number in range(150_000)]
    own = Project(tmp_path).export("voices", rows)
    file = accounted(
        read_settings(own.config), "voices", Request(period("2025H1")), TODAY, tmp_path
    )
    read = parquet.ParquetFile(file)
    groups = [read.metadata.row_group(n).num_rows for n in range(read.num_row_groups)]
    assert groups == [65_536, 65_536, 18_928]
    assert by_query(file) == {("voices",): 150_000}
    asked = f"SELECT min(line), max(line), count(DISTINCT line) FROM '{file}'"
    assert duckdb.connect().execute(asked).fetchall() == [(2, 150_001, 150_000)]
