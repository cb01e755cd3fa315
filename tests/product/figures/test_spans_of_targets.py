"""Targets with spans of their own: ranges, cumulative ones, those of parts, and the next one."""

import json
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.judgements import TargetJudgement
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import Project, Result

SOURCE = """
[source.calls]
title = "応対記録"
rhythm = "continuous"
key = "number"
[source.calls.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "日付", type = "date", required = true }
holder = { headers = "契約者", type = "code", codes = "holders" }
outcome = { headers = "結果", type = "code", codes = "call_outcomes" }
[codes.holders.values]
"個人" = []
"法人" = []
[codes.call_outcomes.values]
"済" = []
"未" = []
"""
RATE = """
[kpi.rate]
title = "応対率"
source = "calls"
measure = "ratio"
numerator = { outcome = "済" }
decimals = 2
TARGETS
"""
COUNT = """
[kpi.sessions]
title = "勉強会"
source = "calls"
measure = "count"
unit = "回"
TARGETS
"""
HEADER = "番号,日付,契約者,結果"
COVERS = "2023-04..2027-03"
DONE = date(2027, 6, 1)


def project(folder: Path, rows: Sequence[str], kpi: str, targets: str) -> Project:
    """Return a project with calls and one KPI that has these targets."""
    folder.mkdir(exist_ok=True)
    numbered = [f"C{place:05},{row}" for place, row in enumerate(rows)]
    own = Project(folder).export("calls", numbered, header=HEADER, covers=COVERS)
    return own.toml(SOURCE + kpi.replace("TARGETS", targets))


def stand(result: Result, item: str | None = None) -> list[tuple[str, str, object]]:
    """Return span, status and own value of every target of a figure."""
    return [(name(own), own.status.value, number(own)) for own in result.figure(item).targets]


def name(judged: TargetJudgement) -> str:
    """Return what the value that is told is of."""
    return (judged.so_far or judged.spans[0]).name


def number(judged: TargetJudgement) -> object:
    """Return the number that is told beside a target."""
    return None if judged.value is None else judged.value.number


def test_a_range_is_judged_where_it_ends_and_the_next_one_is_named(tmp_path: Path) -> None:
    """Example 5: a seven-month target with two decimals, and the half-year's that follows."""
    rows = ["2023-09-10,個人,未", "2023-12-01,個人,済", "2024-03-31,法人,済", "2024-04-01,個人,未"]
    targets = (
        'targets = [{ at_least = 70, per = "2023-09..2024-03" }, '
        '{ at_least = 70, per = "2024-04..2024-09" }]'
    )
    own = project(tmp_path, rows, RATE, targets)
    result = own.summarize("rate", "2023H2", today=date(2024, 5, 1))
    assert result.number() == Decimal("100.00")
    assert stand(result) == [
        ("2023-09..2024-03", "missed", Decimal("66.67")),
        ("2024-04..2024-09", "next", None),
    ]
    assert stand(own.summarize("rate", "2023-12", today=date(2024, 5, 1))) == [
        ("2023-09..2023-12", "ongoing", Decimal("50.00"))
    ]
    assert stand(own.summarize("rate", "2024H1", today=DONE)) == [("2024H1", "missed", None)]


def test_what_adds_up_over_years_is_told_with_how_far_it_got(tmp_path: Path) -> None:
    """Example 6: two in October, six by the March after next."""
    targets = (
        'targets = [{ at_least = 2, per = "month", since = 2025-10-01, until = 2025-10-31 }, '
        "{ at_least = 6, from = 2025-10-01, by = 2027-03-31 }]"
    )
    days = ["2025-10-01", "2025-10-31", "2026-03-01", "2026-04-01", "2027-01-01", "2027-03-31"]
    own = project(tmp_path, [f"{day},個人,済" for day in days], COUNT, targets)
    cumulative = "2025-10..2027-03"
    expected = {
        "2025H1": [("2025-10", "next", None), (cumulative, "next", None)],
        "2025-10": [("2025-10", "met", None), (cumulative, "ongoing", None)],
        "2025H2": [("2025-10", "met", 2), (cumulative, "ongoing", None)],
        "2026H1": [("2025-10..2026-09", "ongoing", 4)],
        "2026H2": [(cumulative, "met", 6)],
        "2027H1": [],
    }
    assert {each: stand(own.summarize("sessions", each, today=DONE)) for each in expected} == (
        expected
    )


