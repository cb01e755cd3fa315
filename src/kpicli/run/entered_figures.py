"""Figures whose values were entered by hand: where no export covers a period, or holds any."""

from collections.abc import Sequence

from msgspec.structs import replace

from kpicli.catalog.kpis import EnteredKpi, Kpi
from kpicli.model.figures import COMPUTED, Figure, KpiHead, Origin, Status, Value
from kpicli.model.periods import Period
from kpicli.published.lookup import Found, Published, entered_remark
from kpicli.run.comparisons import against
from kpicli.settings.request import Request

NOTHING = Value(None, None, None, Status.NO_DATA, 0)


def filled(published: Published, kpi: Kpi, own: Sequence[Figure]) -> list[Figure]:
    """Return the figures, those without data with what was entered for them.

    A counted figure is never replaced. Parts that no figure has yet are added at the end.
    """
    if not published.entered:
        return list(own)
    figures = [_filled(published, kpi, figure) for figure in own]
    if kpi.parts is None or any(figure.value.status is not Status.NO_DATA for figure in own):
        return figures
    known = {figure.item for figure in figures}
    first = own[0]
    for entry in published.items(kpi.id, first.period):
        if entry.item is not None and entry.item not in known:
            part = replace(first, kind="part", part=kpi.parts.by, item=entry.item)
            figures.append(replace(part, value=entry.value, origin=entry.origin))
    return figures


def _filled(published: Published, kpi: Kpi, figure: Figure) -> Figure:
    if figure.value.status is not Status.NO_DATA:
        return figure
    entry = published.by_hand(kpi.id, figure, figure.period)
    return figure if entry is None else replace(figure, value=entry.value, origin=entry.origin)


def entered_figures(
    published: Published, kpi: EnteredKpi, request: Request
) -> tuple[KpiHead, list[Figure]]:
    """Return the figures of a KPI that no export holds; without any value, one without data."""
    entries = published.items(kpi.id, request.period)
    figures = [
        _figure(kpi, request.period, entry.item, entry.value, entry.origin) for entry in entries
    ]
    figures.sort(key=lambda figure: figure.item is not None)  # the total first
    if not figures:
        figures = [_figure(kpi, request.period, None, NOTHING, COMPUTED)]
    figures = [_compared(published, figure, request) for figure in figures]
    remarks = dict.fromkeys(
        entered_remark(period, value, origin)
        for figure in figures
        for period, value, origin in (
            (figure.period, figure.value, figure.origin),
            *((c.period, c.value, c.origin) for c in figure.comparisons),
        )
        if origin.kind == "entered"
    )
    head = KpiHead(
        id=kpi.id,
        title=kpi.title,
        principles=kpi.principles,
        unit=kpi.unit,
        measure=kpi.measure,
        version=1,
        additive=False,
        remarks=tuple(remarks),
        percentage=kpi.percentage,
    )
    return head, figures


def _figure(
    kpi: EnteredKpi, period: Period, item: str | None, value: Value, origin: Origin
) -> Figure:
    total = Figure(kpi.id, "total", period, None, None, None, None, value, origin=origin)
    return total if item is None else replace(total, kind="part", part="item", item=item)


def _compared(published: Published, figure: Figure, request: Request) -> Figure:
    comparisons = []
    for kind in request.compare:
        period = figure.period.compared_with(kind)
        found = published.frozen(figure.kpi, 1, figure, period)
        found = found or published.by_hand(figure.kpi, figure, period) or Found(NOTHING, COMPUTED)
        comparisons.append(against(figure, kind, found))
    return replace(figure, comparisons=tuple(comparisons))
