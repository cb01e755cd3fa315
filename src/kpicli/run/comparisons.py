"""Comparisons: the same figures in another period (前期, 前年同期)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.model.figures import Comparison, Figure, Key
from kpicli.model.periods import ComparisonKind, Period, is_span_kind
from kpicli.model.value import Value

if TYPE_CHECKING:
    from kpicli.run.composed import DefinedRun
    from kpicli.run.kpi_run import FigureRun


def compare(kpi_run: "DefinedRun", figures: Sequence[Figure]) -> list[Figure]:
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


def _comparison(kpi_run: "DefinedRun", figure: Figure, kind: ComparisonKind) -> Comparison:
    kpi, published = kpi_run.kpi, kpi_run.run.published
    period = figure.period.compared_with(kind)
    standing = kpi_run.standing(figure, period, lambda own: _counted(own, figure, kind))
    other = published.comparable(standing, kpi.version)
    comparison = figure.comparison(kind, other.value, other.origin)
    if kpi_run.run.scope(figure.period).as_of < figure.period.end:
        return replace(comparison, change=None)  # what goes on is no match for what has ended
    return comparison


def _counted(kpi_run: "FigureRun", figure: Figure, kind: ComparisonKind) -> Value:
    """Return the value that the exports have of the figure in the other period."""
    period = figure.period.compared_with(kind)
    return kpi_run.counterpart(figure, period, _others(kpi_run, figure, kind))


def _others(kpi_run: "FigureRun", figure: Figure, kind: ComparisonKind) -> Mapping[Key, Value]:
    """Return all values of the period that the figure is compared with, the whole first.

    A group that is a month, or another span, is looked for among those of the run's own period,
    then of the one it is compared with: labelled rules keep the as-of date of what is grouped.
    """
    period = figure.period.compared_with(kind)
    if not is_span_kind(figure.by):
        return {other.key: other.value for other in kpi_run.figures(period, figure.by)}
    own = kpi_run.run.request.period
    for whole in (own, own.compared_with(kind)):
        if whole.start <= period.start and period.end <= whole.end:
            grouped = kpi_run.figures(whole, figure.by)
            group = {other.key: other.value for other in grouped if _is_group(other, period)}
            if group:
                return group
    return {other.key: other.value for other in kpi_run.figures(period)}


def _is_group(figure: Figure, period: Period) -> bool:
    return figure.group is not None and figure.period == period
