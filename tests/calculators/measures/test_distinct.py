from pathlib import Path

import pytest

from support.small_project import Project


def roleplay(session: str, day: str, staff: str, attempt: int = 1, result: str = "合格") -> str:
    """Return a row of 研修記録."""
    return f"{session},{day},公的介護保険制度,ロープレ,{staff},{attempt},80,{result}"


def test_a_person_counts_once_whatever_the_attempts(tmp_path: Path) -> None:
    """Distinct values count, in the period; the months do not add up to the whole."""
    project = Project(tmp_path).export(
        "trainings",
        [
            roleplay("T1", "2025/4/1", "S001"),
            roleplay("T1", "2025/4/1", "S002", result="不合格"),
            roleplay("T2", "2025/5/1", "S002", attempt=2),
            roleplay("T3", "2025/10/1", "S003"),
            "T2,2025/5/1,公的介護保険制度,講義,S004,1,,",
        ],
    )
    result = project.summarize("roleplay_participants", by="month")
    assert result.number() == 2
    assert result.groups() == {
        "2025-04": 2,
        "2025-05": 1,
        "2025-06": 0,
        "2025-07": 0,
        "2025-08": 0,
        "2025-09": 0,
    }
    assert not result.summary.kpis["roleplay_participants"].additive


def test_a_session_counts_at_its_first_day(tmp_path: Path) -> None:
    """A session of several days counts once, in the month and the half in which it began."""
    project = Project(tmp_path).export(
        "trainings",
        [
            roleplay("T1", "2025/4/30", "S001"),
            roleplay("T1", "2025/5/1", "S002"),
            roleplay("T2", "2025/3/31", "S001"),
            roleplay("T2", "2025/4/1", "S002"),
            roleplay("T3", "2025/10/1", "S001"),
            roleplay("T3", "2025/9/30", "S002"),
        ],
    )
    result = project.summarize("roleplay_sessions", by="month")
    assert result.number() == 2
    assert {m: n for m, n in result.groups().items() if n} == {"2025-04": 1, "2025-09": 1}
    assert project.summarize("roleplay_sessions", "2024H2").number() == 1
    assert project.summarize("roleplay_sessions", "2025H2").number() is None


@pytest.mark.parametrize(
    ("first_row", "status"),
    [
        ("T1,2025/3/31,公的介護保険制度,,S009,1,80,合格", "provisional"),  # the form is not known
        ("T1,2025/3/31,,ロープレ,S009,1,80,合格", "provisional"),  # nor the theme
        ("T1,2025/3/31,別の題,,S009,1,80,合格", "ok"),  # another theme
        ("T9,2025/3/31,公的介護保険制度,,S009,1,80,合格", "ok"),  # another session
        ("T1,2025/3/32,公的介護保険制度,ロープレ,S009,1,80,合格", "provisional"),  # no such day
        ("T1,2025/4/1,公的介護保険制度,ロープレ,S009,1,x,合格", "ok"),  # a score is not asked for
    ],
)
def test_a_first_day_in_doubt_leaves_the_session_in_doubt(
    first_row: str, status: str, tmp_path: Path
) -> None:
    """Where a row in doubt may mean that a session began before the period, it is not final."""
    project = Project(tmp_path).export("trainings", [roleplay("T1", "2025/4/1", "S001"), first_row])
    assert project.summarize("roleplay_sessions").value().status == status


def test_a_first_day_in_doubt_leaves_every_month_between_in_doubt(tmp_path: Path) -> None:
    """T1 began in March if its first row is a role play, else in May: no month is final."""
    rows = [
        "T1,2025/3/31,公的介護保険制度,,S009,1,80,合格",
        roleplay("T1", "2025/5/1", "S001"),
        roleplay("T2", "2025/8/1", "S001"),
    ]
    project = Project(tmp_path).export("trainings", rows, covers="2024-10..2025-09")
    half = project.summarize("roleplay_sessions", by="month")
    status = {f.group: f.value.status for f in half.summary.figures if f.group is not None}
    assert {month for month, own in status.items() if own == "ok"} == set()
    before = project.summarize("roleplay_sessions", "2024H2")
    assert (before.number(), before.value().status) == (None, "provisional")
    assert project.summarize("roleplay_sessions", "2025-10").value().status == "no_data"


