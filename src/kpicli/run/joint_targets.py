"""Targets that any of several KPIs reaches, judged in every span that belongs to the period."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kpicli.base.wording import Text
from kpicli.catalog.targets import JointTarget as Declared
from kpicli.model.judgements import JointTarget, OptionJudgement, SpanJudgement, TargetStatus, worst
from kpicli.model.periods import Period
from kpicli.model.value import NOTHING, Value
from kpicli.run.targets import Due, due_in, status_of

if TYPE_CHECKING:
    from kpicli.run.kpi_run import Run

Totals = Mapping[str, Callable[[Period], Value]]
"""By KPI, the value of its total in any period."""

_OPEN = {"goes on": TargetStatus.ONGOING, "follows": TargetStatus.NEXT}
_BEST_FIRST = (
    TargetStatus.MET,
    TargetStatus.PENDING,
    TargetStatus.MISSED,
    TargetStatus.ONGOING,
    TargetStatus.NEXT,
)
"""Options of one span are all judged, all under way, or all next."""


def judge_joint(run: "Run", totals: Totals, titles: Mapping[str, Text]) -> tuple[JointTarget, ...]:
    """Return how the targets stand that any of several KPIs reaches, in catalogue order.

    One is judged where all its KPIs are in the run, in the spans in which a target of one KPI is.
    """
    period = run.request.period
    judged = []
    for target in run.catalog.target.values():
        due = due_in(target, period)
        if due is None or not {option.kpi for option in target.any} <= totals.keys():
            continue
        spans = tuple(_judged(run, target, totals, span, due) for span in due.spans)
        status = worst(span.status for span in spans)
        judged.append(JointTarget(target.id, target.called(titles), target.per, status, spans))
    return tuple(judged)


def _judged(run: "Run", target: Declared, totals: Totals, span: Period, due: Due) -> SpanJudgement:
    """Return how a target stands in a span: once it is over, one option that is met is enough.

    It is missed where every option is. One that goes on has the values up to the period's end.
    """
    period, so_far = run.request.period, None
    if due.state == "goes on":
        so_far = due.so_far(period) or period
    options = []
    for name, asked in target.asked:
        value = NOTHING if due.state == "follows" else totals[name](so_far or span)
        status = _OPEN.get(due.state) or status_of(run, span, asked, value)
        options.append(
            OptionJudgement(name, asked.direction, asked.bound, asked.per, value, status)
        )
    best = min((option.status for option in options), key=_BEST_FIRST.index)
    return SpanJudgement(span, best, tuple(options), so_far)
