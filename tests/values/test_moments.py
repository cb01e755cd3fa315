"""Moments: how their spelling is read, and what day each shift gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.moments import (
    Moment,
    Unit,
    WorkingDays,
    business_days_between,
    column_of,
    dating_of,
    months_between,
    parse_moment,
    shifted,
    years_between,
)

EVERY_DAY = WorkingDays(frozenset(), frozenset())
OFFICE = WorkingDays(holidays=frozenset((date(2025, 4, 29), date(2025, 5, 5), date(2025, 5, 6))))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("@matures_on - 28 days", Moment("@matures_on", -28, "days")),
        ("@matures_on-28days", Moment("@matures_on", -28, "days")),
        ("started_on + 37 months", Moment("started_on", 37, "months")),
        ("@end + 1 year", Moment("@end", 1, "years")),
        ("@as_of - 5 business days", Moment("@as_of", -5, "business days")),
        ("@as_of - 1 business day", Moment("@as_of", -1, "business days")),
        ("2025-04-01 + 2 months", Moment(date(2025, 4, 1), 2, "months")),
        ("2025-02-30 + 2 months", None),
        ("@end", None),
        ("@end + 2", None),
        ("@end + 2 weeks", None),
        ("@end + two days", None),
        ("@end * 2 days", None),
    ],
)
def test_a_shift_is_read_or_is_none(text: str, moment: Moment | None) -> None:
    """The four units are known, one also in the singular; anything else is no moment."""
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    ("day", "count", "unit", "expected"),
    [
        ("2025-01-31", 1, "months", "2025-02-28"),
        ("2024-01-31", 1, "months", "2024-02-29"),
        ("2025-03-31", -1, "months", "2025-02-28"),
        ("2025-02-28", 1, "months", "2025-03-28"),
        ("2024-02-29", 1, "years", "2025-02-28"),
        ("2024-02-29", 4, "years", "2028-02-29"),
        ("2022-03-15", 37, "months", "2025-04-15"),
        ("2025-01-10", -1, "years", "2024-01-10"),
        ("2025-01-10", -28, "days", "2024-12-13"),
        # 2025-04-25 is a Friday; 29 April, 5 and 6 May are holidays
        ("2025-04-25", 1, "business days", "2025-04-28"),
        ("2025-04-25", 2, "business days", "2025-04-30"),
        ("2025-05-02", 1, "business days", "2025-05-07"),
        ("2025-05-07", -1, "business days", "2025-05-02"),
        ("2025-05-03", 0, "business days", "2025-05-07"),
        ("2025-05-07", 0, "business days", "2025-05-07"),
    ],
)
def test_a_shift_keeps_the_day_or_takes_the_last_of_the_month(
    day: str, count: int, unit: Unit, expected: str
) -> None:
    """Months and years keep the day where the month has it; business days end on open ones."""
    assert shifted(date.fromisoformat(day), count, unit, OFFICE) == date.fromisoformat(expected)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_are_counted_as_on_a_calendar(day: date, count: int) -> None:
    """The month is `count` on, by stepping from first to first; the day never grows."""
    first = day.replace(day=1)
    for _ in range(abs(count)):
        first = (first + timedelta(days=31 if count > 0 else -1)).replace(day=1)
    moved = shifted(day, count, "months", EVERY_DAY)
    assert moved.replace(day=1) == first
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    assert moved == min(last, first + timedelta(days=day.day - 1))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_business_days_between_are_as_many_as_asked(day: date, count: int) -> None:
    """From the day after to the moment there are `count` open days."""
    moved = shifted(day, count, "business days", OFFICE)
    between = [day + timedelta(days=n) for n in range(1, (moved - day).days + 1)]
    assert sum(OFFICE.open_on(each) for each in between) == count
    assert OFFICE.open_on(moved)


def test_a_moment_beyond_the_calendar_is_its_end() -> None:
    """A date such as 9999-12-31 may be shifted, and lies after and before every other."""
    assert Moment("@a", 1, "months").of(date(9999, 12, 31), EVERY_DAY) == date.max
    assert Moment("@a", -1, "years").of(date(1, 1, 1), EVERY_DAY) == date.min


@pytest.mark.parametrize(
    ("first", "last", "months", "years"),
    [
        ("2025-01-31", "2025-02-27", 0, 0),
        ("2025-01-31", "2025-02-28", 1, 0),
        ("2024-02-29", "2025-02-28", 12, 1),
        ("2024-03-01", "2025-02-28", 11, 0),
        ("1955-04-02", "2025-04-01", 839, 69),
        ("1955-04-02", "2025-04-02", 840, 70),
        ("2025-04-02", "1955-04-02", -840, -70),
        ("2025-04-01", "2025-04-01", 0, 0),
    ],
)
def test_months_and_years_are_those_completed(
    first: str, last: str, months: int, years: int
) -> None:
    """A month ends on the same day or that month's last; ages follow, backwards below 0."""
    days = date.fromisoformat(first), date.fromisoformat(last)
    assert (months_between(*days), years_between(*days)) == (months, years)


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.dates(date(2024, 1, 1), date(2026, 1, 1)))
def test_business_days_are_counted_after_the_first(first: date, last: date) -> None:
    """Counted day by day: those after the first, up to and with the last."""
    low, high = sorted((first, last))
    days = [low + timedelta(days=n) for n in range(1, (high - low).days + 1)]
    number = sum(OFFICE.open_on(day) for day in days)
    assert business_days_between(first, last, OFFICE) == (number if first <= last else -number)


def test_a_row_is_dated_by_a_column_or_a_shift_of_one() -> None:
    """A plain name stays as it is; what looks like a shift and is none is refused."""
    assert dating_of("on") == column_of("on") == "on"
    assert dating_of("on + 1 month") == Moment("on", 1, "months")
    assert column_of(Moment("on", 1, "months")) == "on"
    for text in ("on + 3 weeks", "on +", "2025-04-01 + 1 month"):
        with pytest.raises(ValueError, match="neither a date column"):
            dating_of(text)
