"""The values that placeholders name: KPIs, their items, months and comparisons, as nodes."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.summary import Summary
from kpicli.model.value import Value
from kpicli.output.page import words
from kpicli.output.page.phrases import bound_phrase, status_phrase
from kpicli.output.page.safety import markdown, markdown_line
from kpicli.output.page.words import named
from kpicli.report.narrative.nodes import (
    COUNTS,
    ChangeNode,
    DayNode,
    MeasuredNode,
    Node,
    NoSuchValue,
    PeriodNode,
    TextNode,
    unknown_name,
)

Path = tuple[str, ...]


class ComparedNode(Struct, frozen=True):
    """The same figure in another period, and the change since then."""

    comparison: Comparison
    own: Value
    head: KpiHead
    language: Language

    @property
    def measured(self) -> MeasuredNode:
        """Return the value then."""
        return MeasuredNode(self.comparison.value, self.head, self.language)

    def child(self, name: str) -> Node:
        """Return a count of it, the `change` since, or its `period`."""
        if name == "period":
            return PeriodNode(self.comparison.period, self.language)
        if name not in COUNTS:
            raise unknown_name(name, (*COUNTS, "period"))
        change = self.comparison.change
        if name != "change" or change is None:
            return self.measured.child(name)
        values = (self.own, self.comparison.value)
        states = dict.fromkeys(status_phrase(value, self.language) for value in values)
        return ChangeNode(change, self.head, self.language, " ".join(filter(None, states)))

    def text(self, after: str = "", /) -> str:
        """Return the number then."""
        return self.measured.text(after)


class FigureNode(Struct, frozen=True):
    """A KPI, or a month or an item of it: the figures below `path`."""

    head: KpiHead
    figures: Mapping[Path, Figure]
    path: Path
    language: Language

    @property
    def measured(self) -> MeasuredNode:
        """Return the value; raises `NoSuchValue` where only the items are figures."""
        return MeasuredNode(self._figure().value, self.head, self.language)

    def child(self, name: str) -> Node:
        """Return an item or a month by its name, else a field of the figure such as `change`."""
        below = (*self.path, name)
        if any(path[: len(below)] == below for path in self.figures):
            return FigureNode(self.head, self.figures, below, self.language)
        if name in {"title", "unit"}:
            text = self.head.title if name == "title" else self.head.unit
            return TextNode(markdown(text.in_language(self.language)))
        fields = (*COUNTS, *words.COMPARED, "target", "judgement", "period", "title", "unit")
        if name not in fields:
            raise unknown_name(name, (*self._items(), *fields))
        return self._field(name)

    def text(self, after: str = "", /) -> str:
        """Return the figure."""
        return self.measured.text(after)

    def _figure(self) -> Figure:
        figure = self.figures.get(self.path)
        if figure is None:
            listed = ", ".join(self._items())
            raise NoSuchValue(
                Text(
                    f"全体の数はありません(使えるもの: {listed})", f"no total; there are: {listed}"
                )
            )
        return figure

    def _items(self) -> Iterator[str]:
        depth = len(self.path)
        names = (p[depth] for p in self.figures if p[:depth] == self.path and len(p) > depth)
        return iter(dict.fromkeys(names))

    def _field(self, name: str) -> Node:
        figure = self._figure()
        if name in words.COMPARED:
            return ComparedNode(_comparison(figure, name), figure.value, self.head, self.language)
        if name in {"target", "judgement"}:
            state = status_phrase(figure.value, self.language) if name == "judgement" else ""
            return TextNode(_target(figure, name, self.head, self.language), state)
        if name == "period":
            return PeriodNode(figure.period, self.language)
        if name == "change":
            return self._field("previous").child("change")
        return self.measured.child(name)


def _comparison(figure: Figure, kind: str) -> Comparison:
    comparison = next((each for each in figure.comparisons if each.kind == kind), None)
    if comparison is None:
        asked = kind.replace("_", "-")
        raise NoSuchValue(
            Text(f"比べていません(--compare {asked})", f"not compared (--compare {asked})")
        )
    return comparison


def _target(figure: Figure, name: str, head: KpiHead, language: Language) -> str:
    if figure.target is None:
        raise NoSuchValue(Text("この期間の目標はありません", "no target belongs to the period"))
    if name == "target":
        bounds = (bound_phrase(target, head, language) for target in figure.targets)
        return markdown_line(words.LIST_SEPARATOR.in_language(language).join(bounds))
    return words.TARGET_STATUSES[figure.target.status].in_language(language)


def template_values(summary: Summary, language: Language) -> dict[str, Node]:
    """Return the values that a placeholder may begin with: KPIs, periods, and the as-of date."""
    nodes: dict[str, Node] = {
        "as_of": DayNode(summary.as_of, language),
        "period": PeriodNode(summary.period, language),
    }
    others = {"previous": summary.period.previous, "year_ago": summary.period.year_ago}
    for kind in summary.compared:
        nodes[kind] = PeriodNode(others[kind](), language)
    paths: dict[str, dict[Path, Figure]] = {name: {} for name in summary.kpis}
    for figure in summary.figures:
        if figure.kpi in paths:
            paths[figure.kpi].setdefault(_path(figure), figure)
    for name, head in summary.kpis.items():
        nodes[name] = FigureNode(head, paths[name], (), language)
    return nodes


def _path(figure: Figure) -> Path:
    """Return the group and the items of a figure: a narrative names them in Japanese always."""
    names = (figure.group, *figure.items)
    return tuple(named(name, "ja") for name in names if name is not None)
