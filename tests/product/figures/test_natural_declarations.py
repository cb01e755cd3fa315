"""What people write first: it gives the right figure, or it says what to write instead."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from support.small_project import Project, codes

POLICIES = """[source.policies]
title = "契約台帳"
rhythm = "continuous"
key = "policy"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
premium = { headers = "保険料", type = "number" }
[kpi.own]
title = "試し"
source = "policies"
"""
CONTRACTS = [
    "A,2010/1/1,,100",
    "B,2025/4/1,,200",
    "C,2025/5/1,2025/10/1,300",
    "D,2011/1/1,2025/6/1,400",
]


def policies(folder: Path, kpi: str) -> Project:
    """Return a project with a log of policies and one KPI."""
    header = "証券番号,契約日,消滅日,保険料"
    return Project(folder).export("policies", CONTRACTS, header=header).toml(POLICIES + kpi)


LEFT = """measure = "count"
where = [{ ended_on = { missing = true } }, { ended_on = { after = "@end" } }]
"""


def test_what_is_left_at_the_end_is_a_register(tmp_path: Path) -> None:
    """As a log it would be B and C alone, which began in the period; in force are A, B and C."""
    with pytest.raises(SettingsError) as error:
        policies(tmp_path, LEFT).summarize("own")
    said = str(error.value)
    assert 'rhythm = "register", in_force = ["started_on", "ended_on"]' in said
    assert 'date = "started_on"' in said
    assert policies(tmp_path, LEFT + 'date = "started_on"\n').summarize("own").number() == 2
    register = 'rhythm = "register"\nin_force = ["started_on", "ended_on"]\nuntil = "first_day_out"'
    own = policies(tmp_path, 'measure = "count"\n')
    own.exports["policies"] = ['"policies0.csv"']
    own.tables = own.tables.replace('rhythm = "continuous"', register)
    assert own.summarize("own").number() == 3


@pytest.mark.parametrize(
    ("kpi", "said"),
    [
        (
            'measure = "count"\nwhere = { premium = { after = 100 } }',
            "numbers compare by above, at_least, below, at_most",
        ),
        (
            'measure = "count"\nwhere = { ended_on = { before = "@end", days = 28 } }',
            'ended_on = { on_or_before = "@… - 28 days" }',
        ),
        ('measure = "count"\ntop = 3', 'top = { by = "column", most = 3 }'),
        (
            'measure = "count"\nparts = { by = "premium", bins = [0, 10] }',
            'from = { bins = "premium", edges = […] }',
        ),
        (
            'measure = "ratio"\nof = "premium"\nnumerator = { ended_on = { missing = true } }',
            "a ratio of amounts is written with `weight`",
        ),
    ],
)
def test_what_is_no_word_says_which_is(kpi: str, said: str, tmp_path: Path) -> None:
    """The error has what to write in its place."""
    if "after = 100" in kpi:
        kpi = kpi.replace("100", '"@ended_on"')
    with pytest.raises(SettingsError) as error:
        policies(tmp_path, kpi).summarize("own")
    assert said in str(error.value)


HOLDINGS = """[source.holdings]
title = "残高明細"
rhythm = "RHYTHM"
key = ["on", "customer", "fund"]
[source.holdings.columns]
on = { headers = "基準日", type = "date", required = true }
customer = { headers = "顧客番号", type = "id", personal = true }
fund = { headers = "銘柄", type = "text" }
worth = { headers = "評価額", type = "number" }
cost = { headers = "元本", type = "number" }
[kpi.winners]
title = "損益がプラスの顧客"
source = "holdings"
measure = "ratio"
of = "customer"
numerator = { worth = { at_least = "@cost" } }
[kpi.worth]
title = "評価額"
source = "holdings"
measure = "sum"
of = "worth"
"""
HELD = [
    "2025/8/31,C1,F1,90,100",
    "2025/9/30,C1,F1,150,100",
    "2025/9/30,C1,F2,10,100",
    "2025/9/30,C2,F1,120,100",
    "2025/9/30,C3,F1,50,100",
]


def holdings(folder: Path, rhythm: str) -> Project:
    """Return a project with holdings at two days."""
    own = Project(folder).export("holdings", HELD, header="基準日,顧客番号,銘柄,評価額,元本")
    return own.toml(HOLDINGS.replace("RHYTHM", rhythm))


def test_numbers_of_rows_are_no_sums(tmp_path: Path) -> None:
    """C1 wins with one fund and loses with both: the figure counts it, and the remark says so."""
    result = holdings(tmp_path, "sparse").summarize("winners", "2025-09")
    assert (result.value().numerator, result.value().denominator) == (2, 3)
    assert any(
        "1 顧客番号 have rows that fit and rows that do not" in r for r in result.remarks
    ) or any("1 customer have rows that fit and rows that do not" in r for r in result.remarks)


def test_states_of_several_days_are_no_sum(tmp_path: Path) -> None:
    """90 + 330 is nobody's holding; as a snapshot it is 330, and nothing is said."""
    added = holdings(tmp_path, "sparse").summarize("worth")
    assert added.number() == 420
    assert any(remark.startswith("rows of 2 days by on") for remark in added.remarks)
    assert holdings(tmp_path, "sparse").summarize("worth", "2025-09").remarks == []
    (tmp_path / "snapshot").mkdir()
    right = holdings(tmp_path / "snapshot", "snapshot").summarize("worth")
    assert (right.number(), right.remarks) == (330, [])


INCIDENTS = """[source.incidents]
title = "発生記録"
rhythm = "continuous"
key = KEY
[source.incidents.columns]
on = { headers = "発生日", type = "date", required = true }
kind = { headers = "手口", type = "text" }
town = { headers = "町丁目", type = "text" }
[kpi.incidents]
title = "発生"
source = "incidents"
measure = "count"
"""
LINES = ["2025/4/1,盗難,北", "2025/4/1,盗難,北", "2025/5/2,盗難,南", "2025/6/3,盗難,北"]


@pytest.mark.parametrize(
    ("key", "files", "expected", "told"),
    [
        ('["on", "kind", "town"]', [LINES], 3, {"D212": 1}),
        ('"row"', [LINES], 4, {}),
        ('["on", "kind", "town"]', [LINES[1:3], LINES[2:]], 3, {}),
    ],
)
def test_equal_lines_of_a_table_without_numbers_are_told(
    key: str, files: Sequence[Sequence[str]], expected: int, told: dict[str, int], tmp_path: Path
) -> None:
    """One of two cases would be lost without a word; lines that two exports share are one."""
    own = Project(tmp_path).toml(INCIDENTS.replace("KEY", key))
    for rows in files:
        own.export("incidents", rows, header="発生日,手口,町丁目", covers=None)
    assert own.summarize("incidents", "2025-04..2025-06").number() == expected
    assert codes(own.load("incidents")) == told
