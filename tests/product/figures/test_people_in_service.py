"""The share of people in service who have a row in a log: a register, and `numerator_in`."""

from datetime import date
from pathlib import Path

import pytest

from support.small_project import Project


def explaining(folder: Path, register: list[str], log: list[str]) -> Project:
    """Return a project with a register and 制度説明 of 公的介護保険制度 in 生保."""
    rows = [
        f"R{n},{day},C0000{n},公的介護保険制度,有,生保,{staff}"
        for n, (day, _, staff) in enumerate(entry.partition(" ") for entry in log)
    ]
    return Project(folder).export("staff", register, covers=None).export("explanations", rows)


@pytest.mark.parametrize(
    ("joined", "left", "members"),
    [
        ("2020/4/1", "", 1),
        ("2025/9/30", "", 1),  # joined on the last day
        ("2025/10/1", "", 0),
        ("2020/4/1", "2025/9/30", 1),  # the last day in service
        ("2020/4/1", "2025/9/29", 0),
        ("2020/4/1", "2026/3/31", 1),
    ],
)
def test_the_denominator_is_who_is_in_service_at_the_end(
    joined: str, left: str, members: int, tmp_path: Path
) -> None:
    """Both the first and the last day in service are in service."""
    project = explaining(tmp_path, [f"S001,生保,{joined},{left}"], ["2025/4/1 S001"])
    value = project.summarize("explaining_staff").value()
    assert (value.numerator, value.denominator) == (members, members)


def test_only_members_of_the_team_count_in_the_numerator(tmp_path: Path) -> None:
    """Those with a record who are of another team, or have left, are in neither count."""
    project = explaining(
        tmp_path,
        [
            "S001,生保,2020/4/1,",
            "S002,生保,2020/4/1,",
            "S003,損保,2020/4/1,",
            "S004,生保,2020/4/1,2025/6/30",
            "S001,生保,2010/4/1,2015/3/31",  # an earlier time in service
        ],
        ["2025/4/1 S001", "2025/5/1 S001", "2025/4/1 S003", "2025/4/1 S004", "2025/3/31 S002"],
    )
    result = project.summarize("explaining_staff")
    assert (result.value().numerator, result.value().denominator) == (1, 2)
    assert result.value().status == "ok"
    assert result.remarks == []


def test_people_who_are_not_in_the_register_are_told(tmp_path: Path) -> None:
    """A remark says how many strangers the log has; they are not in the numerator."""
    project = explaining(
        tmp_path,
        ["S001,生保,2020/4/1,"],
        ["2025/4/1 S001", "2025/4/1 S900", "2025/4/2 S900", "2025/3/1 S901"],
    )
    result = project.summarize("explaining_staff")
    assert (result.value().numerator, result.value().denominator) == (1, 1)
    assert result.remarks == [
        "Explanations of public schemes: 1 staff are not in Staff register (not in the numerator)"
    ]


@pytest.mark.parametrize(
    ("member", "doubts"),
    [
        ("S002,,2020/4/1,", 1),  # of no known team
        ("S002,生保,2020/13/1,", 1),
        ("S002,生保,,", 1),
        ("S002,生保,2020/13/1,2025/9/29", 0),  # has left, whenever it was
        ("S002,生保,2025/10/1,9/30", 0),  # not there yet
        ("S002,生保,2020/4/1,9/30", 1),
        ("S002,損保,2020/13/1,", 0),
    ],
)
def test_a_faulty_member_leaves_the_ratio_provisional(
    member: str, doubts: int, tmp_path: Path
) -> None:
    """A row that may be of someone in service is in neither count, and is told as in doubt."""
    project = explaining(tmp_path, ["S001,生保,2020/4/1,", member], ["2025/4/1 S001"])
    value = project.summarize("explaining_staff").value()
    assert (value.numerator, value.denominator, value.faulty_rows) == (1, 1, doubts)
    assert value.status == ("provisional" if doubts else "ok")


