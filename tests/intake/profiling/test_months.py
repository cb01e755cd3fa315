"""Tables of numbers by month: what they hold, and what speaks against adding it up."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.grids import tables_of
from kpicli.intake.profiling.months import MonthColumns, month_columns
from kpicli.intake.profiling.tables import Grid
from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.files.content import open_content

NAME = "件数_2025年度.csv"


def columns_of(*lines: str, file: str = NAME) -> MonthColumns:
    """Return the months of lines, the first of them the header."""
    rows = [list[Cell](line.split(",")) for line in lines]
    grid = Grid(file, "x", rows, 0)
    below = [row for row in range(1, len(rows)) if not lines[row].startswith("合計")]
    months = month_columns(grid, below)
    assert months is not None
    return months


def test_what_is_known() -> None:
    """The sum is that of the filled cells, the span that of the months with a number."""
    months = columns_of("種目,4月,5月,6月,7月", "自動車,3,-,5,", "火災,1,2,,")
    assert months == MonthColumns(
        places=(1, 2, 3, 4),
        labels=(0,),
        first=date(2025, 4, 1),
        last=date(2025, 6, 1),
        total=Decimal(11),
        filled=4,
        blanks=("-",),
    )
    assert months.covers == "2025-04..2025-06"


def test_totals_that_are_right() -> None:
    """Totals beside and below are compared with the numbers."""
    lines = ("種目,4月,5月,6月,合計", "自動車,3,4,5,12", "火災,1,2,0,3", "合計,4,6,5,15")
    months = columns_of(*lines)
    assert (months.checked, months.total, months.filled) == (True, Decimal(15), 6)
    assert columns_of(*(line.rpartition(",")[0] for line in lines)).checked
    assert not columns_of(*(line.rpartition(",")[0] for line in lines[:3])).checked


@pytest.mark.parametrize(
    ("why", "lines"),
    [
        ("its totals do not add up", ("種目,4月,5月,6月,合計", "自動車,3,4,5,13")),
        ("its totals do not add up", ("種目,4月,5月,6月", "自動車,3,4,5", "合計,3,4,6")),
        ("its months are not in a row", ("種目,4月,6月,7月", "自動車,3,4,5")),
        ("its months hold more than numbers", ("種目,4月,5月,6月", "自動車,3,4,五")),
        ("percentages do not add up", ("種目,4月,5月,6月", "継続,98%,97%,99%")),
        ("no column with a header says", (",4月,5月,6月", "自動車,3,4,5", "火災,1,1,1")),
        ("several rows have one name", ("種目,4月,5月,6月", "自動車,3,4,5", "自動車,1,1,1")),
        (
            "a row may be the sum",
            ("種目,4月,5月,6月", "自動車,3,4,5", "全店,3,4,5", "全店計,6,8,10"),
        ),
        ("a row may be the sum", ("店,4月,5月,6月", "東,3,4,5", "西,1,1,1", "両方,4,5,6")),
        ("a month between others", ("種目,4月,5月,6月", "自動車,3,,5", "火災,1,,1")),
    ],
)
def test_what_speaks_against_it(why: str, lines: Sequence[str]) -> None:
    """What cannot be added up, or may be no plain number of each row and month, is said."""
    problem = columns_of(*lines).problem
    assert problem is not None
    assert problem.en.startswith(why)


def test_no_year() -> None:
    """Where nothing says of which year the months are, that is said."""
    problem = columns_of("種目,4月,5月,6月", "自動車,3,4,5", file="件数.csv").problem
    assert problem is not None
    assert "nothing says its year" in problem.en


def test_other_tables(tmp_path: Path) -> None:
    """Less than three months are none; the title above a table says its year, too."""
    file = tmp_path / "a.csv"
    file.write_text("種目,4月,5月\n自動車,1,2\n", encoding="utf-8")
    assert tables_of(open_content(file, "x"), "a.csv")[0].months is None
    file.write_text("2025年度の件数,,,\n種目,4月,5月,6月\n自動車,1,2,3\n", encoding="utf-8")
    months = tables_of(open_content(file, "x"), "a.csv")[0].months
    assert months is not None
    assert (months.problem, months.covers) == (None, "2025-04..2025-06")


@given(
    st.lists(
        st.lists(st.integers(-99, 9999), min_size=6, max_size=6),
        min_size=1,
        max_size=5,
    )
)
def test_sums(numbers: list[list[int]]) -> None:
    """With right totals the sum is that of all numbers; with one of them wrong there is none."""
    header = "種目," + ",".join(f"{month}月" for month in range(4, 10)) + ",合計"
    lines = [f"種目{n},{','.join(map(str, [*row, sum(row)]))}" for n, row in enumerate(numbers)]
    months = columns_of(header, *lines)
    if months.problem is None:
        assert months.total == sum(map(sum, numbers))
        assert (months.checked, months.filled) == (True, 6 * len(numbers))
    else:
        assert "may be the sum" in months.problem.en
    wrong = f"種目,{','.join(map(str, [*numbers[0], sum(numbers[0]) + 1]))}"
    assert columns_of(header, wrong).problem is not None
