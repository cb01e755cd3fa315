"""Percentages, means, medians: rounded half up in decimal (6.25 becomes 6.3), never by floats.

Sums and differences are exact, of any number of digits: Python's own would round to 28 in silence.
"""

from collections.abc import Iterable, Sequence
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, InvalidOperation
from fractions import Fraction

_EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact, InvalidOperation])
"""Takes as many digits as a result has. No number that is read has more than 28 on either side."""


def exact_sum(terms: Iterable[tuple[Decimal, int]]) -> Decimal:
    """Return the sum of numbers, each taken so many times; 0 of none."""
    total = Decimal(0)
    for number, times in terms:
        total = _EXACT.add(total, _EXACT.multiply(number, times))
    return total


def exact_difference(number: int | Decimal, other: int | Decimal) -> int | Decimal:
    """Return the first number less the other; a whole number of whole numbers."""
    if isinstance(number, int) and isinstance(other, int):
        return number - other
    return _EXACT.subtract(Decimal(number), Decimal(other))


def percentage(numerator: int, denominator: int) -> Decimal | None:
    """Return the percentage with one decimal; None where the denominator is 0."""
    return None if denominator == 0 else one_decimal(Fraction(100 * numerator, denominator))


def mean(total: Decimal, rows: int) -> Fraction | None:
    """Return the mean, not rounded; None over no rows."""
    return None if rows == 0 else Fraction(total) / rows


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
    tenths = (20 * abs(number) + 1) // 2
    return Decimal(f"{'-' if number < 0 and tenths else ''}{tenths}E-1")


def exact(number: int | Decimal) -> str:
    """Return the number in plain digits, with every decimal it carries and no exponent."""
    return str(number) if isinstance(number, int) else format(number, "f")
