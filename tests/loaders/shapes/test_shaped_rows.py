"""Which rows lines make."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.shapes.shaped_rows import NO_COLUMN, rows_of


@given(st.lists(st.booleans()), st.none() | st.integers(1, 5))
def test_a_row_for_each_cell(data: list[bool], columns: int | None) -> None:
    """A line of data makes one for each column, any other one that has none; all in order."""
    expected = [
        (line, number)
        for line, is_data in enumerate(data)
        for number in (range(columns) if is_data and columns is not None else [NO_COLUMN])
    ]
    lines, numbers = rows_of(np.array(data, np.bool_), columns)
    assert list(zip(lines.tolist(), numbers.tolist(), strict=True)) == expected
