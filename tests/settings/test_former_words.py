"""Words of former versions: the error shows the tables of today, and pasting them works."""

import re
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.settings.settings import read_settings
from support.small_project import Project

SOURCES = """
[source.members]
title = "在籍者"
key = ["member", "joined"]
rhythm = "roster"
[source.members.columns]
member = { headers = "職員番号", type = "id", required = true, personal = true }
joined = { headers = "入社日", type = "date", required = true }
left = { headers = "退社日", type = "date" }
section = { headers = "課", type = "code", codes = "sections" }
[source.visits]
title = "訪問"
key = "visit"
rhythm = "continuous"
[source.visits.columns]
visit = { headers = "番号", type = "id", required = true }
visited_on = { headers = "訪問日", type = "date", required = true }
by_whom = { headers = "担当", type = "id", personal = true }
state = { headers = "状態", type = "code", codes = "states" }
[codes.sections.values]
"営業" = []
"事務" = []
[codes.states.values]
"済" = []
"取消" = []
"""
KPI = """
[kpi.visiting]
title = { ja = "訪問した人", en = "Staff who visited" }
source = "visits"
where = { state = { not = "取消" } }
measure = "roster_ratio"
of = "by_whom"
roster = { source = "members", of = "member", joined = "joined", left = "left", WHERE }
unit = "名"
targets = [{ at_least = 50, per = "half", since = 2025-04-01 }]
[check.visits_go_on]
title = "前の期間にあってこの期間にない"
source = "visits"
kind = "present"
columns = ["by_whom"]
roster = { source = "members", of = "member", joined = "joined", left = "left" }
""".replace("WHERE", 'where = { section = "営業" }')
MEMBERS = [
    "S001,2020/4/1,,営業",
    "S002,2020/4/1,2025/8/31,営業",
    "S003,2025/9/30,,営業",
    "S004,2021/1/1,,営業",
    "S005,2021/1/1,,事務",
]
VISITS = ["1,2025/4/1,S001,済", "2,2025/5/1,S004,取消", "3,2025/6/1,S005,済", "4,2025/7/1,S002,済"]


def project(folder: Path, tables: str) -> Project:
    """Return a project of members and visits."""
    own = Project(folder).export(
        "members", MEMBERS, header="職員番号,入社日,退社日,課", covers=None
    )
    own.export("visits", VISITS, header="番号,訪問日,担当,状態", covers="2025-04..2025-09")
    return own.toml(tables.lstrip())


def said(own: Project) -> str:
    """Return the English message of the error."""
    with pytest.raises(SettingsError) as error:
        read_settings(own.config)
    assert error.value.exit_code == 3
    return error.value.message.en


def pasted(tables: str, message: str) -> str:
    """Return the tables with those that the message shows in place of theirs."""
    shown = message.split("\n\n", 1)[1]
    heads = {re.sub(r"\.columns$", "", name) for name in re.findall(r"^\[(.+)\]$", shown, re.M)}
    kept = [
        block
        for block in re.split(r"^(?=\[)", tables, flags=re.M)
        if (head := re.match(r"\[([^\]]+)\]", block)) is None
        or re.sub(r"\.columns$", "", head[1]) not in heads
    ]
    return "".join((*kept, shown))


def test_what_the_error_shows_can_be_pasted(tmp_path: Path) -> None:
    """Of three of 営業 in service at the end one has a visit: S001, as S004's was cancelled."""
    own = project(tmp_path, SOURCES + KPI)
    message = said(own)
    assert "rhythm" in message
    own.tables = pasted(own.tables, message)
    value = own.summarize("visiting").value()
    assert (value.numerator, value.denominator, value.status) == (1, 3, "ok")
    kpi = own.summarize("visiting").summary.kpis["visiting"]
    assert (kpi.title.en, kpi.unit.ja) == ("Staff who visited", "名")
    assert [figure.targets[0].bound for figure in own.summarize("visiting").summary.figures] == [50]
    assert read_settings(own.config).catalog.check["visits_go_on"].used == ("by_whom",)


def test_the_error_names_ones_own_columns(tmp_path: Path) -> None:
    """Written out: a register, the same name in both sources, the ratio, and the check."""
    message = said(project(tmp_path, SOURCES + KPI))
    for line in (
        'in_force = ["joined", "left"]',
        'member = { type = "id", personal = true, from = { copy = "by_whom" } }',
        'source = "members"',
        'where = { section = "営業" }',
        'numerator_in = { source = "visits", where = { state = { not = "取消" } }, by = "member" }',
        'register = { source = "members", by = "member" }',
    ):
        assert f"\n{line}\n" in f"{message}\n"


@pytest.mark.parametrize(
    ("tables", "shown"),
    [
        (
            '[kpi.explaining_staff]\nextends = true\nroster = { where = { team = "団体" } }',
            '[kpi.explaining_staff]\nextends = true\nwhere = { team = "団体" }',
        ),
        (
            '[kpi.explaining_staff]\nextends = true\nwhere = { line = "損保" }\n'
            'roster = { where = { team = "損保" } }',
            '[kpi.explaining_staff]\nextends = true\nwhere = { team = "損保" }\n'
            'numerator_in = { where = { line = "損保" } }',
        ),
        (
            '[source.staff]\nextends = true\nrhythm = "roster"',
            '[source.staff]\nextends = true\nrhythm = "register"\n'
            'in_force = ["joined_on", "left_on"]\nuntil = "last_day_in"',
        ),
        (
            '[check.voices_go_on]\nextends = true\nroster = { source = "staff", of = "staff", '
            'joined = "joined_on", left = "left_on" }',
            '[check.voices_go_on]\nextends = true\nregister = { source = "staff", by = "staff" }',
        ),
    ],
)
def test_what_was_laid_over_the_catalogue(tables: str, shown: str, tmp_path: Path) -> None:
    """A table that extends a built-in one says no more than before; it can be pasted, too."""
    own = Project(tmp_path).toml(tables)
    message = said(own)
    assert message.endswith(f"\n\n{shown}\n")
    own.tables = pasted(own.tables, message)
    read_settings(own.config)


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        ('unit = "名"', 'unit = "名"\nparts = { by = "state" }', "# parts: name a column of the"),
        ('joined = "joined", left = "left"', 'joined = "joined"', "# in_force: name two date col"),
        ("roster = {", "roster = 3\n[mail]\ny = {", 'measure = "ratio"'),
    ],
)
def test_what_cannot_be_filled_in_is_told(old: str, new: str, remark: str, tmp_path: Path) -> None:
    """Parts of the log, a list without a last day and a table that is none are no traceback."""
    tables = (SOURCES + KPI).replace(old, new, 1)
    assert remark in said(project(tmp_path, tables))


def test_what_an_export_of_the_list_covered_is_told_as_a_day(tmp_path: Path) -> None:
    """The last day of `covers` is the one for `as_of`, and writing it so gives the figure."""
    own = Project(tmp_path).export("staff", ["S001,生保,2020/4/1,"], covers="2024-10..2025-09")
    own.export("explanations", ["E1,2025/5/1,C1,公的介護保険制度,有,生保,S001"])
    message = said(own)
    assert "exports.staff.covers: a register answers for the day" in message
    assert "write as_of = 2025-09-30 in its place, and keeps_ended = true where" in message
    (entry,) = own.exports["staff"]
    new = entry.replace('covers = "2024-10..2025-09"', "as_of = 2025-09-30, keeps_ended = true")
    own.exports["staff"] = [new]
    value = own.summarize("explaining_staff").value()
    assert (value.numerator, value.denominator, value.status) == (1, 1, "ok")
