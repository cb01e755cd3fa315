"""A Summary as a document: figures by principle with their comparisons, targets and states."""

from collections.abc import Collection, Iterator

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, by_principle, compared_period, kpi_blocks
from kpicli.output.page.document import (
    Column,
    Cross,
    Document,
    Entry,
    Figures,
    Line,
    Listing,
    Notes,
    Section,
)
from kpicli.output.page.legend import joint_states, legend, source_lines, tone_of, tone_of_status
from kpicli.output.page.phrases import (
    comparison_phrase,
    dates_phrase,
    depth_of,
    figure_phrase,
    group_phrase,
    heading_phrases,
    item_phrase,
    origin_phrase,
    principle_phrase,
    status_phrase,
    target_phrase,
    title_phrase,
)
from kpicli.output.page.row_tables import joint_rows
from kpicli.output.page.trend import TrendTable, with_former_figures
from kpicli.values.numbers import grouped


def summary_document(summary: Summary, language: Language, cross: Cross | None = None) -> Document:
    """Return the summary as a document: figures by principle, notes, and the row accounting.

    Columns for comparisons, targets and states are there only where the summary has any. The
    periods of a trend are columns before those. A `cross` table stands in place of the figures.
    """
    summary = with_former_figures(summary)
    blocks = kpi_blocks(summary)
    trend = TrendTable(summary, language) if summary.trend else None
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    dates = f"{dates_phrase(summary.period, language)} ({as_of})"
    notes = Notes(
        words.NOTES.in_language(language),
        (
            *remark_lines(summary, language),
            *source_lines(summary, language),
            *legend(blocks, language, {*joint_states(summary), *_occurring(summary, trend)}),
        ),
    )
    return Document(
        opening=(Entry(summary.period.label(language)), Entry(dates)),
        blocks=(
            _figures(summary, blocks, trend, language) if cross is None else cross,
            *joint_listing(summary, language),
            *((notes,) if notes.lines else ()),
            *((_accounting(summary, language),) if summary.sources else ()),
        ),
    )


def _occurring(summary: Summary, trend: TrendTable | None) -> Collection[str]:
    """Return the keys of the legend for what stands in tables beside the figures themselves."""
    if trend is not None:
        return trend.occurring
    gaps = (f.by is not None and f.value.status is Status.NO_DATA for f in summary.figures)
    return ("gap",) if any(gaps) else ()


def _figures(
    summary: Summary, blocks: tuple[KpiBlock, ...], trend: TrendTable | None, language: Language
) -> Figures:
    columns = figure_columns(summary, language)
    if trend is not None:
        columns = (*trend.columns, *columns[1:])
    sections = tuple(
        Section(
            principle_phrase(name, language), kpi_lines(summary, language, columns, found, trend)
        )
        for name, found in by_principle(blocks).items()
    )
    return Figures(
        words.ITEM.in_language(language),
        columns,
        sections,
        value=0 if trend is None else len(trend.columns) - 1,
    )


def joint_listing(summary: Summary, language: Language) -> Iterator[Listing]:
    """Yield the targets that any of several KPIs reaches, with each KPI; nothing without any."""
    if not summary.joint_targets:
        return
    columns = (
        Column("target", words.TARGET.in_language(language)),
        Column("value", words.VALUE.in_language(language), right=True),
        Column("target_status", words.JUDGEMENT.in_language(language)),
    )
    lines = []
    for each in joint_rows(summary, language):
        stands = words.TARGET_STATUSES[each.status].in_language(language)
        tone = "" if each.depth else tone_of_status(each.status)
        lines.append(Line(each.depth, each.name, (each.bound, each.value, stands), tone))
    section = Section(words.ANY_OF_THEM.in_language(language), tuple(lines))
    yield Listing(words.ITEM.in_language(language), columns, (section,))


