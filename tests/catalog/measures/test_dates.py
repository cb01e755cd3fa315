"""Kind `dates`: what a row shows, and how many different ones there are."""

import pytest

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.dates import DatesKpi
from kpicli.model.measured import CountedRow, Measured, ShownAs, ShownDates

CELLS = (
    ("2025-04-01", "法令"),
    ("2025-04-01", "法令"),
    ("2025-04-01", "商品"),
    ("2025-04-30", "法令"),
    ("2025-05-01", ""),
)


@pytest.mark.parametrize(
    ("shown_as", "number"),
    [("day", 4), ("month", 3), ("yes_no", 1)],  # of April two themes
)
def test_rows_that_show_the_same_are_one(shown_as: ShownAs, number: int) -> None:
    """A day or month with what stands beside it counts once; whether there is any is 1 or 0."""
    rows = [CountedRow(dated=DatesKpi.dated_by(shown_as, cells)) for cells in CELLS]
    assert DatesKpi.count(rows) == Measured(number)
    assert DatesKpi.count(rows[:1]) == Measured(1)
    assert DatesKpi.count([]) == Measured(0)


def test_nothing_is_no_date() -> None:
    """Over no rows it is that there is none, and it is not added up."""
    assert DatesKpi.over_nothing("yes_no") == Measured(0, dates=ShownDates("yes_no"))
    assert (DatesKpi.sums, DatesKpi.sums_over_periods) == (Sums.NONE, False)


def test_rows_are_dated_by_what_is_shown() -> None:
    """Without `date` the days that are shown decide the period; a `date` of its own stays."""
    table = {"id": "own", "title": "日", "source": "sessions", "measure": "dates", "of": "on"}
    assert DatesKpi.model_validate(table).dates == ("on",)
    assert DatesKpi.model_validate({**table, "date": "held_on"}).dates == ("held_on",)
    shown = DatesKpi.model_validate({**table, "with": "theme", "shown_as": "month"})
    assert (shown.dated, shown.date_shown_as) == (("on", "theme"), "month")
