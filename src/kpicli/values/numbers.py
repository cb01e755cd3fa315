"""Percentages and means, rounded half up in decimal (6.25 becomes 6.3), never by floats."""

from decimal import ROUND_HALF_UP, Decimal

ONE_DECIMAL = Decimal("0.1")


def percentage(numerator: int, denominator: int) -> Decimal | None:
    """Return the percentage with one decimal; None where the denominator is 0."""
    if denominator == 0:
        return None
    tenths = (2000 * numerator + denominator) // (2 * denominator)
    return Decimal(tenths).scaleb(-1)


def mean(total: Decimal, rows: int) -> Decimal | None:
    """Return the mean with one decimal; None over no rows."""
    if rows == 0:
        return None
    return (total / rows).quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)
