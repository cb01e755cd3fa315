"""The most important figures as cards: the number, its change, and bars of its months."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, KpiHead
from kpicli.output.page.blocks import KpiBlock
from kpicli.output.page.phrases import status_phrase
from kpicli.output.sentences import figure_words, group_span_words
from kpicli.report import labels
from kpicli.report.page.table import Badge, Cell
from kpicli.report.page.tables import Tables
from kpicli.values.numbers import grouped

HEIGHT = 28
"""The height of the tallest bar, in the units of the picture."""


class Card(Struct, frozen=True):
    """One figure: its number and unit large, the rest of it small, its change and badges.

    `bars` are the heights of its months, of `HEIGHT`; `span` names the first and the last one.
    """

    title: str
    number: str
    unit: str
    rest: str = ""
    compared: str = ""
    change: Cell = Cell()
    badges: tuple[Badge, ...] = ()
    bars: tuple[int, ...] = ()
    span: str = ""
    note: int = 0


class Cards(Struct, frozen=True):
    """Cards that stand side by side."""

    cards: tuple[Card, ...]


def cards(tables: Tables, names: Sequence[str]) -> Cards | None:
    """Return a card for each KPI that has a total with a number; None where none has."""
    blocks = (tables.blocks[name] for name in names if name in tables.blocks)
    made = tuple(card for block in blocks for card in _card(tables, block))
    return Cards(made) if made else None


def _card(tables: Tables, block: KpiBlock) -> Iterator[Card]:
    total = None if block.whole is None else block.whole.total
    if total is None or total.value.number is None:
        return
    language, head = tables.language, block.head
    comparison = next((c for c in total.comparisons if c.change is not None), None)
    change = Cell() if comparison is None else tables.change(comparison, head)
    compared = "" if comparison is None else labels.AGAINST[comparison.kind].in_language(language)
    number, unit, rest = _number(total, head, language)
    heights, span = _bars(block, language)
    yield Card(
        head.title.in_language(language),
        number,
        unit,
        " ".join(filter(None, (rest, status_phrase(total.value, language)))),
        compared,
        change,
        tables.target(total, head).badges,
        heights,
        span,
        tables.notes.get(head.id, 0),
    )


def _number(figure: Figure, head: KpiHead, language: Language) -> tuple[str, str, str]:
    number = grouped(figure.value.number or 0)
    if figure.value.dates is not None:
        return figure_words(figure.value, head, language), "", ""
    if not head.percentage:
        return number, head.unit.after(number, language).removeprefix(number), ""
    said = figure_words(figure.value, head, language)
    return number, "%", said.rpartition("(")[0].strip()


def _bars(block: KpiBlock, language: Language) -> tuple[tuple[int, ...], str]:
    """Return the bars of months of what adds up; none where a month has no number."""
    months = [group for group in block.groups if group.total is not None]
    values = [m.total.value.number for m in months if m.total is not None]
    if not block.head.additive or len(months) < 2 or any(v is None or v < 0 for v in values):
        return (), ""
    numbers = [Decimal(value or 0) for value in values]
    most = max(numbers) or Decimal(1)
    heights = tuple(int((HEIGHT * number / most).to_integral_value()) for number in numbers)
    ends = (months[0].first, months[-1].first)
    first, last = (group_span_words(each.by, each.period, language) for each in ends)
    return heights, labels.FROM_TO.filled(first=first, last=last).in_language(language)
