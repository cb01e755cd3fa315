"""Days by codes: whatever is asked of them, it is as if each row had a day of its own."""

from collections.abc import Iterator
from operator import ge

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.column_codes import NO_DAY, day_number
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


def test_days_near_each_other_take_a_byte_a_row() -> None:
    """Ninety days have codes of one byte, however many rows there are and however far one lies."""
    near = RowDays.of(np.arange(20_000, 20_090, dtype=np.int32).repeat(50))
    far = RowDays.of(np.array([20_000, 2_932_896, NO_DAY], np.int32))
    assert (near.codes.itemsize, len(set(near.by_code.tolist()))) == (1, 91)
    assert (far.codes.itemsize, far.by_code.tolist()[:2]) == (1, [20_000, 2_932_896])
