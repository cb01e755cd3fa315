"""Kind `median`: the amount in the middle, over the number of rows."""

from decimal import Decimal

import pytest

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.median import MedianKpi
from kpicli.model.measured import CountedRow


@pytest.mark.parametrize(
    ("amounts", "number"),
    [
        (["7"], "7.0"),
        (["9", "1", "2"], "2.0"),
        (["9", "1", "2", "3"], "2.5"),
        (["1", "1", "1", "100"], "1.0"),
        (["0.1", "0.2"], "0.2"),
        (["-0.1", "-0.2"], "-0.2"),
        (["10", "9"], "9.5"),
    ],
)
def test_the_amount_in_the_middle(amounts: list[str], number: str) -> None:
    """By size, not by text; between two, halfway, and a half goes away from 0."""
    measured = MedianKpi.count([CountedRow(amount=Decimal(amount)) for amount in amounts])
    assert (str(measured.number), measured.denominator) == (number, len(amounts))
    assert measured.numerator is None


def test_a_median_over_nothing_is_undefined() -> None:
    """It is not 0."""
    measured = MedianKpi.count([])
    assert (measured.number, measured.denominator) == (None, 0)


def test_medians_have_no_sum() -> None:
    """Adding them would mean nothing."""
    assert MedianKpi.sums is Sums.NONE
    assert MedianKpi.amounts
