"""A figure counted from the rows of a trace alone: what a record must agree with in itself."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from msgspec import Struct

from kpicli.calculators.interface import Measured
from kpicli.values.numbers import mean, percentage


class Counting(Struct, frozen=True):
    """How a KPI counts rows. `amounts` tells whether the numbers that are added are known."""

    measure: str
    amounts: bool = True

    @property
    def by_rows(self) -> bool:
        """Return whether the rows alone make the figure."""
        return self.measure not in ("sum", "mean") or self.amounts


class Unit(Struct, frozen=True):
    """What a figure needs to know of a row that it counts."""

    numerator: bool = False
    who: str | None = None
    amount: Decimal | None = None


def measured(
    counting: Counting, kind: str, units: Collection[Unit], members: Iterable[Unit] = ()
) -> Measured:
    """Return what the rows make. A memo is a number of rows, whatever the KPI measures."""
    if kind == "memo" or counting.measure in ("count", "rules"):
        return Measured(len(units))
    if counting.measure == "distinct":
        return Measured(_size(units))
    if counting.measure == "ratio":
        over, under = _size([unit for unit in units if unit.numerator]), _size(units)
        return Measured(percentage(over, under), over, under)
    if counting.measure == "roster_ratio":
        people = {unit.who for unit in members}
        over = len({unit.who for unit in units} & people)
        return Measured(percentage(over, len(people)), over, len(people))
    total = sum((unit.amount or Decimal(0) for unit in units), Decimal(0))
    if counting.measure == "sum":
        return Measured(total)
    return Measured(mean(total, len(units)), denominator=len(units))


def _size(units: Collection[Unit]) -> int:
    """Return the number of those told apart; a row is one where nothing is told apart."""
    if any(unit.who is not None for unit in units):
        return len({unit.who for unit in units})
    return len(units)