def test_a_month_has_the_people_of_its_own_end(tmp_path: Path) -> None:
    """By month, the denominator is who is in service at the end of each month."""
    project = explaining(
        tmp_path,
        ["S001,生保,2020/4/1,2025/5/30", "S002,生保,2025/6/1,"],
        ["2025/4/10 S001", "2025/6/10 S002"],
    )
    figures = project.summarize("explaining_staff", by="month").summary.figures
    counts = {f.group: (f.value.numerator, f.value.denominator) for f in figures}
    assert counts[None] == (1, 1)
    assert counts["2025-04"] == (1, 1)
    assert counts["2025-05"] == (0, 0)
    assert counts["2025-06"] == (1, 1)
    assert counts["2025-07"] == (0, 1)


def test_a_register_without_a_needed_column_gives_no_data(tmp_path: Path) -> None:
    """Where the register lacks チーム there is no figure, and a remark names the column."""
    project, header = Project(tmp_path), "職員番号,在籍開始日,在籍終了日"
    project.export("staff", ["S001,2020/4/1,"], covers=None, header=header)
    project.export("explanations", ["R1,2025/4/1,C1,公的介護保険制度,有,生保,S001"])
    result = project.summarize("explaining_staff")
    assert (result.number(), result.value().status) == (None, "no_data")
    assert result.remarks == ["the column 'チーム' is missing in staff0.csv"]


def test_without_a_register_there_is_no_data(tmp_path: Path) -> None:
    """Where no register is exported, a remark says so."""
    project = Project(tmp_path).export(
        "explanations", ["R1,2025/4/1,C1,公的介護保険制度,有,生保,S001"]
    )
    result = project.summarize("explaining_staff")
    assert result.value().status == "no_data"
    assert result.remarks == ["no export of staff is listed under [exports] in kpicli.toml"]


def test_a_register_may_go_by_the_staff_number_alone(tmp_path: Path) -> None:
    """One row a person, keyed by the person, gives the same ratio."""
    project = explaining(tmp_path, ["S001,生保,2020/4/1,"], ["2025/4/1 S001"])
    project.toml('[source.staff]\nextends = true\nkey = ["staff"]')
    value = project.summarize("explaining_staff", today=date(2026, 1, 1)).value()
    assert (value.numerator, value.denominator) == (1, 1)


def test_a_record_of_nobody_leaves_the_ratio_provisional(tmp_path: Path) -> None:
    """One without a person may be of anyone: nobody leaves the denominator, and it is in doubt."""
    register = ["S001,生保,2020/4/1,", "S002,生保,2020/4/1,", "S003,生保,2020/4/1,"]
    project = explaining(tmp_path, register, ["2025/4/1 S001", "2025/4/2 ", "2025/3/2 "])
    result = project.summarize("explaining_staff", by="team")
    value = result.value()
    assert (value.numerator, value.denominator, value.faulty_rows) == (1, 3, 1)
    assert [f.value.status for f in result.summary.figures] == ["provisional", "provisional"]
    own = result.summary.accounting
    assert [(a.source, a.counted, a.undetermined) for a in own] == [
        ("staff", 3, 0),
        ("explanations", 1, 1),
    ]


def test_a_register_without_the_last_day_gives_no_data(tmp_path: Path) -> None:
    """Where it lacks 在籍終了日 nobody would ever have left: there is no figure."""
    project, header = Project(tmp_path), "職員番号,チーム,在籍開始日"
    project.toml("[source.staff.columns.left_on]\nrequired = false\n[source.staff]\nextends = true")
    project.export("staff", ["S001,生保,2020/4/1"], covers=None, header=header)
    project.export("explanations", ["R1,2025/4/1,C1,公的介護保険制度,有,生保,S001"])
    result = project.summarize("explaining_staff")
    assert (result.number(), result.value().status) == (None, "no_data")
