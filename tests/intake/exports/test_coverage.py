"""The months that tables seem to hold in full."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.exports.coverage import (
    Months,
    common_months,
    empty_months,
    months_of,
    named_by_period,
    stretched,
    within,
    written,
)
from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.dates import Dates
from kpicli.model.periods import FiscalYear


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


APRIL = FiscalYear(4)


def month(number: int, last: int | None = None) -> Months:
    """Return the months of 2025 from one to another."""
    return (2025, number), (2025, last or number)


@pytest.mark.parametrize(
    ("held", "pattern"),
    [
        ({"声_2025-04.csv": month(4), "声_2025-05.csv": month(5)}, "声_{covers}.csv"),
        ({"a/声2025年4月分.csv": month(4), "a/声2025年5月分.csv": month(5)}, "a/声{covers}分.csv"),
        ({"声_2025Q1.csv": month(4, 6), "声_2025Q2.csv": month(7, 9)}, "声_{covers}.csv"),
        ({"x.zip/2025-11.csv": month(11), "x.zip/2025-12.csv": month(12)}, "x.zip/{covers}.csv"),
        ({"声_2025-04.csv": month(4)}, None),  # one file says nothing of others
        ({"声_2025-05.csv": month(4), "声_2025-06.csv": month(5)}, None),  # days of the export
        ({"声_2025-04.csv": month(4, 5), "声_2025-05.csv": month(5)}, None),
        ({"声_2025H1.csv": month(4, 8), "声_2024H2.csv": month(1, 3)}, None),  # begun
        ({"声_4月.csv": month(4), "声_5月.csv": month(5)}, None),  # of no year
        ({"声1.csv": month(4), "声2.csv": month(5)}, None),
        ({"a/声_2025-04.csv": month(4), "b/声_2025-05.csv": month(5)}, None),
        ({"声[1]_2025-04.csv": month(4), "声[1]_2025-05.csv": month(5)}, None),
    ],
)
def test_files_named_by_their_months(held: Mapping[str, Months], pattern: str | None) -> None:
    """Files whose names say the very months that they hold are found by a pattern."""
    assert named_by_period(held, (), APRIL) == pattern


def test_patterns_fit_no_other_files() -> None:
    """A pattern that another file fits, which is not of the export, is not taken."""
    held = {"声_2025-04.csv": month(4), "声_2025-05.csv": month(5)}
    assert named_by_period(held, ["声_控え.txt", "案件_2025-04.csv"], APRIL) == "声_{covers}.csv"
    assert named_by_period(held, ["声_2025-04 (1).csv"], APRIL) is None


@given(st.integers(2001, 2040), st.integers(1, 12), st.integers(2, 24))
def test_every_row_of_months(year: int, first: int, count: int) -> None:
    """However many files there are, one pattern leads to all of them."""
    numbers = [12 * year + first - 1 + n for n in range(count)]
    months = [(number // 12, number % 12 + 1) for number in numbers]
    held = {f"声 {y}-{m:02}.csv": ((y, m), (y, m)) for y, m in months}
    assert named_by_period(held, (), APRIL) == "声 {covers}.csv"
