"""Distinct values, as a set has them, and rows that are alike, as a dictionary has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values import distinct_values as distinct_values_module
from kpicli.values.distinct_values import alike, distinct_values


@given(st.lists(st.integers(-5, 5)))
def test_each_value_once_in_order(values: list[int]) -> None:
    """Whatever there is, each value stands there once, the least first; nothing gives nothing."""
    assert distinct_values(np.array(values, np.int64)).tolist() == sorted(set(values))


COLUMNS = st.integers(0, 30).flatmap(
    lambda rows: st.lists(
        st.tuples(
            st.lists(st.integers(-1, 3), min_size=rows, max_size=rows),
            st.sampled_from([4, 1000, 10**6, 2**40]),  # sizes for a table, for sorting, for both
        ),
        max_size=6,
    ).map(lambda columns: (rows, columns))
)


@pytest.mark.parametrize("together", [4, 1 << 20])
@given(drawn=COLUMNS)
def test_rows_that_are_alike(together: int, drawn: tuple[int, list[tuple[list[int], int]]]) -> None:
    """Rows are of one group only if all their codes are equal; of each the first is returned.

    So it is whether all are looked at together or, as those of many, range by range.
    """
    rows, columns = drawn
    coded = [(np.array(codes, np.int32), size) for codes, size in columns]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct_values_module, "_TOGETHER", together)
        patch.setattr(distinct_values_module, "_AT_ONCE", 7)
        firsts, groups = alike(coded, rows)
    contents = list(zip(*(codes for codes, _ in columns), strict=True)) if columns else [()] * rows
    first_of = {content: contents.index(content) for content in contents}
    assert firsts[groups].tolist() == [first_of[content] for content in contents]
    assert [contents[row] for row in firsts.tolist()] == sorted(first_of)


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int32, np.int64, np.uint64])
@given(data=st.data())
def test_any_numbers_near_or_far_from_each_other(
    kind: type[np.integer], data: st.DataObject
) -> None:
    """The ends of the type are values like others, whether they are marked or sorted."""
    ends = np.iinfo(kind)
    near = st.integers(ends.max - 3, ends.max) | st.integers(ends.min, ends.min + 3)
    values = data.draw(st.lists(near, max_size=12) | st.lists(st.integers(0, 20), max_size=60))
    distinct = distinct_values(np.array(values, kind))
    assert distinct.dtype == kind
    assert distinct.tolist() == sorted(set(values))
