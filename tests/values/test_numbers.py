from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.numbers import (
    exact,
    exact_difference,
    exact_sum,
    mean,
    median,
    one_decimal,
    percentage,
    terminating,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (1, 16, "6.3"),  # 6.25
        (3, 16, "18.8"),  # 18.75
        (1, 2000, "0.1"),  # 0.05
        (1, 2001, "0.0"),
        (24, 26, "92.3"),
        (178, 252, "70.6"),
        (27, 28, "96.4"),
        (1999, 2000, "100.0"),  # 99.95
        (0, 5, "0.0"),
        (5, 5, "100.0"),
    ],
)
def test_percentages_are_rounded_half_up(numerator: int, denominator: int, shown: str) -> None:
    """A percentage has one decimal, and a half goes up, also where a float or banker would not."""
    assert str(percentage(numerator, denominator)) == shown


def test_a_percentage_of_nothing_is_undefined() -> None:
    """A denominator of 0 gives no number, not 0."""
    assert percentage(0, 0) is None


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_percentage_is_off_by_half_a_tenth_at_most(numerator: int, denominator: int) -> None:
    """The rounded percentage lies within (-0.05, +0.05] of the exact one."""
    rounded = percentage(numerator, denominator)
    assert rounded is not None
    error = rounded * denominator - 100 * numerator
    assert Decimal("-0.05") * denominator < error <= Decimal("0.05") * denominator


@pytest.mark.parametrize(
    ("total", "rows", "shown"),
    [
        ("0.25", 1, "0.3"),
        ("0.5", 10, "0.1"),
        ("10", 4, "2.5"),
        ("-0.25", 1, "-0.3"),
        ("-0.04", 1, "0.0"),
        ("9999999999999999999999999999", 1, "9999999999999999999999999999.0"),
    ],
)
def test_means_are_rounded_half_up(total: str, rows: int, shown: str) -> None:
    """A mean has one decimal, and a half goes up."""
    assert str(one_decimal(mean(Decimal(total), rows) or Fraction(0))) == shown


def test_a_mean_of_no_rows_is_undefined() -> None:
    """Over no rows there is no mean."""
    assert mean(Decimal(0), 0) is None


@pytest.mark.parametrize(
    ("ordered", "shown"),
    [
        (["7"], "7.0"),
        (["1", "2"], "1.5"),
        (["1", "2", "9"], "2.0"),
        (["0.1", "0.2"], "0.2"),
        (["9999999999999999999999999998", "9999999999999999999999999999"], f"{10**28 - 2}.5"),
    ],
)
def test_a_median_is_the_middle_or_between_two(ordered: list[str], shown: str) -> None:
    """Exactly, however many digits there are; then rounded half up to one decimal."""
    assert str(one_decimal(median([Decimal(number) for number in ordered]) or Fraction(0))) == shown


def test_a_median_of_nothing_is_undefined() -> None:
    """Of no numbers there is none."""
    assert median([]) is None


LONG = st.decimals(-(10**39), 10**39, allow_nan=False, places=27)


@given(st.lists(st.tuples(LONG, st.integers(0, 10**7)), max_size=6))
def test_sums_are_exact(terms: list[tuple[Decimal, int]]) -> None:
    """A sum has every digit that fractions give it, beyond Python's 28 too."""
    expected = sum((Fraction(number) * times for number, times in terms), Fraction(0))
    assert Fraction(exact_sum(terms)) == expected


@given(LONG | st.integers(), LONG | st.integers())
def test_differences_are_exact(number: Decimal | int, other: Decimal | int) -> None:
    """A difference too; that of whole numbers is one."""
    difference = exact_difference(number, other)
    assert Fraction(difference) == Fraction(number) - Fraction(other)
    assert isinstance(difference, int) == (isinstance(number, int) and isinstance(other, int))


@pytest.mark.parametrize(
    ("number", "written"),
    [(7, "7"), (Decimal("1E+2"), "100"), (Decimal("1.50"), "1.50"), (Decimal("1E-7"), "0.0000001")],
)
def test_a_number_is_written_in_plain_digits(number: int | Decimal, written: str) -> None:
    """No exponent, and every decimal that it carries."""
    assert exact(number) == written


@given(st.integers(-(10**9), 10**9), st.integers(0, 6))
def test_a_number_with_an_end_has_just_its_decimals(units: int, places: int) -> None:
    """It is the same number, and no decimal of it is 0; a whole number is one."""
    made = terminating(Fraction(units, 10**places))
    assert Fraction(made) == Fraction(units, 10**places)
    if isinstance(made, Decimal):
        assert not str(made).endswith("0")


def test_a_number_without_an_end_is_refused() -> None:
    """A third is no decimal number."""
    with pytest.raises(ValueError, match="1/3 has no end"):
        terminating(Fraction(1, 3))
