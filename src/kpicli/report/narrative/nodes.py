"""Nodes that placeholders name: finished texts, periods, and the counts of a value."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from kpicli.base.wording import Language, Text, suggestion
from kpicli.model.figures import KpiHead, Status, Value
from kpicli.model.periods import Period
from kpicli.output.page.phrases import grouped, status_phrase


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

    def text(self) -> str:
        """Return it as Markdown text; raises `NoSuchValue` where it has none or no data."""
        ...


class TextNode(Struct, frozen=True):
    """A finished text. Nothing can be asked of it."""

    words: str

    def child(self, name: str) -> Node:
        """Raise `NoSuchValue`."""
        raise NoSuchValue(Text(f"「{name}」は続けられません", f"{name!r} cannot follow here"))

    def text(self) -> str:
        """Return the text."""
        return self.words


class PeriodNode(Struct, frozen=True):
    """A period: its name, and `start` and `end`."""

    period: Period
    language: Language

    def child(self, name: str) -> Node:
        """Return its first or last day."""
        days = {"start": self.period.start, "end": self.period.end}
        if name not in days:
            raise unknown_name(name, days)
        return TextNode(days[name].isoformat())

    def text(self) -> str:
        """Return the name of the period."""
        return self.period.label(self.language)


class MeasuredText(Struct, frozen=True):
    """A value as text. One that is not final always carries its state."""

    value: Value
    head: KpiHead
    language: Language

    def number(self) -> str:
        """Return the number, of a ratio `178/252`."""
        if self.head.percentage:
            return f"{self.count('numerator', marked=False)}/{self.count('denominator')}"
        return self.marked("-" if self.value.number is None else grouped(self.value.number))

    def rate(self) -> str:
        """Return a ratio's percentage without its sign, rounded half up."""
        if not self.head.percentage:
            raise NoSuchValue(Text("比率ではありません", "it is no ratio"))
        return self.marked("-" if self.value.number is None else grouped(self.value.number))

    def count(self, part: str, *, marked: bool = True) -> str:
        """Return a ratio's numerator or denominator."""
        self.require_data()
        number = self.value.numerator if part == "numerator" else self.value.denominator
        if number is None:
            raise NoSuchValue(Text("比率ではありません", "it is no ratio"))
        return self.marked(grouped(number)) if marked else grouped(number)

    def require_data(self) -> None:
        """Raise `NoSuchValue` where there is no data."""
        if self.value.status is Status.NO_DATA:
            raise NoSuchValue(
                Text(
                    f"「{self.head.title.ja}」にデータがありません",
                    f"{self.head.id} has no data",
                )
            )

    def marked(self, words_: str) -> str:
        """Return the words, followed by the state that keeps the value from being final."""
        self.require_data()
        state = status_phrase(self.value, self.language)
        return f"{words_}({state})" if state else words_


COUNTS = ("value", "numerator", "denominator", "rate", "change")


def count_node(measured: MeasuredText, name: str) -> Node:
    """Return one of `COUNTS` of a value; raises `NoSuchValue` where it has none such."""
    if name == "value":
        return TextNode(measured.number())
    if name == "rate":
        return TextNode(measured.rate())
    if name == "change":
        measured.require_data()
        raise NoSuchValue(Text("差を出せる相手がありません", "there is nothing to compare"))
    return TextNode(measured.count(name))


def unknown_name(name: str, known: Mapping[str, object] | tuple[str, ...]) -> NoSuchValue:
    """Return the error for an unknown name, with the nearest known one."""
    near = suggestion(name, known)
    return NoSuchValue(
        Text(f"「{name}」はありません。{near.ja}", f"there is no {name!r}; {near.en}")
    )
