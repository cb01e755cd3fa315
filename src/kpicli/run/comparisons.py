"""Comparisons: the same figures in another period (前期, 前年同期)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.model.figures import COMPUTED, NOTHING, Comparison, Figure, Status, Value, without_rows
from kpicli.model.periods import ComparisonKind, Period, is_span_kind
from kpicli.published.lookup import Found

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun


Key = tuple[str, str | None, str | None, str | None]
"""Kind, group, part and item: the same for a figure and its counterpart in another period."""


def compare(kpi_run: "KpiRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, each with a comparison of every kind that the request names.

    What was published of the other period is what is compared; only what was not is counted, and
    only what no export covers is taken from what was entered.

    A group that is a month (or another span) is compared with the one before it or a year before,
    as it stands among those of its own period. Parts that are months, and memos, have none.
    """
    kinds = kpi_run.run.request.compare
    return [
        replace(figure, comparisons=tuple(_comparison(kpi_run, figure, kind) for kind in kinds))
        if figure.part != "month" and figure.kind != "memo"
        else figure
        for figure in figures
    ]


def _comparison(kpi_run: "KpiRun", figure: Figure, kind: ComparisonKind) -> Comparison:
    kpi, published = kpi_run.kpi, kpi_run.run.published
    period = figure.period.compared_with(kind)
    other = published.frozen(kpi.id, kpi.version, figure, period)
    if other is None:
        other = Found(_counted(kpi_run, figure, kind), COMPUTED)
    if other.value.status is Status.NO_DATA and other.origin.kind == "computed":
        other = published.by_hand(kpi.id, figure, period) or other
    comparison = figure.comparison(kind, other.value, other.origin)
    if kpi_run.run.scope(figure.period).as_of < figure.period.end:
        return replace(comparison, change=None)  # what goes on is no match for what has ended
    return comparison


def _counted(kpi_run: "KpiRun", figure: Figure, kind: ComparisonKind) -> Value:
    """Return the value that the exports have of the figure in the other period."""
    if not kpi_run.readable:
        return NOTHING
    values = _others(kpi_run, figure, kind)
    key = _key(figure)
    if key in values:
        return values[key]
    period = figure.period.compared_with(kind)
    if kpi_run.run.datasets[kpi_run.kpi.source].coverage.of(period) == "unknown":
        return NOTHING
    whole = next(iter(values.values()), NOTHING)
    return without_rows(whole, ratio=figure.value.denominator is not None)


def _others(kpi_run: "KpiRun", figure: Figure, kind: ComparisonKind) -> Mapping[Key, Value]:
    """Return all values of the period that the figure is compared with, the whole first.

    A group that is a month, or another span, is looked for among those of the run's own period,
    then of the one it is compared with: labelled rules keep the as-of date of what is grouped.
    """
    period = figure.period.compared_with(kind)
    if not is_span_kind(figure.by):
        return {_key(other): other.value for other in kpi_run.figures(period, figure.by)}
    own = kpi_run.run.request.period
    for whole in (own, own.compared_with(kind)):
        if whole.start <= period.start and period.end <= whole.end:
            grouped = kpi_run.figures(whole, figure.by)
            group = {_key(other): other.value for other in grouped if _is_group(other, period)}
            if group:
                return group
    return {_key(other): other.value for other in kpi_run.figures(period)}


def _is_group(figure: Figure, period: Period) -> bool:
    return figure.group is not None and figure.period == period


def _key(figure: Figure) -> Key:
    group = None if is_span_kind(figure.by) else figure.group
    return figure.kind, group, figure.part, figure.item
