"""The catalogue's examples: KPIs as agencies publish them, their figures counted by hand.

Each has its own synthetic export and stands in one project with all others, as it would be written.
"""

import csv
import io
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from support.command_line import Run
from support.small_project import Project, Result

MATURITIES = """[source.maturities]
title = "満期"
key = ["policy", "matures_on"]
rhythm = "continuous"
[source.maturities.columns]
policy = { headers = "証券番号", type = "id", required = true, personal = true }
matures_on = { headers = "満期日", type = "date", required = true }
done_on = { headers = "手続日", type = "date" }
outcome = { headers = "満期処理", type = "code", codes = "outcomes" }
[codes.outcomes.values]
"更改" = []
"落ち" = []
[kpi.early_renewals]
title = "早期更改率"
source = "maturities"
measure = "ratio"
numerator = { outcome = "更改", done_on = { on_or_before = "@matures_on - 28 days" } }
"""
# 28 days before 2024-06-29 is 06-01. In time: P1, P2, P3, P5, P7; P4 a day late, P6 lost, P8 late.
MATURED = [
    "P1,2024/6/29,2024/6/1,更改",
    "P2,2024/6/29,2024/5/1,更改",
    "P3,2024/7/1,2024/6/3,更改",
    "P4,2024/7/1,2024/6/4,更改",
    "P5,2025/3/31,2025/3/3,更改",
    "P6,2024/8/1,2024/6/1,落ち",
    "P7,2024/9/30,2024/9/2,更改",
    "P8,2024/9/30,2024/9/30,更改",
]

POLICIES = """[source.policies]
title = "契約"
key = "policy"
rhythm = "register"
in_force = ["started_on", "ended_on"]
until = "first_day_out"
[source.policies.columns]
policy = { headers = "証券番号", type = "id", required = true, personal = true }
started_on = { headers = "契約日", type = "date", required = true }
ended_on = { headers = "消滅日", type = "date" }
premium = { headers = "保険料", type = "number" }
holder = { headers = "契約者", type = "code", codes = "holders" }
[codes.holders.values]
"個人" = []
"法人" = []
[kpi.persistency]
title = "37月目継続率"
source = "policies"
date = "started_on + 37 months"
measure = "ratio"
numerator = [
    { ended_on = { missing = true } },
    { ended_on = { on_or_after = "@started_on + 37 months" } },
]
[kpi.persistency_by_premium]
title = "37月目継続率(保険料)"
source = "policies"
date = "started_on + 37 months"
measure = "ratio"
numerator = [
    { ended_on = { missing = true } },
    { ended_on = { on_or_after = "@started_on + 37 months" } },
]
weight = "premium"
[kpi.in_force]
title = "保有契約"
source = "policies"
measure = "count"
scale = "万"
decimals = 4
[kpi.held_by]
title = "個人契約"
source = "policies"
measure = "ratio"
numerator = { holder = "個人" }
"""
# The 37th month after 2022-03-01 .. 2022-08-31 lies in 2025H1: A to E. Left: A, C, D (ended on the
# day itself), not B and E. By premium: 100 + 300 + 400 of 100 + 200 + 300 + 400 + 500.
SIGNED = [
    "A,2022/3/1,,100,個人",
    "B,2022/4/15,2025/5/14,200,個人",
    "C,2022/8/31,2026/1/1,300,法人",
    "D,2022/5/10,2025/6/10,400,個人",
    "E,2022/6/1,2023/1/1,500,法人",
    "F,2022/9/1,,600,個人",
    "G,2022/2/28,2022/3/1,700,法人",
]

STAFF = """[source.people]
title = "社員名簿"
key = "staff"
rhythm = "register"
in_force = ["joined_on", "left_on"]
until = "last_day_in"
[source.people.columns]
staff = { headers = "社員番号", type = "id", required = true, personal = true }
joined_on = { headers = "入社日", type = "date", required = true }
left_on = { headers = "退社日", type = "date" }
[source.licences]
title = "資格台帳"
key = "number"
rhythm = "register"
in_force = ["got_on", "expires_on"]
until = "last_day_in"
[source.licences.columns]
number = { headers = "登録番号", type = "id", required = true }
staff = { headers = "社員番号", type = "id", personal = true }
licence = { headers = "資格", type = "text" }
got_on = { headers = "取得日", type = "date", required = true }
expires_on = { headers = "有効期限", type = "date" }
[kpi.licensed]
title = "専門資格の保有割合"
source = "people"
measure = "ratio"
numerator_in = { source = "licences", by = "staff", where = { licence = ["AFP", "CFP"] } }
"""
# In service on 30 September: S001, S002, S004, S005. Of them S001 (CFP) and S004 (AFP to the day).
IN_SERVICE = [
    "S001,2020/4/1,",
    "S002,2025/9/30,",
    "S003,2020/4/1,2025/9/29",
    "S004,2021/4/1,",
    "S005,2021/4/1,",
]
LICENCES = [
    "1,S001,CFP,2020/1/1,",
    "2,S001,AFP,2020/1/1,2021/1/1",
    "3,S002,FP2級,2020/1/1,",
    "4,S003,AFP,2020/1/1,",
    "5,S004,AFP,2020/1/1,2025/9/30",
    "6,S005,CFP,2025/10/1,",
]

