"""Numbers made of numbers or of codes."""

import decimal
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from kpicli.base.wording import Text
from kpicli.catalog.declared import Names
from kpicli.catalog.derivations import UNREADABLE, Cell, Context, Derivation, all_of
from kpicli.values.numbers import exact_difference, exact_sum

_DIVISION = decimal.Context(prec=28)
"""The digits of a quotient that does not end."""


class Sum(Derivation):
    """The exact sum of the columns of `add` less those of `subtract`."""

    gives = takes = "number"

    add: Annotated[Names, Field(min_length=1)]
    subtract: Names = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return what is added, then what is subtracted."""
        return (*self.add, *self.subtract)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the sum as one writes it."""
        added = " + ".join(headers[name] for name in self.add)
        made = " - ".join((added, *(headers[name] for name in self.subtract)))
        return Text(made, made)

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the sum."""
        numbers = all_of(Decimal, cells)
        added, subtracted = numbers[: len(self.add)], numbers[len(self.add) :]
        total = exact_difference(
            exact_sum((n, 1) for n in added), exact_sum((n, 1) for n in subtracted)
        )
        return Decimal(total)


class Quotient(Derivation):
    """The first of two columns over the second; blank where that is 0."""

    gives = takes = "number"

    divide: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return dividend and divisor."""
        return self.divide

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the quotient as one writes it."""
        made = " ÷ ".join(headers[name] for name in self.divide)
        return Text(made, made)

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the quotient with 28 digits."""
        over, under = all_of(Decimal, cells)
        return None if not under else _DIVISION.divide(over, under)


class Points(Derivation):
    """A number by the value of a code column."""

    gives, takes = "number", "code"

    points: str
    values: Annotated[dict[str, Decimal], Field(min_length=1)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the code column."""
        return (self.points,)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the points of each value."""
        made = ", ".join(f"{value} = {points}" for value, points in self.values.items())
        return Text(
            f"{headers[self.points]} の点数({made})", f"points by {headers[self.points]} ({made})"
        )

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the points; a value without any is unreadable."""
        return self.values.get(all_of(str, cells)[0], UNREADABLE)


WORDS: Mapping[str, type[Derivation]] = {"add": Sum, "divide": Quotient, "points": Points}
