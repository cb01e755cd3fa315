"""parquet: the records with typed columns, for analysis in pandas, DuckDB, Polars and the like."""

from typing import TYPE_CHECKING

from kpicli.output.interface import Answer, Format, Options

if TYPE_CHECKING:
    from kpicli.output.data.records import Cell

DIGITS, DECIMALS = 38, 6
"""A number column is decimal128(38, 6): exact, and of one type in every file."""
_MOST_DIGITS = 76
"""Of decimal256, where a number has more digits than the other holds."""


def render(answer: Answer, options: Options) -> bytes:
    """Return the records: text, date32, int64 and decimal128, null where there is nothing.

    Numbers are exact; one with more than six decimals widens its column, one with more than 38
    digits makes it decimal256. Characters that control
    a terminal are visible escapes, as in csv. Equal answers give equal bytes.
    """
    from io import BytesIO

    import pyarrow as pa
    from pyarrow.parquet import write_table

    from kpicli.output.page.safety import plain

    records = answer.records(options)
    arrays, fields = [], []
    for index, column in enumerate(records.columns):
        cells = [row[index] for row in records.rows]
        if column.type == "text":
            cells = [plain(cell) if isinstance(cell, str) else cell for cell in cells]
        kind = {"text": pa.string(), "date": pa.date32(), "integer": pa.int64()}.get(column.type)
        if kind is None:
            decimals = _decimals(cells)
            wide = _whole_digits(cells) + decimals > DIGITS
            kind = (
                pa.decimal256(_MOST_DIGITS, decimals) if wide else pa.decimal128(DIGITS, decimals)
            )
        arrays.append(pa.array(cells, kind))
        fields.append(pa.field(column.name, kind))
    target = BytesIO()
    write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), target)
    return target.getvalue()


def _decimals(cells: "list[Cell]") -> int:
    """Return how many decimals a column needs so that none is rounded away."""
    from decimal import Decimal

    exponents = [cell.as_tuple().exponent for cell in cells if isinstance(cell, Decimal)]
    return max(DECIMALS, *(-each for each in exponents if isinstance(each, int)), 0)


def _whole_digits(cells: "list[Cell]") -> int:
    """Return how many digits the longest number has before its decimals."""
    from decimal import Decimal

    numbers = (Decimal(cell) for cell in cells if isinstance(cell, int | Decimal))
    return max((number.adjusted() + 1 for number in numbers), default=0)


FORMAT = Format("parquet", "application/vnd.apache.parquet", render, (".parquet",), binary=True)