def test_a_first_day_that_cannot_be_read_leaves_the_groups_of_its_value_in_doubt(
    tmp_path: Path,
) -> None:
    """T1 has a row of no date: it may have begun in March, so that no group of April is final."""
    rows = [
        "T1,2025/3/32,公的介護保険制度,ロープレ,S009,1,80,合格",
        roleplay("T1", "2025/4/1", "S001", result="不合格"),
        roleplay("T2", "2025/4/1", "S001"),
    ]
    project = Project(tmp_path).export("trainings", rows)
    half = project.summarize("roleplay_sessions", by="result")
    status = {f.group: f.value.status for f in half.summary.figures if f.group is not None}
    assert status == {"合格": "provisional", "不合格": "provisional"}


def test_a_row_that_may_be_selected_is_dated_by_the_first_day_too(tmp_path: Path) -> None:
    """If the row of October counts, it belongs to the day in September on which T1 began."""
    rows = [roleplay("T1", "2025/9/1", "S001"), "T1,2025/10/2,公的介護保険制度,,S002,1,80,合格"]
    kpi = """[kpi.sessions]
title = "研修"
source = "trainings"
where = { form = "ロープレ" }
measure = "distinct"
of = "session"
at_first_date = true
"""
    project = Project(tmp_path).export("trainings", rows, covers="2025-04..2025-10").toml(kpi)
    assert project.summarize("sessions", "2025-10").value().status == "ok"
    assert project.summarize("sessions").value().status == "provisional"


def test_a_blank_value_is_undetermined(tmp_path: Path) -> None:
    """Whoever is not named may be one of those named: the row is undetermined."""
    project = Project(tmp_path).export(
        "explanations",
        [
            "R1,2025/4/1,C00001,高額療養費,有,生保,S001",
            "R2,2025/4/2,C00001,高額療養費制度,有,生保,S001",
            "R3,2025/4/2,C00001,公的介護保険制度,有,生保,S001",
            "R4,2025/4/3,,高額療養費制度,有,生保,S001",
            "R5,2025/4/3,C00002,高額療養費制度,無,生保,S001",
        ],
    )
    result = project.summarize("scheme_explanations")
    assert result.items() == {"高額療養費制度": 1, "公的介護保険制度": 1}
    assert result.value("高額療養費制度").faulty_rows == 1
    assert result.value("公的介護保険制度").status == "ok"
    assert [figure.kind for figure in result.summary.figures] == ["part", "part"]


def test_a_later_row_of_nobody_known_may_be_of_one_who_came_before(tmp_path: Path) -> None:
    """Its group in the period of the first date is in doubt; where nobody came first, it is not."""
    project = Project(tmp_path).export(
        "voices",
        ["V1,2024/10/10,生保,感謝,S001,", "V2,2025/8/9,生保,不満,1.23E+11,"],
        header="受付番号,受付日,商品区分,声の区分,担当,改善日",
        options=', headers = { staff = ["担当"] }',
    )
    project.toml(
        '[kpi.own]\ntitle = "試し"\nsource = "voices"\nmeasure = "distinct"\nof = "staff"\n'
        "at_first_date = true"
    )
    groups = {
        figure.group: (figure.value.number, figure.value.status.value)
        for figure in project.summarize("own", "2024H2", by="category").summary.figures
        if figure.group is not None
    }
    assert groups["感謝"] == (1, "ok")
    assert groups["不満"] == (None, "provisional")
    before = project.summarize("own", "2024H1", by="category")
    assert {figure.value.status.value for figure in before.summary.figures} == {"ok"}
