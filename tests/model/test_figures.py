"""A comparison says by how much a value differs."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.model.figures import Figure
from kpicli.model.periods import Period
from kpicli.model.value import Origin, Status, Value


def value(number: int | Decimal | None) -> Value:
    """Return a plain value."""
    return Value(number, None, None, Status.OK, 0)


@pytest.mark.parametrize(
    ("own", "other", "change"),
    [
        (124, 108, 16),
        (108, 124, -16),
        (Decimal("92.3"), Decimal("92.4"), Decimal("-0.1")),
        (None, 108, None),
        (124, None, None),
    ],
)
def test_a_comparison_is_this_value_less_that_one(
    own: int | Decimal | None, other: int | Decimal | None, change: int | Decimal | None
) -> None:
    """Period and origin of the other value stand beside; where one is missing, no change does."""
    period = Period.parse("2025H1", today=date(2025, 10, 1))
    figure = Figure("voices", "total", period, None, None, None, None, value(own))
    origin = Origin("frozen", "2024H1.json")
    compared = figure.comparison("year_ago", value(other), origin)
    assert (compared.kind, compared.period.name) == ("year_ago", "2024H1")
    assert (compared.value.number, compared.change, compared.origin) == (other, change, origin)
