from datetime import date
from pathlib import Path

import pytest

from support.small_project import TODAY, Project

FULL = "2024-04..2026-03"


def meetings(folder: Path, *months: str, covers: str | None = FULL) -> Project:
    """Return a project with one コンプライアンス会議 in each named month."""
    rows = [f"M{n},{month}-15,コンプライアンス会議" for n, month in enumerate(months)]
    return Project(folder).export("meetings", rows, covers=covers)


HALF = tuple(f"2025-0{month}" for month in range(4, 10))


def test_a_month_target_is_met_in_a_half_when_every_month_met_it(tmp_path: Path) -> None:
    """At least one meeting in every month: six months, six times met."""
    assert meetings(tmp_path, *HALF).summarize("compliance_meetings").target == "met"


def test_a_month_target_is_missed_in_a_half_when_one_month_missed_it(tmp_path: Path) -> None:
    """Two meetings in May do not make up for June; the judgement names the month."""
    result = meetings(tmp_path, *HALF[:2], *HALF[1:2], *HALF[3:]).summarize("compliance_meetings")
    judged = result.figure().target
    assert judged is not None
    assert (result.number(), judged.status) == (6, "missed")
    assert [period.name for period in judged.missed] == ["2025-06"]


def test_each_month_is_judged_when_grouped_by_month(tmp_path: Path) -> None:
    """By month, every group has its own judgement."""
    result = meetings(tmp_path, *HALF[1:]).summarize("compliance_meetings", by="month")
    judged = {f.group: f.target.status.value for f in result.summary.figures if f.target}
    assert judged.pop(None) == "missed"
    assert judged == {"2025-04": "missed", **dict.fromkeys(HALF[1:], "met")}


def test_each_quarter_is_judged_when_grouped_by_quarter(tmp_path: Path) -> None:
    """By quarter, a month's target belongs to each quarter, by the months in it."""
    result = meetings(tmp_path, *HALF[1:]).summarize("compliance_meetings", by="quarter")
    judged = {f.group: f.target.status.value for f in result.summary.figures if f.target}
    assert judged == {None: "missed", "2025Q1": "missed", "2025Q2": "met"}


@pytest.mark.parametrize(
    ("today", "status"),
    [(date(2025, 9, 30), "ongoing"), (date(2025, 10, 1), "met")],
)
def test_a_span_that_has_not_ended_is_under_way(today: date, status: str, tmp_path: Path) -> None:
    """The last day must be over before a target is judged as met."""
    assert meetings(tmp_path, *HALF).summarize("compliance_meetings", today=today).target == status


def test_a_missed_month_is_missed_while_the_half_runs(tmp_path: Path) -> None:
    """What an ended month missed cannot be made good."""
    project = meetings(tmp_path, "2025-05")
    result = project.summarize("compliance_meetings", today=date(2025, 6, 10))
    assert result.target == "missed"


@pytest.mark.parametrize(
    ("covers", "status"),
    [('"2025-04..2025-08"', "pending"), ('"2024-10..2025-03"', "pending"), (None, "pending")],
)
def test_a_span_that_is_not_covered_is_pending(
    covers: str | None, status: str, tmp_path: Path
) -> None:
    """Without the exports of September nobody knows whether there was a meeting."""
    declared = None if covers is None else covers.strip('"')
    project = meetings(tmp_path, *HALF[:5], covers=declared)
    assert project.summarize("compliance_meetings").target == status


def test_a_provisional_figure_is_pending(tmp_path: Path) -> None:
    """A row in doubt leaves the target open: it may be the meeting that is missing."""
    project = meetings(tmp_path, *HALF[1:]).export("meetings", ["N1,4月1日,コンプライアンス会議"])
    project.exports["meetings"][1] = project.exports["meetings"][1].replace(
        "2024-04..2025-09", FULL
    )
    assert project.summarize("compliance_meetings").target == "pending"


