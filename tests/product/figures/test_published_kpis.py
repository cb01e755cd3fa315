"""KPIs that agencies publish, each declared in a few lines and counted by hand beside it."""

from decimal import Decimal
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.model.value import Status
from support.small_project import Project

MATURITIES = """[source.maturities]
title = "満期"
rhythm = "continuous"
key = "policy"
[source.maturities.columns]
policy = { headers = "証券番号", type = "id", required = true }
matures_on = { headers = "満期日", type = "date", required = true }
done_on = { headers = "手続日", type = "date" }
outcome = { headers = "結果", type = "code", codes = "outcomes" }
premium = { headers = "保険料", type = "number" }
[codes.outcomes.values]
"更改" = []
"落ち" = []
[kpi.own]
title = "試し"
source = "maturities"
"""
MATURITY_HEADER = "証券番号,満期日,手続日,結果,保険料"


def maturities(folder: Path, kpi: str, rows: list[str]) -> Project:
    """Return a project with policies that mature, and one KPI over them."""
    own = Project(folder).export("maturities", rows, header=MATURITY_HEADER)
    return own.toml(MATURITIES + kpi)


def test_early_renewal_counts_28_days(tmp_path: Path) -> None:
    """The 28th day before counts, the 27th does not; one that is lost or late is no renewal."""
    rows = [
        "P1,2025/5/29,2025/5/1,更改,1",  # 28 days
        "P2,2025/5/29,2025/5/2,更改,1",  # 27
        "P3,2025/4/28,2025/3/31,更改,1",  # 28, over the end of a month
        "P4,2025/6/30,,落ち,1",
        "P5,2025/6/30,2025/1/1,落ち,1",  # asked for early, and lost all the same
    ]
    kpi = """measure = "ratio"
numerator = { outcome = "更改", done_on = { on_or_before = "@matures_on - 28 days" } }"""
    value = maturities(tmp_path, kpi, rows).summarize("own").value()
    assert (value.numerator, value.denominator, value.number) == (2, 5, Decimal("40.0"))
    assert value.faulty_rows == 0  # what is lost is no renewal, whatever its day


def test_yen_and_units_are_amounts(tmp_path: Path) -> None:
    """`12,300円`, `￥9,800` and `４万円` are numbers; by count or by premium is said apart."""
    rows = [
        'P1,2025/4/10,,更改,"12,300円"',
        'P2,2025/4/11,,落ち,"￥9,800"',
        "P3,2025/4/12,,更改,４万円",
    ]
    kpi = 'measure = "ratio"\nnumerator = { outcome = "更改" }\n'
    by_count = maturities(tmp_path, kpi, rows).summarize("own").value()
    assert (by_count.numerator, by_count.denominator) == (2, 3)
    weighed = tmp_path / "weighed"
    weighed.mkdir()
    value = maturities(weighed, f'{kpi}weight = "premium"', rows).summarize("own").value()
    assert (value.numerator, value.denominator, value.number) == (52300, 62100, Decimal("84.2"))


RENEWALS = """[source.renewed]
title = "更改台帳"
rhythm = "continuous"
key = "policy"
[source.renewed.columns]
policy = { headers = "証券番号", type = "id", required = true }
renewed_on = { headers = "更改日", type = "date", required = true }
"""


def test_a_key_is_compared_with_the_key_of_another_log(tmp_path: Path) -> None:
    """Policies that mature and stand in the renewals of the same months: P1 alone."""
    rows = ["P1,2025/4/10,,更改,1", "P2,2025/4/11,,更改,1", "P3,2025/3/31,,更改,1"]
    own = maturities(
        tmp_path, 'measure = "ratio"\nnumerator_in = { source = "renewed", by = "policy" }', rows
    )
    renewed = ["P1,2025/4/1", "P2,2025/3/31", "P3,2025/4/1"]
    own.export("renewed", renewed, header="証券番号,更改日").toml(RENEWALS)
    value = own.summarize("own").value()
    assert (value.numerator, value.denominator) == (1, 2)


def test_a_ratio_of_amounts_as_if_they_were_things_is_refused(tmp_path: Path) -> None:
    """`of` a number column would count equal amounts once: the error says what to write."""
    own = maturities(
        tmp_path, 'measure = "ratio"\nof = "premium"\nnumerator = { outcome = "更改" }', []
    )
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert "'premium' is a number column, and equal amounts are not one thing" in str(error.value)


POLICIES = """[source.policies]
title = "契約"
rhythm = "{rhythm}"
key = "policy"
{in_force}
[source.policies.columns]
policy = {{ headers = "証券番号", type = "id", required = true }}
started_on = {{ headers = "契約日", type = "date", required = true }}
ended_on = {{ headers = "消滅日", type = "date" }}
insured = {{ headers = "保険金額", type = "number" }}
[kpi.own]
title = "試し"
source = "policies"
"""
CONTRACTS = [
    "P1,2023/3/10,,500万円",
    "P2,2023/3/31,2025/4/29,100万円",  # a day before 25 months
    "P3,2023/3/31,2025/4/30,300万円",  # on the day: 31 March and 25 months is 30 April
    "P4,2023/4/1,,900万円",  # of the next month
]
CONTRACT_HEADER = "証券番号,契約日,消滅日,保険金額"


