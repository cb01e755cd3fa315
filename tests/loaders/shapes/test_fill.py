"""Blank cells that take the value above, counted line by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.shapes.fill import blanks, filled_from, group_totals


@given(st.lists(st.tuples(st.booleans(), st.booleans())))
def test_a_cell_has_the_last_filled_one_above(lines: list[tuple[bool, bool]]) -> None:
    """One by one: lines that are passed over give nothing; nothing comes before the first."""
    expected, last = [], None
    for line, (blank, passed) in enumerate(lines):
        if not blank and not passed:
            last = line
        expected.append(line if passed or last is None else last)
    marks = np.array(lines, np.bool_).reshape(-1, 2)
    assert filled_from(marks[:, 0], marks[:, 1]).tolist() == expected


def test_what_is_blank() -> None:
    """White space is, of any width; a zero and a dash are not."""
    cells: list[Cell] = ["", None, " \u3000", "0", 0, "－", False]
    assert blanks(cells).tolist() == [True, True, True, False, False, False, False]


@pytest.mark.parametrize(
    ("cells", "totals"),
    [
        (["東", "", "東 計", "西", "西小計", "東計"], [2, 4]),
        (["東", "東部", "東部合計", "合計", "計"], [2, 3, 4]),
        (["合格", "合格計", "計画"], [1]),
        ([1, 1, "1 計"], [2]),
    ],
)
def test_the_total_of_a_group(cells: list[Cell], totals: list[int]) -> None:
    """It has the group's own name before the word, or the word alone; other names are groups."""
    marks = group_totals({"area": cells}, np.zeros(len(cells), np.bool_))
    assert np.flatnonzero(marks).tolist() == totals
