"""What a placeholder of an office's document gives: a number for a cell of its own, else text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.output.page.safety import of_markdown
from kpicli.report.narrative.figure_values import ComparedNode, FigureNode
from kpicli.report.narrative.nodes import (
    ChangeNode,
    DayNode,
    MeasuredNode,
    Node,
    NoSuchValue,
    NumberNode,
    TextNode,
)
from kpicli.report.narrative.placeholders import node_named

PLACEHOLDER = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_AS_TYPED = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "＂": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u3000": " "}
)
"""Word and PowerPoint put these signs for the ones that were typed."""


class Problem(Struct, frozen=True):
    """What cannot be filled: its place in the document, and why."""

    place: Text
    message: Text


class Figures(Struct, frozen=True):
    """The values that placeholders may name, and whether figures in doubt may be written."""

    nodes: Mapping[str, Node]
    allow_doubt: bool = False

    def node(self, placeholder: str) -> Node:
        """Return what a placeholder names; raises `NoSuchValue`, for figures in doubt too."""
        node = node_named(placeholder.translate(_AS_TYPED), self.nodes)
        state = _state(node)
        if state and not self.allow_doubt:
            raise NoSuchValue(
                Text(f"確定していない数値です({state})", f"the figure is not final ({state})")
            )
        return node

    def text(self, placeholder: str, after: str, place: Text, problems: list[Problem]) -> str:
        """Return the words of a placeholder that `after` follows, or itself with a problem."""
        try:
            return of_markdown(self.node(placeholder).text(after))
        except NoSuchValue as error:
            problems.append(Problem(place, error.message))
            return placeholder


class CellNumber(Struct, frozen=True):
    """A number as a cell holds it; `percentage` where it counts hundredths (70.6 is 70.6 %)."""

    number: int | Decimal
    percentage: bool = False


def number_of(node: Node) -> CellNumber | date | None:
    """Return the number or day that a cell of its own holds; None for words, and for doubt.

    A figure in doubt stays text, which carries its state: a bare number would hide it.
    """
    if _state(node):
        return None
    if isinstance(node, DayNode):
        return node.day
    if isinstance(node, ChangeNode):
        return CellNumber(node.change, node.head.percentage)
    if isinstance(node, NumberNode):
        return None if node.number is None else CellNumber(node.number, node.unit == "%")
    measured = _measured(node)
    if measured is None or measured.value.number is None or measured.value.dates is not None:
        return None
    return CellNumber(measured.value.number, measured.head.percentage)


def placeholders(text: str) -> Iterator[re.Match[str]]:
    """Yield the placeholders of a text, one that is never closed left out."""
    return PLACEHOLDER.finditer(text)


def _measured(node: Node) -> MeasuredNode | None:
    if isinstance(node, MeasuredNode):
        return node
    return node.measured if isinstance(node, FigureNode | ComparedNode) else None


def _state(node: Node) -> str:
    """Return what keeps a node from being final, "" for nothing; raises where it has no data."""
    if isinstance(node, NumberNode | ChangeNode | TextNode):
        return node.state
    measured = _measured(node)
    return "" if measured is None else measured.state
