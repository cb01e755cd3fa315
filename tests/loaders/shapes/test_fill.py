"""Blank cells that take the value above, counted line by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.shapes.fill import (
    blanks,
    filled_from,
    group_totals,
    may_be_total,
    nested_origins,
)


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


def test_groups_within_groups() -> None:
    """A group takes no name from another group's, nor from above a second header."""
    cells: dict[str, list[Cell]] = {
        "area": ["東", "", "", "西", "", "地区", ""],
        "shop": ["本店", "", "支店", "", "西店", "店舗", ""],
    }
    header = np.array([n == 5 for n in range(7)], np.bool_)
    origins = nested_origins(cells, header, header)
    assert origins["area"].tolist() == [0, 0, 0, 3, 3, 5, 6]
    assert origins["shop"].tolist() == [0, 0, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("text", ["全店計", "上期計", "累計", "全社", "総数", "平均"])
def test_what_may_be_a_total(text: str) -> None:
    """A name that ends like a total's may be one."""
    assert may_be_total(text)


@pytest.mark.parametrize("text", ["合計", "計", "本店", "会計", "設計", "全店舗", ""])
def test_what_is_none_or_surely_one(text: str) -> None:
    """A plain total word is a total, and others are none."""
    assert not may_be_total(text)


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
