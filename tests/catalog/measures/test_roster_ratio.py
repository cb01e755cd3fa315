"""Kind `roster_ratio`: the members of a roster who have a row in a log."""

from decimal import Decimal

from kpicli.catalog.measures.roster_ratio import RosterRatioKpi
from kpicli.model.measured import CountedRow, Measured


def people(*names: str) -> list[CountedRow]:
    """Return a row for each name."""
    return [CountedRow(identity=name) for name in names]


def test_members_with_a_row_among_all_members() -> None:
    """Each counts once; who is no member counts nowhere, however many rows he has."""
    log, members = people("S1", "S1", "S9", "S9"), people("S1", "S2", "S3", "S3")
    assert RosterRatioKpi.count(log, members) == Measured(Decimal("33.3"), 1, 3)


def test_without_members_it_is_undefined() -> None:
    """An empty roster gives no percentage."""
    assert RosterRatioKpi.count(people("S1")) == Measured(None, 0, 0)


def test_it_is_asked_anew_each_month_and_in_no_group() -> None:
    """Who is a member depends on the day; the roster has none of the log's columns."""
    assert not RosterRatioKpi.splits_by_time
    assert not RosterRatioKpi.splits_by_column
