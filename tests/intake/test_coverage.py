"""The months that tables seem to hold in full."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

import pytest

from kpicli.intake.coverage import (
    common_months,
    empty_months,
    months_of,
    stretched,
    within,
    written,
)
from kpicli.intake.profiling.columns import Dates, column_of


def table(days: Sequence[date]) -> Dates:
    """Return the base dates of a table."""
    dates = column_of(0, "受付日", [str(day) for day in days]).dates
    assert dates is not None
    return dates


def daily(first: date, last: date) -> list[date]:
    """Return every day from the first to the last."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (daily(date(2025, 4, 1), date(2025, 9, 30)), "2025-04..2025-09"),
        (daily(date(2025, 3, 31), date(2025, 10, 1)), "2025-04..2025-09"),
        (daily(date(2025, 4, 1), date(2025, 4, 30)), "2025-04"),
        ([*daily(date(2025, 4, 1), date(2025, 9, 30)), date(2052, 9, 1)], "2025-04..2025-09"),
        (daily(date(2025, 4, 1), date(2025, 9, 26)), "2025-04..2025-09"),
    ],
)
def test_whole_months(days: Sequence[date], expected: str) -> None:
    """A day or two of a neighbouring month, and a slip far away, do not stretch the span."""
    span = months_of([table(days)])
    assert span is not None
    assert written(span) == expected


def test_a_gap_is_seen() -> None:
    """Months without a row between the first and the last are named: a file may be missing."""
    days = chain(
        daily(date(2025, 4, 1), date(2025, 5, 31)), daily(date(2025, 8, 1), date(2025, 9, 30))
    )
    assert empty_months([table(list(days))]) == [(2025, 6), (2025, 7)]


def test_common_span() -> None:
    """The span that most exports have is the common one."""
    half, year = ((2025, 4), (2025, 9)), ((2024, 10), (2025, 9))
    assert common_months([year, half, year]) == year
    assert common_months([]) is None


def test_within() -> None:
    """Dates lie in a span also where a few days reach into the next month."""
    year = ((2024, 10), (2025, 9))
    assert within([table([date(2024, 12, 1), date(2025, 10, 1)])], year)
    assert not within([table([date(2024, 9, 30)])], year)
    assert not within([table([date(2025, 11, 1)])], year)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([date(2024, month, 5) for month in (10, 11, 12)], ((2024, 10), (2025, 1))),
        ([date(2024, month, 5) for month in (5, 8, 11)], ((2024, 4), (2025, 1))),
        ([date(2024, 9, 5)], ((2024, 4), (2025, 1))),
    ],
)
def test_ends_without_rows(days: Sequence[date], expected: object) -> None:
    """They count as covered where rows are as far apart elsewhere; a single row says nothing."""
    assert stretched([table(days)], ((2024, 4), (2025, 1))) == expected