CALLS = """[source.calls]
title = "応対記録"
key = "number"
rhythm = "continuous"
[source.calls.columns]
number = { headers = "番号", type = "id", required = true }
called_on = { headers = "応対日", type = "date", required = true }
holder = { headers = "契約者", type = "code", codes = "holders" }
outcome = { headers = "結果", type = "code", codes = "call_outcomes" }
[codes.call_outcomes.values]
"済" = []
"未" = []
[kpi.answered]
title = "応対率"
source = "calls"
measure = "ratio"
numerator = { outcome = "済" }
decimals = 2
targets = [{ at_least = 70, per = "2023-09..2024-03" }, { at_least = 70, per = "2024-04..2024-09" }]
[kpi.answered_by_holder]
title = "応対率(契約者別)"
source = "calls"
measure = "ratio"
numerator = { outcome = "済" }
parts = { by = "holder" }
targets = [{ at_least = 99, per = "month", each_part = true }]
"""
# September to March: 5 of 7 answered, 71.43 %. In March 個人 2 of 2, 法人 1 of 2.
CALLED = [
    "1,2023/8/31,個人,未",
    "2,2023/9/1,個人,済",
    "3,2023/12/1,個人,済",
    "4,2024/1/1,法人,未",
    "5,2024/3/1,個人,済",
    "6,2024/3/2,個人,済",
    "7,2024/3/3,法人,済",
    "8,2024/3/31,法人,未",
    "9,2024/4/1,個人,未",
]

EXAMS = """[source.exams]
title = "試験"
key = ["staff", "subject"]
rhythm = "sparse"
[source.exams.columns]
staff = { headers = "社員番号", type = "id", required = true, personal = true }
subject = { headers = "科目", type = "text", required = true }
passed_on = { headers = "合格日", type = "date", required = true }
[kpi.subjects]
title = "合格科目"
source = "exams"
measure = "count"
unit = "科目"
targets = [
    { at_least = 2, per = "month", since = 2025-10-01, until = 2025-10-31 },
    { at_least = 6, from = 2025-10-01, by = 2027-03-31 },
]
"""
PASSED = [
    "S001,A,2025/9/30",
    "S001,B,2025/10/1",
    "S002,A,2025/10/31",
    "S002,B,2026/6/1",
    "S003,A,2026/6/1",
    "S003,B,2027/3/31",
]

FUNDS = """[source.holdings]
title = "残高明細"
key = ["on", "customer", "fund"]
rhythm = "snapshot"
[source.holdings.columns]
on = { headers = "基準日", type = "date", required = true }
customer = { headers = "顧客番号", type = "id", personal = true }
fund = { headers = "銘柄", type = "text" }
gain = { headers = "損益", type = "number" }
cost = { headers = "元本", type = "number" }
balance = { headers = "残高", type = "number" }
[codes.gain_band.values]
"-50%未満" = []
"-50%以上-30%未満" = []
"-30%以上-10%未満" = []
"-10%以上0%未満" = []
"0%以上10%未満" = []
"10%以上30%未満" = []
"30%以上50%未満" = []
"50%以上" = []
[source.investors]
title = "投資家"
of = "holdings"
per = ["on", "customer"]
[source.investors.columns]
gained = { type = "number", from = { sum = "gain" } }
invested = { type = "number", from = { sum = "cost" } }
rate = { type = "number", from = { divide = ["gained", "invested"] } }
[source.investors.columns.band]
type = "code"
codes = "gain_band"
from = { bins = "rate", edges = [-0.5, -0.3, -0.1, 0, 0.1, 0.3, 0.5] }
[kpi.investors]
title = "損益別の顧客"
source = "investors"
measure = "count"
unit = "名"
parts = { by = "band", share = true }
[kpi.largest]
title = "残高上位 2 の損益(残高加重)"
source = "holdings"
measure = "mean"
of = "gain"
weight = "balance"
top = { by = "balance", most = 2 }
unit = "円"
"""
# On 30 September: C1 gains 30 and loses 20 of 200, 5 %; C2 10 of 100, an edge, 10 %; C3 -60 of 100;
# C4 0 of 50. The two largest are 300 and 200, of which two: (30*300 + 10*200 + 0*200) / 700.
HELD = [
    "2025/8/31,C1,F1,900,100,900",
    "2025/9/30,C1,F1,30,100,300",
    "2025/9/30,C1,F2,-20,100,100",
    "2025/9/30,C2,F1,10,100,200",
    "2025/9/30,C3,F1,-60,100,50",
    "2025/9/30,C4,F1,0,50,200",
]