@pytest.mark.parametrize(
    ("weight", "numerator", "denominator"), [("", 2, 3), ('weight = "insured"', 8000000, 9000000)]
)
def test_persistency_by_count_and_by_sum_insured(
    weight: str, numerator: int, denominator: int, tmp_path: Path
) -> None:
    """Of the contracts whose 25th month is April those that are in force on that day."""
    kpi = """date = "started_on + 25 months"
measure = "ratio"
numerator = [
    { ended_on = { missing = true } },
    { ended_on = { on_or_after = "@started_on + 25 months" } },
]
"""
    own = Project(tmp_path).export(
        "policies", CONTRACTS, header=CONTRACT_HEADER, covers="2023-03..2023-04"
    )
    own.toml(POLICIES.format(rhythm="continuous", in_force="") + kpi + weight)
    value = own.summarize("own", "2025-04").value()
    assert (value.numerator, value.denominator) == (numerator, denominator)


def test_what_is_held_is_counted_at_the_end(tmp_path: Path) -> None:
    """Not what began in the months, nor their sum: each month its last day."""
    own = Project(tmp_path).export("policies", CONTRACTS, header=CONTRACT_HEADER, covers=None)
    in_force = 'in_force = ["started_on", "ended_on"]\nuntil = "first_day_out"'
    own.toml(POLICIES.format(rhythm="register", in_force=in_force) + 'measure = "count"')
    result = own.summarize("own", "2025Q1", by="month")
    assert result.number() == 2
    assert list(result.groups().values()) == [2, 2, 2]
    assert own.summarize("own", "2025-03").number() == 4


HOLDINGS = """[source.holdings]
title = "残高"
rhythm = "snapshot"
key = ["on", "customer", "fund"]
[source.holdings.columns]
on = { headers = "基準日", type = "date", required = true }
customer = { headers = "顧客番号", type = "id", personal = true }
fund = { headers = "銘柄", type = "id", required = true }
value = { headers = "評価額", type = "number" }
cost = { headers = "元本", type = "number" }
paid = { headers = "分配金", type = "number" }
gain = { type = "number", from = { add = ["value", "paid"], subtract = "cost" } }
[source.investors]
title = "顧客"
of = "holdings"
per = ["on", "customer"]
[source.investors.columns]
gained = { type = "number", from = { sum = "gain" } }
invested = { type = "number", from = { sum = "cost" } }
rate = { type = "number", from = { divide = ["gained", "invested"] } }
band = { type = "code", codes = "bands", from = { bins = "rate", edges = [-0.1, 0, 0.1] } }
[codes.bands.values]
"-10%未満" = []
"-10%以上0%未満" = []
"0%以上10%未満" = []
"10%以上" = []
[kpi.own]
title = "運用損益別の顧客"
source = "investors"
measure = "count"
unit = "名"
parts = { by = "band", share = true }
[kpi.winners]
title = "運用損益がプラスの顧客"
source = "investors"
measure = "ratio"
unit = "名"
numerator = { rate = { at_least = 0 } }
"""


def test_customers_by_what_they_gained(tmp_path: Path) -> None:
    """A customer's funds are one: with what was paid out the first has gained 10 %, not 20."""
    rows = [
        'C00001,F1,"1,200",1000,0',
        "C00001,F2,900,1000,100",  # 200 of 2000
        "C00002,F1,1000,1000,0",
        "C00003,F1,900,1000,0",
        "C00003,F2,1000,1000,0",  # -100 of 2000
        "C00004,F1,800,1000,100",  # -10 % exactly
        "C00005,F1,500,1000,0",
    ]
    own = Project(tmp_path).export(
        "holdings",
        [f"2025/9/30,{row}" for row in rows],
        header="基準日,顧客番号,銘柄,評価額,元本,分配金",
        covers=None,
    )
    own.toml(HOLDINGS)
    result = own.summarize("own")
    assert result.items() == {
        "-10%未満": 1,
        "-10%以上0%未満": 2,
        "0%以上10%未満": 1,
        "10%以上": 1,
    }
    value = own.summarize("winners").value()
    assert (value.numerator, value.denominator, value.status) == (2, 5, Status.OK)


LESSONS = """[source.lessons]
title = "研修"
rhythm = "sparse"
key = ["session", "staff"]
[source.lessons.columns]
session = { headers = "研修番号", type = "id", required = true }
held_on = { headers = "実施日", type = "date", required = true }
staff = { headers = "受講者", type = "id", personal = true }
week = { type = "code", codes = "weeks", from = { calendar = "held_on", as = "week_of_month" } }
[codes.weeks.values]
"1" = []
"2" = []
"3" = []
"4" = []
"5" = []
[kpi.own]
title = "定例研修"
source = "lessons"
measure = "distinct"
of = "session"
unit = "回"
parts = { by = "week" }
targets = [{ at_least = 4, per = "month" }]
"""


def test_four_lessons_a_month_one_in_each_week(tmp_path: Path) -> None:
    """A lesson of two members is one; the 8th is in the second week, the 29th in the fifth."""
    days = ["4/1", "4/8", "4/15", "4/28", "5/8", "5/15", "5/22", "5/29"]
    rows = [f"T{number},2025/{day},S00{who}" for number, day in enumerate(days) for who in (1, 2)]
    own = Project(tmp_path).export("lessons", rows, header="研修番号,実施日,受講者")
    own.toml(LESSONS)
    april, may = own.summarize("own", "2025-04"), own.summarize("own", "2025-05")
    assert (april.number(), april.target) == (4, "met")
    assert april.items() == {"1": 1, "2": 1, "3": 1, "4": 1, "5": 0}
    assert may.items() == {"1": 0, "2": 1, "3": 1, "4": 1, "5": 1}
    assert own.summarize("own", "2025-06").target == "missed"
