"""The declaration of targets: bounds, and the spans of time over which figures are held to them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import Field, model_validator

from kpicli.base.problems import invalid
from kpicli.base.wording import Text, listed
from kpicli.catalog.declared import Definition
from kpicli.catalog.texts import TextField, with_id
from kpicli.model.bounds import DIRECTIONS, Direction
from kpicli.model.periods import Period, is_span_kind
from kpicli.values.fiscal import last_day_of

if TYPE_CHECKING:
    pass


class Bounded(Definition):
    """Exactly one bound. A ratio's is in percent."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    equal: Decimal | None = None

    @property
    def direction(self) -> Direction:
        """Return which of the bounds it sets."""
        return next(each for each in DIRECTIONS if getattr(self, each) is not None)

    @property
    def bound(self) -> Decimal:
        """Return the bound itself."""
        bound: Decimal = getattr(self, self.direction)
        return bound

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if sum(getattr(self, each) is not None for each in DIRECTIONS) != 1:
            known = ", ".join(DIRECTIONS)
            raise invalid(
                f"目標には {known} のどれか一つだけを書いてください",
                f"a target sets exactly one of {known}",
            )
        return self


class Spanned(Definition):
    """The spans of time that are judged: every whole `per` span from `since` to `until`.

    Both days are inclusive: a span is judged that begins on or after the one and ends by the other.
    A range of months or days as `per` is one span; `from` and `by`, its first and its last day, say
    the same.
    """

    per: str
    since: date | None = None
    until: date | None = None

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys that may stand in a target."""
        return (*super().known_keys(), "from", "by")

    @model_validator(mode="before")
    @classmethod
    def _from_and_by_are_a_span(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not {"from", "by"} & {*raw}:
            return raw
        first, last = raw.get("from"), raw.get("by")
        days = type(first) is date and type(last) is date
        if not days or "per" in raw:
            raise invalid(
                "from と by は二つの日付で、per の代わりに書きます",
                "`from` and `by` are two dates, and stand in place of `per`",
            )
        rest = {key: value for key, value in raw.items() if key not in ("from", "by")}
        return {**rest, "per": f"{first}..{last}"}

    @model_validator(mode="after")
    def _spans_are_spans(self) -> Self:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise invalid(
                "目標の until が since より前です", "the target's `until` lies before its `since`"
            )
        if not is_span_kind(self.per):
            self._check_range()
        return self

    def _check_range(self) -> None:
        if days_of_range(self.per) is None:
            raise invalid(
                f'{self.per!r} は "month"、"quarter"、"half"、"year" でも、"2023-09..2024-03" の'
                "ような範囲でもありません",
                f'{self.per!r} is none of "month", "quarter", "half" and "year", nor a range '
                'such as "2023-09..2024-03"',
                "per",
            )
        if self.since is not None or self.until is not None:
            raise invalid(
                "範囲が一つの目標に since と until は書けません",
                "a target over one range has no `since` and `until`",
            )

    def fixed_span(self, period: Period) -> Period | None:
        """Return the one span that it is for; None where it is for every one of a kind."""
        days = None if is_span_kind(self.per) else days_of_range(self.per)
        if days == (period.start, period.end):
            return period
        return None if days is None else Period.between(*days, period.fiscal)

    def spans_in(self, period: Period) -> tuple[Period, ...]:
        """Return the whole spans of a period that the target belongs to, in order."""
        if not is_span_kind(self.per):
            own = self.fixed_span(period)
            inside = own is not None and period.start <= own.start and own.end <= period.end
            return (own,) if own is not None and inside else ()
        return tuple(span for span in period.spans(self.per) if self.holds_in(span))

    def holds_in(self, span: Period) -> bool:
        """Return whether a span lies between its days `since` and `until`."""
        return (self.since is None or span.start >= self.since) and (
            self.until is None or span.end <= self.until
        )


class EachMember(Definition):
    """The members of a register: the values of its column `by` that are in force on a day.

    Rows of the KPI's own source belong to a member by their column of that name.
    """

    source: str
    by: str

    @model_validator(mode="before")
    @classmethod
    def _is_a_table(cls, raw: object) -> object:
        if not isinstance(raw, dict | cls):
            raise invalid(
                'each = { source = "shops", by = "shop" } のように、台帳と列を書いてください',
                'write each = { source = "shops", by = "shop" }: a register, a column',
            )
        return raw


class Target(Bounded, Spanned):
    """A bound that the figures of a KPI are held to.

    With `part` one part is held to it instead of the total, with `each_part` every one, with `each`
    the rows of every member of a register by themselves; one without rows counts as without rows.
    """

    part: str | None = None
    each_part: bool = False
    each: EachMember | None = None

    @model_validator(mode="after")
    def _held_to_it_are(self) -> Self:
        if self.part is not None and self.each_part:
            raise invalid(
                "part は内訳の一つ、each_part は内訳のすべてです。どちらか一つを書いてください",
                "`part` names one part and `each_part` means all: write one",
            )
        if self.each is not None and (self.part is not None or self.each_part):
            raise invalid(
                "each は台帳の、part と each_part は内訳のためのものです。一つだけ書いてください",
                "`each` is of a register, `part` and `each_part` of parts: write one",
            )
        return self


class Option(Bounded):
    """One of several ways to reach a target: a KPI and what is asked of it."""

    kpi: str


class JointTarget(Spanned):
    """A target that is reached in a span where `any` of several KPIs reaches what is asked of it.

    Without a title it is called by the titles of its KPIs.
    """

    id: str = ""
    title: TextField | None = None
    any: Annotated[tuple[Option, ...], Field(min_length=2)]

    @property
    def asked(self) -> tuple[tuple[str, Target], ...]:
        """Return every KPI with the target that it would be held to alone."""
        spans = {"per": self.per, "since": self.since, "until": self.until}
        return tuple(
            (o.kpi, Target.model_validate({o.direction: o.bound, **spans})) for o in self.any
        )

    def called(self, titles: Mapping[str, Text]) -> Text:
        """Return its title, or those of its KPIs, which `titles` has by id."""
        if self.title is not None:
            return with_id(self.title, self.id)
        named = dict.fromkeys(option.kpi for option in self.any)
        return listed([titles[name] for name in named], "または", " or ")


def days_of_range(per: str) -> tuple[date, date] | None:
    """Return the first and last day of a range of months or days; None for what is none."""
    first, dots, last = per.partition("..")
    try:
        if not dots or len(first) != len(last):
            return None
        if len(first) == len("2025-04"):
            start, month = date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01")
            end = last_day_of(month)
        else:
            start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError:
        return None
    return (start, end) if start <= end else None
