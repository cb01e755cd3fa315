"""Kind `ratio`: those in the numerator among all."""

from decimal import Decimal

import pytest

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.model.measured import CountedRow, Measured


def rows(top: str, bottom: str = "") -> list[CountedRow]:
    """Return a row for each letter, the first of them in the numerator."""
    return [
        *(CountedRow(numerator=True, identity=letter) for letter in top),
        *(CountedRow(identity=letter) for letter in bottom),
    ]


@pytest.mark.parametrize(
    ("top", "all_rows", "percent"),
    [(2, 3, "66.7"), (1, 16, "6.3"), (1, 3, "33.3"), (0, 5, "0.0"), (5, 5, "100.0")],
)
def test_rows_in_the_numerator_over_all(top: int, all_rows: int, percent: str) -> None:
    """One decimal, rounded half up: 1 of 16 is 6.25, which is 6.3."""
    counted = [CountedRow(numerator=number < top) for number in range(all_rows)]
    assert RatioKpi.count(counted) == Measured(Decimal(percent), top, all_rows)


def test_persons_count_once_in_each() -> None:
    """Who is in the numerator by one row is in it, whatever the other rows say."""
    assert RatioKpi.count(rows("aab", "abc")) == Measured(Decimal("66.7"), 2, 3)


def test_over_nothing_it_is_undefined() -> None:
    """0 of 0 is no percentage, and not 0 %."""
    assert RatioKpi.count([]) == Measured(None, 0, 0)


def test_percentages_have_no_sum() -> None:
    """They are shown as such, and never added."""
    assert RatioKpi.sums is Sums.NONE
    assert RatioKpi.percentage
