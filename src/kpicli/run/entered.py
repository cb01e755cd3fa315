"""Figures whose values were entered by hand: where no export covers a period, or holds any."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.periods import Period
from kpicli.model.value import COMPUTED, NOTHING, Origin, Status, Value
from kpicli.published.entered import entered_remark
from kpicli.published.lookup import Found, Published
from kpicli.run.targets import judged

if TYPE_CHECKING:
    from kpicli.run.composed import DefinedRun
    from kpicli.run.kpi_run import Run

VERSION = 1
"""The version of what is entered: it has no definition that could change."""


def enter(kpi_run: "DefinedRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, those without data with what was entered for them.

    A counted figure is never replaced. Parts that no figure has yet are added at the end.
    """
    kpi, published = kpi_run.kpi, kpi_run.run.published
    if not published.entered:
        return list(figures)
    entered = [_entered(published, kpi, figure) for figure in figures]
    if kpi.parts is None or any(figure.value.status is not Status.NO_DATA for figure in figures):
        return entered
    known = {figure.item for figure in figures}
    first = figures[0]
    for entry in published.items(kpi.id, first.period):
        if entry.item is not None and entry.item not in known:
            part = replace(first, kind="part", part=kpi.parts.by, item=entry.item)
            entered.append(replace(part, value=entry.value, origin=entry.origin))
    return entered


def _entered(published: Published, kpi: Kpi | ComposedKpi, figure: Figure) -> Figure:
    if figure.value.status is not Status.NO_DATA:
        return figure
    entry = published.by_hand(kpi.id, figure, figure.period)
    if entry is None:
        return figure
    return replace(figure, value=entry.value, origin=entry.origin, components=())


def entered_figures(run: "Run", kpi: EnteredKpi) -> tuple[KpiHead, list[Figure]]:
    """Return the figures of a KPI that no export holds; without any value, one without data."""
    published, period = run.published, run.request.period
    entries = published.items(kpi.id, period)
    figures = [_figure(kpi, period, entry.item, entry.value, entry.origin) for entry in entries]
    figures.sort(key=lambda figure: figure.item is not None)  # the total first
    if not figures:
        figures = [_figure(kpi, period, None, NOTHING, COMPUTED)]
    figures = [_compared(run, figure) for figure in figures]
    figures = judged(
        run, kpi.targets, figures, lambda figure, span: entered_in(run, kpi.id, span, figure.item)
    )
    remarks = dict.fromkeys(
        entered_remark(figure.period, figure.value, figure.origin)
        for figure in figures
        if figure.origin.kind == "entered"
    )
    head = KpiHead(
        id=kpi.id,
        title=kpi.title,
        principles=kpi.principles,
        unit=kpi.unit,
        measure=kpi.measure,
        version=VERSION,
        additive=False,
        remarks=tuple(remarks),
        percentage=kpi.percentage,
        note=kpi.note,
        public=kpi.public,
        better=kpi.better,
    )
    return head, figures


def entered_in(run: "Run", kpi_id: str, span: Period, item: str | None = None) -> Value:
    """Return the value that was entered for an item (None: the total) in a span of time."""
    entry = run.published.item(kpi_id, item, span)
    return NOTHING if entry is None else entry.value


def _figure(
    kpi: EnteredKpi, period: Period, item: str | None, value: Value, origin: Origin
) -> Figure:
    total = Figure(kpi.id, "total", period, None, None, None, None, value, origin=origin)
    return total if item is None else replace(total, kind="part", part="item", item=item)


def _compared(run: "Run", figure: Figure) -> Figure:
    published = run.published
    comparisons = []
    for kind in run.request.compare:
        period = figure.period.compared_with(kind)
        standing = published.standing(figure.kpi, figure, period, lambda: Found(NOTHING))
        other = published.comparable(standing, VERSION)
        comparisons.append(figure.comparison(kind, other.value, other.origin))
    return replace(figure, comparisons=tuple(comparisons))
