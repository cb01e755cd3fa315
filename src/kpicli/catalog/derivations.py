"""Columns from columns: each word of `from` with what it is made of, its checks and its value.

A value is made of the cells of one row. `None` stands for a blank one, `UNREADABLE` for one that
cannot be read; unless a word says otherwise, either of them makes the value the same.
"""

import decimal
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import Annotated, ClassVar, Final, Literal, Self, TypeVar

from msgspec import Struct
from pydantic import BeforeValidator, Field, model_validator

from kpicli.base.wording import Text, nearest
from kpicli.catalog.declared import Definition, Names
from kpicli.values.moments import (
    WEEKDAYS,
    WorkingDays,
    business_days_between,
    months_between,
    years_between,
)
from kpicli.values.numbers import exact_difference, exact_sum
from kpicli.values.ticks import is_ticked


class Unreadable(Enum):
    """A cell that cannot be read."""

    CELL = "unreadable"


UNREADABLE: Final = Unreadable.CELL
Cell = str | date | Decimal | Unreadable | None

_DIVISION = decimal.Context(prec=28)
"""The digits of a quotient that does not end."""


class Context(Struct, frozen=True):
    """What a value depends on besides the cells.

    `values` are those of the column's code table in order, of which a cell may hold `several`.
    """

    values: tuple[str, ...]
    several: bool
    working_days: WorkingDays


Kind = TypeVar("Kind", str, date, Decimal)


class Derivation(Definition):
    """What a column is made of. `gives` is the type that the column has."""

    gives: ClassVar[str]
    takes: ClassVar[str]
    """The type of the columns that it is made of; "" for its own."""

    @property
    def needs_calendar(self) -> bool:
        """Return whether it asks on which days the office is open."""
        return False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the same row that it is made of."""
        raise NotImplementedError

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return in words what it is made of, `headers` being the columns' usual ones."""
        raise NotImplementedError

    def problems(self, values: Sequence[str]) -> Iterator[str]:
        """Yield what is wrong with it, `values` being those of the column's code table in order."""
        yield from ()

    def value(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the value of a row from its cells, one for each of `columns`."""
        if UNREADABLE in cells:
            return UNREADABLE
        return None if None in cells else self.of(cells, context)

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the value of cells that are all filled and readable."""
        raise NotImplementedError


def _all(kind: type[Kind], cells: Sequence[Cell]) -> list[Kind]:
    """Return cells that are of one type; raises TypeError for another, which no check let in."""
    typed = [cell for cell in cells if isinstance(cell, kind)]
    if len(typed) != len(cells):
        raise TypeError(f"a cell is no {kind.__name__}")
    return typed


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
        numbers = _all(Decimal, cells)
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
        over, under = _all(Decimal, cells)
        return None if not under else _DIVISION.divide(over, under)


Dates = Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]


class Between(Derivation):
    """How long it is from the first date to the second, in whole units; less than 0 backwards.

    Months and years are those completed: an age, where the first is a birthday.
    """

    gives, takes = "number", "date"

    days_between: Dates = ()
    months_between: Dates = ()
    years_between: Dates = ()
    business_days_between: Dates = ()

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if sum(1 for unit in _LENGTHS if getattr(self, unit)) != 1:
            raise ValueError("one of its words is enough")
        return self

    @property
    def needs_calendar(self) -> bool:
        """Return whether business days are counted."""
        return bool(self.business_days_between)

    @property
    def unit(self) -> str:
        """Return the word that is used."""
        return next(unit for unit in _LENGTHS if getattr(self, unit))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the two dates."""
        dates: tuple[str, ...] = getattr(self, self.unit)
        return dates

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the two dates with the unit."""
        first, last = (headers[name] for name in self.columns)
        unit = _LENGTHS[self.unit][1]
        return Text(f"{first} から {last} までの{unit.ja}", f"{unit.en} from {first} to {last}")

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the number of units."""
        first, last = _all(date, cells)
        return Decimal(_LENGTHS[self.unit][0](first, last, context.working_days))


_LENGTHS: Mapping[str, tuple[Callable[[date, date, WorkingDays], int], Text]] = {
    "days_between": (lambda first, last, _: (last - first).days, Text("日数", "days")),
    "months_between": (
        lambda first, last, _: months_between(first, last),
        Text("満月数", "completed months"),
    ),
    "years_between": (
        lambda first, last, _: years_between(first, last),
        Text("満年数", "completed years"),
    ),
    "business_days_between": (business_days_between, Text("営業日数", "business days")),
}


class FirstOf(Derivation):
    """The first of several columns of one type that is not blank."""

    gives = takes = ""

    first_of: Annotated[tuple[str, ...], Field(min_length=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns, in the order in which they are asked."""
        return self.first_of

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the columns in their order."""
        named = [headers[name] for name in self.first_of]
        return Text("、空欄なら ".join(named), ", else ".join(named))

    def value(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the first that is filled; one that cannot be read is, too."""
        return next((cell for cell in cells if cell is not None), None)


