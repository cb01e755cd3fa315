"""The declaration of a code table: its values, their synonyms, and what numerals mean."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kpicli.base.problems import InvalidValue, invalid, misnamed
from kpicli.base.wording import Text
from kpicli.catalog.declared import Definition
from kpicli.values.codes import SEVERAL
from kpicli.values.folding import fold


class NumeralTable(Definition):
    """The meaning of the circled numerals from `since` to `until` (both inclusive; None: open)."""

    since: date | None = None
    until: date | None = None
    meanings: Annotated[dict[str, str], Field(min_length=1)]


class CodeTable(Definition):
    """The values of a code column, each with the synonyms that merge into it, in declared order.

    A value outside a closed table is a fault; an `open` table takes any value and merges only
    the listed synonyms. `blank` says that an empty cell is itself a value (not undetermined).
    `several` allows more than one value in a cell: it counts under the first in the order of the
    numerals in force, then in declared order, or with `"each"` under each of them. `excluded`
    values take a row out by name. `en` has the English of values.
    """

    id: str = ""
    values: dict[str, tuple[str, ...]] = {}
    open: bool = False
    blank: bool = False
    several: bool | Literal["each"] = False
    excluded: tuple[str, ...] = ()
    numerals: tuple[NumeralTable, ...] = ()
    en: dict[str, str] = {}

    @model_validator(mode="after")
    def _values_exist(self) -> Self:
        named = [*self.excluded, *(v for table in self.numerals for v in table.meanings.values())]
        for value in named:
            if value not in self.values:
                ja, en = f"「{value}」は表の値にありません", f"{value!r} is not among the values"
                raise InvalidValue(misnamed("", ja, en, value, self.values))
        for value in () if self.open else self.en:
            if value not in self.values:
                ja, en = f"「{value}」という値はありません", f"no value {value!r}"
                raise InvalidValue(misnamed("en", ja, en, value, self.values))
        if not self.open and not self.values:
            raise invalid(
                "コード表には値が要ります(open = true なら要りません)",
                "a closed code table needs values",
            )
        mark = SEVERAL.strip()
        for value in self.values if self.each else ():
            if mark in value:
                raise invalid(
                    f'several = "each" の表では、値「{value}」に {mark!r} は使えません',
                    f'{value!r}: with several = "each" no value holds {mark!r}',
                )
        meant: dict[str, str] = {}
        for value, synonyms in self.values.items():
            for spelling in (value, *synonyms):
                other = meant.setdefault(fold(spelling), value)
                if other != value:
                    raise invalid(
                        f"「{spelling}」が「{other}」にも「{value}」にもあります",
                        f"{spelling!r} stands under {other!r} and under {value!r}",
                        "values",
                    )
        return self

    @property
    def each(self) -> bool:
        """Return whether a cell counts under each of its values."""
        return self.several == "each"

    def among(self, cell: str) -> tuple[str, ...]:
        """Return the values that a cell holds: more than one only where it counts under each."""
        return tuple(cell.split(SEVERAL)) if self.each else (cell,)

    def label(self, value: str) -> Text:
        """Return what a value is called; one without English is its Japanese in both."""
        own = self.among(value)
        return Text(value, SEVERAL.join(self.en.get(each, each) for each in own))

    def canonical(self, value: str) -> str | None:
        """Return the value that `value` is or is a synonym of; None if it is neither."""
        folded = fold(value)
        for name, synonyms in self.values.items():
            if folded in (fold(name), *(fold(synonym) for synonym in synonyms)):
                return name
        return None