def _accounting(summary: Summary, language: Language) -> Listing:
    """Return where the rows of each source went."""
    columns = tuple(
        Column(key, text.in_language(language), right=True)
        for key, text in words.ACCOUNTING.items()
    )
    lines = tuple(
        Line(
            0,
            source.title.in_language(language),
            tuple(grouped(getattr(source.accounting, key)) for key in words.ACCOUNTING),
        )
        for source in summary.sources
    )
    section = Section(words.ROWS.in_language(language), lines)
    return Listing(words.SOURCE.in_language(language), columns, (section,))


def figure_columns(summary: Summary, language: Language) -> tuple[Column, ...]:
    """Return the columns beside a figure's name: value, comparisons, and targets and states.

    Targets and states have a column only where the summary has any.
    """
    return tuple(_columns(summary, language))


def kpi_lines(
    summary: Summary,
    language: Language,
    columns: tuple[Column, ...],
    blocks: list[KpiBlock],
    trend: TrendTable | None = None,
) -> tuple[Line, ...]:
    """Return the lines of some KPIs, with one cell for each of the columns."""
    writer = _Lines(summary, language, tuple(column.key for column in columns), trend)
    return tuple(writer.of_kpis(blocks))


def _columns(summary: Summary, language: Language) -> Iterator[Column]:
    yield Column("value", words.VALUE.in_language(language), right=True)
    for kind in summary.compared:
        other = compared_period(summary, kind)
        under = () if other is None else heading_phrases(other, language)
        yield Column(kind, words.COMPARED[kind].in_language(language), under, right=True)
    if any(figure.targets for figure in summary.figures):
        yield Column("target", words.TARGET.in_language(language))
    if any(status_phrase(figure.value, language) for figure in summary.figures):
        yield Column("status", words.STATUS.in_language(language))


def remark_lines(summary: Summary, language: Language) -> Iterator[str]:
    """Yield every remark on a KPI, led by the KPI's title."""
    for head in summary.kpis.values():
        for remark in head.remarks:
            said = words.BY_NAME.filled(
                name=head.title.in_language(language), words=remark.in_language(language)
            )
            yield said.in_language(language)


class _Lines:
    """Writes the lines of KPIs for one summary, language and set of columns."""

    def __init__(
        self,
        summary: Summary,
        language: Language,
        keys: tuple[str, ...],
        trend: TrendTable | None = None,
    ) -> None:
        self.trend = trend
        self.language = language
        self.keys = keys
        self.shown = {kind: compared_period(summary, kind) for kind in summary.compared}

    def of_kpis(self, blocks: list[KpiBlock]) -> Iterator[Line]:
        for block in blocks:
            title = title_phrase(block.head, self.language, split=block.split)
            below = 1 if block.groups else 0  # groups stand on a level that no part has
            yield from self.of_cluster(0, title, block.whole, block.head, below)
            for group in block.groups:
                name = group_phrase(group.first, block.head, self.language)
                yield from self.of_cluster(1, name, group, block.head)

    def of_cluster(
        self, depth: int, name: str, cluster: Cluster | None, head: KpiHead, below: int = 0
    ) -> Iterator[Line]:
        total = None if cluster is None else cluster.total
        yield self.line(depth, name, total, head)
        for figure in () if cluster is None else cluster.lines:
            name = item_phrase(figure, head, self.language)
            yield self.line(depth + below + depth_of(figure), name, figure, head)

    def line(self, depth: int, name: str, figure: Figure | None, head: KpiHead) -> Line:
        if figure is None:
            return Line(depth, name, ("",) * len(self.keys))
        marked = origin_phrase(figure.origin, self.language)
        cells = {
            "value": " ".join(filter(None, (figure_phrase(figure, head, self.language), marked))),
            "target": target_phrase(figure, head, self.language),
            "status": status_phrase(figure.value, self.language),
        }
        if self.trend is not None:
            cells |= self.trend.cells(figure, head)
        for comparison in figure.comparisons:
            shown = self.shown.get(comparison.kind)
            phrase = comparison_phrase(comparison, head, self.language, shown)
            cells[comparison.kind] = phrase
        return Line(depth, name, tuple(cells.get(key, "") for key in self.keys), tone_of(figure))
