"""Rows whose day has not come: told, never counted, and the figure is not final."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import NotFinal
from kpicli.model.accounting import KpiAccounting
from kpicli.model.value import Status
from support.command_line import Run
from support.frozen_project import FrozenProject, by_id, told
from support.small_project import Project, codes

MEETINGS = [
    "M1,2025/4/10,コンプライアンス会議",
    "M2,2025/10/10,コンプライアンス会議",
    "M3,2025/12/10,コンプライアンス会議",
    "M4,2025/12/11,営業会議",
]
"""One of them in the first half; on the first of November two of the second are planned."""


def planned(folder: Path) -> Project:
    """Return a log of meetings that is declared to hold those planned until March."""
    return Project(folder).export("meetings", MEETINGS, covers="2025-04..2026-03")


def test_what_is_planned_is_not_counted_yet(tmp_path: Path) -> None:
    """Without --as-of what is dated after today waits; the half before is as it was."""
    project = planned(tmp_path)
    found = project.summarize("compliance_meetings", "2025H2", by="month")
    assert (found.number(), found.value().status) == (1, Status.PARTIAL)
    assert (found.accounting.not_yet_due, found.accounting.counted) == (1, 1)
    assert found.remarks == [
        "rows of Meetings in the period that are dated after 2025-11-01, so not counted yet: 1"
    ]
    assert found.value(group="2025-10").status is Status.OK
    assert found.value(group="2025-12").status is Status.PARTIAL
    assert codes(project.load("meetings")) == {"D211": 2}
    before = project.summarize("compliance_meetings", "2025H1")
    assert (before.number(), before.value().status, before.remarks) == (1, Status.OK, [])


def test_its_day_comes(tmp_path: Path) -> None:
    """On the day itself it counts; the day before it does not."""
    project = planned(tmp_path)
    counted = {
        day: project.summarize("compliance_meetings", "2025H2", today=date(2025, 12, day)).number()
        for day in (9, 10, 11)
    }
    assert counted == {9: 1, 10: 2, 11: 2}


def test_an_as_of_date_to_come_does_not_count_what_is_planned(tmp_path: Path) -> None:
    """What has not happened has not, whatever day is asked for."""
    found = planned(tmp_path).summarize("compliance_meetings", "2025H2", as_of=date(2026, 3, 31))
    assert (found.number(), found.value().status) == (1, Status.PARTIAL)


def test_a_day_to_come_in_a_continuous_log_is_in_doubt(tmp_path: Path) -> None:
    """Nobody logs a voice before it is heard: the day is a slip, even in a declared span."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,2026/2/1,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows, covers="2025-04..2026-03")
    assert codes(project.load("voices")) == {"D207": 1}
    assert project.summarize("voices").value().status is Status.PROVISIONAL


def test_targets_of_spans_to_come_are_under_way(tmp_path: Path) -> None:
    """As of the end of June a month after it is no missed one."""
    rows = [f"M{month},2025/{month}/10,コンプライアンス会議" for month in range(4, 10)]
    project = Project(tmp_path).export("meetings", rows)
    assert project.summarize("compliance_meetings").target == "met"
    asked = project.summarize("compliance_meetings", as_of=date(2025, 6, 30), by="month")
    assert asked.target == "ongoing"
    stands = {group: asked.figure(group=group).target for group in ("2025-06", "2025-07")}
    assert {name: t and t.status.value for name, t in stands.items()} == {
        "2025-06": "met",
        "2025-07": "ongoing",
    }


def test_deadlines_to_come_are_not_yet_due(tmp_path: Path) -> None:
    """An open case with a deadline after the as-of date is not missed, nor out of the period."""
    rows = [
        "A1,2025/4/1,新規,生保,対応中,2025/5/1,,,",
        "A2,2025/4/1,保全,生保,対応中,2025/9/1,,,",
        "A3,2025/4/1,保全,生保,取消,2025/9/1,,,",
        "A4,2025/4/1,保全,生保,対応中,2025/10/1,,,",
    ]
    project = Project(tmp_path).export("responses", rows)
    found = project.summarize("missed_responses", as_of=date(2025, 7, 1))
    own = found.accounting
    assert (own.counted, own.not_yet_due, own.out_of_period) == (1, 1, 1)
    assert dict(own.excluded)["ステータス = 取消"] == 1
    assert found.value().status is Status.PARTIAL
    assert found.value("保全").status is Status.PARTIAL
    assert found.value("新規").status is Status.OK


