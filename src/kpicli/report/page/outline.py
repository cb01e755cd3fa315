"""The contents of a report, in raw strings and in order, for the page and for Markdown."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.output.page import words
from kpicli.output.page.legend import source_lines
from kpicli.output.page.page import remark_lines
from kpicli.report import labels
from kpicli.report.charts.chart_data import Chart, section_charts, trend_chart
from kpicli.report.charts.targets import target_chart
from kpicli.report.model import Correspondence, Link, Report
from kpicli.report.narrative.model import Block, Directive, Item, Pair, Passage, Section
from kpicli.report.page.appendix import (
    Appendix,
    accounting_grids,
    correspondence_entries,
    definition_entries,
)
from kpicli.report.page.cards import Cards, cards
from kpicli.report.page.overview import (
    Verdict,
    dates_said,
    doubts,
    states_explained,
    totals,
    verdicts,
)
from kpicli.report.page.table import Table
from kpicli.report.page.tables import Tables
from kpicli.report.placing import RELATED, anchor


class Prose(Struct, frozen=True):
    """A text of Markdown."""

    text: str


class Related(Struct, frozen=True):
    """Figures that stand in other sections: their titles, each with the section's link."""

    entries: tuple[tuple[str, Link], ...]


class Answered(Struct, frozen=True):
    """Where each principle is answered."""

    lines: tuple[Correspondence, ...]


TREND_ANCHOR = "fd-trend"
TARGETS_ANCHOR = "fd-targets"
"""What links to the trend lead to, where it follows the sections."""

Laid = Prose | Table | Cards | Chart | Related | Answered


class LaidPair(Struct, frozen=True):
    """Two columns, each under its heading (Markdown)."""

    planned_heading: str
    planned: tuple[Laid, ...]
    review_heading: str
    review: tuple[Laid, ...]


class LaidItem(Struct, frozen=True):
    """A part of a section under its heading (Markdown, "" for none)."""

    heading: str
    contents: tuple[Laid | LaidPair, ...]


class LaidSection(Struct, frozen=True):
    """A section with what links lead to, its heading (Markdown) and its items."""

    anchor: str
    heading: str
    items: tuple[LaidItem, ...]


class Outline(Struct, frozen=True):
    """The contents of a report, laid out. An internal one has an appendix."""

    title: str
    dates: tuple[tuple[str, str], ...]
    introduction: tuple[Laid, ...]
    verdicts: tuple[Verdict, ...]
    target_chart: Chart | None
    doubts: tuple[str, ...]
    sections: tuple[LaidSection, ...]
    footnotes: tuple[str, ...]
    legend: tuple[str, ...]
    appendix: Appendix | None


def outline(report: Report, language: Language, charts: tuple[str, ...]) -> Outline:
    """Return the contents of a report, with those of the named charts that there is data for.

    Charts that the author puts somewhere are drawn whether they are named or not.
    """
    summary, layout = report.summary, _Layout(report, language, charts)
    sections = tuple(layout.section(section) for section in report.sections)
    judged = [f for f in totals(summary) if f.targets and f.kpi in layout.shown]
    over_periods = layout.blocks([Directive("trend", report.trend)]) if report.trend else ()
    if over_periods:
        heading = labels.TREND.in_language(language)
        sections += (LaidSection(TREND_ANCHOR, heading, (LaidItem("", over_periods),)),)
    joint = layout.tables.joint()
    if joint is not None:
        heading = words.ANY_OF_THEM.in_language(language)
        sections += (LaidSection(TARGETS_ANCHOR, heading, (LaidItem("", (joint,)),)),)
    internal = report.edition == "internal"
    remarks = tuple(remark_lines(summary, language)) if internal else ()
    sources = tuple(source_lines(summary, language)) if internal else ()
    return Outline(
        title=report.title,
        dates=tuple(dates_said(report, language)),
        introduction=layout.blocks(report.introduction),
        verdicts=tuple(verdicts(summary, judged, language)),
        target_chart=target_chart(summary, judged, language, charts if report.by_principle else ()),
        doubts=tuple(doubts(summary, language)),
        sections=sections,
        footnotes=tuple(layout.footnotes()),
        legend=(*remarks, *sources, *states_explained(summary, language, internal=internal)),
        appendix=layout.appendix() if internal else None,
    )


