"""Kind `distinct`: what is told apart counts once."""

from kpicli.catalog.kpis.kpi import Sums
from kpicli.catalog.measures.distinct import DistinctKpi
from kpicli.model.measured import CountedRow, Measured


def rows(*identities: object) -> list[CountedRow]:
    """Return a row for each identity."""
    return [CountedRow(identity=identity) for identity in identities]


def test_each_identity_counts_once() -> None:
    """However many rows it has; several columns are one identity together."""
    assert DistinctKpi.count(rows("C1", "C2", "C1")) == Measured(2)
    assert DistinctKpi.count(rows(("C1", "a"), ("C1", "b"), ("C1", "a"))) == Measured(2)
    assert DistinctKpi.count([]) == Measured(0)


def test_groups_may_add_up_to_more_than_the_whole() -> None:
    """A person in two groups is one person in all, and in two months too."""
    assert DistinctKpi.sums is Sums.OVERLAPPING
    assert not DistinctKpi.sums_over_periods
