"""What a target asks for, in words: 半期に2回以上, "at least 2 times a half-year"."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, Protocol

from kpicli.base.wording import Text, Unit

SPANS: Mapping[str, Text] = {
    "month": Text("月", "month"),
    "quarter": Text("四半期", "quarter"),
    "half": Text("半期", "half-year"),
    "year": Text("年度", "year"),
}
"""What the spans of targets are called, each by its kind."""
_COUNTS: Mapping[str, Text] = {
    "at_least": Text("{span}に{bound}以上", "at least {bound} a {span}"),
    "at_most": Text("{span}に{bound}以下", "at most {bound} a {span}"),
    "equal": Text("{span}に{bound}", "exactly {bound} a {span}"),
}
_RATES: Mapping[str, Text] = {
    "at_least": Text("{span}ごとに{bound}以上", "at least {bound} every {span}"),
    "at_most": Text("{span}ごとに{bound}以下", "at most {bound} every {span}"),
    "equal": Text("{span}ごとに{bound}", "exactly {bound} every {span}"),
}


class Bounded(Protocol):
    """A target of the catalogue, or how it stands in a figure."""

    @property
    def direction(self) -> Literal["at_least", "at_most", "equal"]:
        """Return which way the bound holds."""
        ...

    @property
    def bound(self) -> Decimal:
        """Return the bound itself, in percent for a ratio."""
        ...

    @property
    def per(self) -> Literal["month", "quarter", "half", "year"]:
        """Return the kind of spans that are each held to it."""
        ...


def bound_words(target: Bounded, unit: Unit, *, percentage: bool) -> Text:
    """Return what a target asks for: a count with its unit within a span, or a rate of each."""
    span, number = SPANS[target.per], f"{target.bound:,f}"
    words = (_RATES if percentage else _COUNTS)[target.direction]
    ja, en = unit.after(number, "ja"), unit.after(number, "en")
    if percentage:
        ja = en = f"{number}%"
    return Text(words.ja.format(span=span.ja, bound=ja), words.en.format(span=span.en, bound=en))