class _Layout:
    """Lays out the sections of one report."""

    def __init__(self, report: Report, language: Language, charts: tuple[str, ...]) -> None:
        self.charts = charts if report.by_principle else tuple(report.summary.kpis)
        self.report, self.language, self.summary = report, language, report.summary
        self.notes = dict(_note_numbers(report))
        self.charts_so_far = 0
        self.tables = Tables(report, language, self.notes)
        self.shown = set(report.summary.kpis) if report.by_principle else _named(report)
        self.home = {
            name: self.link(section)
            for section in reversed(report.sections)
            for directive in section.directives
            if directive.kind == "figures"
            for name in directive.names
        }

    def link(self, section: Section) -> Link:
        return Link(section.heading.text, f"#{anchor(self.report.sections, section)}")

    def section(self, section: Section) -> LaidSection:
        items = tuple(self.item(item) for item in section.items)
        return LaidSection(anchor(self.report.sections, section), section.heading.text, items)

    def item(self, item: Item) -> LaidItem:
        contents: list[Laid | LaidPair] = []
        for content in item.contents:
            if isinstance(content, Pair):
                contents.append(
                    LaidPair(
                        content.planned_heading.text,
                        self.blocks(content.planned),
                        content.review_heading.text,
                        self.blocks(content.review),
                    )
                )
            else:
                contents += self.blocks([content])
        return LaidItem(item.heading.text, tuple(contents))

    def blocks(self, blocks: Iterable[Block]) -> tuple[Laid, ...]:
        return tuple(laid for block in blocks for laid in self.block(block))

    def block(self, block: Block) -> Iterator[Laid]:
        if isinstance(block, Passage):
            if block.text.strip():
                yield Prose(block.text.strip("\n"))
            return
        laid = self.directive(block)
        if laid is not None:
            yield laid
        elif block.kind == "chart":
            chosen = [self.tables.blocks[name] for name in block.names if name in self.summary.kpis]
            for drawn in section_charts(chosen, self.charts, self.language):
                yield self.numbered(replace(drawn, note=self.notes.get(drawn.kpi, 0)))
        if block.kind == "trend" and self.summary.trend:
            for name in (name for name in block.names if name in self.summary.kpis):
                chart = trend_chart(self.summary, name, self.language, parts=False)
                if chart is not None:
                    # the table above has its numbers
                    yield self.numbered(replace(chart, grid=None))

    def numbered(self, chart: Chart) -> Chart:
        """Return a chart by its number on the page."""
        self.charts_so_far += 1
        return replace(chart, id=f"{chart.id}-{self.charts_so_far}")

    def directive(self, directive: Directive) -> Laid | None:
        match directive.kind:
            case "figures":
                return self.tables.figures(directive.names)
            case "cards":
                return cards(self.tables, directive.names)
            case "trend":
                return self.tables.trend(directive.names)
            case "months":
                return self.tables.months(directive.names)
            case "principles":
                return Answered(self.report.correspondence)
            case "related":
                kpis = self.summary.kpis
                named = (
                    (kpis[name].title.in_language(self.language), self.home[name])
                    for name in directive.names
                )
                return Related(tuple(named))
            case _:
                return None

    def appendix(self) -> Appendix:
        places: dict[str, list[Link]] = {name: [] for name in self.summary.kpis}
        for section in self.report.sections:
            named = dict.fromkeys(n for each in section.directives for n in each.names)
            for name in named.keys() & places.keys():
                places[name].append(self.link(section))
        return Appendix(
            tuple(correspondence_entries(self.summary, places, self.language)),
            tuple(definition_entries(self.report, self.language)),
            tuple(accounting_grids(self.summary, self.language)),
        )

    def footnotes(self) -> Iterator[str]:
        for name in self.notes:
            note = self.summary.kpis[name].note
            yield "" if note is None else note.in_language(self.language)


def _note_numbers(report: Report) -> Iterator[tuple[str, int]]:
    """Yield the KPIs whose footnotes the page needs, numbered as they are met."""
    opening = [block for block in report.introduction if isinstance(block, Directive)]
    directives = [*opening, *(d for section in report.sections for d in section.directives)]
    shown = (name for each in directives if each.kind != RELATED for name in each.names)
    kpis = report.summary.kpis
    noted = [n for n in dict.fromkeys(shown) if n in kpis and kpis[n].note is not None]
    return ((name, number) for number, name in enumerate(noted, 1))


def _named(report: Report) -> set[str]:
    """Return the names that the directives of a report hold."""
    opening = [block for block in report.introduction if isinstance(block, Directive)]
    directives = [*opening, *(d for section in report.sections for d in section.directives)]
    return {name for directive in directives for name in directive.names}
