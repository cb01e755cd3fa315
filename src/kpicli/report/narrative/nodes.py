"""Nodes that placeholders name: finished texts, days, periods, numbers and changes.

In Japanese a number carries its counter, unless that is typed after the placeholder: both
`{{ voices }}` and `{{ voices }}件` read 841件.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language, Text, suggestion
from kpicli.model.figures import KpiHead
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.output.page.phrases import status_phrase
from kpicli.output.page.safety import markdown_line
from kpicli.output.sentences import change_words, counter, day_words, figure_words
from kpicli.values.numbers import grouped, signed


class NoSuchValue(Exception):
    """The error for a placeholder that names a value which is not there or has no data."""

    def __init__(self, message: Text) -> None:
        super().__init__(message)
        self.message = message


class Node(Protocol):
    """A value, or a part of one, that a placeholder can name."""

    def child(self, name: str) -> "Node":
        """Return the node that `name` means below this one; raises `NoSuchValue`."""
        ...

    def text(self, after: str = "", /) -> str:
        """Return it as Markdown text, where `after` is what is typed behind it.

        Raises `NoSuchValue` where it has none or no data.
        """
        ...


class Leaf:
    """A node below which there is nothing."""

    def child(self, name: str) -> Node:
        """Raise `NoSuchValue`."""
        raise NoSuchValue(Text(f"「{name}」は続けられません", f"{name!r} cannot follow here"))


class TextNode(Leaf, Struct, frozen=True):
    """A finished text, and what keeps the figure it speaks of from being final ("": nothing)."""

    words: str
    state: str = ""

    def text(self, _: str = "", /) -> str:
        """Return the text."""
        return self.words


class DayNode(Leaf, Struct, frozen=True):
    """A day."""

    day: date
    language: Language

    def text(self, _: str = "", /) -> str:
        """Return `2025年4月1日`."""
        return day_words(self.day, self.language)


class PeriodNode(Struct, frozen=True):
    """A period: its name, and `start` and `end`."""

    period: Period
    language: Language

    def child(self, name: str) -> Node:
        """Return its first or last day."""
        days = {"start": self.period.start, "end": self.period.end}
        if name not in days:
            raise unknown_name(name, days)
        return DayNode(days[name], self.language)

    def text(self, _: str = "", /) -> str:
        """Return the name of the period."""
        return self.period.label(self.language)


class NumberNode(Leaf, Struct, frozen=True):
    """A number with its unit, and the state that keeps it from being final ("" for none).

    Only a number that is `additive` may be added to another.
    """

    number: int | Decimal | None
    unit: str
    state: str = ""
    additive: bool = False

    def text(self, after: str = "", /) -> str:
        """Return the number with its unit, unless that is typed `after` it."""
        shown = "-" if self.number is None else grouped(self.number)
        unit = "" if self.number is None or after.startswith(self.unit) else self.unit
        return marked(f"{shown}{unit}", self.state)

    def plus(self, other: "NumberNode", sign: int) -> "NumberNode":
        """Return the sum, or with the sign -1 the difference, of two numbers of one unit.

        Raises `NoSuchValue` for other units, for shares, and for sums over which things overlap.
        """
        if self.number is None or other.number is None:
            raise NoSuchValue(Text("数のない項に計算はできません", "a term of it has no number"))
        if self.unit != other.unit:
            ja, en = f"「{self.unit}」と「{other.unit}」", f"{self.unit!r} and {other.unit!r}"
            raise NoSuchValue(
                Text(f"単位が違うので計算できません: {ja}", f"the units differ: {en}")
            )
        if sign > 0 and not (self.additive and other.additive):
            raise NoSuchValue(
                Text(
                    "重複を除いた数や比率は足せません(同じ人を二度数えるため)",
                    "distinct counts and ratios are not added: they may overlap",
                )
            )
        state = " ".join(dict.fromkeys(filter(None, (self.state, other.state))))
        additive = self.additive and other.additive
        return NumberNode(self.number + sign * other.number, self.unit, state, additive)


class ChangeNode(Struct, frozen=True):
    """The change of a figure since another period, in words; its `number` has a sign."""

    change: int | Decimal
    head: KpiHead
    language: Language
    state: str = ""

    def child(self, name: str) -> Node:
        """Return the number with its sign."""
        if name != "number":
            raise unknown_name(name, ("number",))
        return TextNode(marked(signed(self.change), self.state), self.state)

    def text(self, after: str = "", /) -> str:
        """Return `435件増`, or `+435` where the unit is typed `after` it."""
        units = ("%", "pt", "ポイント") if self.head.percentage else (self.head.unit.ja,)
        if self.language == "ja" and after.startswith(units):
            return marked(signed(self.change), self.state)
        return marked(change_words(self.change, self.head, self.language), self.state)


class HiddenNode(Struct, frozen=True):
    """A figure that the report cannot show, with the reason that is said of it."""

    reason: Text

    def child(self, _: str) -> Node:
        """Raise `NoSuchValue`."""
        raise NoSuchValue(self.reason)

    def text(self, _: str = "", /) -> str:
        """Raise `NoSuchValue`."""
        raise NoSuchValue(self.reason)


class MeasuredNode(Struct, frozen=True):
    """A measured value. One that is not final always carries its state."""

    value: Value
    head: KpiHead
    language: Language

    @property
    def state(self) -> str:
        """Return the state that keeps the value from being final; raises where it has no data."""
        self.require_data()
        return status_phrase(self.value, self.language)

    def text(self, after: str = "", /) -> str:
        """Return `841件`, of a ratio `252件中178件(70.6%)`, or `178/252` before a typed unit."""
        if self.value.dates is not None:
            return marked(
                markdown_line(figure_words(self.value, self.head, self.language)), self.state
            )
        if not self.head.percentage:
            return self.number().text(after)
        if not after.startswith(self.head.unit.ja):
            return marked(figure_words(self.value, self.head, self.language), self.state)
        part, whole = self.count("numerator"), self.count("denominator")
        return f"{replace(part, state='').text(part.unit)}/{whole.text(after)}"

    def number(self) -> NumberNode:
        """Return the number of what is no ratio; raises `NoSuchValue` for one that is."""
        if self.head.percentage:
            raise NoSuchValue(
                Text(
                    "比率は計算できません(.numerator か .denominator を使う)",
                    "a ratio cannot be calculated with; name its .numerator or .denominator",
                )
            )
        if self.value.dates is not None:
            raise NoSuchValue(Text("日付は計算できません", "dates cannot be calculated with"))
        return self._count(self.value.number, additive=self.head.additive)

    def child(self, name: str) -> Node:
        """Return one of `COUNTS`; raises `NoSuchValue` where it has none such."""
        if name == "value":
            return self
        if name == "rate":
            return self.rate()
        if name == "change":
            self.require_data()
            raise NoSuchValue(
                Text(
                    f"「{self.head.title.ja}」は増減を出せません"
                    "(どちらかの期間の値がないか、途中までです)",
                    f"{self.head.id}: no change can be said; a value is missing, or not whole",
                )
            )
        return self.count(name)

    def rate(self) -> NumberNode:
        """Return a ratio's percentage, rounded half up."""
        if not self.head.percentage:
            raise NoSuchValue(Text("比率ではありません", "it is no ratio"))
        return NumberNode(self.value.number, "%", self.state)

    def count(self, part: str) -> NumberNode:
        """Return a ratio's numerator, denominator, or the rest between them."""
        self.require_data()
        over, under = self.value.numerator, self.value.denominator
        if over is None or under is None:
            raise NoSuchValue(Text("比率ではありません", "it is no ratio"))
        return self._count({"numerator": over, "denominator": under, "rest": under - over}[part])

    def _count(self, number: int | Decimal | None, *, additive: bool = False) -> NumberNode:
        return NumberNode(number, counter(self.head.unit, self.language), self.state, additive)

    def require_data(self) -> None:
        """Raise `NoSuchValue` where there is no data."""
        if self.value.status is Status.NO_DATA:
            raise NoSuchValue(
                Text(
                    f"「{self.head.title.ja}」にデータがありません",
                    f"{self.head.id} has no data",
                )
            )


COUNTS = ("value", "numerator", "denominator", "rest", "rate", "change")


def not_public(title: Text) -> Text:
    """Return what is said of a figure that was asked for and is not public."""
    return Text(
        f"「{title.ja}」は公表しない指標です(public = false)",
        f"{title.en!r} is not to be published (public = false)",
    )


def marked(words: str, state: str) -> str:
    """Return words, followed by the state that keeps them from being final."""
    return f"{words}({state})" if state else words


def unknown_name(name: str, known: Mapping[str, object] | tuple[str, ...]) -> NoSuchValue:
    """Return the error for an unknown name, with the nearest known one."""
    near = suggestion(name, known)
    return NoSuchValue(
        Text(f"「{name}」はありません。{near.ja}", f"there is no {name!r}; {near.en}")
    )