@pytest.mark.parametrize(
    ("period", "status"),
    [
        ("2024H2", None),
        ("2025H1", "next"),
        ("2025H2", "missed"),
        ("2025", "missed"),
        ("2025-10", "ongoing"),
    ],
)
def test_a_target_begins_at_its_date(period: str, status: str | None, tmp_path: Path) -> None:
    """対応漏れ are held to 0 from 2025H2 on, in whole halves alone."""
    rows = [
        "A1,2025/5/1,新規,生保,対応中,2025/5/1,,,",
        "A2,2025/10/1,新規,生保,対応中,2025/10/1,,,",
    ]
    project = Project(tmp_path).export("responses", rows, covers=FULL)
    result = project.summarize("missed_responses", period, today=date(2026, 5, 1))
    assert result.target == status
    if period == "2025":
        judged = result.figure().target
        assert judged is not None
        assert [missed.name for missed in judged.missed] == ["2025H2"]


def test_a_target_of_zero_is_met_by_zero(tmp_path: Path) -> None:
    """No case overdue at the end of the half: met."""
    project = Project(tmp_path).export("responses", [], covers=FULL)
    result = project.summarize("missed_responses", "2025H2", today=date(2026, 4, 1))
    assert (result.number(), result.target) == (0, "met")


def test_a_figure_as_of_an_earlier_day_is_not_judged(tmp_path: Path) -> None:
    """As of December the half has not ended: what falls due later is not in the figure."""
    rows = ["A1,2025/10/1,新規,生保,対応中,2026/3/1,,,"]
    project = Project(tmp_path).export("responses", rows, covers=FULL)
    day = date(2026, 5, 1)
    early = project.summarize("missed_responses", "2025H2", as_of=date(2025, 12, 31), today=day)
    assert (early.number(), early.target) == (0, "ongoing")
    assert project.summarize("missed_responses", "2025H2", today=day).target == "missed"


@pytest.mark.parametrize(("passed", "status"), [(1999, "missed"), (2000, "met")])
def test_a_ratio_is_held_to_its_fraction(passed: int, status: str, tmp_path: Path) -> None:
    """1999 of 2000 is shown as 100.0 percent, and does not reach a target of 100."""
    rows = [f"E{n},2025/4/1,生保,①,{'済' if n < passed else '未'},はい" for n in range(2000)]
    project = Project(tmp_path).export("elderly", rows)
    result = project.summarize("elderly_explained")
    assert (str(result.number()), result.target) == ("100.0", status)


def test_an_undefined_ratio_is_pending(tmp_path: Path) -> None:
    """Nobody to explain to: the target is neither met nor missed."""
    result = Project(tmp_path).export("elderly", []).summarize("elderly_explained", today=TODAY)
    assert (result.value().status, result.target) == ("undefined", "pending")


def test_every_target_is_judged_each_over_its_own_span(tmp_path: Path) -> None:
    """A half's target beside a seven-month figure has the half's value; one that ended is gone."""
    project = meetings(
        tmp_path, "2025-04", "2025-05", "2025-06", "2025-10", covers="2025-04..2025-10"
    )
    project.toml(
        "[kpi.compliance_meetings]\nextends = true\ntargets = ["
        '{ at_least = 3, per = "half" }, { at_least = 1, per = "month", until = 2025-06-30 },'
        ' { at_most = 0, per = "month", until = 2025-03-31 }]'
    )
    result = project.summarize("compliance_meetings", "2025-04..2025-10", today=date(2025, 12, 1))
    half, month = result.figure().targets
    assert (half.status.value, [span.name for span in half.spans]) == ("met", ["2025H1"])
    assert half.value is not None
    assert (half.value.number, result.number()) == (3, 4)
    assert (month.status.value, month.value) == ("met", None)
    assert [span.name for span in month.spans] == ["2025-04", "2025-05", "2025-06"]
    assert result.figure().target == half


def test_the_worst_target_stands_for_all(tmp_path: Path) -> None:
    """One that is missed is not hidden behind one that is met."""
    project = meetings(tmp_path, *HALF).toml(
        "[kpi.compliance_meetings]\nextends = true\ntargets = ["
        '{ at_least = 1, per = "month" }, { at_least = 7, per = "half" }]'
    )
    result = project.summarize("compliance_meetings")
    assert [target.status.value for target in result.figure().targets] == ["met", "missed"]
    assert result.target == "missed"
