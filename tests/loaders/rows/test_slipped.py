"""Years that slipped beside the base date, and honest dates that lie far from it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.value import Status
from support.small_project import Project, codes, places

CLOSED = [
    f"V{day},2025/{4 + day % 5}/{day},生保,不満,,2025/{5 + day % 5}/2" for day in range(1, 25)
]


@pytest.mark.parametrize("day", ["2052/6/30", "1925/7/1", "2015/7/1", "2105/6/1", "2125/6/30"])
def test_a_slipped_year_of_another_date_is_told_and_in_doubt(tmp_path: Path, day: str) -> None:
    """Only figures that use the column are: here the improvements, not the voices."""
    rows = [*CLOSED, f"V99,2025/6/20,生保,不満,,{day}"]
    project = Project(tmp_path).export("voices", rows)
    assert places(project.load("voices"), "D207") == [("voices0.csv", 26, "改善日")]
    improved = project.summarize("complaint_improvements").value()
    assert (improved.number, improved.status, improved.faulty_rows) == (24, Status.PROVISIONAL, 1)
    voices = project.summarize("voices").value()
    assert (voices.number, voices.status) == (25, Status.OK)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([f"V{n},2025/6/20,生保,不満,,2099/12/31" for n in range(90, 93)], "no end"),
        ([f"V{n},2025/6/20,生保,不満,,2098/6/1" for n in range(90, 93)], "the same day for all"),
        ([f"V{n},2025/6/20,生保,不満,,{2005 + n % 10}/1/5" for n in range(70, 90)], "many"),
        (["V99,2025/6/20,生保,不満,,2012/1/5"], "no whole tens of years"),
        (["V99,2025/6/20,生保,不満,,2027/1/5"], "next year but one"),
    ],
)
def test_honest_dates_are_not_accused(tmp_path: Path, rows: list[str], why: str) -> None:
    """Nothing is told of a column where a far date may be right."""
    project = Project(tmp_path).export("voices", [*CLOSED, *rows])
    assert "D207" not in codes(project.load("voices")), why


def test_a_column_of_ends_is_not_judged(tmp_path: Path) -> None:
    """Contracts of one year beside a few of ten and of thirty-five are what they are."""
    rows = [f"V{day},2025/5/{day},生保,不満,,2026/5/{day}" for day in range(1, 25)]
    rows += ["V98,2025/6/1,生保,不満,,2035/6/1", "V99,2025/6/1,生保,不満,,2060/6/1"]
    project = Project(tmp_path).export("voices", rows)
    assert "D207" not in codes(project.load("voices"))


def test_a_row_whose_own_base_date_slipped_is_judged_by_that_alone(tmp_path: Path) -> None:
    """One slip is one warning: that of the base date."""
    project = Project(tmp_path).export(
        "voices", [*CLOSED, "V99,1925/6/20,生保,不満,,2025/6/25"], covers=None
    )
    assert places(project.load("voices"), "D207") == [("voices0.csv", 26, "受付日")]


@given(
    st.lists(st.integers(0, 180), min_size=3, max_size=30),
    st.integers(1, 10),
    st.booleans(),
)
def test_a_century_or_decades_off_are_found_in_any_body(
    tmp_path_factory: pytest.TempPathFactory, days: list[int], tens: int, back: bool
) -> None:
    """Whatever the days between are, the row moved by tens of years is the one that is named."""
    base = date(2025, 4, 10)
    closed = [base + timedelta(days=each) for each in days]
    odd = closed[0].replace(year=closed[0].year + (-10 if back else 10) * tens)
    rows = [f"V{n},2025/4/10,生保,不満,,{day:%Y/%m/%d}" for n, day in enumerate([*closed, odd])]
    project = Project(tmp_path_factory.mktemp("slip")).export("voices", rows)
    assert places(project.load("voices"), "D207") == [("voices0.csv", len(rows) + 1, "改善日")]
