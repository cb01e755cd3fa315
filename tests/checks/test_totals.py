"""Total rows against the number of rows above them, or below."""

from pathlib import Path

import pytest

from support.inspected import found, inspection
from support.small_project import Project

HEADER = "受付番号,受付日,商品区分,声の区分,チーム,保険料"
ROWS = ["V1,2025/4/1,生保,感謝,,", "V2,2025/4/2,生保,感謝,,", "V3,2025/4/3,生保,感謝,,"]


def project(folder: Path, *totals: str) -> Project:
    """Return three voices with these rows below."""
    return Project(folder).export("voices", [*ROWS, *totals], header=HEADER)


@pytest.mark.parametrize("number", ["3", "3件", "3 件", "３"])
def test_total_that_agrees(tmp_path: Path, number: str) -> None:
    """A total of as many rows as stand above it is silent, whatever its unit and width."""
    assert found(project(tmp_path, f",合計,{number},,,"), "D321") == []


@pytest.mark.parametrize("number", ["4", "2件", '"1,003"'])
def test_total_that_differs(tmp_path: Path, number: str) -> None:
    """A total of another number is told at its row, with the number of rows above it."""
    assert found(project(tmp_path, f",合計,{number},,,"), "D321") == [(5, "3")]


def test_value_is_kept_apart(tmp_path: Path) -> None:
    """The number of the total row is the cell's value, and no part of the message."""
    told = [f for f in inspection(project(tmp_path, ",合計,4,,,")).faults if f.kind.code == "D321"]
    assert [(f.value, f.detail) for f in told] == [("4", "3")]


def test_several_numbers_or_none(tmp_path: Path) -> None:
    """A total row with several numbers, or without any, says nothing of the number of rows."""
    assert found(project(tmp_path, ",合計,4,,,12000", ",総計,,,,"), "D321") == []


def test_amounts_are_no_counts(tmp_path: Path) -> None:
    """A number under a column of amounts adds those up."""
    rows = ["V1,2025/4/1,生保,感謝,,1000", "V2,2025/4/2,生保,感謝,,2000", ",合計,,,,3000"]
    assert found(Project(tmp_path).export("voices", rows, header=HEADER), "D321") == []


def test_partial_totals(tmp_path: Path) -> None:
    """A partial total counts the rows since the one before it, the last all of them."""
    rows = [*ROWS, ",小計,3,,,", "V4,2025/4/4,生保,感謝,,", ",小計,1,,,", ",合計,4,,,"]
    assert found(Project(tmp_path).export("voices", rows, header=HEADER), "D321") == []
    rows[5] = ",小計,2,,,"
    (tmp_path / "b").mkdir()
    wrong = Project(tmp_path / "b").export("voices", rows, header=HEADER)
    assert found(wrong, "D321") == [(7, "4")]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([",合計,3,,,", *ROWS], []),
        ([",合計,2,,,", *ROWS], [(2, "3")]),
        ([",合計,3,,,", ",小計,2,,,", *ROWS[:2], ",小計,1,,,", ROWS[2]], []),
        ([",小計,2,,,", *ROWS[:2], ",小計,1,,,", ROWS[2], ",合計,3,,,"], []),
        ([",小計,2,,,", *ROWS[:2], ",小計,7,,,", ROWS[2]], [(5, "2")]),
        ([",合計,,,,6000", "V1,2025/4/1,生保,感謝,,1000", "V2,2025/4/2,生保,感謝,,5000"], []),
    ],
)
def test_totals_above_the_data(
    rows: list[str], told: list[tuple[int, str]], tmp_path: Path
) -> None:
    """A total above all rows counts those below it, of a group those up to the next one."""
    assert found(Project(tmp_path).export("voices", rows, header=HEADER), "D321") == told
