"""The page that table, text and markdown share: headings, lines, notes, in raw strings.

It says what stands where; each format lays it out and makes the strings safe in its own way.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, KpiHead, Summary, TargetStatus
from kpicli.model.periods import Period
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, by_principle, kpi_blocks
from kpicli.output.page.legend import legend
from kpicli.output.page.phrases import (
    comparison_phrase,
    dates_phrase,
    group_phrase,
    grouped,
    heading_phrases,
    item_phrase,
    origin_phrase,
    period_phrase,
    status_phrase,
    target_phrase,
    title_phrase,
    value_phrase,
)

Compared = Literal["previous", "year_ago"]
Tone = Literal["", "met", "missed", "doubtful"]


class Column(Struct, frozen=True):
    """One column beside the item's name: its short name, and what stands under it in the head."""

    key: str
    name: str
    under: tuple[str, ...] = ()
    right: bool = False


class Line(Struct, frozen=True):
    """One line: how deep it stands, its name, and one cell for each column ("" where empty)."""

    depth: int
    name: str
    cells: tuple[str, ...]
    tone: Tone = ""


class Section(Struct, frozen=True):
    """The lines under one principle."""

    heading: str
    lines: tuple[Line, ...]


class Page(Struct, frozen=True):
    """Everything that a person is shown."""

    title: str
    dates: str
    item: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes_heading: str
    notes: tuple[str, ...]
    rows_heading: str
    rows_columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def build_page(summary: Summary, language: Language) -> Page:
    """Return the summary as a page.

    Columns for comparisons, targets and states are there only where the summary has any.
    """
    blocks = kpi_blocks(summary)
    columns = figure_columns(summary, language)
    sections = tuple(
        Section(principle_phrase(name, language), kpi_lines(summary, language, columns, found))
        for name, found in by_principle(blocks).items()
    )
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    return Page(
        title=period_phrase(summary.period, language),
        dates=f"{dates_phrase(summary.period, language)} ({as_of})",
        item=words.ITEM.in_language(language),
        columns=columns,
        sections=sections,
        notes_heading=words.NOTES.in_language(language),
        notes=(
            *remark_lines(summary, language),
            *_records(summary, language),
            *legend(blocks, language),
        ),
        rows_heading=words.ROWS.in_language(language),
        rows_columns=tuple(
            text.in_language(language) for text in (words.SOURCE, *words.ACCOUNTING.values())
        ),
        rows=tuple(_source_rows(summary)),
    )


def with_joined_states(page: Page) -> Page:
    """Return the page with targets and states in one column, where it has both."""
    if [column.key for column in page.columns[-2:]] != ["target", "status"]:
        return page
    *columns, target, status = page.columns
    joined = replace(target, name=f"{target.name} / {status.name}")
    sections = tuple(
        replace(section, lines=tuple(_with_joined_states(line) for line in section.lines))
        for section in page.sections
    )
    return replace(page, columns=(*columns, joined), sections=sections)


def _with_joined_states(line: Line) -> Line:
    *cells, target, status = line.cells
    return replace(line, cells=(*cells, f"{target} {status}".strip()))


def compared_period(summary: Summary, kind: Compared) -> Period | None:
    """Return the period that figures of the summary's own period are compared with."""
    for figure in summary.figures:
        for comparison in figure.comparisons:
            if comparison.kind == kind and figure.period == summary.period:
                return comparison.period
    return None


def figure_columns(summary: Summary, language: Language) -> tuple[Column, ...]:
    """Return the columns beside a figure's name: value, comparisons, and targets and states.

    Targets and states have a column only where the summary has any.
    """
    return tuple(_columns(summary, language))


def kpi_lines(
    summary: Summary, language: Language, columns: tuple[Column, ...], blocks: list[KpiBlock]
) -> tuple[Line, ...]:
    """Return the lines of some KPIs, with one cell for each of the columns."""
    writer = _Lines(summary, language, tuple(column.key for column in columns))
    return tuple(writer.of_kpis(blocks))