ANSWERS = """[codes.recommend.values]
"批判者" = []
"中立者" = []
"推奨者" = []
[source.answers]
title = "アンケート"
key = "number"
rhythm = "continuous"
[source.answers.columns]
number = { headers = "回答番号", type = "id", required = true }
answered_on = { headers = "回答日", type = "date", required = true }
score = { headers = "推奨度", type = "number" }
band = { type = "code", codes = "recommend", from = { bins = "score", edges = [7, 9] } }
[source.answers.columns.points]
type = "number"
from = { points = "band", values = { "推奨者" = 100, "中立者" = 0, "批判者" = -100 } }
[kpi.nps]
title = "NPS"
source = "answers"
measure = "mean"
of = "points"
unit = "ポイント"
"""
# 10, 9, 9 recommend, 8 and 7 are neutral, 6 and 0 do not: (300 - 200) / 7 = 14.3.
SCORES = [f"{n},2025/{n + 2}/1,{score}" for n, score in enumerate((10, 9, 9, 8, 7, 6), 2)]
SCORES.append("9,2025/9/30,0")


class Export(NamedTuple):
    """The rows of a source under their header, and what its entry says besides."""

    header: str
    rows: list[str]
    covers: str | None = None
    options: str = ""


EXPORTS: Mapping[str, Export] = {
    "maturities": Export("証券番号,満期日,手続日,満期処理", MATURED, "2024"),
    "policies": Export("証券番号,契約日,消滅日,保険料,契約者", SIGNED),
    "people": Export("社員番号,入社日,退社日", IN_SERVICE),
    "licences": Export("登録番号,社員番号,資格,取得日,有効期限", LICENCES),
    "calls": Export("番号,応対日,契約者,結果", CALLED, "2023-04..2024-09"),
    "exams": Export("社員番号,科目,合格日", PASSED, "2025-04..2027-03"),
    "holdings": Export("基準日,顧客番号,銘柄,損益,元本,残高", HELD),
    "answers": Export("回答番号,回答日,推奨度", SCORES, "2025-04..2025-09"),
}
TABLES = (MATURITIES, POLICIES, STAFF, CALLS, EXAMS, FUNDS, ANSWERS)
DONE = date(2027, 6, 1)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return the project with all examples."""
    own = Project(tmp_path)
    for source, export in EXPORTS.items():
        own.export(source, export.rows, header=export.header, covers=export.covers)
    return own.toml("\n".join(TABLES))


def fraction(result: Result) -> tuple[object, object, object]:
    """Return numerator, denominator and percentage of a ratio."""
    value = result.value()
    return value.numerator, value.denominator, value.number


def targets(result: Result, item: str | None = None) -> list[str]:
    """Return how each target of a figure stands."""
    return [str(own.status) for own in result.figure(item).targets]


def test_early_renewals(project: Project) -> None:
    """Example 1: done on the 28th day before, or earlier."""
    assert fraction(project.summarize("early_renewals", "2024")) == (5, 8, Decimal("62.5"))


def test_persistency_by_count_and_by_premium(project: Project) -> None:
    """Example 2: those whose 37th month the period holds, by count and by premium."""
    assert fraction(project.summarize("persistency")) == (3, 5, Decimal("60.0"))
    assert fraction(project.summarize("persistency_by_premium")) == (800, 1500, Decimal("53.3"))


def test_policies_in_force(project: Project) -> None:
    """Example 3: A, C and F are in force on 30 September, 0.0003 万件."""
    result = project.summarize("in_force")
    assert result.number() == Decimal("0.0003")
    assert str(result.summary.kpis["in_force"].unit.ja) == "万件"
    assert fraction(project.summarize("held_by")) == (2, 3, Decimal("66.7"))


def test_qualified_among_those_in_service(project: Project) -> None:
    """Example 4: who holds one of the licences, of those in service at the end."""
    assert fraction(project.summarize("licensed")) == (2, 4, Decimal("50.0"))


def test_a_target_of_seven_months_and_the_next(project: Project) -> None:
    """Example 5: judged over its own span, to two decimals; the next one is named."""
    result = project.summarize("answered", "2023-09..2024-03", today=date(2024, 5, 1))
    assert fraction(result) == (5, 7, Decimal("71.43"))
    assert targets(result) == ["met", "next"]


def test_two_in_october_and_six_in_all(project: Project) -> None:
    """Example 6: two in the month; of six by March after next only five were passed."""
    assert project.summarize("subjects", "2025-10").number() == 2
    assert targets(project.summarize("subjects", "2025-10", today=date(2025, 11, 1))) == [
        "met",
        "ongoing",
    ]
    assert targets(project.summarize("subjects", "2027-03", today=DONE)) == ["missed"]


def test_each_part_is_held_to_its_target(project: Project) -> None:
    """Example 7: individuals reach 99 %, companies do not."""
    result = project.summarize("answered_by_holder", "2024-03", today=DONE)
    assert result.items() == {"個人": Decimal("100.0"), "法人": Decimal("50.0")}
    assert (targets(result, "個人"), targets(result, "法人")) == (["met"], ["missed"])


def test_customers_by_gain(project: Project) -> None:
    """Example 8: customers, not funds, by what they gained; an edge belongs to the bin above."""
    result = project.summarize("investors")
    assert result.number() == 4
    assert list(result.items().values()) == [1, 0, 0, 0, 2, 1, 0, 0]
    assert result.figure("0%以上10%未満").share == Decimal("50.0")
    assert result.figure("10%以上30%未満").share == Decimal("25.0")


def test_the_largest_by_balance(project: Project) -> None:
    """Example 9: ties at the end are all in, and each weighs by its balance."""
    assert project.summarize("largest").number() == Decimal("15.7")


def test_net_promoter_score(project: Project) -> None:
    """Example 10: 9 and above recommend, below 7 do not."""
    assert project.summarize("nps").number() == Decimal("14.3")


EVERY = (
    "early_renewals",
    "persistency",
    "persistency_by_premium",
    "in_force",
    "held_by",
    "licensed",
    "answered",
    "answered_by_holder",
    "subjects",
    "investors",
    "largest",
    "nps",
)
ROWS_OF_2025H1 = {
    "persistency": 5,
    "persistency_by_premium": 5,
    "in_force": 3,
    "held_by": 3,
    "licensed": 4,
    "investors": 4,
    "largest": 3,
    "nps": 7,
}
"""How many rows of its own source each counts in 2025H1, numerators and denominators alike."""


@pytest.mark.parametrize("kpi", ROWS_OF_2025H1)
def test_the_rows_are_there(kpi: str, project: Project, run_kpicli: Run) -> None:
    """`rows` leads to the rows that each figure counts, and makes the figure of them again."""
    assert project.config.exists()
    done = run_kpicli({}, "rows", kpi, "-p", "2025H1", "-f", "csv")
    assert done.code == 0
    own = {"counted", "numerator", "denominator"}
    rows = [row for row in csv.DictReader(io.StringIO(done.text)) if row["role"] in own]
    assert len(rows) == ROWS_OF_2025H1[kpi]


COMMANDS: Mapping[str, Callable[[str], tuple[str, ...]]] = {
    "by month": lambda kpi: ("summarize", "-p", "2025H1", "-k", kpi, "--by", "month", "-f", "json"),
    "compared": lambda kpi: ("summarize", "-p", "2025H1", "-k", kpi, "--compare", "previous"),
    "in English": lambda kpi: ("--lang", "en", "explain", kpi, "-p", "2025H1"),
    "in Japanese": lambda kpi: ("--lang", "ja", "explain", kpi, "-p", "2025H1"),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_them(command: str, project: Project, run_kpicli: Run) -> None:
    """Each of them is grouped, compared and explained without a fault of its own."""
    assert project.config.exists()
    for kpi in EVERY:
        done = run_kpicli({}, *COMMANDS[command](kpi))
        assert (done.code, "Traceback" in done.err) == (0, False), (kpi, done.err)
