"""Percentages, means, medians: rounded in decimal (6.25 becomes 6.3), never by floats.

Sums and differences are exact, of any number of digits: Python's own would round to 28 in silence.
"""

from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction
from typing import Literal

Rounding = Literal["half_up", "down"]
"""How a number is shortened: a half goes away from 0, or whatever is left over is cut off."""

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact, InvalidOperation])
"""Takes as many digits as a result has. No number that is read has more than 28 on either side."""


def exact_sum(terms: Iterable[tuple[Decimal, int | Decimal]]) -> Decimal:
    """Return the sum of numbers, each taken so many times; 0 of none."""
    total = Decimal(0)
    for number, times in terms:
        total = _EXACT.fma(number, times, total)
    return total


def exact_product(number: Decimal, times: int | Decimal) -> Decimal:
    """Return a number, taken so many times."""
    return _EXACT.multiply(number, Decimal(times))


def exact_difference(number: int | Decimal, other: int | Decimal) -> int | Decimal:
    """Return the first number less the other; a whole number of whole numbers."""
    if isinstance(number, int) and isinstance(other, int):
        return number - other
    return _EXACT.subtract(Decimal(number), Decimal(other))


def plain_number(number: Decimal) -> int | Decimal:
    """Return a whole number as such, any other as it is."""
    return int(number) if number == number.to_integral_value() else number


def terminating(number: Fraction) -> int | Decimal:
    """Return a number of finitely many decimals with just those; a whole number as such.

    `ValueError` for any other.
    """
    for places in range(number.denominator.bit_length()):
        if 10**places % number.denominator == 0:
            return plain_number(shortened(number, places))
    raise ValueError(f"{number} has no end")


def share(numerator: int | Decimal, denominator: int | Decimal) -> Fraction:
    """Return the percentage, not rounded; `ZeroDivisionError` where the denominator is 0."""
    return 100 * Fraction(numerator) / Fraction(denominator)


def percentage(numerator: int | Decimal, denominator: int | Decimal) -> Decimal | None:
    """Return the percentage with one decimal; None where the denominator is 0."""
    return None if denominator == 0 else one_decimal(share(numerator, denominator))


def mean(total: Decimal, over: int | Decimal) -> Fraction | None:
    """Return the mean, not rounded; None over no rows, or over rows that weigh nothing."""
    return None if over == 0 else Fraction(total) / Fraction(over)


def median(ordered: Sequence[Decimal]) -> Fraction | None:
    """Return the median of numbers in their order, not rounded; None of none.

    Of an even number of them it is the mean of the two in the middle.
    """
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (Fraction(low) + Fraction(high)) / 2


def one_decimal(number: Fraction) -> Decimal:
    """Return the number with one decimal, of any number of digits; a half goes away from 0."""
    return shortened(number, 1)


def shortened(number: Fraction, decimals: int, rounding: Rounding = "half_up") -> Decimal:
    """Return the number with so many decimals, of any number of digits before them."""
    size = abs(number) * 10**decimals
    units = (2 * size + 1) // 2 if rounding == "half_up" else size // 1
    return Decimal(f"{'-' if number < 0 and units else ''}{units}E-{decimals}")


def decimals_of(number: int | Decimal) -> int:
    """Return how many decimals a number carries."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def exact(number: int | Decimal) -> str:
    """Return the number in plain digits, with every decimal it carries and no exponent."""
    return str(number) if isinstance(number, int) else format(number, "f")


def grouped(number: int | Decimal) -> str:
    """Return the number with its thousands separated and every decimal it carries."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,f}"


def signed(number: int | Decimal) -> str:
    """Return the number with its sign; zero has none."""
    return f"+{grouped(number)}" if number > 0 else grouped(number)
