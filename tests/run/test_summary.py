"""A run of all KPIs: each step adds its own, and none moves a number."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import UsageError
from kpicli.calculators import split
from kpicli.loaders.engines.local import SingleThread
from kpicli.loaders.engines.processes import Processes
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.run import summary as summary_module
from kpicli.run.comparisons import compare
from kpicli.run.entered import enter
from kpicli.run.remarks import remark
from kpicli.run.summary import summarize, summary_of
from kpicli.run.targets import judge
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.one_run import numbers, one_run
from support.root import ROOT
from support.small_project import Project

MEETINGS = ["M1,2025/4/1,コンプライアンス会議", "M2,2024/10/1,コンプライアンス会議"]


def test_the_steps_make_the_summary(tmp_path: Path) -> None:
    """Asked one after the other the steps give the figures and the head that the summary has."""
    project = Project(tmp_path).export("meetings", MEETINGS)
    kpi_run = one_run(project, "compliance_meetings", by="month", compare=("previous", "year_ago"))
    request, run = kpi_run.run.request, kpi_run.run
    counted = kpi_run.figures(request.period, request.by)
    compared = compare(kpi_run, enter(kpi_run, counted))
    judged = judge(kpi_run, compared)
    assert numbers(counted) == numbers(compared) == numbers(judged)
    assert [len(figure.comparisons) for figure in compared] == [2] * len(compared)
    assert [figure.target is None for figure in counted] == [True] * len(counted)
    summary = summary_of(run.settings, request, run.today, run.datasets)
    assert summary.figures == tuple(judged)
    assert summary.kpis["compliance_meetings"].remarks == remark(kpi_run, judged)
    assert kpi_run.calculation is not None
    assert summary.accounting == kpi_run.calculation.accounting


def counted_by(
    engine: type[SingleThread | Processes], by: str | None, monkeypatch: pytest.MonkeyPatch
) -> Summary:
    """Return what the sample's KPIs are, counted by an engine, however few their rows are."""
    monkeypatch.setattr(summary_module, "counting_engine", lambda _: engine())
    settings, today = read_settings(ROOT / "kpicli.toml"), date(2025, 11, 1)
    period = Period.parse("2025H1", fiscal=settings.fiscal, today=today)
    trend = period.last(3)
    request = Request(period, by=by, compare=("previous", "year_ago"), trend=trend)
    return summarize(settings, request, today)


@pytest.mark.parametrize("by", [None, "month", "line"])
def test_processes_count_what_one_thread_does(
    by: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures, comparisons, targets, trends, remarks and accounting are in the same order, too."""
    summary = counted_by(Processes, by, monkeypatch)
    assert summary == counted_by(SingleThread, by, monkeypatch)
    assert len(summary.figures) > 50
    assert any(summary.trend)


def test_the_first_kpi_that_cannot_be_counted_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever counts it, its error is raised, as if one KPI were counted after the other."""
    monkeypatch.setattr(split, "MOST_ITEMS", 1)
    raised = []
    for engine in (SingleThread, Processes):
        with pytest.raises(UsageError) as error:
            counted_by(engine, "line", monkeypatch)
        raised.append(error.value)
    assert raised[0].message == raised[1].message
    assert "has 2 values" in raised[0].message.en
