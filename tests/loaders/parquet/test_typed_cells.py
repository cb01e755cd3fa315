"""What each of Arrow's types comes to as a cell."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base import faults
from kpicli.loaders.cells.raw_table import Cell, RawColumn, text_of
from kpicli.loaders.cells.readers import date_reader, read_id, read_number
from kpicli.loaders.parquet import typed_cells
from kpicli.loaders.parquet.typed_cells import Unreadable, cells_of, raw_column

TOKYO = ZoneInfo("Asia/Tokyo")


def rows_of(column: RawColumn) -> list[Cell]:
    """Return the cell of every row."""
    return [column.distinct[int(code)] for code in column.codes]


TYPES: list[tuple[Any, list[Any], list[Cell]]] = [
    (pa.string(), ["00123", "", None], ["00123", "", None]),
    (pa.large_string(), ["㈱髙"], ["㈱髙"]),
    (pa.string_view(), ["a"], ["a"]),
    (pa.int8(), [-1, None], [-1, None]),
    (pa.uint64(), [2**64 - 1], [2**64 - 1]),
    (pa.float64(), [12.0, 0.5, None], [12, 0.5, None]),
    (pa.float32(), [0.1, 3.0], [0.1, 3]),
    (pa.decimal128(10, 2), [Decimal("12.50"), Decimal("100.00"), None], ["12.5", "100", None]),
    (pa.decimal256(60, 1), [Decimal("0.0")], ["0"]),
    (pa.bool_(), [True, False, None], [True, False, None]),
    (pa.date32(), [date(2025, 4, 1), None], [date(2025, 4, 1), None]),
    (pa.date64(), [date(2025, 4, 1)], [date(2025, 4, 1)]),
    (pa.time64("us"), [time(9, 5)], [time(9, 5)]),
    (pa.duration("s"), [timedelta(hours=2)], [timedelta(hours=2)]),
    (pa.null(), [None], [None]),
]


@pytest.mark.parametrize(("kind", "values", "expected"), TYPES, ids=lambda own: str(own)[:20])
def test_types(kind: pa.DataType, values: list[object], expected: list[Cell]) -> None:
    """Texts stay as they are, numbers and days are what a workbook stores, null is blank."""
    array = pa.array(values, kind)
    for cells in (cells_of(array), rows_of(raw_column(array, "text"))):
        assert [(type(own), own) for own in cells] == [(type(own), own) for own in expected]


def test_moments() -> None:
    """Without a zone a moment is that of a clock; with one it ends in its offset."""
    noon = datetime(2025, 3, 31, 15, tzinfo=UTC)
    for unit in ("s", "ms", "us", "ns"):
        bare = pa.array([noon.replace(tzinfo=None)], pa.timestamp(unit))
        assert cells_of(bare) == [datetime(2025, 3, 31, 15)]  # noqa: DTZ001 - a clock's
        for zone, text in (
            ("Asia/Tokyo", "2025-04-01T00:00:00+09:00"),
            ("+09:00", "2025-04-01T00:00:00+09:00"),
            ("UTC", "2025-03-31T15:00:00+00:00"),
            ("-03:30", "2025-03-31T11:30:00-03:30"),
        ):
            assert cells_of(pa.array([noon], pa.timestamp(unit, zone))) == [text]
    unknown = pa.array([noon], pa.timestamp("us", "UTC")).view(pa.timestamp("us", "No/Where"))
    assert cells_of(unknown) == ["2025-03-31T15:00:00+00:00"]


@given(
    st.lists(
        st.datetimes(datetime(1950, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants them bare
        max_size=5,
    ),
    st.sampled_from(["Asia/Tokyo", "America/St_Johns", "Asia/Kathmandu", "UTC"]),
    st.sampled_from(["ms", "us"]),
)
def test_the_day_of_a_moment(moments: list[datetime], zone: str, unit: str) -> None:
    """A column of days has the day on which a moment lies where the settings say, as text has."""
    array = pa.array(moments, pa.timestamp(unit, zone))
    read = date_reader(TOKYO)
    assert [read(own).value for own in rows_of(raw_column(array, "date"))] == [
        moment.astimezone(TOKYO).date() for moment in moments
    ]
    bare = pa.array([moment.replace(tzinfo=None) for moment in moments], pa.timestamp(unit))
    assert [read(own).value for own in rows_of(raw_column(bare, "date"))] == [
        moment.date() for moment in moments
    ]


def test_few_days_of_many_moments() -> None:
    """A million moments of a year are at most its quarters of an hour: memory stays small."""
    seconds = pa.array(range(1_700_000_000, 1_700_900_000), pa.timestamp("s", "UTC"))
    assert len(raw_column(seconds, "date").distinct) < 1100
    assert len(raw_column(seconds.cast(pa.timestamp("s")), "date").distinct) < 15


@pytest.mark.parametrize("each", [True, False])
def test_ids(each: bool) -> None:
    """Zeros of texts stay, whole numbers are shown as such, and those of Excel are refused."""
    for values, kind, expected in (
        (["00123", None, "A-1"], pa.string(), ["00123", None, "A-1"]),
        ([123, None, 2**60], pa.int64(), ["123", None, str(2**60)]),
        ([123.0, None], pa.float64(), ["123", None]),
        ([Decimal("123.00")], pa.decimal128(9, 2), ["123"]),
    ):
        column = rows_of(raw_column(pa.array(values, kind), "id", each=each))
        assert [read_id(own).value for own in column] == expected
        coded = raw_column(pa.array(values, kind).dictionary_encode(), "id", each=each)
        assert [read_id(own).value for own in rows_of(coded)] == expected
    for lost, kind in ((1.5e17, pa.float64()), (date(2025, 4, 1), pa.date32())):
        (own,) = rows_of(raw_column(pa.array([lost], kind), "id", each=each))
        fault = read_id(own).fault
        assert fault is not None
        assert fault.code == faults.SAVED_BY_EXCEL.code


@given(st.lists(st.one_of(st.none(), st.decimals(-(10**9), 10**9, places=3)), max_size=9))
def test_numbers(values: list[Decimal | None]) -> None:
    """Decimals are exact, and floats the number that they show."""
    array = pa.array(values, pa.decimal128(20, 3))
    column = rows_of(raw_column(array, "number"))
    assert [read_number(own).value for own in column] == values
    floats = pa.array([None if own is None else float(own) for own in values], pa.float64())
    assert [read_number(own).value for own in rows_of(raw_column(floats, "number"))] == values


def test_slices_and_dictionaries() -> None:
    """Parts of an array, and dictionaries with values that no row uses, come row by row."""
    texts = pa.array(["a", None, "b", "a", "c"])
    for array in (texts, texts.dictionary_encode(), texts.dictionary_encode().cast(texts.type)):
        for each in (True, False):
            part = rows_of(raw_column(array.slice(1, 3), "text", each=each))
            assert [text_of(own) for own in part] == ["", "b", "a"]


def test_lists() -> None:
    """A list of texts is a cell with several values where there may be several."""
    lists = pa.array([["感謝", None, "不満"], None, [], ["要望"]], pa.list_(pa.string()))
    assert rows_of(raw_column(lists, "code", several=True)) == ["感謝、不満", None, "", "要望"]
    with pytest.raises(Unreadable, match="list"):
        raw_column(lists, "code")


@pytest.mark.parametrize(
    "values",
    [
        pa.array([b"a"]),
        pa.array([{"a": 1}]),
        pa.array([[1]]),
        pa.array([[("a", 1)]], pa.map_(pa.string(), pa.int64())),
        pa.array(["a", b"\xff"], pa.binary()).view(pa.string()),
    ],
    ids=["bytes", "record", "numbers", "map", "no UTF-8"],
)
def test_what_no_cell_is_of(values: pa.Array) -> None:
    """Bytes, records and text that is no UTF-8 are refused; shown they are text all the same."""
    for each in (True, False):
        with pytest.raises(Unreadable):
            raw_column(values, "text", several=True, each=each)
    assert all(isinstance(own, str) for own in cells_of(values))


def test_too_long_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text longer than any cell may be is refused."""
    monkeypatch.setattr(typed_cells, "LONGEST_CELL", 3)
    assert rows_of(raw_column(pa.array(["あいう"]), "text")) == ["あいう"]
    with pytest.raises(Unreadable, match="too long"):
        raw_column(pa.array(["あいうえ"]), "text")


def test_days_beyond_all_calendars() -> None:
    """A day after the year 9999 is a text that is no date: one faulty cell."""
    far = pa.array([3_000_000], pa.date32())
    moments = pa.array([10**18], pa.timestamp("us"))
    for array in (far, moments, moments.cast(pa.timestamp("us", "Asia/Tokyo"))):
        (own,) = rows_of(raw_column(array, "date"))
        assert date_reader(TOKYO)(own).fault is not None
