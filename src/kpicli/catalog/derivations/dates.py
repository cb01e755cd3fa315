"""Columns made of dates: how long it is between two, and a part of one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kpicli.base.problems import Problem, invalid, problem
from kpicli.base.wording import Text
from kpicli.catalog.derivations import Cell, Context, Derivation, all_of
from kpicli.values.moments import (
    WEEKDAYS,
    WorkingDays,
    business_days_between,
    months_between,
    years_between,
)

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
        if sum(1 for unit in LENGTHS if getattr(self, unit)) != 1:
            raise invalid("単位の語は一つだけ書いてください", "one of its words is enough")
        return self

    @property
    def needs_calendar(self) -> bool:
        """Return whether business days are counted."""
        return bool(self.business_days_between)

    @property
    def unit(self) -> str:
        """Return the word that is used."""
        return next(unit for unit in LENGTHS if getattr(self, unit))

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the two dates."""
        dates: tuple[str, ...] = getattr(self, self.unit)
        return dates

    def words(self, headers: Mapping[str, str]) -> Text:
        """Return the two dates with the unit."""
        first, last = (headers[name] for name in self.columns)
        unit = LENGTHS[self.unit][1]
        return Text(f"{first} から {last} までの{unit.ja}", f"{unit.en} from {first} to {last}")

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the number of units."""
        first, last = all_of(date, cells)
        return Decimal(LENGTHS[self.unit][0](first, last, context.working_days))


LENGTHS: Mapping[str, tuple[Callable[[date, date, WorkingDays], int], Text]] = {
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

    def problems(self, values: Sequence[str]) -> Iterator[Problem]:
        """Yield the parts that a code table lacks."""
        lacking = [part for part in _PARTS[self.part][2] if part not in values]
        if lacking:
            named = ", ".join(lacking)
            yield problem("as", f"コード表に {named} がありません", f"the code table lacks {named}")

    def of(self, cells: Sequence[Cell], context: Context) -> Cell:
        """Return the part."""
        (day,) = all_of(date, cells)
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


WORDS: Mapping[str, type[Derivation]] = {
    **dict.fromkeys(LENGTHS, Between),
    "calendar": CalendarPart,
}
