"""A run of all KPIs: each step adds its own, and none moves a number."""

from pathlib import Path

from kpicli.run.comparisons import compare
from kpicli.run.entered import enter
from kpicli.run.remarks import remark
from kpicli.run.summary import summary_of
from kpicli.run.targets import judge
from support.one_run import numbers, one_run
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
