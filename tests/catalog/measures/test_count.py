"""Kind `count`: every row counts once."""

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.count import CountKpi
from kpicli.model.measured import CountedRow, Measured


def test_rows_are_counted_whatever_they_say() -> None:
    """Equal rows are still two; no rows are 0, not nothing."""
    assert CountKpi.count([CountedRow(), CountedRow()]) == Measured(2)
    assert CountKpi.count([]) == Measured(0)


def test_figures_of_parts_and_of_months_add_up() -> None:
    """A row stands in one part and in one month."""
    assert CountKpi.sums is Sums.EXACT
    assert CountKpi.sums_over_periods