def test_each_part_is_held_to_its_target(tmp_path: Path) -> None:
    """Example 7: individuals and companies each held to 99 %, every month."""
    months = [f"2025-{month:02}-10" for month in range(4, 10)]
    rows = [f"{day},{holder},済" for day in months for holder in ("個人", "法人")]
    rows[3] = "2025-05-10,法人,未"
    targets = 'parts = { by = "holder" }\ntargets = [{ at_least = 99, per = "month", KEY }]'
    own = project(tmp_path, rows, RATE, targets.replace("KEY", "each_part = true"))
    result = own.summarize("rate", by="month")
    assert (stand(result), stand(result, "個人")) == ([], [("2025-04", "met", None)])
    (judged,) = result.figure("法人").targets
    assert (judged.status.value, [span.name for span in judged.missed]) == ("missed", ["2025-05"])
    assert result.figure("法人", "2025-05").targets[0].status.value == "missed"
    one = project(tmp_path / "one", rows, RATE, targets.replace("KEY", 'part = "個人"'))
    assert [bool(one.summarize("rate").figure(item).targets) for item in ("個人", "法人")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("bound", "status"),
    [
        ("above = 2", "missed"),
        ("above = 1.9", "met"),
        ("below = 2", "missed"),
        ("below = 2.1", "met"),
        ("equal = 2", "met"),
    ],
)
def test_bounds_without_the_number_itself(bound: str, status: str, tmp_path: Path) -> None:
    """`above` and `below` are not met by the number itself, `at_least` and `at_most` are."""
    rows = ["2025-04-01,個人,済", "2025-09-30,個人,済"]
    own = project(tmp_path, rows, COUNT, f'targets = [{{ {bound}, per = "half" }}]')
    assert own.summarize("sessions").target == status


def test_the_year_of_a_half_is_told(tmp_path: Path) -> None:
    """A year's target beside its first half is under way; beside its second it is judged."""
    rows = ["2025-04-01,個人,済", "2025-09-30,個人,済", "2025-10-01,個人,済"]
    own = project(tmp_path, rows, COUNT, 'targets = [{ at_least = 3, per = "year" }]')
    assert stand(own.summarize("sessions", "2025H1", today=DONE)) == [("2025", "ongoing", None)]
    assert stand(own.summarize("sessions", "2025H2", today=DONE)) == [("2025", "met", 3)]
    assert stand(own.summarize("sessions", "2025-08", today=DONE)) == [
        ("2025-04..2025-08", "ongoing", 1)
    ]
    grouped = own.summarize("sessions", "2025H1", by="month", today=DONE)
    assert {bool(figure.targets) for figure in grouped.summary.figures if figure.group} == {False}


def test_targets_in_words(tmp_path: Path, run_kpicli: Run) -> None:
    """Every output names the span with its value; the definition says what is asked for."""
    targets = (
        'parts = { by = "holder" }\ntargets = [{ at_least = 70, per = "2025-03..2025-09" }, '
        '{ below = 90, per = "year" }, { above = 50, from = 2025-10-01, by = 2026-01-15 }, '
        '{ at_most = 5, per = "half", each_part = true }, '
        '{ equal = 1, per = "half", part = "個人" }]'
    )
    rows = ["2025-03-01,個人,未", "2025-06-01,個人,済"]
    own = project(tmp_path, rows, RATE, targets)
    catalog = read_settings(own.config).catalog
    words = [line for line in define(catalog.kpi["rate"], catalog) if "目標" in line.ja]
    assert [line.ja for line in words] == [
        "目標: 2025-03から2025-09までに70%以上",
        "目標: 年度ごとに90%未満",
        "目標: 2025-10-01から2026-01-15までに50%を超える",
        "目標: 内訳ごとに、半期ごとに5%以下",
        "目標: 個人は半期ごとに1%",
    ]
    assert [line.en for line in words] == [
        "Target: at least 70% from 2025-03 to 2025-09",
        "Target: less than 90% every year",
        "Target: more than 50% from 2025-10-01 to 2026-01-15",
        "Target: each part: at most 5% every half-year",
        "Target: 個人: exactly 1% every half-year",
    ]
    text = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "rate", "-f", "text").text
    shown = "".join(text.split())
    assert (
        "2025-03から2025-09までに70%以上未達(2025-03..2025-09:1/2件50.00%)、"
        "年度ごとに90%未満途中、2025-10-01から2026-01-15までに50%を超える次期目標"
    ) in shown
    assert "途中:目標の期間が終わっていない" in shown
    for form in ("csv", "html", "xlsx", "markdown", "json"):
        file = f"kpi.{form}"
        done = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "rate", "-o", file, "-f", form)
        assert done.code == 0, done.err
    written = json.loads((tmp_path / "kpi.json").read_text(encoding="utf-8"))
    total = written["kpis"][0]["figures"]["total"]
    assert [each["status"] for each in total["targets"]] == ["missed", "ongoing", "next"]
    assert total["targets"][0]["value"]["value"] == "50.00"
    csv = (tmp_path / "kpi.csv").read_text(encoding="utf-8-sig")
    assert ">=70%/2025-03..2025-09; <90%/year; >50%/2025-10-01..2026-01-15,missed" in csv
    (tmp_path / "narrative").mkdir()
    narrative = (
        "# 報告\n\n## 原則1\n\n### 評価\n\n{{ rate }} {{ rate.target }} {{ rate.judgement }}\n"
    )
    (tmp_path / "narrative" / "2025H1.md").write_text(narrative, encoding="utf-8")
    for command in (
        ("report", "-o", "r.html", "--edition", "internal"),
        ("freeze", "--not-final"),
        ("diff",),
    ):
        asked = ("2025H1",) if command[0] == "diff" else ("-p", "2025H1")
        done = run_kpicli({}, command[0], *asked, *command[1:])
        assert done.code in (0, 5), done.err


