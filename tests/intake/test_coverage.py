"""The months that tables seem to hold in full."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import chain

import pytest

from kpicli.intake.coverage import common_months, empty_months, months_of, within, written
from kpicli.intake.known import declared_sources
from kpicli.intake.matching.fit import Fit
from kpicli.intake.matching.sources import Feed, Match
from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.tables import Table


def feed(days: Sequence[date]) -> Feed:
    """Return a table of voices received on these days."""
    column = column_of(0, "受付日", [str(day) for day in days])
    (declared,) = [own for own in declared_sources() if own.source.id == "voices"]
    match = Match("received_on", column, Fit(1, 1, 1))
    return Feed(Table("a.csv", "", len(days), 1, (column,)), declared, 1.0, (match,))


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
    span = months_of([feed(days)])
    assert span is not None
    assert written(span) == expected


def test_a_gap_is_seen() -> None:
    """Months without a row between the first and the last are named: a file may be missing."""
    days = chain(
        daily(date(2025, 4, 1), date(2025, 5, 31)), daily(date(2025, 8, 1), date(2025, 9, 30))
    )
    assert empty_months([feed(list(days))]) == [(2025, 6), (2025, 7)]


def test_common_span() -> None:
    """The span that most exports have is the common one."""
    half, year = ((2025, 4), (2025, 9)), ((2024, 10), (2025, 9))
    assert common_months([year, half, year]) == year
    assert common_months([]) is None


def test_within() -> None:
    """Dates lie in a span also where a few days reach into the next month."""
    year = ((2024, 10), (2025, 9))
    assert within([feed([date(2024, 12, 1), date(2025, 10, 1)])], year)
    assert not within([feed([date(2024, 9, 30)])], year)
    assert not within([feed([date(2025, 11, 1)])], year)
