"""Holding figures to the targets of their KPI."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.targets import Bounded, Spanned, Target
from kpicli.model.figures import Figure
from kpicli.model.judgements import Every, Reached, TargetJudgement, TargetStatus, worst
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.value import Status, Value, unrounded
from kpicli.run.members import names_of_members, values_of_members
from kpicli.values.fiscal import ONE_DAY

if TYPE_CHECKING:
    from kpicli.run.composed import DefinedRun
    from kpicli.run.kpi_run import KpiRun, Run

ValueIn = Callable[[Figure, Period], Value]
"""The value that a figure has in another period."""


def judge(
    kpi_run: "DefinedRun", figures: Sequence[Figure], counted: "KpiRun | None" = None
) -> list[Figure]:
    """Return the figures with how all targets of their KPI stand.

    Members of a register are held to them by the rows that are `counted`.
    """

    def value_in(figure: Figure, span: Period) -> Value:
        if figure.kind == "total":
            return kpi_run.total(span)
        others = {other.key: other.value for other in kpi_run.figures(span)}
        value = kpi_run.counterpart(figure, span, others)
        return kpi_run.or_entered(figure.item, span, value)

    return judged(kpi_run.run, kpi_run.kpi.targets, figures, value_in, counted)


def judged(
    run: "Run",
    targets: Sequence[Target],
    figures: Sequence[Figure],
    value_in: ValueIn,
    kpi_run: "KpiRun | None" = None,
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
    judge_ = _Judge(run, value_in, kpi_run)
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
    if target.part is not None:
        return figure.kind in ("part", "subpart", "of_which") and figure.item == target.part
    if target.each_part:
        return figure.kind == "part"
    return figure.kind == "total"


class Due(Struct, frozen=True):
    """The spans of a target that are told of a period, and whether they are over with it."""

    spans: tuple[Period, ...]
    state: Literal["ends", "goes on", "follows"] = "ends"

    def so_far(self, period: Period) -> Period | None:
        """Return as much of a span that goes on as the period's end shows, if that is no other."""
        (span,) = self.spans
        if span.start == period.start:
            return None
        return Period.between(span.start, period.end, period.fiscal)


def due_in(target: Spanned, period: Period, *, alone: bool = True) -> Due | None:
    """Return the spans of a target that belong to a period; None where it has none.

    Spans in the period do. Where it stands `alone`, so does the one that reaches beyond it, or that
    begins on the day after it if the target was none before.
    """
    inside = target.spans_in(period)
    if inside or not alone:
        return Due(inside) if inside else None
    own = target.fixed_span(period)
    if own is None and is_span_kind(target.per):
        own = Period.of(target.per, period.end, period.fiscal)
        if not target.holds_in(own):
            own = Period.of(target.per, period.end + ONE_DAY, period.fiscal)
            begins = target.since is not None and target.since > period.end
            own = own if begins and target.holds_in(own) else None
    if own is None or own.end < period.start:
        return None
    if own.start > period.end:
        follows = own.start == period.end + ONE_DAY
        return Due((own,), "follows") if follows else None
    return Due((own,), "ends" if own.end <= period.end else "goes on")


def status_of(run: "Run", span: Period, bounded: Bounded, value: Value) -> TargetStatus:
    """Return how a value of a span stands to a bound: judged when both are final."""
    if not has_ended(run, span):
        return TargetStatus.ONGOING
    if value.status is not Status.OK:
        return TargetStatus.PENDING
    return TargetStatus.MET if holds(bounded, value) else TargetStatus.MISSED


def has_ended(run: "Run", span: Period) -> bool:
    """Return whether a span is over, by the as-of date too."""
    return span.end < run.today and span.end <= run.scope(span).as_of


class _Judge(Struct, frozen=True):
    run: "Run"
    value_in: ValueIn
    kpi_run: "KpiRun | None" = None

    def judgements(self, figure: Figure, target: Target) -> tuple[TargetJudgement, ...]:
        """Return how a target stands for a figure; none where it does not belong to its period."""
        due = due_in(target, figure.period, alone=figure.by is None)
        if due is None:
            return ()
        if due.state == "follows":
            return (self._made(target, TargetStatus.NEXT, due.spans),)
        if target.each is not None and self.kpi_run is not None:
            return (self._of_members(figure, target, due, self.kpi_run),)
        if due.state == "ends":
            return (self._judged(figure, target, due.spans),)
        made, so_far = (
            self._made(target, TargetStatus.ONGOING, due.spans),
            due.so_far(figure.period),
        )
        if so_far is None:
            return (made,)
        return (replace(made, value=self.value_in(figure, so_far), so_far=so_far),)

    def _judged(self, figure: Figure, target: Target, spans: tuple[Period, ...]) -> TargetJudgement:
        values = {
            s: figure.value if s == figure.period else self.value_in(figure, s) for s in spans
        }
        statuses = {s: status_of(self.run, s, target, value) for s, value in values.items()}
        only = values[spans[0]] if len(spans) == 1 and spans[0] != figure.period else None
        made = self._made(target, worst(statuses.values()), spans)
        return replace(made, missed=_missed(statuses), value=only)

    def _of_members(
        self, figure: Figure, target: Target, due: Due, kpi_run: "KpiRun"
    ) -> TargetJudgement:
        """Return how many members of a register reached the target, span by span."""
        so_far = due.so_far(figure.period) if due.state == "goes on" else None
        shown = due.spans if due.state == "ends" else (so_far or figure.period,)
        reached = [_reached(kpi_run, target, span) for span in shown]
        statuses = dict.fromkeys(due.spans, TargetStatus.ONGOING)
        if due.state == "ends":
            pairs = zip(due.spans, reached, strict=True)
            statuses = {span: self._status_of_all(span, each) for span, each in pairs}
        made = self._made(target, worst(statuses.values()), due.spans)
        return replace(made, missed=_missed(statuses), so_far=so_far, reached=tuple(reached))

    def _status_of_all(self, span: Period, reached: Reached) -> TargetStatus:
        if not has_ended(self.run, span):
            return TargetStatus.ONGOING
        if reached.members is None:
            return TargetStatus.PENDING
        if reached.reached + reached.undecided < reached.members:
            return TargetStatus.MISSED
        undecided = reached.undecided or not reached.members
        return TargetStatus.PENDING if undecided else TargetStatus.MET

    def _made(
        self, target: Target, status: TargetStatus, spans: tuple[Period, ...]
    ) -> TargetJudgement:
        every, each = None, target.each
        if each is not None:
            every = Every(each.source, each.by, self.run.catalog.source[each.source].title)
        return TargetJudgement(
            target.direction, target.bound, target.per, status, spans=spans, every=every
        )


def _reached(kpi_run: "KpiRun", target: Target, span: Period) -> Reached:
    """Return how many members reached a target; who did not is known of final values alone."""
    each = target.each
    known = None if each is None else values_of_members(kpi_run, each, span)
    if each is None or known is None:
        return Reached(span)
    final = {name: value for name, value in known.values.items() if value.status is Status.OK}
    missing = [name for name, value in final.items() if not holds(target, value)]
    return Reached(
        span,
        members=len(known.values),
        reached=len(final) - len(missing),
        undecided=len(known.values) - len(final),
        missing=names_of_members(kpi_run, each, missing),
        others=known.others,
    )


def _missed(statuses: Mapping[Period, TargetStatus]) -> tuple[Period, ...]:
    return tuple(span for span, status in statuses.items() if status is TargetStatus.MISSED)


def holds(target: Bounded, value: Value) -> bool:
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
