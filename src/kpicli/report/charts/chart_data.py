"""The data of a chart, as plain values, and the same numbers as a table.

A chart is a column of panels on one scale, a panel for the total and for each part: so every mark
has room for its label, no colour has to be looked up, and a small part is not hidden by a large.
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.bounds import SPANS
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.judgements import TargetStatus
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Status
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock
from kpicli.output.page.document import Column, Line
from kpicli.output.page.grid_tables import Grid
from kpicli.output.page.phrases import (
    group_phrase,
    item_phrase,
    status_phrase,
    value_phrase,
)
from kpicli.output.sentences import month_words, span_words
from kpicli.report import labels
from kpicli.report.charts.titles import is_final, title_of
from kpicli.values.numbers import grouped

MOST_PANELS = 8
"""More parts than this are in the table alone, the smallest of them."""


class Mark(Struct, frozen=True):
    """One value and its label; `size` None where there is none.

    It is `doubtful` where it is not final, `broken` where the definition changed before it.
    """

    size: Decimal | None
    label: str = ""
    doubtful: bool = False
    broken: bool = False


class Panel(Struct, frozen=True):
    """The marks of one figure, one for each category; of a target its value in percent of it."""

    name: str
    marks: tuple[Mark, ...]
    verdict: TargetStatus | None = None


class Chart(Struct, frozen=True):
    """A chart: its words, its panels, and its numbers as a table (None: another table has them).

    Where several stand on a page their ids are numbered, as ids of KPIs are nothing to publish.
    `title` says what is seen, `subtitle` measure, place and time, `notes` what the marks mean that
    are unlike the others, `note` is the number of its KPI's footnote (0 for none).
    """

    id: str
    kpi: str
    kind: Literal["bars", "lines", "targets"]
    title: str
    subtitle: str
    description: str
    categories: tuple[str, ...]
    panels: tuple[Panel, ...]
    notes: tuple[str, ...] = ()
    grid: Grid | None = None
    note: int = 0


class _Row(Struct, frozen=True):
    """A figure of a KPI over the categories of a chart; None where it has none."""

    name: str
    total: bool
    figures: tuple[Figure | None, ...]
    whole: Figure | None = None
    new: tuple[Figure, ...] = ()
    """Those of the figures before which the definition changed."""


def section_charts(
    blocks: Iterable[KpiBlock], wanted: tuple[str, ...], language: Language, place: str = ""
) -> Iterator[Chart]:
    """Yield a chart of each wanted KPI that has figures for several groups (months, lines)."""
    for block in blocks:
        if block.head.id in wanted and len(block.groups) > 1:
            chart = _grouped(block, language, place)
            if any(mark.size is not None for panel in chart.panels for mark in panel.marks):
                yield chart


def trend_chart(
    summary: Summary, kpi: str, language: Language, place: str = "", *, parts: bool = True
) -> Chart | None:
    """Return the lines of a KPI over the periods of a trend; None where it has no two values.

    Without `parts` it is that of the total alone.
    """
    head, periods = summary.kpis[kpi], summary.trend_periods
    own = [s for s in summary.trend if s.own.kpi == kpi and s.own.by is None]
    chosen = [s for s in own if s.own.kind == "total" or (parts and _drawn(s.own))]
    rows = [_trend_row(series, head, language) for series in chosen]
    rows = [row for row in rows if any(f is not None for f in row.figures)]
    if not rows or max(sum(f is not None for f in row.figures) for row in rows) < 2:
        return None
    names = tuple(_period_name(period, language) for period in periods)
    first, last = (period.label(language) for period in (periods[0], periods[-1]))
    said = labels.FROM_TO.filled(first=first, last=last).in_language(language)
    under = (_by(summary.period.kind, language), said, place)
    return _chart(head, "lines", names, rows, under, language, in_order=True)


def _trend_row(series: Series, head: KpiHead, language: Language) -> _Row:
    figures = tuple(None if f.value.status is Status.NO_DATA else f for f in series.figures)
    new = tuple(new for _, new in series.breaks)
    return _Row(_name(series.own, head, language), series.own.kind == "total", figures, new=new)


def _grouped(block: KpiBlock, language: Language, place: str) -> Chart:
    head, groups = block.head, block.groups
    by = groups[0].first.by or ""
    in_order = is_span_kind(by)
    keys = dict.fromkeys(_key(figure) for group in groups for figure in _shown(group))
    rows = []
    for key in keys:
        figures = tuple(_of_key(group, key) for group in groups)
        first = next(figure for figure in figures if figure is not None)
        whole = None if block.whole is None else _of_key(block.whole, key)
        name = _name(first, head, language)
        rows.append(_Row(name, first.kind == "total", figures, whole))
    names = tuple(_group_name(group, head, language, len(groups)) for group in groups)
    periods = [group.first.period for group in groups]
    days = Period.between(min(p.start for p in periods), max(p.end for p in periods))
    by_said = _by(by, language) or labels.BY_COLUMN.in_language(language)
    under = (by_said, span_words(days, language), place)
    return _chart(head, "bars", names, rows, under, language, in_order=in_order)


def _by(kind: str, language: Language) -> str:
    """Return `月別`, `by month`; nothing for what is no span of time."""
    if not is_span_kind(kind):
        return ""
    span = SPANS[kind]
    return labels.BY_SPAN.filled(span=span.ja, en=span.en).in_language(language)


def _chart(
    head: KpiHead,
    kind: Literal["bars", "lines"],
    names: tuple[str, ...],
    rows: list[_Row],
    under: tuple[str, ...],
    language: Language,
    *,
    in_order: bool,
) -> Chart:
    """Return the chart of some rows, the total first, then the parts, the largest of them."""
    title = _title(head, names, rows, language, in_order=in_order, trend=kind == "lines")
    unit = "%" if head.percentage else head.unit.in_language(language)
    measure = labels.MEASURED.filled(unit=unit).in_language(language) if unit else ""
    kept = sorted(rows, key=_largest, reverse=True)[:MOST_PANELS]
    panels = tuple(_panel(row, head, language) for row in rows if row in kept)
    separator = words.LIST_SEPARATOR.in_language(language)
    ends = [row.figures[-1] if kind == "lines" else row.whole for row in rows]
    parts = words_joined(
        row.name if end is None else f"{row.name} {value_phrase(end.value, head, language)}"
        for row, end in zip(rows, ends, strict=True)
    )
    described = (labels.LINES if kind == "lines" else labels.BARS).filled(
        first=names[0].replace("\n", ""), last=names[-1].replace("\n", ""), parts=parts
    )
    marks = [mark for panel in panels for mark in panel.marks]
    notes = [labels.HOLLOW] if any(mark.doubtful for mark in marks) else []
    notes += [labels.NEW_DEFINITION] if any(mark.broken for mark in marks) else []
    notes += [labels.REST.filled(number=len(rows) - len(kept))] if len(rows) > len(kept) else []
    return Chart(
        id=f"fd-{'trend' if kind == 'lines' else 'chart'}",
        kpi=head.id,
        kind=kind,
        title=title,
        subtitle=separator.join(filter(None, (measure, *under))),
        description=described.in_language(language),
        categories=names,
        panels=panels,
        notes=tuple(note.in_language(language) for note in notes),
        grid=_numbers(head, names, rows, language),
    )


def _title(
    head: KpiHead,
    names: Sequence[str],
    rows: Sequence[_Row],
    language: Language,
    *,
    in_order: bool,
    trend: bool,
) -> str:
    """Return what the total shows, after the last change of definition; else the KPI's title."""
    row = next((row for row in rows if row.total), None)
    if row is None:
        return head.title.in_language(language)
    breaks = [at for at, figure in enumerate(row.figures) if any(figure is n for n in row.new)]
    pairs = list(zip(names, row.figures, strict=True))[breaks[-1] if breaks else 0 :]
    points = [(name.replace("\n", ""), f.value) for name, f in pairs if f is not None]
    return title_of(head, points, language, in_order=in_order, first_and_last=trend)


