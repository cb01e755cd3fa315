from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.wareki import (
    ERAS,
    SOLAR_SINCE,
    OutsideEra,
    era_of,
    era_year,
    from_wareki,
    to_wareki,
    western_year,
)

_BORDERS = [era.first for era in ERAS[1:]]


@pytest.mark.parametrize(
    ("mark", "year", "month", "day", "expected"),
    [
        ("明治", 6, 1, 1, date(1873, 1, 1)),
        ("明治", 45, 7, 30, date(1912, 7, 30)),
        ("大正", 1, 7, 30, date(1912, 7, 30)),
        ("大正", 15, 12, 25, date(1926, 12, 25)),
        ("昭和", 1, 12, 25, date(1926, 12, 25)),
        ("昭和", 64, 1, 7, date(1989, 1, 7)),
        ("平成", 1, 1, 8, date(1989, 1, 8)),
        ("平成", 31, 4, 30, date(2019, 4, 30)),
        ("令和", 1, 5, 1, date(2019, 5, 1)),
        ("令和", 7, 4, 1, date(2025, 4, 1)),
    ],
)
def test_first_and_last_days(mark: str, year: int, month: int, day: int, expected: date) -> None:
    """Every era reaches exactly from its first to its last day."""
    assert from_wareki(mark, year, month, day) == expected


@pytest.mark.parametrize(
    ("mark", "year", "month", "day"),
    [
        ("明治", 5, 12, 2),
        ("明治", 45, 7, 31),
        ("大正", 1, 7, 29),
        ("大正", 15, 12, 26),
        ("昭和", 1, 12, 24),
        ("昭和", 64, 1, 8),
        ("平成", 1, 1, 7),
        ("平成", 31, 5, 1),
        ("平成", 35, 4, 1),
        ("令和", 1, 4, 30),
        ("令和", 0, 5, 1),
        ("応仁", 1, 5, 1),
    ],
)
def test_days_outside_the_era_are_refused(mark: str, year: int, month: int, day: int) -> None:
    """The day before an era's first and after its last are not in it, nor are lunar dates."""
    with pytest.raises(OutsideEra):
        from_wareki(mark, year, month, day)


def test_days_that_never_were_are_refused() -> None:
    """令和7年2月29日 does not exist."""
    with pytest.raises(ValueError, match="day is out of range"):
        from_wareki("令和", 7, 2, 29)


@pytest.mark.parametrize("mark", ["令和", "令", "㋿", "R", "r"])
def test_an_era_goes_by_several_marks(mark: str) -> None:
    """Name, first kanji, squared sign and letter in either case name the same era."""
    assert era_of(mark).name == "令和"


def test_the_first_year_is_gannen() -> None:
    """元 is year 1."""
    assert era_year("元") == 1
    assert era_year("07") == 7


def test_years_of_an_era() -> None:
    """An era's years end with the year that it ended in."""
    assert western_year("H", 31) == 2019
    with pytest.raises(OutsideEra):
        western_year("H", 32)


@given(
    st.dates(min_value=SOLAR_SINCE)
    | st.builds(lambda b, n: b + timedelta(n), st.sampled_from(_BORDERS), st.integers(-3, 3))
)
def test_every_day_goes_to_its_era_and_back(day: date) -> None:
    """A day's era and year lead back to the day, across all borders."""
    era, year = to_wareki(day)
    assert era.contains(day)
    assert from_wareki(era.name, year, day.month, day.day) == day


def test_shared_days_belong_to_the_later_era() -> None:
    """The day on which an emperor died is written in the new era."""
    assert [(e.name, y) for e, y in map(to_wareki, _BORDERS)] == [
        ("大正", 1),
        ("昭和", 1),
        ("平成", 1),
        ("令和", 1),
    ]
    with pytest.raises(OutsideEra):
        to_wareki(date(1872, 12, 31))
