"""How the rows of a record make its figures again."""

from decimal import Decimal

import pytest

from kpicli.catalog.measures import KINDS
from kpicli.model.measured import CountedRow, Measured
from kpicli.published.checking import Counting

ROWS = [CountedRow(True, "S1", Decimal(2)), CountedRow(False, "S2", Decimal(3)), CountedRow()]


@pytest.mark.parametrize(
    ("kind", "rows", "measured"),
    [
        ("count", ROWS, Measured(3)),
        ("distinct", ROWS[:2], Measured(2)),
        ("sum", ROWS, Measured(Decimal(5))),
        ("ratio", ROWS[:2], Measured(Decimal("50.0"), 1, 2)),
    ],
)
def test_rows_are_counted_as_their_kind_counts(
    kind: str, rows: list[CountedRow], measured: Measured
) -> None:
    """By another road than the one over columns that made the figure."""
    assert Counting(KINDS[kind], by_rows=True).count("total", rows) == measured


@pytest.mark.parametrize("kind", ["sum", "ratio", "distinct"])
def test_a_memo_is_a_number_of_rows(kind: str) -> None:
    """Whatever the KPI measures."""
    assert Counting(KINDS[kind], by_rows=True).count("memo", ROWS) == Measured(3)


def test_a_figure_that_was_entered_has_no_kind() -> None:
    """Its rows, if any, are only counted."""
    assert Counting(None, by_rows=False).count("total", []) == Measured(0)


def test_a_ratio_over_members_needs_them() -> None:
    """They are the denominator, and stand in another source."""
    counting = Counting(KINDS["roster_ratio"], by_rows=True)
    members = [CountedRow(identity=name) for name in ("S1", "S2", "S3", "S4")]
    assert counting.count("total", ROWS[:2], members) == Measured(Decimal("50.0"), 2, 4)