def test_the_register_of_the_as_of_date(tmp_path: Path) -> None:
    """Who joins later is not yet due; who leaves later is in service as of the date."""
    staff = [
        "S001,生保,2020-04-01,",
        "S002,生保,2020-04-01,2025-08-31",
        "S003,生保,2025-08-01,",
    ]
    log = ["R1,2025/4/1,C00001,公的介護保険制度,有,生保,S001"]
    project = Project(tmp_path).export("explanations", log).export("staff", staff, covers=None)
    end = project.summarize("explaining_staff").value()
    assert (end.numerator, end.denominator, end.status) == (1, 2, Status.OK)
    july = project.summarize("explaining_staff", as_of=date(2025, 7, 31))
    value, (register, _) = july.value(), july.summary.accounting
    assert (value.numerator, value.denominator, value.status) == (1, 2, Status.PARTIAL)
    assert (register.counted, register.not_yet_due) == (2, 1)


def test_frozen_before_its_day(tmp_path: Path) -> None:
    """It is frozen as not final alone, and when the day has come `diff` says that this is why."""
    project = FrozenProject.of(planned(tmp_path))
    with pytest.raises(NotFinal):
        project.freeze("2025H2")
    project.freeze("2025H2", not_final=True)
    project.today = date(2026, 4, 1)
    (move,) = told(by_id(project.diff("2025H2"))["compliance_meetings"]).values()
    assert move == [(1,), ("as_of", 1, 1)]


@pytest.mark.usefixtures("cache_folder")
def test_command_line_and_cache(tmp_path: Path, run_kpicli: Run) -> None:
    """JSON, table, report and the cached answer say the same."""
    planned(tmp_path).toml('[report]\nnarrative = "n.md"').config.touch()
    words = "# 報告\n\n## 原則1\n\n### 評価\n\n{{ compliance_meetings }}\n"
    (tmp_path / "n.md").write_text(words, "utf-8")
    asked = ("-p", "2025H2")
    command = ("summarize", *asked, "-k", "compliance_meetings", "-f")
    first, again = (run_kpicli({}, *command, "json").out for _ in range(2))
    assert first == again
    (kpi,) = json.loads(first)["kpis"]
    assert kpi["accounting"][0]["not_yet_due"] == 1
    assert "一部のみ" in run_kpicli({}, *command, "table").text
    run_kpicli({}, "report", *asked, "--edition", "internal", "-o", "r.md")
    assert "より後なので、まだ数えていません" in (tmp_path / "r.md").read_text("utf-8")
    assert "D211" in run_kpicli({}, "check").text


@given(
    days=st.lists(st.dates(date(2025, 3, 1), date(2025, 10, 31)), min_size=1, max_size=20),
    as_of=st.dates(date(2025, 3, 1), date(2025, 10, 31)),
)
def test_the_sum_comes_out(
    tmp_path_factory: pytest.TempPathFactory, days: list[date], as_of: date
) -> None:
    """Each row is counted, not yet due or out of the period: recounted from the days alone."""
    rows = [f"V{n},{day},生保,感謝,," for n, day in enumerate(days)]
    project = Project(tmp_path_factory.mktemp("p")).export(
        "voices", rows, covers="2025-03..2025-10"
    )
    own: KpiAccounting = project.summarize("voices", as_of=as_of).accounting
    start, end = date(2025, 4, 1), date(2025, 9, 30)
    inside = [day for day in days if start <= day <= end]
    later = [day for day in inside if day - as_of > timedelta(0)]
    assert (own.counted, own.not_yet_due) == (len(inside) - len(later), len(later))
    assert own.out_of_period == len(days) - len(inside)
