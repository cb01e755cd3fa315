"""The kinds that records name: a former one is counted as it was."""

from decimal import Decimal

import pytest

from kpicli.catalog.measures import KINDS
from kpicli.model.measured import CountedRow, Measured
from kpicli.published.kinds import KINDS_OF_RECORDS, RosterRatio, is_percentage, over_nothing


def people(*names: str) -> list[CountedRow]:
    """Return a row for each name."""
    return [CountedRow(identity=name) for name in names]


def test_members_with_a_row_among_all_members() -> None:
    """Each counts once; who is no member counts nowhere, however many rows he has."""
    log, members = people("S1", "S1", "S9", "S9"), people("S1", "S2", "S3", "S3")
    assert RosterRatio.count(log, members) == Measured(Decimal("33.3"), 1, 3)


def test_without_members_it_is_undefined() -> None:
    """A list of nobody gives no percentage."""
    assert RosterRatio.count(people("S1")) == Measured(None, 0, 0)


@pytest.mark.parametrize(
    ("measure", "percentage", "nothing"),
    [
        ("roster_ratio", True, Measured(None, 0, 0)),
        ("ratio", True, Measured(None, 0, 0)),
        ("count", False, Measured(0)),
        ("entered", False, Measured(0)),
        ("entered_ratio", True, Measured(None, 0, 0)),
    ],
)
def test_what_kinds_are_over_nothing(measure: str, percentage: bool, nothing: Measured) -> None:
    """Entered figures, which have no kind of their own, are known as well."""
    assert (is_percentage(measure), over_nothing(measure)) == (percentage, nothing)


def test_no_one_can_declare_a_former_kind() -> None:
    """Records may name it, a catalogue may not."""
    assert KINDS_OF_RECORDS.keys() - KINDS.keys() == {"roster_ratio"}
