"""A change is rounded once and last, and there is none where either value has a gap."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.value import NOTHING, Status, Value, change_between, only_rounded

counts = st.integers(1, 400)


def half_up(number: Fraction) -> Decimal:
    """Return a number with one decimal, rounded by the decimal module alone."""
    places = Decimal(number.numerator) / Decimal(number.denominator)
    return places.quantize(Decimal("0.1"), ROUND_HALF_UP)


def ratio(some: int, whole: int) -> Value:
    """Return a percentage with its numerator and denominator."""
    return Value(half_up(Fraction(100 * some, whole)), some, whole, Status.OK, 0)


def test_the_change_of_a_ratio_is_that_of_the_exact_shares() -> None:
    """10/27 after 10/26 is -1.4 points, though 37.0 less 38.5 is -1.5."""
    assert change_between(ratio(10, 27), ratio(10, 26)) == Decimal("-1.4")


@given(counts, counts, counts, counts)
def test_a_change_is_rounded_once(a: int, b: int, c: int, d: int) -> None:
    """The difference of the exact shares, recounted with another rounding of the same rule."""
    exact = Fraction(100 * a, b) - Fraction(100 * c, d)
    expected = -half_up(-exact) if exact < 0 else half_up(exact)
    assert change_between(ratio(a, b), ratio(c, d)) == expected


def test_a_value_known_as_rounded_alone_is_compared_as_shown() -> None:
    """Of a share entered by hand nothing but 38.5 is known, so 37.0 less 38.5 it is."""
    entered = Value(Decimal("38.5"), None, None, Status.OK, 0)
    assert change_between(ratio(10, 27), entered) == Decimal("-1.5")
    assert only_rounded(ratio(10, 27), entered)
    assert only_rounded(entered, ratio(10, 27))
    assert not only_rounded(entered, entered)
    assert not only_rounded(ratio(10, 27), ratio(10, 26))


@pytest.mark.parametrize(("now", "before"), [(ratio(1, 2), NOTHING), (NOTHING, ratio(1, 2))])
def test_a_gap_has_no_change(now: Value, before: Value) -> None:
    """Beside nothing no change is said, and nothing is not taken for a zero."""
    assert change_between(now, before) is None
    assert not only_rounded(now, before)
