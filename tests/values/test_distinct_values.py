"""Distinct values, as a set has them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.distinct_values import distinct_values


@given(st.lists(st.integers(-5, 5)))
def test_each_value_once_in_order(values: list[int]) -> None:
    """Whatever there is, each value stands there once, the least first; nothing gives nothing."""
    assert distinct_values(np.array(values, np.int64)).tolist() == sorted(set(values))
