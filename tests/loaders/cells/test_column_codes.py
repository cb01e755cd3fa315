"""Codes of distinct values: the smallest type that holds them, and maps from code to code."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.column_codes import (
    BLANK,
    NO_DAY,
    UNREADABLE,
    ReadColumn,
    day_number,
    day_numbers,
    days_of,
    small_type,
    spread,
)


@given(st.data())
def test_a_mapping_is_what_numpy_says(data: st.DataObject) -> None:
    """For tables of any size; the last two places are those of unreadable and blank cells."""
    table = data.draw(st.lists(st.integers(-2, 120), min_size=2, max_size=200))
    codes = data.draw(st.lists(st.integers(-2, len(table) - 3), max_size=50))
    by = np.array(table, np.int8)
    places = np.array(codes, small_type(len(table)))
    assert spread(by, places).tolist() == [table[code] for code in codes]


@pytest.mark.parametrize(
    ("values", "kind"),
    [(0, np.int8), (127, np.int8), (128, np.int16), (32_767, np.int16), (32_768, np.int32)],
)
def test_codes_take_the_smallest_type(values: int, kind: type[np.signedinteger]) -> None:
    """Every value has a code that is not negative, and blank and unreadable theirs."""
    assert small_type(values) is kind
    assert np.iinfo(kind).max >= values - 1


def test_days_count_from_1970() -> None:
    """A blank or unreadable date has none."""
    column = ReadColumn(
        np.array([0, 1, BLANK, UNREADABLE, 0], np.int8),
        (date(1970, 1, 1), date(2025, 4, 1)),
        {},
        (),
    )
    assert day_number(date(2025, 4, 1)) == 20_179
    assert days_of(column).tolist() == [0, 20_179, NO_DAY, NO_DAY, 0]


@given(st.lists(st.dates()))
def test_days_in_one_go_are_those_of_each(days: list[date]) -> None:
    """The days between each date and 1970-01-01, as subtraction has them; none of no dates."""
    numbers = day_numbers(days)
    assert numbers.dtype == np.int32
    assert numbers.tolist() == [(day - date(1970, 1, 1)).days for day in days]


@pytest.mark.parametrize("value", ["2025-04-01", 20_179, None])
def test_what_is_no_date_has_no_day(value: object) -> None:
    """A column of another type is never taken for one of dates."""
    with pytest.raises(TypeError):
        day_numbers([date(2025, 4, 1), value])
