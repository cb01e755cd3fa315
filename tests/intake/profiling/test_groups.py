"""Groups whose name stands once: in lines above the rows, with totals below them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.groups import named_groups
from kpicli.loaders.cells.raw_table import Cell


def rows_of(*lines: str) -> list[list[Cell]]:
    """Return lines as rows of cells."""
    return [list[Cell](line.split(",")) for line in lines]


def test_names_in_lines_above() -> None:
    """A line of a lone cell names the rows below it; its total, and the total of all, are none."""
    rows = rows_of(
        *("店舗,番号,日", "東,,", ",V1,1", ",V2,2", "東 計,2,"),
        *("西,,", ",V3,3", "西 計,1,", "合計,3,", "※速報,,"),
    )
    groups = named_groups(rows, 0)
    assert (set(groups.places), set(groups.aside)) == ({0}, {1, 4, 5, 7})
    assert [row[0] for row in rows if str(row[1]).startswith("V")] == ["東", "東", "西"]


def test_names_within_names() -> None:
    """Where an outer group begins no inner name is taken over from the one before."""
    rows = rows_of(
        *("地区,店舗,番号,日", "北,,,", ",甲,,", ",,V1,1", "南,,,", ",,V2,2", ",乙,,", ",,V3,3")
    )
    groups = named_groups(rows, 0)
    assert (set(groups.places), set(groups.aside)) == ({0, 1}, {1, 2, 4, 6})
    data = [row[:2] for row in rows if str(row[2]).startswith("V")]
    assert data == [["北", "甲"], ["南", None], ["南", "乙"]]


def test_names_beside_rows_with_totals() -> None:
    """A total that repeats its group's name ends the group, as 小計 does."""
    rows = rows_of("店舗,番号,日", "東,V1,1", ",V2,2", "東 計,2,", "西,V3,3", ",V4,4", "西 計,2,")
    groups = named_groups(rows, 0)
    assert (set(groups.places), set(groups.aside)) == ({0}, {3, 6})
    assert [row[0] for row in rows[1:]] == ["東", "東", "東 計", "西", "西", "西 計"]


@pytest.mark.parametrize(
    "lines",
    [
        ("店舗,番号,日", "※ 確定前の数字です,,", ",V1,1", ",V2,2"),  # a note
        ("店舗,番号,日", ",V1,1", "東,,", ",V2,2"),  # a row without a group is no group's
        ("店舗,番号,日", ",V1,1", ",V2,2", "以上,,"),
        ("番号,日,店舗", "V1,1,東", "V1 計,2,", "V2,2,西"),
    ],
)
def test_lines_that_name_no_group(lines: Sequence[str]) -> None:
    """Notes, and lone cells that do not stand above all rows, name no group."""
    rows = rows_of(*lines)
    groups = named_groups(rows, 0)
    assert (groups.places, groups.aside) == (frozenset(), frozenset())
    assert rows == rows_of(*lines)


@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(1, 4)), min_size=1, max_size=6))
def test_every_row_has_its_group(groups: list[tuple[str, int]]) -> None:
    """However many rows the groups have, each row has the name of the line above it."""
    rows: list[list[Cell]] = [["店舗", "番号", "日"]]
    truth: list[str] = []
    for name, size in groups:
        rows.append([name, "", ""])
        rows += [["", f"V{len(truth) + n}", "2025/4/1"] for n in range(size)]
        truth += [name] * size
        rows.append([f"{name} 計", str(size), ""])
    known = named_groups(rows, 0)
    assert set(known.places) == {0}
    assert len(known.aside) == 2 * len(groups)
    assert [row[0] for n, row in enumerate(rows[1:], 1) if n not in known.aside] == truth
