"""Days by codes: whatever is asked of them, it is as if each row had a day of its own."""

from collections.abc import Iterator
from functools import partial
from operator import ge

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.column_codes import NO_DAY, day_number, with_no_day
from kpicli.loaders.rows import row_days
from kpicli.loaders.rows.row_days import RowDays

DAYS = st.one_of(
    st.just(NO_DAY), st.integers(20_000, 20_040), st.dates().map(day_number), st.just(2_932_896)
)
"""Days near each other, any, and 9999-12-31, by which systems say that there is no end."""


@pytest.fixture(autouse=True, scope="module")
def few_at_once() -> Iterator[None]:
    """Look up five rows at a time, so that a few go through several turns."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_days, "_AT_ONCE", 5)
        yield


@given(st.lists(DAYS, max_size=20), st.data())
def test_codes_say_what_a_day_for_each_row_would(listed: list[int], data: st.DataObject) -> None:
    """The days, some of them, which pass a test, which are missing, and a part of them."""
    days = RowDays.of(np.array(listed, np.int32))
    assert len(days) == len(listed)
    assert days.array().tolist() == listed
    assert days.array().dtype == np.int32
    assert days.missing.tolist() == [day == NO_DAY for day in listed]
    border = data.draw(DAYS)
    assert days.marks(lambda own: ge(own, border)).tolist() == [day >= border for day in listed]
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(listed))] * 2)))
    assert days.between(start, stop).array().tolist() == listed[start:stop]
    rows = data.draw(st.lists(st.sampled_from(range(len(listed))))) if listed else []
    assert days[np.array(rows, np.int64)].tolist() == [listed[row] for row in rows]
    without = days.without(np.array(rows, np.int64))
    assert without.array().tolist() == [
        NO_DAY if row in rows else day for row, day in enumerate(listed)
    ]
    assert days.array().tolist() == listed


@given(
    st.lists(st.integers(20_000, 20_009), max_size=6),
    st.lists(st.integers(-1, 5), max_size=12),
    st.frozensets(st.sampled_from([NO_DAY, *range(20_000, 20_010)])),
)
def test_any_set_of_days_is_marked_whatever_the_order_of_their_codes(
    by_code: list[int], codes: list[int], marked: frozenset[int]
) -> None:
    """Be they one run of codes, several or none, blank ones among them or not, one day twice."""
    own = np.array([code for code in codes if code < len(by_code)], np.int8)
    days = RowDays(own, with_no_day(np.array(by_code, np.int32)))
    expected = [(NO_DAY if code < 0 else by_code[code]) in marked for code in own.tolist()]
    assert days.marks(lambda dates: np.isin(dates, [*marked])).tolist() == expected
    in_order = RowDays(own, with_no_day(np.array(sorted(by_code), np.int32)))
    for last in (19_999, 20_004, 20_009):
        expected = [code < 0 or sorted(by_code)[code] <= last for code in own.tolist()]
        assert in_order.marks(partial(ge, last)).tolist() == expected


def test_days_near_each_other_take_a_byte_a_row() -> None:
    """Ninety days have codes of one byte, however many rows there are and however far one lies."""
    near = RowDays.of(np.arange(20_000, 20_090, dtype=np.int32).repeat(50))
    far = RowDays.of(np.array([20_000, 2_932_896, NO_DAY], np.int32))
    assert (near.codes.itemsize, len(set(near.by_code.tolist()))) == (1, 91)
    assert (far.codes.itemsize, far.by_code.tolist()[:2]) == (1, [20_000, 2_932_896])
