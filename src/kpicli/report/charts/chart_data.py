"""The data of a chart, as plain values, and the same numbers as a table."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.model.bounds import SPANS
from kpicli.model.figures import Figure, KpiHead, Summary, TargetStatus
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock
from kpicli.output.page.document import Line
from kpicli.output.page.grid_tables import Grid, plain_grid
from kpicli.output.page.phrases import bound_phrase, item_phrase, status_phrase, value_phrase
from kpicli.report import labels
from kpicli.settings.settings import TARGETS_CHART


class Bar(Struct, frozen=True):
    """One bar, or one piece of a stacked one.

    `category` is where it stands (a month, a KPI), `series` what it is a piece of, `note` a line of
    words beside it.
    """

    category: str
    series: str
    size: Decimal
    note: str = ""


class Chart(Struct, frozen=True):
    """A chart: its words, its bars, and its numbers as a table (None: another table has them)."""

    id: str
    kpi: str
    kind: Literal["stacked", "grouped", "targets"]
    title: str
    description: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    grid: Grid | None = None


def section_charts(
    blocks: Iterable[KpiBlock], wanted: tuple[str, ...], language: Language
) -> Iterator[Chart]:
    """Yield a chart by month of each wanted KPI that has figures for several months."""
    for block in blocks:
        months = [group for group in block.groups if group.first.by == "month"]
        if block.head.id in wanted and len(months) > 1:
            chart = _monthly(block, months, language)
            if chart.bars:
                yield chart


def _monthly(block: KpiBlock, months: list[Cluster], language: Language) -> Chart:
    head = block.head
    names = tuple(group.first.period.name for group in months)
    series = tuple(dict.fromkeys(_series(f, head, language) for m in months for f in _shown(m)))
    bars = tuple(
        Bar(month.first.period.name, _series(figure, head, language), Decimal(figure.value.number))
        for month in months
        for figure in _shown(month)
        if figure.value.number is not None
    )
    unit = "%" if head.percentage else head.unit.in_language(language)
    title = labels.BY_MONTH.filled(title=head.title.in_language(language), unit=unit).in_language(
        language
    )
    parts = words_joined(
        f"{_series(f, head, language)} {value_phrase(f.value, head, language)}"
        for f in (() if block.whole is None else _shown(block.whole))
    )
    description = labels.STACKED.filled(first=names[0], last=names[-1], parts=parts)
    return Chart(
        id=f"fd-chart-{head.id}",
        kpi=head.id,
        kind="stacked" if head.additive else "grouped",
        title=title,
        description=description.in_language(language),
        unit=unit,
        categories=names,
        series=series,
        bars=bars,
        grid=_numbers(title, block, months, series, language),
    )


def _shown(cluster: Cluster) -> tuple[Figure, ...]:
    """Return a month's parts by a column; its total where it has none."""
    parts = tuple(f for f in cluster.lines if f.kind == "part" and f.part != "month")
    if parts or cluster.total is None:
        return parts
    return (cluster.total,)


def _series(figure: Figure, head: KpiHead, language: Language) -> str:
    if figure.kind == "total":
        return head.title.in_language(language)
    return item_phrase(figure, head, language)


def _numbers(
    title: str, block: KpiBlock, months: list[Cluster], series: tuple[str, ...], language: Language
) -> Grid:
    """Return the numbers behind the bars, with the total of each month where there is one."""
    split = any(figure.kind == "part" for month in months for figure in _shown(month))
    lines = []
    for month in months:
        figure_of = {_series(f, block.head, language): f for f in _shown(month)}
        figures = [figure_of.get(name) for name in series]
        if split and month.total is not None:
            figures.append(month.total)
        cells = tuple(_cell(figure, block.head, language) for figure in figures)
        lines.append(Line(0, month.first.period.name, cells))
    total = split and any(month.total is not None for month in months)
    names = [Text(name, name) for name in series] + ([labels.TOTAL] if total else [])
    caption = labels.NUMBERS.filled(title=title)
    return plain_grid(caption, labels.MONTH, names, lines, language)


def _cell(figure: Figure | None, head: KpiHead, language: Language) -> str:
    if figure is None:
        return ""
    state = status_phrase(figure.value, language)
    return f"{value_phrase(figure.value, head, language)} {state}".strip()


def words_joined(phrases: Iterable[str]) -> str:
    """Return the phrases as one list in a sentence."""
    return ", ".join(phrases)


def target_chart(
    summary: Summary, judged: list[Figure], language: Language, wanted: tuple[str, ...]
) -> Chart | None:
    """Return the bars of values against targets that are to be reached; None where there is none.

    Each value is shown in percent of its target. A target of shorter spans (every month) is shown
    as the number of spans that met it, of all there are.
    """
    bars = [bar for figure in judged for bar in _target_bar(summary, figure, language)]
    if TARGETS_CHART not in wanted or not bars:
        return None
    parts = words_joined(f"{bar.category} {bar.note}" for bar in bars)
    return Chart(
        id="fd-chart-targets",
        kpi="",
        kind="targets",
        title=labels.TARGET_BARS.in_language(language),
        description=labels.TARGET_BARS_OF.filled(parts=parts).in_language(language),
        unit=labels.OF_HUNDRED.in_language(language),
        categories=tuple(bar.category for bar in bars),
        series=tuple(text.in_language(language) for text in words.TARGET_STATUSES.values()),
        bars=tuple(bars),
    )


def _target_bar(summary: Summary, figure: Figure, language: Language) -> Iterator[Bar]:
    target, head = figure.target, summary.kpis[figure.kpi]
    if target is None or target.direction != "at_least" or target.bound <= 0:
        return
    verdict = words.TARGET_STATUSES[target.status].in_language(language)
    spans = figure.period.spans(target.per)
    title = head.title.in_language(language)
    value, bound = figure.value.number, bound_phrase(target, head, language)
    if len(spans) > 1:
        if target.status is TargetStatus.PENDING:
            return
        met = len(spans) - len(target.missed)
        shown, size = f"{met}/{len(spans)}", _percent(Decimal(met), Decimal(len(spans)))
        span = SPANS[target.per].in_language(language)
        title = labels.MONTHS_MET.filled(title=title, span=span).in_language(language)
    elif value is None:
        return
    else:
        shown, size = (
            value_phrase(figure.value, head, language),
            _percent(Decimal(value), target.bound),
        )
    note = labels.VALUE_AND_TARGET.filled(value=shown, bound=bound, verdict=verdict)
    state = status_phrase(figure.value, language)
    yield Bar(title, verdict, size, f"{note.in_language(language)} {state}".strip())


def _percent(value: Decimal, whole: Decimal) -> Decimal:
    return (100 * value / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
