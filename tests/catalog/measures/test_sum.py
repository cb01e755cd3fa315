"""Kind `sum`: amounts are added exactly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.sum import SumKpi
from kpicli.model.measured import CountedRow, Measured


@given(st.lists(st.integers(-(10**9), 10**9)))
def test_amounts_are_added_as_decimals(hundredths: list[int]) -> None:
    """Hundredths add up to hundredths, as whole numbers would."""
    rows = [CountedRow(amount=Decimal(n).scaleb(-2)) for n in hundredths]
    assert SumKpi.count(rows) == Measured(Decimal(sum(hundredths)).scaleb(-2))


def test_sums_of_parts_and_of_months_add_up() -> None:
    """An amount stands in one part and in one month; over no rows the sum is 0."""
    assert SumKpi.sums is Sums.EXACT
    assert SumKpi.sums_over_periods
    assert SumKpi.count([]) == Measured(Decimal(0))
