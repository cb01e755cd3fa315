"""Holding figures to the targets of their KPI."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.catalog.kpis import Target
from kpicli.model.figures import Figure, Status, TargetJudgement, TargetStatus, Value, unrounded
from kpicli.model.periods import Period, is_span_kind

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun


def judge(kpi_run: "KpiRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures, totals of the whole and of spans of it with how all targets stand.

    A target belongs to every whole span of its kind in the period, from the day it begins to the
    day it ends. It is met when every span met it, missed when one missed it, else pending. A span
    is judged only when it has ended, by the as-of date too, and its figure is final: covered in
    full, without rows in doubt, and defined.
    """
    return [replace(figure, targets=_judgements(kpi_run, figure)) for figure in figures]


def _judgements(kpi_run: "KpiRun", figure: Figure) -> tuple[TargetJudgement, ...]:
    if figure.kind != "total" or not (figure.by is None or is_span_kind(figure.by)):
        return ()
    spans = [(target, target.spans_in(figure.period)) for target in kpi_run.kpi.targets]
    return tuple(_judged(kpi_run, figure, target, own) for target, own in spans if own)


def _judged(
    kpi_run: "KpiRun", figure: Figure, target: Target, spans: tuple[Period, ...]
) -> TargetJudgement:
    run = kpi_run.run
    missed: list[Period] = []
    pending = False
    values = {s: figure.value if s == figure.period else kpi_run.total(s) for s in spans}
    for span, value in values.items():
        ended = span.end < run.today and span.end <= run.scope(span).as_of
        if not ended or value.status is not Status.OK:
            pending = True
        elif not _holds(target, value):
            missed.append(span)
    status = TargetStatus.PENDING if pending else TargetStatus.MET
    if missed:
        status = TargetStatus.MISSED
    return TargetJudgement(
        direction=target.direction,
        bound=target.bound,
        per=target.per,
        status=status,
        missed=tuple(missed),
        spans=spans,
        value=values[spans[0]] if len(spans) == 1 and spans[0] != figure.period else None,
    )


def _holds(target: Target, value: Value) -> bool:
    """Compare exactly: a share, mean or median by what it is rounded from."""
    known = unrounded(value)
    left, right = Fraction(value.number or 0) if known is None else known, Fraction(target.bound)
    if target.direction == "at_least":
        return left >= right
    return left <= right if target.direction == "at_most" else left == right
