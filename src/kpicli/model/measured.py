"""A measured number, and what a counted row contributes to it."""

from collections.abc import Collection, Hashable
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kpicli.values.numbers import exact_sum, one_decimal


class Measured(Struct, frozen=True):
    """A measure over some rows. `number` is None where it is undefined (over nothing).

    `unrounded` is what `number` is rounded from, where neither it nor the fraction says so.
    """

    number: int | Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    unrounded: Fraction | None = None


def rounded(number: Fraction | None, rows: int) -> Measured:
    """Return what is made of so many rows, with one decimal (half up); None stays None."""
    shown = None if number is None else one_decimal(number)
    return Measured(shown, denominator=rows, unrounded=number)


class CountedRow(Struct, frozen=True):
    """What a measure needs to know of a row that it counts, wherever the row is written down.

    `numerator` says that it belongs to a ratio's numerator too. `identity` tells apart what is
    counted, None where that is the row itself; `amount` is the number that is added.
    """

    numerator: bool = False
    identity: Hashable | None = None
    amount: Decimal | None = None


def number_of_identities(rows: Collection[CountedRow]) -> int:
    """Return how many different identities the rows have; without any, the number of rows."""
    if any(row.identity is not None for row in rows):
        return len({row.identity for row in rows})
    return len(rows)


def sum_of_amounts(rows: Collection[CountedRow]) -> Decimal:
    """Return the exact sum of the rows' amounts; a row without one adds nothing."""
    return exact_sum((row.amount, 1) for row in rows if row.amount is not None)
