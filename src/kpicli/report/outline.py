"""The contents of a report, in raw strings and in order, for the page and for Markdown."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, Summary, TargetStatus
from kpicli.output.page import words
from kpicli.output.page.blocks import KpiBlock, compared_period, kpi_blocks
from kpicli.output.page.document import Line
from kpicli.output.page.grid_tables import Grid, plain_grid
from kpicli.output.page.legend import legend, source_lines
from kpicli.output.page.page import figure_columns, kpi_lines, principle_phrase, remark_lines
from kpicli.output.page.phrases import (
    dates_phrase,
    item_phrase,
    status_phrase,
    target_phrase,
    value_phrase,
)
from kpicli.report import labels
from kpicli.report.appendix import (
    Chapter,
    Correspondence,
    accounting_grids,
    correspondence_entries,
    definitions_entries,
)
from kpicli.report.charts.chart_data import Chart, section_charts, target_chart
from kpicli.report.model import Report, Section


class Outline(Struct, frozen=True):
    """The contents of a report, laid out."""

    title: str
    dates: tuple[str, ...]
    introduction: str
    verdicts: str
    targets: Grid | None
    target_chart: Chart | None
    doubts: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]
    correspondence: tuple[Correspondence, ...]
    definitions: tuple[tuple[str, str, tuple[str, ...]], ...]
    accounting: tuple[Grid, ...]


def outline(report: Report, language: Language, charts: tuple[str, ...]) -> Outline:
    """Return the contents of a report, with those of the named charts that there is data for."""
    summary = report.summary
    blocks = kpi_blocks(summary)
    whole = [_ungrouped(block) for block in blocks if block.whole is not None]
    chapters = tuple(_chapters(report, whole, language, charts))
    drawn = {chart.kpi for chapter in chapters for chart in chapter.charts}
    explained = tuple(b if b.head.id in drawn else _ungrouped(b) for b in blocks)
    judged = [figure for figure in _totals(whole) if figure.targets]
    return Outline(
        title=report.title,
        dates=tuple(_dates(summary, language)),
        introduction=report.introduction,
        verdicts=_verdicts(judged, language),
        targets=_targets(summary, judged, language),
        target_chart=target_chart(summary, judged, language, charts),
        doubts=tuple(_doubts(summary, language)),
        chapters=chapters,
        notes=(
            *remark_lines(summary, language),
            *source_lines(summary, language, ("entered",)),
            *legend(explained, language),
        ),
        correspondence=tuple(correspondence_entries(summary, chapters, language)),
        definitions=tuple(definitions_entries(report, language)),
        accounting=tuple(accounting_grids(summary, language)),
    )


def heading(section: Section, language: Language) -> str:
    """Return the heading of a principle: `原則2 title`."""
    return f"{principle_phrase(section.principle, language)} {section.title}".strip()


def _chapters(
    report: Report, blocks: list[KpiBlock], language: Language, charts: tuple[str, ...]
) -> Iterator[Chapter]:
    summary, drawn = report.summary, set[str]()
    own_period = tuple(figure for figure in summary.figures if figure.by is None)
    columns = figure_columns(replace(summary, figures=own_period), language)
    for section in report.sections:
        name = principle_phrase(section.principle, language)
        own = [block for block in blocks if section.principle in (block.head.principles or ("",))]
        lines = kpi_lines(summary, language, columns, own)
        caption = labels.FIGURES.filled(principle=name).in_language(language)
        grid = Grid(caption, words.ITEM.in_language(language), columns, lines, stacked=True)
        wanted = tuple(b for b in _with_groups(summary, own) if b.head.id not in drawn)
        section_drawings = tuple(section_charts(wanted, charts, language))
        drawn |= {chart.kpi for chart in section_drawings}
        yield Chapter(
            anchor=f"fd-p{_slug(section.principle)}",
            heading=heading(section, language),
            section=section,
            grid=grid if lines else None,
            charts=section_drawings,
        )


def _ungrouped(block: KpiBlock) -> KpiBlock:
    return KpiBlock(block.head, block.whole, ())


def _with_groups(summary: Summary, own: list[KpiBlock]) -> Iterator[KpiBlock]:
    ids = {block.head.id for block in own}
    return (block for block in kpi_blocks(summary) if block.head.id in ids)


def _slug(name: str) -> str:
    """Return a name as part of an id, so that two names never become one."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in name)


def _totals(blocks: list[KpiBlock]) -> Iterator[Figure]:
    for block in blocks:
        if block.whole is not None and block.whole.total is not None:
            yield block.whole.total


def _dates(summary: Summary, language: Language) -> Iterator[str]:
    dates = dates_phrase(summary.period, language)
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    yield f"{summary.period.label(language)}: {dates} ({as_of})"
    for kind in summary.compared:
        other = compared_period(summary, kind)
        if other is not None:
            text = labels.COMPARED_WITH.filled(
                name=words.COMPARED[kind].in_language(language),
                period=other.label(language),
                dates=dates_phrase(other, language),
            )
            yield text.in_language(language)


def _verdicts(judged: list[Figure], language: Language) -> str:
    if not judged:
        return labels.NO_TARGETS.in_language(language)
    statuses = [target.status for figure in judged for target in figure.targets]
    numbers = {status.value: statuses.count(status) for status in TargetStatus}
    return labels.VERDICTS.filled(**numbers).in_language(language)


def _targets(summary: Summary, judged: list[Figure], language: Language) -> Grid | None:
    if not judged:
        return None
    names = (labels.PRINCIPLES, words.VALUE, words.TARGET, words.STATUS)
    rows = []
    for figure in judged:
        head = summary.kpis[figure.kpi]
        cells = (
            ", ".join(head.principles),
            value_phrase(figure.value, head, language),
            target_phrase(figure, head, language),
            status_phrase(figure.value, language),
        )
        missed = figure.target is not None and figure.target.status is TargetStatus.MISSED
        met = figure.target is not None and figure.target.status is TargetStatus.MET
        rows.append(
            Line(
                0,
                head.title.in_language(language),
                cells,
                "missed" if missed else "met" if met else "",
            )
        )
    used = [any(row.cells[i] for row in rows) for i in range(len(names))]
    kept = [Line(r.depth, r.name, _kept(r.cells, used), r.tone) for r in rows]
    shown = tuple(name for name, use in zip(names, used, strict=True) if use)
    return plain_grid(labels.TARGETS, words.ITEM, shown, kept, language, stacked=True)


def _kept(cells: tuple[str, ...], used: list[bool]) -> tuple[str, ...]:
    return tuple(cell for cell, use in zip(cells, used, strict=True) if use)


def _doubts(summary: Summary, language: Language) -> Iterator[str]:
    for figure in summary.figures:
        state = status_phrase(figure.value, language)
        if not state or figure.by is not None:
            continue
        head = summary.kpis[figure.kpi]
        names = [head.title.in_language(language)]
        if figure.kind != "total":
            names.append(item_phrase(figure, head, language))
        yield f"{' '.join(names)}: {state}"