class Bins(Derivation):
    """The value of the code table in whose bin a number lies.

    The table's values are the bins in order. An edge belongs to the bin above it, or to the one
    below with `edge = "below"`. The outer bins are open.
    """

    gives, takes = "code", "number"

    bins: str
    edges: Annotated[tuple[Decimal, ...], Field(min_length=1)]
    edge: Literal["above", "below"] = "above"

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the number column."""
        return (self.bins,)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the edges and which bin they belong to."""
        edges, header = ", ".join(map(str, self.edges)), headers[self.bins]
        side = Text("上", "above") if self.edge == "above" else Text("下", "below")
        return Text(
            f"{header} を {edges} で区切った階級(境は{side.ja}の階級)",
            f"{header} in bins at {edges} (an edge is in the bin {side.en})",
        )

    def problems(self, values: Sequence[str]) -> Iterator[str]:
        """Yield edges out of order, and a code table that has not one value more than edges."""
        if any(high <= low for low, high in pairwise(self.edges)):
            yield "edges: they go up, each once"
        if len(values) != len(self.edges) + 1:
            yield (
                f"edges: {len(self.edges)} edges make {len(self.edges) + 1} bins, but the code "
                f"table has {len(values)} values"
            )

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the value of the bin."""
        (number,) = _all(Decimal, cells)
        if self.edge == "above":
            return context.values[sum(number >= edge for edge in self.edges)]
        return context.values[sum(number > edge for edge in self.edges)]


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
        return self.values.get(_all(str, cells)[0], UNREADABLE)


class CalendarPart(Derivation):
    """A part of a date as a value of the code table: `月` to `日`, `1` to `12`, `1` to `31`.

    The week of a month counts its seven days each: the 1st to the 7th are the first.
    """

    gives, takes = "code", "date"

    calendar: str
    part: Literal["weekday", "month", "day", "week_of_month"] = Field(alias="as")

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the date column."""
        return (self.calendar,)

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the part of the date."""
        part = _PARTS[self.part][1]
        return Text(
            f"{headers[self.calendar]} の{part.ja}", f"{part.en} of {headers[self.calendar]}"
        )

    def problems(self, values: Sequence[str]) -> Iterator[str]:
        """Yield the parts that a code table lacks."""
        lacking = [part for part in _PARTS[self.part][2] if part not in values]
        if lacking:
            yield f"as: the code table lacks {', '.join(lacking)}"

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the part."""
        (day,) = _all(date, cells)
        return _PARTS[self.part][0](day)


_PARTS: Mapping[str, tuple[Callable[[date], str], Text, Sequence[str]]] = {
    "weekday": (lambda day: WEEKDAYS[day.weekday()], Text("曜日", "weekday"), WEEKDAYS),
    "month": (lambda day: str(day.month), Text("月", "month"), [str(n) for n in range(1, 13)]),
    "day": (lambda day: str(day.day), Text("日", "day"), [str(n) for n in range(1, 32)]),
    "week_of_month": (
        lambda day: str((day.day + 6) // 7),
        Text("週(1日から7日ずつ)", "week of the month"),
        [str(n) for n in range(1, 6)],
    ),
}


class Options(Derivation):
    """The value of the code table whose tick box is ticked.

    Each value has the header of its own column. None ticked is blank; several are unreadable, or
    with a table that allows `several` the first in the table's order.
    """

    gives, takes = "code", "text"

    options: Annotated[dict[str, str], Field(min_length=2)]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the names of the columns that hold the boxes: as their headers."""
        return tuple(self.options.values())

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the headers of the boxes."""
        made = "・".join(self.options.values())
        return Text(f"チェック欄 {made}", f"the ticked one of {made}")

    def problems(self, values: Sequence[str]) -> Iterator[str]:
        """Yield options that the code table does not have."""
        for value in self.options:
            if value not in values:
                yield f"options: no value {value!r} in the code table{nearest(value, values)}"

    def value(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the ticked value; a box that is neither ticked nor empty is unreadable."""
        ticks = [None if cell is None else is_ticked(str(cell)) for cell in cells]
        if UNREADABLE in cells or any(
            tick is None and cell is not None for tick, cell in zip(ticks, cells, strict=True)
        ):
            return UNREADABLE
        ticked = [value for value, tick in zip(self.options, ticks, strict=True) if tick]
        if len(ticked) > 1 and not context.several:
            return UNREADABLE
        return min(ticked, key=context.values.index, default=None)


WORDS: Mapping[str, type[Derivation]] = {
    "add": Sum,
    "divide": Quotient,
    **dict.fromkeys(_LENGTHS, Between),
    "first_of": FirstOf,
    "bins": Bins,
    "points": Points,
    "calendar": CalendarPart,
    "options": Options,
}
"""What each word of `from` declares."""


def parse_derivation(raw: object) -> object:
    """Return the derivation that a TOML table declares; `ValueError` says what is wrong with it."""
    if isinstance(raw, Derivation) or not isinstance(raw, dict):
        return raw
    words = [word for word in raw if word in WORDS]
    if len(words) != 1:
        named = ", ".join(WORDS)
        near = "".join(nearest(str(key), WORDS) for key in raw) if not words else ""
        raise ValueError(f"one word says what the column is made of: {named}{near}")
    return WORDS[words[0]].model_validate(raw)


DerivationField = Annotated[Derivation, BeforeValidator(parse_derivation)]
"""A field that holds a derivation, told apart by its word."""