def test_entered_figures_have_targets(tmp_path: Path) -> None:
    """A figure that no export holds is judged by what was entered of each span."""
    own = project(tmp_path, [], "", "").toml(
        '[entered.nps]\ntitle = "NPS"\nunit = "点"\ndecimals = 1\ntargets = ['
        '{ at_least = 40, per = "half" }, { above = 30, per = "half", part = "法人" }]'
    )
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "nps.csv").write_text(
        "period,kpi,item,value,source,entered_on\n"
        "2025H1,nps,,41,保険会社,2025-10-05\n2025H1,nps,法人,30,保険会社,2025-10-05\n",
        encoding="utf-8",
    )
    result = own.summarize("nps", "2025H1")
    assert (stand(result), stand(result, "法人")) == (
        [("2025H1", "met", None)],
        [("2025H1", "missed", None)],
    )
    assert own.summarize("nps", "2024H2").target == "pending"
    catalog = read_settings(own.config).catalog
    words = define(catalog.entered["nps"], catalog)
    assert words[1].ja == "目標: 半期に40点以上"


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ('{ at_least = 1, per = "fortnight" }', "2023-09..2024-03"),
        ('{ at_least = 1, per = "2024-03..2023-09" }', "nor a range"),
        ('{ at_least = 1, per = "2023-09..2024-03", since = 2023-09-01 }', "no `since`"),
        ("{ at_least = 1, from = 2025-10-01 }", "`from` and `by` are two dates"),
        ('{ at_least = 1, from = 2025-10-01, by = 2026-03-31, per = "year" }', "in place of `per`"),
        ('{ at_least = 1, below = 3, per = "half" }', "exactly one of"),
        ('{ at_least = 1, per = "half", part = "個人" }', "need parts by a column"),
        ('{ at_least = 1, per = "half", each = true }', "write each = {"),
    ],
)
def test_what_is_no_target_is_refused(target: str, message: str, tmp_path: Path) -> None:
    """A slip is an error that says what to write."""
    with pytest.raises(SettingsError) as error:
        project(tmp_path, [], COUNT, f"targets = [{target}]").summarize("sessions")
    assert message in str(error.value)


def test_a_part_that_is_none_is_refused(tmp_path: Path) -> None:
    """A target names a value of the code table, and a total only where there is one."""
    parts = 'parts = { by = "holder"TOTAL }\ntargets = [{ at_least = 1, per = "half"PART }]'
    for total, part, message in (
        ("", ', part = "個人客"', "no part '個人客'"),
        (", total = false", "", "there is no total to judge"),
    ):
        own = project(tmp_path, [], COUNT, parts.replace("TOTAL", total).replace("PART", part))
        with pytest.raises(SettingsError) as error:
            own.summarize("sessions")
        assert message in str(error.value)


DAYS = st.dates(date(2025, 4, 1), date(2026, 9, 30))


@settings(max_examples=40, deadline=None)
@given(
    days=st.lists(DAYS, max_size=12),
    start=DAYS,
    length=st.integers(0, 400),
    period=st.sampled_from(["2025H1", "2025H2", "2025-11", "2025", "2026Q1"]),
    least=st.integers(0, 4),
)
def test_cumulative_targets_agree_with_a_count_by_hand(
    days: list[date], start: date, length: int, period: str, least: int
) -> None:
    """The days of the span are counted anew, up to its end or that of the period."""
    end = start + timedelta(days=length)
    targets = f"targets = [{{ at_least = {least}, from = {start}, by = {end} }}]"
    with tempfile.TemporaryDirectory() as folder:
        own = project(Path(folder), [f"{day},個人,済" for day in days], COUNT, targets)
        figure = own.summarize("sessions", period, today=DONE).figure()
    first, last = figure.period.start, figure.period.end
    if end < first or start > last + timedelta(days=1):
        assert figure.targets == ()
        return
    (judged,) = figure.targets
    if start > last:
        assert judged.status.value == "next"
        return
    counted = sum(start <= day <= min(end, last) for day in days)
    shown = figure.value if judged.value is None else judged.value
    assert shown.number == counted
    if end > last:
        assert judged.status.value == "ongoing"
    else:
        assert judged.status.value == ("met" if counted >= least else "missed")
