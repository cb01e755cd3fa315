"""Holding figures to the targets of their KPI."""

from decimal import Decimal

from kpicli.catalog.kpis import Kpi, Target
from kpicli.model.figures import Figure, Status, TargetJudgement, TargetStatus, Value
from kpicli.model.periods import Period
from kpicli.run.series import Inputs, total


def judge(inputs: Inputs, kpi: Kpi, figure: Figure) -> TargetJudgement | None:
    """Return how the KPI's target stands in the figure's period; None where none belongs to it.

    A target belongs to every whole span of its kind in the period, from the day it begins. It is
    met when every span met it, missed when one missed it, else pending. A span is judged only when
    it has ended, by the as-of date too, and its figure is final: covered in full, without rows in
    doubt, and defined.
    """
    if figure.kind != "total" or figure.by not in (None, "month"):
        return None
    for target in kpi.targets:
        spans = [
            span
            for span in figure.period.spans(target.per)
            if target.since is None or span.start >= target.since
        ]
        if spans:
            return _judged(inputs, kpi, figure, target, spans)
    return None


def _judged(
    inputs: Inputs, kpi: Kpi, figure: Figure, target: Target, spans: list[Period]
) -> TargetJudgement:
    missed: list[Period] = []
    pending = False
    for span in spans:
        value = figure.value if span == figure.period else total(inputs, kpi, span)
        ended = span.end < inputs.today and span.end <= inputs.scope(span).as_of
        if not ended or value.status is not Status.OK:
            pending = True
        elif not _holds(target, value):
            missed.append(span)
    status = TargetStatus.PENDING if pending else TargetStatus.MET
    if missed:
        status = TargetStatus.MISSED
    return TargetJudgement(target.direction, target.bound, target.per, status, tuple(missed))


def _holds(target: Target, value: Value) -> bool:
    """Compare exactly: a ratio by its fraction, not by the rounded percentage."""
    left, right = Decimal(value.number or 0), target.bound
    if value.numerator is not None and value.denominator is not None:
        left, right = Decimal(100 * value.numerator), target.bound * value.denominator
    if target.direction == "at_least":
        return left >= right
    return left <= right if target.direction == "at_most" else left == right
