"""Up to which day open cases are judged, where nobody says it."""

from datetime import date

import pytest

from kpicli.calculators.scope import default_as_of
from support.periods import parse


@pytest.mark.parametrize(
    ("period", "today", "as_of"),
    [
        ("2025H1", date(2025, 11, 1), date(2025, 9, 30)),
        ("2025H1", date(2025, 10, 1), date(2025, 9, 30)),
        ("2025H1", date(2025, 9, 30), date(2025, 9, 29)),
        ("2025H1", date(2025, 4, 1), date(2025, 3, 31)),
        ("2025-02", date(2025, 3, 1), date(2025, 2, 28)),
    ],
)
def test_the_last_day_or_yesterday(period: str, today: date, as_of: date) -> None:
    """The period's last day once it is over; before, yesterday, since today has not ended."""
    assert default_as_of(parse(period), today) == as_of
