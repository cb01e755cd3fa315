"""A measured number, how it is shown, and what a counted row contributes to it."""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import repeat
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.values.numbers import (
    Rounding,
    exact_product,
    exact_sum,
    one_decimal,
    plain_number,
    share,
    shortened,
)

ShownAs = Literal["day", "month", "yes_no"]
"""How dates are shown that are themselves the value: days, months, or whether there is any."""


class ShownDate(Struct, frozen=True):
    """A day, or the first day of a month, with the texts that stand beside it."""

    day: date
    beside: tuple[Text, ...] = ()


class ShownDates(Struct, frozen=True):
    """Dates as a value, each once, the earliest first; none where it is but shown if there is any.

    This is the one place that holds them: the number beside it is how many there are (1 or 0 where
    it is but shown whether there is any), and changes and sums are not made of them.
    """

    shown_as: ShownAs
    entries: tuple[ShownDate, ...] = ()

    @property
    def written(self) -> tuple[str, ...]:
        """Return each as programs read it: `2025-04-10`, or of a month `2025-04`."""
        length = len("2025-04") if self.shown_as == "month" else None
        return tuple(entry.day.isoformat()[:length] for entry in self.entries)


class Measured(Struct, frozen=True):
    """A measure over some rows. `number` is None where it is undefined (over nothing).

    `unrounded` is what `number` is rounded from, where neither it nor the fraction says so. `dates`
    are what is shown in its place.
    """

    number: int | Decimal | None
    numerator: int | Decimal | None = None
    denominator: int | Decimal | None = None
    unrounded: Fraction | None = None
    dates: ShownDates | None = None


def rounded(number: Fraction | None, over: int | Decimal) -> Measured:
    """Return what is made of so many rows, with one decimal (half up); None stays None.

    Of weighted rows `over` is the sum of their weights.
    """
    shown = None if number is None else one_decimal(number)
    return Measured(shown, denominator=over, unrounded=number)


class Shortening(Struct, frozen=True):
    """How a KPI's numbers are shown: so many `decimals`, rounded, in units of 10 ** `scale`.

    Without `decimals` whatever is rounded has one, and what is exact stays so.
    """

    decimals: int | None = None
    rounding: Rounding = "half_up"
    scale: int = 0

    def of(self, measured: Measured) -> Measured:
        """Return a measure as it is shown; None stays None."""
        if measured.number is None or self == Shortening():
            return measured
        known = unrounded_of(measured)
        if known is None and self.decimals is None and not self.scale:
            return measured
        exact = (Fraction(measured.number) if known is None else known) / 10**self.scale
        shown = shortened(exact, 1 if self.decimals is None else self.decimals, self.rounding)
        return replace(measured, number=shown, unrounded=exact)


def unrounded_of(measured: Measured) -> Fraction | None:
    """Return what a share, mean or median is rounded from; None where nothing is rounded."""
    if measured.number is None or measured.unrounded is not None:
        return measured.unrounded
    if measured.numerator is None or not measured.denominator:
        return None
    return share(measured.numerator, measured.denominator)


class CountedRow(Struct, frozen=True):
    """What a measure needs to know of a row that it counts, wherever the row is written down.

    `numerator` says that it belongs to a ratio's numerator too. `identity` tells apart what is
    counted, None where that is the row itself; `amount` is the number that is added, `weight` the
    one by which the row weighs, `dated` the date that is shown with what stands beside it.
    """

    numerator: bool = False
    identity: Hashable | None = None
    amount: Decimal | None = None
    weight: Decimal | None = None
    dated: tuple[str, ...] | None = None


class AlikeRows(Collection[CountedRow]):
    """Counted rows, those that are alike held once: `times` says how many of each there are."""

    def __init__(self, times: Mapping[CountedRow, int]) -> None:
        self.times = times

    def __len__(self) -> int:
        return sum(self.times.values())

    def __iter__(self) -> Iterator[CountedRow]:
        for row, times in self.times.items():
            yield from repeat(row, times)

    def __contains__(self, row: object) -> bool:
        return row in self.times


def _different(rows: Collection[CountedRow]) -> Iterable[CountedRow]:
    """Return every row at least once: those that are held once, once."""
    return rows.times if isinstance(rows, AlikeRows) else rows


def _with_times(rows: Collection[CountedRow]) -> Iterable[tuple[CountedRow, int]]:
    """Return rows, each with how many of it they stand for."""
    return rows.times.items() if isinstance(rows, AlikeRows) else ((row, 1) for row in rows)


def those(
    rows: Collection[CountedRow], holds: Callable[[CountedRow], bool]
) -> Collection[CountedRow]:
    """Return the rows of which something holds."""
    if isinstance(rows, AlikeRows):
        return AlikeRows({row: times for row, times in rows.times.items() if holds(row)})
    return [row for row in rows if holds(row)]


def identities_of(rows: Collection[CountedRow]) -> frozenset[Hashable | None]:
    """Return the different identities of rows, None where one has none."""
    return frozenset(row.identity for row in _different(rows))


def number_of_identities(rows: Collection[CountedRow]) -> int:
    """Return how many different identities the rows have; without any, the number of rows."""
    identities = identities_of(rows)
    return len(rows) if identities <= {None} else len(identities)


def sum_of_amounts(rows: Collection[CountedRow]) -> Decimal:
    """Return the exact sum of the rows' amounts, each as often as its row weighs.

    A row without one adds nothing.
    """
    return exact_sum(
        (row.amount, times if row.weight is None else exact_product(row.weight, times))
        for row, times in _with_times(rows)
        if row.amount is not None
    )


def sum_of_weights(rows: Collection[CountedRow]) -> int | Decimal:
    """Return the exact sum of the rows' weights; without any, the number of rows."""
    weights = [(row.weight, n) for row, n in _with_times(rows) if row.weight is not None]
    return plain_number(exact_sum(weights)) if weights else len(rows)


def is_weighed(rows: Collection[CountedRow]) -> bool:
    """Return whether any row has a weight."""
    return any(row.weight is not None for row in _different(rows))


def ordered_amounts(rows: Collection[CountedRow]) -> list[Decimal]:
    """Return the rows' amounts in ascending order, as often as there are rows with each."""
    held = sorted((row.amount, n) for row, n in _with_times(rows) if row.amount is not None)
    return [amount for amount, times in held for _ in range(times)]


def number_of_dates(rows: Collection[CountedRow]) -> int:
    """Return how many different dates, with what stands beside them, the rows show."""
    return len({row.dated for row in _different(rows)})
