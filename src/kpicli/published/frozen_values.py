"""Values and figures as a record writes them down: exact numbers, dates, where they came from."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from msgspec.structs import asdict
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
)

from kpicli.base.problems import invalid
from kpicli.base.wording import Text
from kpicli.model.bounds import Direction
from kpicli.model.figures import FigureKind
from kpicli.model.judgements import TargetStatus
from kpicli.model.measured import ShownAs, ShownDate, ShownDates
from kpicli.model.value import Status, Value, unrounded
from kpicli.published.rows.fields import Count

MOST_PLACES = 12
"""No value is shown with more decimals, nor in units of a higher power of ten."""
_DECIMAL = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")


def _number(raw: object) -> object:
    if isinstance(raw, str) and _DECIMAL.fullmatch(raw):
        return Decimal(raw)
    if raw is None or isinstance(raw, Decimal) or type(raw) is int:
        return raw
    raise invalid("整数か、引用符で囲んだ小数です", "a whole number, or a decimal number in quotes")


def _written(number: int | Decimal | None) -> int | str | None:
    return format(number, "f") if isinstance(number, Decimal) else number


Number = Annotated[
    int | Decimal | None, BeforeValidator(_number), PlainSerializer(_written, when_used="json")
]
_FRACTION = re.compile(r"-?[0-9]{1,80}(/[1-9][0-9]{0,79})?")


def _fraction(raw: object) -> object:
    if isinstance(raw, str) and _FRACTION.fullmatch(raw):
        return Fraction(raw)
    if raw is None or isinstance(raw, Fraction):
        return raw
    raise invalid(
        '"108/25" のような引用符で囲んだ分数です', 'a fraction in quotes, such as "108/25"'
    )


Unrounded = Annotated[
    Fraction | None,
    BeforeValidator(_fraction),
    PlainSerializer(lambda number: None if number is None else str(number), when_used="json"),
]
Places = Annotated[int, Field(ge=0, le=MOST_PLACES)]
Size = Annotated[Number, Field(ge=0)]
"""What a ratio is made of: a number of rows or persons, or a sum of weights."""


class Part(BaseModel):
    """Base of everything in a record: frozen, without keys that are not known."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FrozenPeriod(Part):
    """A period by name and days."""

    name: str
    start: date
    end: date


class FrozenText(Part):
    """A line in both languages."""

    ja: str
    en: str


class FrozenDate(Part):
    """A date that was shown, with the texts beside it."""

    day: date
    beside: tuple[FrozenText, ...] = ()


class FrozenDates(Part):
    """Dates that were shown in place of a number."""

    shown_as: ShownAs
    entries: tuple[FrozenDate, ...] = ()

    @classmethod
    def written(cls, dates: ShownDates | None) -> dict[str, object] | None:
        """Return the fields that write dates down; None where there are none to show."""
        if dates is None:
            return None
        entries = [
            {"day": entry.day, "beside": [asdict(text) for text in entry.beside]}
            for entry in dates.entries
        ]
        return {"shown_as": dates.shown_as, "entries": entries}

    @property
    def shown(self) -> ShownDates:
        """Return the dates."""
        entries = (
            ShownDate(each.day, tuple(Text(text.ja, text.en) for text in each.beside))
            for each in self.entries
        )
        return ShownDates(self.shown_as, tuple(entries))


class FrozenValue(Part):
    """A value as it was published; `unrounded` is what a mean or median was rounded from."""

    value: Number
    unrounded: Unrounded = None
    numerator: Size | None = None
    denominator: Size | None = None
    status: Status
    faulty_rows: Count = 0
    dates: FrozenDates | None = None

    @classmethod
    def written(cls, value: Value) -> dict[str, object]:
        """Return the fields that write a value down."""
        return {
            "value": value.number,
            "unrounded": value.unrounded,
            "numerator": value.numerator,
            "denominator": value.denominator,
            "status": value.status,
            "faulty_rows": value.faulty_rows,
            "dates": FrozenDates.written(value.dates),
        }

    @property
    def measured(self) -> Value:
        """Return the value."""
        return Value(
            self.value,
            self.numerator,
            self.denominator,
            self.status,
            self.faulty_rows,
            self.unrounded,
            None if self.dates is None else self.dates.shown,
        )


class FrozenOrigin(Part):
    """Where a value came from, if it was not counted."""

    kind: Literal["computed", "frozen", "entered"]
    source: str = ""
    on: date | None = None
    edition: int | None = None
    note: str = ""


class FrozenComparison(FrozenValue):
    """What a figure was compared with when it was published."""

    kind: Literal["previous", "year_ago"]
    period: FrozenPeriod
    change: Number
    origin: FrozenOrigin


class FrozenTarget(Part):
    """How a target stood."""

    direction: Direction
    bound: Number
    per: str
    status: TargetStatus


class FrozenFigure(FrozenValue):
    """A total, part, rule or memo as it was published."""

    kind: FigureKind
    part: str | None = None
    item: str | None = None
    origin: FrozenOrigin
    target: FrozenTarget | None = None
    comparisons: tuple[FrozenComparison, ...] = ()

    @property
    def key(self) -> tuple[FigureKind, str | None, str | None]:
        """Return what tells it from the KPI's other figures."""
        return self.kind, self.part, self.item


class FrozenComponent(FrozenValue):
    """The value of another KPI that a composed figure was made of; `scale` as a KPI has it."""

    kpi: str
    period: FrozenPeriod
    scale: Places = 0
    origin: FrozenOrigin

    @property
    def exact(self) -> Fraction | None:
        """Return the value before it was rounded and scaled; None without a number."""
        known = unrounded(self.measured)
        if known is None and self.value is not None:
            known = Fraction(self.value)
        power: int = 10**self.scale
        return None if known is None else known * power


class FrozenComposition(Part):
    """What a KPI was made of: per figure, in their order, the values of its components.

    `times` is how many times a quotient was taken.
    """

    times: Number
    figures: tuple[tuple[FrozenComponent, ...], ...]
