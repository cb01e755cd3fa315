"""The domain rule 対応漏れ, case by case."""

from datetime import date
from pathlib import Path

import pytest

from support.small_project import TODAY, Project, Result

# 案件番号,受付日,案件種別,商品区分,ステータス,対応期限,完了日,点検結果,発覚日


def missed(folder: Path, *rows: str, as_of: date | None = None, today: date = TODAY) -> Result:
    """Return 対応漏れ of the rows, whose export covers all that is asked for."""
    project = Project(folder).export("responses", rows, covers="2024-04..2026-03")
    return project.summarize("missed_responses", as_of=as_of, today=today)


@pytest.mark.parametrize(
    ("dates", "counted"),
    [
        ("2025/3/1,,漏れ,2025/4/1", 1),  # the first day, found; the deadline lies before
        ("2025/3/1,,漏れ,2025/9/30", 1),
        ("2025/5/1,,漏れ,2025/3/31", 0),  # found earlier: belongs there, and to no other rule
        ("2025/5/1,,漏れ,2025/10/1", 0),
        ("2025/9/30,,漏れ,", 1),  # no 発覚日: by 対応期限
        ("2025/10/1,,漏れ,", 0),
        ("2025/5/1,2025/4/20,漏れ,2025/6/1", 1),  # completed in time, as it was written
    ],
)
def test_what_an_inspection_found_is_dated_by_its_finding(
    dates: str, counted: int, tmp_path: Path
) -> None:
    """A case with 漏れ belongs to 発覚日, else 対応期限, and never reaches the second rule."""
    result = missed(tmp_path, f"A1,2025/3/1,新規,生保,対応中,{dates}")
    assert {"点検で判明": counted, "期限超過": 0} == result.items("rule")
    assert counted == result.number()


@pytest.mark.parametrize(
    ("status_due_done", "counted"),
    [
        ("対応中,2025/4/1,", 1),
        ("未対応,2025/9/30,", 1),  # due on the as-of date, open at its end
        (",2025/5/1,", 1),  # a blank status is open
        ("済,2025/5/1,", 0),  # a doubtful closure, another KPI
        ("取消,2025/5/1,", 0),
        ("対応中,2025/3/31,", 0),
        ("対応中,2025/10/1,", 0),
        ("済,2025/5/1,2025/9/30", 0),  # late, but done by the end of the as-of date
        ("済,2025/5/1,2025/10/1", 1),  # done after the as-of date
        ("対応中,2025/5/1,2025/10/1", 1),
        ("取消,2025/5/1,2025/10/1", 0),
        ("済,2025/5/1,2025/4/30", 0),
    ],
)
def test_overdue_is_what_is_open_at_the_end_of_the_as_of_date(
    status_due_done: str, counted: int, tmp_path: Path
) -> None:
    """期限超過 needs a 対応期限 in the period and no completion by the end of the as-of date."""
    result = missed(tmp_path, f"A1,2025/3/1,新規,生保,{status_due_done},,")
    assert {"点検で判明": 0, "期限超過": counted} == result.items("rule")


def test_a_case_counts_once_under_the_first_rule(tmp_path: Path) -> None:
    """A case for which both rules hold stands under 点検で判明 alone."""
    result = missed(
        tmp_path,
        "A1,2025/3/1,新規,生保,対応中,2025/5/1,,漏れ,2025/6/1",
        "A2,2025/3/1,保全,生保,対応中,2025/5/1,,良,",
        "A3,2025/3/1,,生保,対応中,2025/5/1,,,",
    )
    assert result.number() == 3
    assert result.items("rule") == {"点検で判明": 1, "期限超過": 2}
    assert result.items() == {"新規": 1, "保全": 1, "未記入": 1}


@pytest.mark.parametrize(
    ("today", "asked", "as_of", "counted"),
    [
        (date(2025, 7, 1), None, date(2025, 6, 30), 1),  # yesterday: A1 alone is due
        (date(2025, 7, 2), None, date(2025, 7, 1), 2),
        (date(2025, 7, 2), date(2025, 6, 30), date(2025, 6, 30), 1),
        (date(2026, 5, 1), None, date(2025, 9, 30), 1),  # A1 has been completed by then
        (date(2026, 5, 1), date(2025, 8, 31), date(2025, 8, 31), 2),
    ],
)
def test_the_as_of_date_is_yesterday_while_the_period_runs(
    today: date, asked: date | None, as_of: date, counted: int, tmp_path: Path
) -> None:
    """Cases are judged at the end of yesterday, of the period, or of the day asked for."""
    rows = (
        "A1,2025/3/1,新規,生保,済,2025/6/30,2025/9/1,,",
        "A2,2025/3/1,新規,生保,対応中,2025/7/1,,,",
    )
    result = missed(tmp_path, *rows, as_of=asked, today=today)
    assert (result.summary.as_of, result.number()) == (as_of, counted)


def test_late_and_carried_in_cases_are_told_and_never_added(tmp_path: Path) -> None:
    """期限後に完了 and 前期以前からの期限超過 stand on lines of their own."""
    result = missed(
        tmp_path,
        "A1,2025/3/1,新規,生保,済,2025/5/1,2025/5/2,,",  # late
        "A2,2025/3/1,新規,生保,済,2025/5/1,2025/5/1,,",  # in time
        "A3,2025/3/1,新規,生保,取消,2025/5/1,2025/5/2,,",
        "A4,2025/3/1,新規,生保,対応中,2025/3/31,,,",  # carried in
        "A5,2025/3/1,新規,生保,済,2025/3/31,2025/12/1,,",  # carried in: open on 9/30
        "A6,2025/3/1,新規,生保,済,2025/3/31,,,",  # doubtful, not overdue
        "A7,2025/3/1,新規,生保,対応中,2025/3/31,,漏れ,",  # of the first rule
    )
    assert result.number() == 0
    assert result.items("memo") == {"期限後に完了": 1, "前期以前からの期限超過": 2}


