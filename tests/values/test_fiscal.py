"""Fiscal years of any beginning: their spans tile them, and have one name each."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from kpicli.base.errors import PeriodError
from kpicli.model.periods import FiscalYear, Period, SpanKind
from kpicli.values.fiscal import Span, first_day_of, last_day_of, month_number, range_between
from support.periods import days, fiscals, parse

DAY = timedelta(days=1)
DECEMBER = FiscalYear(starts=12, named_by="last")


@pytest.mark.parametrize(
    ("fiscal", "text", "dates"),
    [
        (DECEMBER, "2025", "2024-12-01..2025-11-30"),
        (DECEMBER, "2025H1", "2024-12-01..2025-05-31"),
        (DECEMBER, "2025Q4", "2025-09-01..2025-11-30"),
        (FiscalYear(12), "2025H2", "2026-06-01..2026-11-30"),
        (FiscalYear(10, "last"), "2025H1", "2024-10-01..2025-03-31"),
        (FiscalYear(10, "first"), "2025H1", "2025-10-01..2026-03-31"),
        (FiscalYear(9, "last"), "2025Q1", "2024-09-01..2024-11-30"),
        (FiscalYear(9, "last"), "2025", "2024-09-01..2025-08-31"),
        (FiscalYear(1, "first"), "2025H2", "2025-07-01..2025-12-31"),
        (FiscalYear(1, "last"), "2025H2", "2025-07-01..2025-12-31"),
        (FiscalYear(4, "last"), "2025H1", "2024-04-01..2024-09-30"),
        (DECEMBER, "2025-12", "2025-12-01..2025-12-31"),
        (DECEMBER, "last-year", "2023-12-01..2024-11-30"),
        (DECEMBER, "last-half", "2024-12-01..2025-05-31"),
    ],
)
def test_fiscal_years_of_other_agencies(fiscal: FiscalYear, text: str, dates: str) -> None:
    """A fiscal year begins in any month and is named after its first or its last year."""
    assert parse(text, fiscal).dates == dates


@pytest.mark.parametrize("starts", [0, 13])
def test_a_fiscal_year_starts_in_a_month(starts: int) -> None:
    """There is no month 0 or 13."""
    with pytest.raises(ValueError, match="month 1 to 12"):
        FiscalYear(starts)


def test_halves_bear_the_names_of_the_agency() -> None:
    """A period is called so, and is read by that name in any width, and by the usual ones."""
    fiscal = FiscalYear(9, halves=("前半", "後半"))
    second = parse("2024H2", fiscal)
    assert (second.title, second.dates) == ("2024年度後半", "2025-03-01..2025-08-31")
    for words in (
        "2024年度後半",
        "\uff12\uff10\uff12\uff14年度後半",
        "2024年度下期",
        "令和6年度後半",
    ):
        assert parse(words, fiscal) == second
    with pytest.raises(PeriodError):
        parse("2024年度後半")


@pytest.mark.parametrize("halves", [("前半", "前半"), (" ", "後半"), ("下期", "上期")])
def test_halves_are_not_taken_for_each_other(halves: tuple[str, str]) -> None:
    """Two names are needed, and the usual name of the other half is none."""
    with pytest.raises(ValueError, match="halves"):
        FiscalYear(halves=halves)


@given(days, fiscals)
def test_every_month_lies_in_one_half_one_quarter_and_one_year(
    day: date, fiscal: FiscalYear
) -> None:
    """A span of each kind holds the whole month; its halves, quarters and months tile the year."""
    month = Period.month_of(day, fiscal)
    year = Period.of("year", day, fiscal)
    lengths: dict[SpanKind, int] = {"year": 1, "half": 2, "quarter": 4, "month": 12}
    for kind, count in lengths.items():
        spans = year.spans(kind)
        assert len(spans) == count
        assert (spans[0].start, spans[-1].end) == (year.start, year.end)
        assert all(b.start == a.end + DAY for a, b in pairwise(spans))
        holding = [s for s in spans if s.start <= month.start and month.end <= s.end]
        assert holding == [Period.of(kind, day, fiscal)]


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2025, 4, 1), date(2025, 6, 30), "2025-04..2025-06"),
        (date(2025, 4, 1), date(2025, 4, 30), "2025-04..2025-04"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02..2024-02"),
        (date(2024, 2, 1), date(2024, 2, 28), "2024-02-01..2024-02-28"),
        (date(2025, 4, 2), date(2025, 6, 30), "2025-04-02..2025-06-30"),
    ],
)
def test_a_range_is_named_by_its_months_where_they_are_whole(
    start: date, end: date, name: str
) -> None:
    """Whole months give a range their names, other days stand as they are."""
    assert range_between(start, end) == Span("range", start, end, name)


def test_a_span_is_shown_with_its_dates() -> None:
    """A name that is not itself the dates is followed by them."""
    assert str(FiscalYear().numbered("half", 2025, 2)) == "2025H2 (2025-10-01..2026-03-31)"
    assert str(range_between(date(2025, 4, 1), date(2025, 6, 15))) == "2025-04-01..2025-06-15"


@given(days)
def test_months_are_numbered_without_gaps(day: date) -> None:
    """The day after a month's last has the next number; a number leads back to its first day."""
    number = month_number(day)
    assert first_day_of(number) == day.replace(day=1)
    assert month_number(last_day_of(day) + DAY) == number + 1
