"""Columns made of others: what a word of `from` declares, and the value that it gives a row.

TOML table -> parse_derivation -> Derivation (numbers, dates, codes) -> value of a row's cells
                              (look_ups, gathered) -> value of other rows, by a key, or of those
                                                      of which the row is made
relations: which columns of which other sources those are

A module of words is loaded when one of them is used: most catalogues use none. A value is made of
the cells of one row. `None` stands for a blank one, `UNREADABLE` for one that cannot be read;
unless a word says otherwise, either of them makes the value the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Annotated, ClassVar, Final, TypeVar

from msgspec import Struct
from pydantic.json_schema import JsonSchemaValue

from kpicli.base.problems import InvalidValue, Problem, misnamed, problem
from kpicli.base.wording import Text
from kpicli.catalog.declared import Definition
from kpicli.catalog.texts import Before
from kpicli.values.moments import WorkingDays


class Unreadable(Enum):
    """A cell that cannot be read."""

    CELL = "unreadable"


UNREADABLE: Final = Unreadable.CELL
Cell = str | date | Decimal | Unreadable | None


class Context(Struct, frozen=True):
    """What a value depends on besides the cells.

    `values` are those of the column's code table in order, of which a cell may hold `several`, and
    then count under the first or under `each`.
    """

    values: tuple[str, ...]
    several: bool
    each: bool
    working_days: WorkingDays


Kind = TypeVar("Kind", str, date, Decimal)


class Derivation(Definition):
    """What a column is made of. `gives` is the type that the column has."""

    gives: ClassVar[str]
    takes: ClassVar[str]
    """The type of the columns that it is made of; "" for its own."""

    @property
    def looks_in(self) -> str | None:
        """Return the other source whose rows it is taken from, if any."""
        return None

    @property
    def gathers(self) -> tuple[str, str] | None:
        """Return the word and column by which it is made of the rows behind its own, if it is."""
        return None

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the columns of that source that it is taken from."""
        return ()

    @property
    def needs_calendar(self) -> bool:
        """Return whether it asks on which days the office is open."""
        return False

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the same row that it is made of."""
        raise NotImplementedError

    @property
    def shown(self) -> tuple[str, ...]:
        """Return those of them whose cells its value shows."""
        return self.columns

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return in words what it is made of, `headers` being the columns' usual ones."""
        raise NotImplementedError

    def problems(self, values: Sequence[str]) -> Iterator[Problem]:
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


def all_of(kind: type[Kind], cells: Sequence[Cell]) -> list[Kind]:
    """Return cells that are of one type; raises TypeError for another, which no check let in."""
    typed = [cell for cell in cells if isinstance(cell, kind)]
    if len(typed) != len(cells):
        raise TypeError(f"a cell is no {kind.__name__}")
    return typed


MODULES: Mapping[str, str] = {
    "add": "numbers",
    "divide": "numbers",
    "points": "numbers",
    "days_between": "dates",
    "months_between": "dates",
    "years_between": "dates",
    "business_days_between": "dates",
    "calendar": "dates",
    "first_of": "codes",
    "bins": "codes",
    "options": "codes",
    "look_up": "look_ups",
    **dict.fromkeys(("sum", "count", "min", "max", "first", "last"), "gathered"),
}
"""The module of each word of `from`, in whose `WORDS` it is declared."""


def declared_by(word: str) -> type[Derivation]:
    """Return what a word of `from` declares."""
    words: Mapping[str, type[Derivation]] = import_module(f"{__name__}.{MODULES[word]}").WORDS
    return words[word]


def parse_derivation(raw: object) -> object:
    """Return the derivation that a TOML table declares; `InvalidValue` says what is wrong."""
    if isinstance(raw, Derivation) or not isinstance(raw, dict):
        return raw
    words = [word for word in raw if word in MODULES]
    if len(words) != 1:
        named = ", ".join(MODULES)
        ja, en = "列を何から作るかは一語で書きます", "one word says what the column is made of"
        if words or not raw:
            raise InvalidValue(problem("", f"{ja}: {named}", f"{en}: {named}"))
        raise InvalidValue(*(misnamed("", ja, en, key, MODULES) for key in raw))
    return declared_by(words[0]).model_validate(raw)


def _written(_: object) -> JsonSchemaValue:
    """Return the JSON Schema of `from`: what each word declares, or the copy of a column."""
    kinds = {declared_by(word) for word in MODULES}
    copy = {"type": "object", "properties": {"copy": {"type": "string"}}, "required": ["copy"]}
    return {
        "anyOf": [
            *(kind.model_json_schema() for kind in sorted(kinds, key=lambda each: each.__name__)),
            {**copy, "additionalProperties": False},
        ]
    }


DerivationField = Annotated[Derivation, Before(parse_derivation, _written)]
"""A field that holds a derivation, told apart by its word."""
