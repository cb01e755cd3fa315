"""The columns and values of the table on a KPI's sheet: a row a period, a column a part."""

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.value import Value
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock
from kpicli.output.page.phrases import full_item_phrase
from kpicli.report import labels

FIRST = 4
"""The first column of numbers; before it stand the period and its two days."""

Facet = Literal["numerator", "denominator", "number"]
Key = tuple[str, str | None]
"""A figure's kind and item, by which the same figure is found in every row."""

_FACETS: Mapping[Facet, Text] = {
    "numerator": labels.NUMERATOR,
    "denominator": labels.DENOMINATOR,
    "number": labels.RATIO,
}


class Field(Struct, frozen=True):
    """One column of numbers: of which figure, which of its numbers, under which heading."""

    key: Key
    facet: Facet
    heading: str


def key_of(figure: Figure) -> Key:
    """Return the key of a figure within its row."""
    return figure.kind, figure.item


def fields(block: KpiBlock, language: Language) -> tuple[Field, ...]:
    """Return the columns: parts, then the total, then rules and notes.

    Parts that are months are no columns: the rows are months already, or longer spans that have
    them; the report's own sheet has them as lines.
    """
    clusters = (*(() if block.whole is None else (block.whole,)), *block.groups)
    figures = {key_of(f): f for c in clusters for f in c.figures if f.part != "month"}
    order = ("part", "total", "subpart", "of_which", "rule", "memo")
    ordered = sorted(figures.values(), key=lambda figure: order.index(figure.kind))
    return tuple(field for figure in ordered for field in _of_figure(figure, block.head, language))


def _of_figure(figure: Figure, head: KpiHead, language: Language) -> Iterator[Field]:
    name = "" if figure.kind == "total" else full_item_phrase(figure, head, language)
    if not head.percentage or figure.kind == "memo":
        yield Field(key_of(figure), "number", name or words.VALUE.in_language(language))
        return
    for facet, text in _FACETS.items():
        yield Field(key_of(figure), facet, f"{name}\n{text.in_language(language)}".strip())


def values_of(cluster: Cluster) -> dict[Key, Value]:
    """Return the values of a cluster by the keys of their figures."""
    return {key_of(figure): figure.value for figure in cluster.figures}


def comparisons_of(cluster: Cluster, kind: str) -> dict[Key, Comparison]:
    """Return the comparisons of one kind by the figure that is compared."""
    return {
        key_of(figure): comparison
        for figure in cluster.figures
        for comparison in figure.comparisons
        if comparison.kind == kind and figure.part != "month"
    }
