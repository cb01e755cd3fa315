"""What a target asks for, in words: 半期に2回以上, "at least 2 times a half-year"."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, Protocol, get_args

from kpicli.base.wording import Text, Unit

SPANS: Mapping[str, Text] = {
    "month": Text("月", "month"),
    "quarter": Text("四半期", "quarter"),
    "half": Text("半期", "half-year"),
    "year": Text("年度", "year"),
}
"""What the spans of targets are called, each by its kind."""
Direction = Literal["at_least", "at_most", "above", "below", "equal"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
"""The ways in which a target binds, as settings name them."""
_BOUNDS: Mapping[Direction, Text] = {
    "at_least": Text("{bound}以上", "at least {bound}"),
    "at_most": Text("{bound}以下", "at most {bound}"),
    "above": Text("{bound}を超える", "more than {bound}"),
    "below": Text("{bound}未満", "less than {bound}"),
    "equal": Text("{bound}", "exactly {bound}"),
}
_OF_COUNTS, _OF_RATES = Text("{span}に", " a {span}"), Text("{span}ごとに", " every {span}")
_OF_RANGES = Text("{start}から{end}までに", " from {start} to {end}")


class Bounded(Protocol):
    """A target of the catalogue, or how it stands in a figure."""

    @property
    def direction(self) -> Direction:
        """Return which way the bound holds."""
        ...

    @property
    def bound(self) -> Decimal:
        """Return the bound itself, in percent for a ratio."""
        ...

    @property
    def per(self) -> str:
        """Return the kind of spans that are each held to it, or one range of months or days."""
        ...


def bound_words(target: Bounded, unit: Unit, *, percentage: bool) -> Text:
    """Return what a target asks for: a count with its unit within a span, or a rate of each."""
    number = f"{target.bound:,f}"
    ja, en = unit.after(number, "ja"), unit.after(number, "en")
    if percentage:
        ja = en = f"{number}%"
    words, when = _BOUNDS[target.direction], _when(target.per, percentage=percentage)
    return Text(when.ja + words.ja.format(bound=ja), words.en.format(bound=en) + when.en)


def of_every(register: Text, bound: Text) -> Text:
    """Return what is asked of every member of a register, whose title is given."""
    return Text(f"{register.ja}ごとに、{bound.ja}", f"each of {register.en}: {bound.en}")


def _when(per: str, *, percentage: bool) -> Text:
    if per in SPANS:
        span, words = SPANS[per], _OF_RATES if percentage else _OF_COUNTS
        return Text(words.ja.format(span=span.ja), words.en.format(span=span.en))
    start, _, end = per.partition("..")
    return _OF_RANGES.filled(start=start, end=end)