def _panel(row: _Row, head: KpiHead, language: Language) -> Panel:
    name = row.name
    if row.whole is not None and head.additive and row.whole.value.number is not None:
        value = value_phrase(row.whole.value, head, language)
        name = labels.IN_ALL.filled(name=name, value=value).in_language(language)
    return Panel(name, tuple(_mark(figure, row, head) for figure in row.figures))


def _mark(figure: Figure | None, row: _Row, head: KpiHead) -> Mark:
    if figure is None or figure.value.number is None:
        return Mark(None)
    number = figure.value.number
    label = f"{grouped(number)}%" if head.percentage else grouped(number)
    broken = any(figure is new for new in row.new)
    return Mark(Decimal(number), label, not is_final(figure.value), broken)


def _largest(row: _Row) -> tuple[bool, Decimal]:
    numbers = (f.value.number for f in row.figures if f is not None)
    return row.total, max((Decimal(n) for n in numbers if n is not None), default=Decimal(0))


def _drawn(figure: Figure) -> bool:
    return figure.kind == "total" or (figure.kind == "part" and figure.part != "month")


def _shown(cluster: Cluster) -> tuple[Figure, ...]:
    """Return the total of a group and its parts by a column."""
    return tuple(figure for figure in cluster.figures if _drawn(figure))


def _key(figure: Figure) -> tuple[str, str | None, str | None]:
    return figure.kind, figure.part, figure.item


def _of_key(cluster: Cluster, key: tuple[str, str | None, str | None]) -> Figure | None:
    return next((figure for figure in cluster.figures if _key(figure) == key), None)


def _name(figure: Figure, head: KpiHead, language: Language) -> str:
    if figure.kind == "total":
        return head.title.in_language(language)
    return item_phrase(figure, head, language)


def _group_name(group: Cluster, head: KpiHead, language: Language, number: int) -> str:
    first = group.first
    if first.by != "month" or number > 12:
        return (
            _period_name(first.period, language)
            if is_span_kind(first.by)
            else group_phrase(first, head, language)
        )
    name = month_words(first.period, language)
    return name if language == "ja" else name[:3]


def _period_name(period: Period, language: Language) -> str:
    """Return a period's label, with the end of a line where it may be folded."""
    return period.label(language).replace("年度", "年度\n").strip()


def _numbers(
    head: KpiHead, names: tuple[str, ...], rows: Sequence[_Row], language: Language
) -> Grid:
    """Return the numbers behind the marks: a line a category, a column for each row."""
    lines = [
        Line(
            0, name.replace("\n", ""), tuple(_cell(row.figures[at], head, language) for row in rows)
        )
        for at, name in enumerate(names)
    ]
    total = labels.TOTAL.in_language(language)
    columns = tuple(
        Column(f"c{at}", total if row.total and len(rows) > 1 else row.name, right=True)
        for at, row in enumerate(rows)
    )
    caption = labels.NUMBERS.filled(title=head.title.in_language(language))
    item = words.ITEM.in_language(language)
    return Grid(caption.in_language(language), item, columns, tuple(lines))


def _cell(figure: Figure | None, head: KpiHead, language: Language) -> str:
    if figure is None:
        return ""
    state = status_phrase(figure.value, language)
    return f"{value_phrase(figure.value, head, language)} {state}".strip()


def words_joined(phrases: Iterable[str]) -> str:
    """Return the phrases as one list in a sentence."""
    return ", ".join(phrases)
