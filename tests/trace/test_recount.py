"""The figure counted again from rows: what makes two values the same."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kpicli.base.errors import InternalError
from kpicli.model.measured import Measured
from kpicli.model.value import Status, Value
from kpicli.trace.recount import assert_same

VALUE = Value(Decimal("70.6"), 178, 252, Status.PROVISIONAL, 3)
SAME = Measured(Decimal("70.6"), 178, 252)


def test_the_same_number_and_fraction_pass_whatever_the_status() -> None:
    """Status and rows in doubt are no part of what rows make."""
    assert_same(SAME, VALUE)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, number=Decimal("70.7")),
        replace(SAME, numerator=179),
        replace(SAME, denominator=251),
        replace(SAME, number=None),
    ],
)
def test_any_other_number_is_refused(other: Measured) -> None:
    """A percentage, numerator or denominator that differs is a contradiction of kpicli's own."""
    with pytest.raises(
        InternalError, match=r"the rows make \(.*\), but the figure says \(70.6, 178"
    ):
        assert_same(other, VALUE)