def test_open_cases_without_a_deadline_are_told(tmp_path: Path) -> None:
    """An open case without 対応期限 counts nowhere, and a remark says how many there are."""
    result = missed(
        tmp_path,
        "A1,2025/5/1,新規,生保,対応中,,,,",
        "A2,2025/5/1,新規,生保,,,,,",
        "A3,2025/5/1,新規,生保,取消,,,,",
        "A4,2025/5/1,新規,生保,済,,,,",
    )
    assert result.number() == 0
    assert result.accounting.no_date == 3
    assert "rows that fit 'overdue' but have no date: 2" in result.remarks


def test_cancelled_cases_are_a_named_exclusion(tmp_path: Path) -> None:
    """The accounting names 取消 with its cases, and the sum holds."""
    result = missed(
        tmp_path,
        "A1,2025/5/1,新規,生保,取消,2025/5/1,,,",
        "A2,2025/5/1,新規,生保,対応中,2025/5/1,,,",
        "A3,2025/5/1,新規,生保,済,2025/5/1,2025/5/1,,",
    )
    own = result.accounting
    assert (own.usable, own.counted, own.not_selected) == (3, 1, 1)
    assert own.excluded == (("ステータス = 取消", 1),)


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ("対応中,2025/6/31,,,", "provisional"),  # the deadline could be anything
        ("不明,2025/6/30,,,", "provisional"),
        ("不明,2025/6/30,2025/6/1,,", "ok"),  # done in time, whatever the status
        ("不明,2025/10/1,,,", "ok"),  # due in another period
        ("対応中,2025/6/30,6/31,,", "provisional"),
        ("済,2025/6/30,2025/6/1,漏,2025/6/1", "provisional"),  # 漏れ, perhaps
        ("済,2025/6/30,2025/6/1,漏,2025/3/1", "ok"),  # not found in this period, and done
        ("対応中,2025/6/30,,漏,2025/3/1", "provisional"),  # overdue, unless it was 漏れ
        ("対応中,2025/6/30,,漏れ,2025/3/1x", "provisional"),
    ],
)
def test_a_faulty_case_is_undetermined_unless_its_other_cells_settle_it(
    cells: str, status: str, tmp_path: Path
) -> None:
    """Every way in which a faulty case may count leaves 要確認; none of them counts it."""
    result = missed(tmp_path, f"A1,2025/3/1,新規,生保,{cells}")
    assert result.number() == (0 if status == "ok" else None)
    assert result.value().status == status
    assert result.value().faulty_rows == (status == "provisional")


def test_a_case_that_an_earlier_rule_takes_is_in_no_doubt(tmp_path: Path) -> None:
    """Of three rules that a row fits, does not fit and fits, the first one counts it."""
    project = Project(tmp_path).export(
        "voices", ["V1,2025/4/1,生保,感謝,東,", "V2,2025/4/1,,不満,,", "V3,2025/4/1,損保,感謝,東,"]
    )
    rules = [
        '[[kpi.own.rules]]\nlabel = "{}"\ndate = "received_on"\nwhere = {}'.format(*rule)
        for rule in (
            ("一", '{ category = "感謝" }'),
            ("二", '{ category = "要望" }'),
            ("三", '{ line = "生保" }'),
        )
    ]
    head = '[kpi.own]\ntitle = "試し"\nsource = "voices"\nmeasure = "rules"'
    project.toml("\n".join((head, *rules)))
    result = project.summarize("own")
    assert result.items("rule") == {"一": 2, "二": 0, "三": None}  # V2 cannot be of the second
    assert (result.number(), result.value().faulty_rows) == (2, 1)  # V2 may be of the third


def test_a_rule_is_in_doubt_in_every_group_that_a_row_of_it_may_belong_to(tmp_path: Path) -> None:
    """A case of the first rule whose team cannot be read may be of any team, by that rule alone."""
    rows = ["V1,2025/4/1,生保,感謝,東,", "V2,2025/4/1,生保,感謝,#N/A,", "V3,2025/4/1,生保,不満,西,"]
    project = Project(tmp_path).export("voices", rows)
    project.toml(
        """[kpi.own]
title = "試し"
source = "voices"
measure = "rules"
[[kpi.own.rules]]
label = "一"
date = "received_on"
where = { category = "感謝" }
[[kpi.own.rules]]
label = "二"
date = "received_on"
where = { category = "不満" }
"""
    )
    figures = project.summarize("own", by="team").summary.figures
    found = {(f.group, f.item): f.value.status for f in figures if f.kind == "rule" and f.group}
    assert found == {
        ("東", "一"): "provisional",
        ("東", "二"): "ok",
        ("西", "一"): "provisional",
        ("西", "二"): "ok",
    }


def test_grouped_rules_keep_the_as_of_date_of_the_period(tmp_path: Path) -> None:
    """A case overdue in May and done in July is no miss in May, when the half is asked for."""
    project = Project(tmp_path).export(
        "responses",
        [
            "A1,2025/3/1,新規,生保,済,2025/5/31,2025/7/1,,",
            "A2,2025/3/1,保全,生保,対応中,2025/6/1,,,",
        ],
    )
    by_month = project.summarize("missed_responses", by="month").groups()
    assert by_month == {f"2025-0{n}": int(n == 6) for n in range(4, 10)}
    assert project.summarize("missed_responses", "2025-05").number() == 1
    compared = project.summarize("missed_responses", by="month", compare=["previous"])
    before = compared.figure(group="2025-06").comparisons[0]
    assert (before.period.name, before.value.number) == ("2025-05", 0)
