"""Kind `mean`: the mean of amounts, over their number."""

from decimal import Decimal

import pytest

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.mean import MeanKpi
from kpicli.model.measured import CountedRow


@pytest.mark.parametrize(
    ("amounts", "number"),
    [
        (["1", "2"], "1.5"),
        (["0.25"], "0.3"),
        (["0.24"], "0.2"),
        (["-0.25"], "-0.3"),
        (["1", "1", "2"], "1.3"),
    ],
)
def test_a_mean_is_rounded_half_up_in_decimal(amounts: list[str], number: str) -> None:
    """One decimal, away from zero on a tie; the number of rows stands beside it."""
    measured = MeanKpi.count([CountedRow(amount=Decimal(amount)) for amount in amounts])
    assert (str(measured.number), measured.denominator) == (number, len(amounts))
    assert measured.numerator is None


def test_a_mean_over_nothing_is_undefined() -> None:
    """It is not 0."""
    measured = MeanKpi.count([])
    assert (measured.number, measured.denominator) == (None, 0)


def test_means_have_no_sum() -> None:
    """Adding them would mean nothing."""
    assert MeanKpi.sums is Sums.NONE
    assert MeanKpi.amounts
