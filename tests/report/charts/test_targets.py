"""The bars of targets are values in percent of what is asked for."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from kpicli.model.figures import Figure
from kpicli.model.judgements import TargetJudgement, TargetStatus
from kpicli.model.summary import Summary
from kpicli.report.charts.targets import target_chart
from support.report_fixtures import TOP, Make


@pytest.fixture
def summary(make: Make) -> Summary:
    """Return the figures of a small report."""
    return make(TOP).summary


def judged(summary: Summary, kpi: str, target: TargetJudgement) -> Figure:
    """Return the total of a KPI with a target."""
    totals = (f for f in summary.figures if (f.kpi, f.kind, f.by) == (kpi, "total", None))
    return replace(next(totals), targets=(target,))


def targets(
    summary: Summary, *figures: Figure
) -> list[tuple[str, TargetStatus | None, Decimal | None, str]]:
    """Return name, verdict, size and label of each target's bar; none where there is no chart."""
    chart = target_chart(summary, list(figures), "en", ("targets",))
    panels = () if chart is None else chart.panels
    return [(p.name, p.verdict, p.marks[0].size, p.marks[0].label) for p in panels]


def test_values_are_shown_in_percent_of_their_targets(summary: Summary) -> None:
    """3 of 4 is 75 percent, 2 of 16 are 12.5."""
    missed = TargetJudgement("at_least", Decimal(4), "half", TargetStatus.MISSED)
    far = TargetJudgement("at_least", Decimal(16), "half", TargetStatus.MISSED)
    assert targets(
        summary, judged(summary, "voices", missed), judged(summary, "voices_nonlife", far)
    ) == [
        (
            *("Customer voices", TargetStatus.MISSED, Decimal("75.0")),
            "3 cases, target at least 4 cases a half-year: missed",
        ),
        (
            *("Customer voices (non-life)", TargetStatus.MISSED, Decimal("12.5")),
            "2 cases, target at least 16 cases a half-year: missed",
        ),
    ]


def test_a_target_of_months_is_shown_as_months_that_met_it(summary: Summary) -> None:
    """Of six months one missed it: five sixths; before it is judged there is no bar."""
    april = judged(
        summary, "voices", TargetJudgement("at_least", Decimal(1), "month", TargetStatus.MISSED)
    )
    assert april.target is not None
    missed = replace(april.target, missed=april.period.months()[:1])
    assert targets(summary, replace(april, targets=(missed,))) == [
        (
            *("Customer voices (number of months)", TargetStatus.MISSED, Decimal("83.3")),
            "5/6, target at least 1 case a month: missed",
        )
    ]
    pending = replace(april.target, status=TargetStatus.PENDING)
    assert targets(summary, replace(april, targets=(pending,))) == []


def test_a_target_that_is_a_bound_above_has_no_bar(summary: Summary) -> None:
    """Less is better there: a bar in percent of it would say the opposite."""
    most = TargetJudgement("at_most", Decimal(4), "half", TargetStatus.MET)
    assert targets(summary, judged(summary, "voices", most)) == []
    assert target_chart(summary, [judged(summary, "voices", most)], "en", ()) is None