def _columns(summary: Summary, language: Language) -> Iterator[Column]:
    yield Column("value", words.VALUE.in_language(language), right=True)
    for kind in summary.compared:
        other = compared_period(summary, kind)
        under = () if other is None else heading_phrases(other, language)
        yield Column(kind, words.COMPARED[kind].in_language(language), under, right=True)
    if any(figure.target for figure in summary.figures):
        yield Column("target", words.TARGET.in_language(language))
    if any(status_phrase(figure.value, language) for figure in summary.figures):
        yield Column("status", words.STATUS.in_language(language))


def principle_phrase(name: str, language: Language) -> str:
    """Return what a principle is called: 原則2; without a name that there is none."""
    if not name:
        return words.NO_PRINCIPLE.in_language(language)
    return words.PRINCIPLE.filled(name=name).in_language(language)


def remark_lines(summary: Summary, language: Language) -> Iterator[str]:
    """Yield every remark on a KPI, led by the KPI's title."""
    for head in summary.kpis.values():
        for remark in head.remarks:
            said = words.BY_NAME.filled(name=head.title, words=remark.in_language(language))
            yield said.in_language(language)


def _records(summary: Summary, language: Language) -> Iterator[str]:
    """Yield a line for every frozen record that figures are compared with."""
    found: dict[str, None] = {}
    for figure in summary.figures:
        for comparison in figure.comparisons:
            if comparison.origin.kind == "frozen":
                origin, period = comparison.origin, period_phrase(comparison.period, language)
                filled = words.FROZEN_IN.filled(
                    period=period, source=origin.source, edition=origin.edition, on=origin.on
                )
                found[filled.in_language(language)] = None
    yield from found


def _source_rows(summary: Summary) -> Iterator[tuple[str, ...]]:
    for source in summary.sources:
        counts = (getattr(source.accounting, name) for name in words.ACCOUNTING)
        yield (source.title, *(grouped(count) for count in counts))


class _Lines:
    """Writes the lines of KPIs for one summary, language and set of columns."""

    def __init__(self, summary: Summary, language: Language, keys: tuple[str, ...]) -> None:
        self.language = language
        self.keys = keys
        self.shown = {kind: compared_period(summary, kind) for kind in summary.compared}

    def of_kpis(self, blocks: list[KpiBlock]) -> Iterator[Line]:
        for block in blocks:
            title = title_phrase(block.head, self.language, split=block.split)
            yield from self.of_cluster(0, title, block.whole, block.head)
            for group in block.groups:
                name = group_phrase(group.first, self.language)
                yield from self.of_cluster(1, name, group, block.head)

    def of_cluster(
        self, depth: int, name: str, cluster: Cluster | None, head: KpiHead
    ) -> Iterator[Line]:
        total = None if cluster is None else cluster.total
        yield self.line(depth, name, total, head)
        for figure in () if cluster is None else cluster.lines:
            yield self.line(depth + 1, item_phrase(figure, self.language), figure, head)

    def line(self, depth: int, name: str, figure: Figure | None, head: KpiHead) -> Line:
        if figure is None:
            return Line(depth, name, ("",) * len(self.keys))
        marked = origin_phrase(figure.origin, self.language)
        cells = {
            "value": " ".join(filter(None, (value_phrase(figure.value, head), marked))),
            "target": target_phrase(figure, head, self.language),
            "status": status_phrase(figure.value, self.language),
        }
        for comparison in figure.comparisons:
            shown = self.shown.get(comparison.kind)
            phrase = comparison_phrase(comparison, head, self.language, shown)
            cells[comparison.kind] = phrase
        return Line(depth, name, tuple(cells.get(key, "") for key in self.keys), _tone(figure))


def _tone(figure: Figure) -> Tone:
    if figure.value.status != "ok":
        return "doubtful"
    if figure.target is None or figure.target.status is TargetStatus.PENDING:
        return ""
    return "met" if figure.target.status is TargetStatus.MET else "missed"
