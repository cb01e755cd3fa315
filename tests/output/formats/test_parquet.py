import io
from datetime import date
from decimal import Decimal

import pyarrow as pa
from pyarrow.parquet import read_table

from kpicli.base.wording import Text
from kpicli.model.summary import Summary
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.formats.parquet import render
from kpicli.output.interface import Answer, Options
from kpicli.output.page.document import Document
from kpicli.output.page.tidy import COLUMN_TYPES
from kpicli.output.summary.answer import summary_answer

ARROW = {
    "text": pa.string(),
    "date": pa.date32(),
    "integer": pa.int64(),
    "number": pa.decimal128(38, 6),
}


def table(answer: Answer) -> pa.Table:
    """Return an answer as read back."""
    return read_table(io.BytesIO(render(answer, Options())))


def numbers(*cells: Cell) -> Answer:
    """Return an answer of one column of numbers."""
    records = Records(columns(value="number"), tuple((cell,) for cell in cells))
    return Answer(Text("数", "n"), lambda _: records, lambda _: Document((), ()), lambda _: {})


def test_columns_have_their_types(summary: Summary, by_month: Summary) -> None:
    """The tidy columns are text, days, whole numbers and exact decimals, whatever they hold."""
    expected = [(name, ARROW[kind]) for name, kind in COLUMN_TYPES.items()]
    for each in (summary, by_month):
        schema = table(summary_answer(each)).schema
        assert [(field.name, field.type) for field in schema] == expected


def test_values(summary: Summary) -> None:
    """A percentage is exact, days are days, what is missing is null."""
    rows = table(summary_answer(summary)).to_pylist()
    ratio, undefined = rows[1:3]
    assert (ratio["value"], ratio["numerator"], ratio["unit"]) == (Decimal("70.6"), 178, "%")
    assert ratio["start"] == date(2025, 4, 1)
    assert (undefined["value"], undefined["denominator"], undefined["part"]) == (None, 0, None)


def test_no_decimal_is_rounded_away() -> None:
    """Six decimals in every file, more where a value has more; large counts stay exact."""
    assert table(numbers(1, None)).schema.field("value").type == pa.decimal128(38, 6)
    long, large = Decimal("0.123456789"), 9_007_199_254_740_993
    read = table(numbers(long, large))
    assert read.schema.field("value").type == pa.decimal128(38, 9)
    assert read["value"].to_pylist() == [long, Decimal(large)]


def test_a_number_of_any_length_stays_exact() -> None:
    """Beyond 38 digits the column is wider; a sum of the longest numbers that are read fits."""
    longest = Decimal("9" * 40 + "." + "9" * 28)
    read = table(numbers(longest, Decimal("-0.5"), None))
    assert read.schema.field("value").type == pa.decimal256(76, 28)
    assert read["value"].to_pylist() == [longest, Decimal("-0.5"), None]
    assert table(numbers(10**32)).schema.field("value").type == pa.decimal256(76, 6)


def test_no_rows() -> None:
    """Where there is nothing to write the columns are there all the same."""
    read = table(numbers())
    assert (read.num_rows, read.column_names) == (0, ["value"])


def test_the_same_bytes(hostile: Summary) -> None:
    """Equal answers give equal bytes, and texts are as safe as in csv."""
    first = render(summary_answer(hostile), Options())
    assert render(summary_answer(hostile), Options()) == first
    groups = read_table(io.BytesIO(first))["group"].to_pylist()
    assert groups[1:3] == ["=1+1", "\\x1b[31m"]
    assert groups[-1] == "未記入"
