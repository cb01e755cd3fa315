"""The declaration of a target: a bound, and the spans of time over which figures are held to it."""

from datetime import date
from decimal import Decimal
from typing import Self

from pydantic import model_validator

from kpicli.catalog.declared import Definition
from kpicli.model.bounds import DIRECTIONS, Direction
from kpicli.model.periods import Period, is_span_kind
from kpicli.values.fiscal import last_day_of


class Target(Definition):
    """A bound that a figure is held to, in every whole `per` span from `since` to `until`.

    Both days are inclusive: a span is judged that begins on or after the one and ends by the other.
    A range of months or days as `per` is one span; `from` and `by`, its first and its last day, say
    the same. With `part` one part is held to it instead of the total, with `each_part` every one.

    A ratio's bound is in percent.
    """

    at_least: Decimal | None = None
    at_most: Decimal | None = None
    above: Decimal | None = None
    below: Decimal | None = None
    equal: Decimal | None = None
    per: str
    since: date | None = None
    until: date | None = None
    part: str | None = None
    each_part: bool = False

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys that may stand in a target."""
        return (*super().known_keys(), "from", "by")

    @property
    def direction(self) -> Direction:
        """Return which of the bounds it sets."""
        return next(each for each in DIRECTIONS if getattr(self, each) is not None)

    @property
    def bound(self) -> Decimal:
        """Return the bound itself."""
        bound: Decimal = getattr(self, self.direction)
        return bound

    @model_validator(mode="before")
    @classmethod
    def _from_and_by_are_a_span(cls, raw: object) -> object:
        if not isinstance(raw, dict) or not {"from", "by"} & {*raw}:
            return raw
        first, last = raw.get("from"), raw.get("by")
        days = type(first) is date and type(last) is date
        if not days or "per" in raw:
            raise ValueError("`from` and `by` are two dates, and stand in place of `per`")
        rest = {key: value for key, value in raw.items() if key not in ("from", "by")}
        return {**rest, "per": f"{first}..{last}"}

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if sum(getattr(self, each) is not None for each in DIRECTIONS) != 1:
            raise ValueError(f"a target sets exactly one of {', '.join(DIRECTIONS)}")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise ValueError("the target's `until` lies before its `since`")
        if self.part is not None and self.each_part:
            raise ValueError("`part` names one part and `each_part` means all: write one")
        if not is_span_kind(self.per):
            self._check_range()
        return self

    def _check_range(self) -> None:
        if _range_of(self.per) is None:
            raise ValueError(
                f'per: {self.per!r} is none of "month", "quarter", "half" and "year", nor a range '
                'such as "2023-09..2024-03"'
            )
        if self.since is not None or self.until is not None:
            raise ValueError("a target over one range has no `since` and `until`")

    def fixed_span(self, period: Period) -> Period | None:
        """Return the one span that it is for; None where it is for every one of a kind."""
        days = None if is_span_kind(self.per) else _range_of(self.per)
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


def _range_of(per: str) -> tuple[date, date] | None:
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
