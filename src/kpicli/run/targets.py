"""Holding figures to the targets of their KPI."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.targets import Target
from kpicli.model.figures import Figure, Status, TargetJudgement, TargetStatus, Value, unrounded
from kpicli.model.periods import Period, is_span_kind
from kpicli.values.fiscal import ONE_DAY

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun, Run

ValueIn = Callable[[Figure, Period], Value]
"""The value that a figure has in another period."""


def judge(kpi_run: "KpiRun", figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures with how all targets of their KPI stand."""
    published = kpi_run.run.published

    def value_in(figure: Figure, span: Period) -> Value:
        value = kpi_run.total(span)
        if figure.kind != "total":
            others = {other.key: other.value for other in kpi_run.figures(span)}
            value = kpi_run.counterpart(figure, span, others)
        entry = None
        if value.status is Status.NO_DATA:
            entry = published.by_hand(kpi_run.kpi.id, figure, span)
        return value if entry is None else entry.value

    return judged(kpi_run.run, kpi_run.kpi.targets, figures, value_in)


def judged(
    run: "Run", targets: Sequence[Target], figures: Sequence[Figure], value_in: ValueIn
) -> list[Figure]:
    """Return the figures with how some targets stand: totals, or the parts that targets name.

    Groups are judged where they are spans of time. A target belongs to every whole span of its kind
    in the period, from the day it begins to the day it ends. It is met when every span met it,
    missed when one missed it. A span is judged only when it has ended, by the as-of date too, and
    its figure is final: covered in full, without rows in doubt, and defined.

    Outside groups a span that reaches beyond the period is told, too: where it ends with the period
    it is judged, else told with how far it has got by the period's end. So is the span that begins
    on the day after the period, if the target was none before.
    """
    judge_ = _Judge(run, value_in)
    return [
        replace(
            figure,
            targets=tuple(
                judgement
                for target in targets
                if _is_for(target, figure)
                for judgement in judge_.judgements(figure, target)
            ),
        )
        for figure in figures
    ]


def _is_for(target: Target, figure: Figure) -> bool:
    if not (figure.by is None or is_span_kind(figure.by)):
        return False
    if target.each_part or target.part is not None:
        return figure.kind == "part" and target.part in (None, figure.item)
    return figure.kind == "total"


class _Judge(Struct, frozen=True):
    run: "Run"
    value_in: ValueIn

    def judgements(self, figure: Figure, target: Target) -> tuple[TargetJudgement, ...]:
        """Return how a target stands for a figure; none where it does not belong to its period."""
        period = figure.period
        inside = target.spans_in(period)
        if inside:
            return (self._judged(figure, target, inside),)
        if figure.by is not None:
            return ()
        own = target.fixed_span(period)
        if own is None and is_span_kind(target.per):
            own = Period.of(target.per, period.end, period.fiscal)
            if not target.holds_in(own):
                own = Period.of(target.per, period.end + ONE_DAY, period.fiscal)
                begins = target.since is not None and target.since > period.end
                own = own if begins and target.holds_in(own) else None
        if own is None or own.end < period.start:
            return ()
        if own.start > period.end:
            follows = own.start == period.end + ONE_DAY
            return (_judgement(target, TargetStatus.NEXT, (own,)),) if follows else ()
        if own.end <= period.end:
            return (self._judged(figure, target, (own,)),)
        return (self._under_way(figure, target, own),)

    def _judged(self, figure: Figure, target: Target, spans: tuple[Period, ...]) -> TargetJudgement:
        missed: list[Period] = []
        open_: set[TargetStatus] = set()
        values = {
            s: figure.value if s == figure.period else self.value_in(figure, s) for s in spans
        }
        for span, value in values.items():
            if not (span.end < self.run.today and span.end <= self.run.scope(span).as_of):
                open_.add(TargetStatus.ONGOING)
            elif value.status is not Status.OK:
                open_.add(TargetStatus.PENDING)
            elif not _holds(target, value):
                missed.append(span)
        status = TargetStatus.MET
        if open_:
            status = min(open_, key=(TargetStatus.PENDING, TargetStatus.ONGOING).index)
        if missed:
            status = TargetStatus.MISSED
        only = values[spans[0]] if len(spans) == 1 and spans[0] != figure.period else None
        return replace(_judgement(target, status, spans), missed=tuple(missed), value=only)

    def _under_way(self, figure: Figure, target: Target, span: Period) -> TargetJudgement:
        """Return a span that goes on beyond the period, with its value up to the period's end."""
        period, made = figure.period, _judgement(target, TargetStatus.ONGOING, (span,))
        if span.start == period.start:
            return made
        so_far = Period.between(span.start, period.end, period.fiscal)
        return replace(made, value=self.value_in(figure, so_far), so_far=so_far)


def _judgement(target: Target, status: TargetStatus, spans: tuple[Period, ...]) -> TargetJudgement:
    return TargetJudgement(target.direction, target.bound, target.per, status, spans=spans)


def _holds(target: Target, value: Value) -> bool:
    """Compare exactly: a share, mean or median by what it is rounded from."""
    known = unrounded(value)
    left, right = Fraction(value.number or 0) if known is None else known, Fraction(target.bound)
    match target.direction:
        case "at_least":
            return left >= right
        case "at_most":
            return left <= right
        case "above":
            return left > right
        case "below":
            return left < right
        case "equal":
            return left == right
