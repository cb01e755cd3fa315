"""Months and years of tables that know no days, as people write them."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.dates import DateProblem, UnreadableDate
from kpicli.values.fiscal import APRIL, FiscalYear
from kpicli.values.months import parse_month, parse_year

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025年4月", "2025-04"),
        ("２０２５年０４月", "2025-04"),
        ("西暦 2025年4月1日", "2025-04"),
        ("2025年4月分", "2025-04"),
        ("2025年4月度", "2025-04"),
        ("2025年4月末現在", "2025-04"),
        ("2025/04", "2025-04"),
        ("2025-4", "2025-04"),
        ("2025.10", "2025-10"),
        ("2025.01", "2025-01"),
        ("202504", "2025-04"),
        ("令和7年4月", "2025-04"),
        ("令和元年5月", "2019-05"),
        ("平成31年4月", "2019-04"),
        ("平成元年1月", "1989-01"),
        ("昭和64年1月", "1989-01"),
        ("R7.4", "2025-04"),
        ("R7.1", "2025-01"),
        ("R 7. 4", "2025-04"),
        ("r7/12", "2025-12"),
        ("2025/4/30", "2025-04"),
        ("2025-04-30T23:59:59Z", "2025-05"),
    ],
)
def test_months_are_read(text: str, month: str) -> None:
    """The value is the first day of the month; a day names its month, in the zone."""
    assert parse_month(text, TOKYO) == date.fromisoformat(f"{month}-01")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("4月", "no_year"),
        ("25/4", "no_year"),
        ("2025", "no_month"),
        ("2025年度", "no_month"),
        ("2025/13", "no_such_month"),
        ("2025/0", "no_such_month"),
        ("202513", "no_such_month"),
        ("2025.1", "october"),
        ("令和元年4月", "outside_era"),
        ("平成31年5月", "outside_era"),
        ("070401", "short_year"),
        ("2025/4/31", "no_such_day"),
        ("2201/4", "year"),
        ("45748", "digits"),
        ("FY2025-02", ""),
        ("Apr-25", ""),
    ],
)
def test_what_is_no_month_is_a_fault(text: str, problem: DateProblem) -> None:
    """A spreadsheet makes 2025.1 of 2025.10 too; nothing is guessed."""
    with pytest.raises(UnreadableDate) as error:
        parse_month(text, TOKYO)
    assert error.value.problem == problem


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2024年度", "2024-04"),
        ("2024年度末", "2024-04"),
        ("FY2024", "2024-04"),
        ("令和6年度", "2024-04"),
        ("R6年度", "2024-04"),
        ("平成31年度", "2019-04"),
        ("令和元年度", "2019-04"),
        ("2024年", "2024-01"),
        ("令和6年", "2024-01"),
        ("平成31年", "2019-01"),
        ("令和元年", "2019-01"),
    ],
)
def test_years_are_read(text: str, first: str) -> None:
    """年度 is the fiscal year, 年 the one from January, whatever a bare year is."""
    for bare in (None, "fiscal", "calendar"):
        assert parse_year(text, APRIL, bare).isoformat() == f"{first}-01"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2024", "which_year"),
        ("R6", "which_year"),
        ("昭和64年度", "outside_era"),
        ("平成32年度", "outside_era"),
        ("24年度", "no_whole_year"),
        ("2024/4", "no_whole_year"),
        ("2024年4月1日", "no_whole_year"),
        ("2300年度", "year"),
    ],
)
def test_what_is_no_year_is_a_fault(text: str, problem: DateProblem) -> None:
    """A bare year is two years until the settings say which."""
    with pytest.raises(UnreadableDate) as error:
        parse_year(text, APRIL, None)
    assert error.value.problem == problem


def test_a_bare_year_is_what_is_declared() -> None:
    """It begins in April or in January."""
    assert parse_year("2024", APRIL, "fiscal") == date(2024, 4, 1)
    assert parse_year("R6", APRIL, "calendar") == date(2024, 1, 1)


@given(st.integers(1990, 2190), st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_every_spelling_of_a_month_and_a_year_is_one(
    year: int, month: int, starts: int, by_last: bool
) -> None:
    """Counted from the number of the month, whatever the fiscal year."""
    first = date(year, month, 1)
    spellings = (f"{year}年{month}月", f"{year}/{month:02}", f"{year}-{month}", f"{year}{month:02}")
    assert {parse_month(text, TOKYO) for text in spellings} == {first}
    fiscal = FiscalYear(starts, "last" if by_last else "first")
    own = parse_year(f"{year}年度", fiscal, None)
    ahead = 1 if by_last and starts > 1 else 0
    assert (own.year, own.month, own.day) == (year - ahead, starts, 1)
