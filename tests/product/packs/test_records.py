"""Intent sheets, elderly cases, follow-ups, digital procedures and near misses, counted by hand."""

import random
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest

from support.packs import (
    SEEDS,
    Number,
    Row,
    counted,
    counts,
    days_between,
    inside,
    later,
    share,
    some_day,
)

KEPT = ("有", "有", "無", "対象外")
METHODS = ("親族同席", "複数人募集", "複数回募集", "電話確認", "未実施", "対象外")
BANDS = ("70歳未満", "70歳以上75歳未満", "75歳以上80歳未満", "80歳以上")
USED = ("有", "無", "対象外")


@pytest.mark.parametrize("seed", SEEDS)
def test_intent_records_are_counted(seed: int, tmp_path: Path) -> None:
    """Those not applicable belong to neither side."""
    chance = random.Random(seed)
    rows: list[Row] = [
        {
            "記録番号": f"I{n:04}",
            "提案日": some_day(chance),
            "保険種類": chance.choice(("自動車", "医療")),
            "意向把握シート": chance.choice(KEPT),
            "比較推奨の記録": chance.choice(KEPT),
        }
        for n in range(200)
    ]
    own = [row for row in rows if inside(row["提案日"])]
    sheets = [row for row in own if row["意向把握シート"] != "対象外"]
    comparisons = [row for row in own if row["比較推奨の記録"] != "対象外"]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("intent_sheet_count", [r for r in own if r["意向把握シート"] == "有"], "保険種類"),
        ("intent_sheet_rate", None): share(sheets, lambda row: row["意向把握シート"] == "有"),
        ("comparison_record_rate", None): share(
            comparisons, lambda row: row["比較推奨の記録"] == "有"
        ),
    }
    assert counted(tmp_path, "intent", {"intent_records": rows}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_elderly_cases_are_counted(seed: int, tmp_path: Path) -> None:
    """By what was done and by age; 70 belongs to the group that begins with it."""
    chance = random.Random(seed)
    rows: list[Row] = []
    ages: dict[str, int] = {}
    for n in range(200):
        day, years = some_day(chance), chance.randint(65, 90)
        method = chance.choice(METHODS)
        rows.append({"対応番号": f"E{n:04}", "対応日": day, "対応方法": method, "年齢": years})
        if inside(day) and method != "対象外":
            band = BANDS[(years >= 70) + (years >= 75) + (years >= 80)]
            ages[band] = ages.get(band, 0) + 1
    own = [row for row in rows if inside(row["対応日"]) and row["対応方法"] != "対象外"]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("senior_case_count", own, "対応方法"),
        ("senior_rules_kept", None): share(own, lambda row: row["対応方法"] != "未実施"),
        ("senior_cases_by_age", None): len(own),
        **{("senior_cases_by_age", band): number for band, number in ages.items()},
    }
    assert counted(tmp_path, "elderly", {"senior_cases": rows}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_followups_are_counted(seed: int, tmp_path: Path) -> None:
    """What was done by its day, what was planned by its own."""
    chance = random.Random(seed)
    rows: list[Row] = []
    for n in range(200):
        day = some_day(chance)
        customer = f"C{chance.randint(1, 60):05}"
        done = later(chance, day, 40)
        rows.append(
            {"フォロー番号": f"F{n:04}", "予定日": day, "顧客番号": customer, "実施日": done}
        )
    done_in = [row for row in rows if inside(row["実施日"])]
    planned = [row for row in rows if inside(row["予定日"])]
    expected: dict[tuple[str, str | None], Number] = {
        ("follow_up_count", None): len(done_in),
        ("follow_up_customers", None): len({row["顧客番号"] for row in done_in}),
        ("follow_up_rate", None): share(planned, lambda row: row["実施日"] is not None),
    }
    assert counted(tmp_path, "followup", {"follow_plan": rows}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_digital_procedures_are_counted(seed: int, tmp_path: Path) -> None:
    """Three rates over the same rows, each without those not applicable to it."""
    chance = random.Random(seed)
    rows: list[Row] = [
        {
            "手続番号": f"D{n:04}",
            "手続日": some_day(chance),
            "手続方法": chance.choice(("ペーパーレス", "書面", "対象外")),
            "ナビ手続": chance.choice(USED),
            "Web証券": chance.choice(USED),
        }
        for n in range(200)
    ]
    expected: dict[tuple[str, str | None], Number] = {}
    for kpi, header, value in (
        ("paperless_rate", "手続方法", "ペーパーレス"),
        ("navi_rate", "ナビ手続", "有"),
        ("web_certificate_rate", "Web証券", "有"),
    ):
        cells = [r[header] for r in rows if inside(r["手続日"]) and r[header] != "対象外"]
        expected[kpi, None] = (cells.count(value), len(cells))
    assert counted(tmp_path, "digital", {"procedures": rows}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_near_misses_are_counted(seed: int, tmp_path: Path) -> None:
    """By kind, and how many have been mended."""
    chance = random.Random(seed)
    days = [some_day(chance) for _ in range(120)]
    rows: list[Row] = [
        {
            "報告番号": f"R{n:04}",
            "報告日": day,
            "報告区分": chance.choice(("ヒヤリハット", "対応漏れ", "事務ミス")),
            "是正日": later(chance, day, 40),
        }
        for n, day in enumerate(days)
    ]
    own = [row for row in rows if inside(row["報告日"])]
    by_kind = counts("incident_reports", own, "報告区分")
    expected: dict[tuple[str, str | None], Number] = {
        **by_kind,
        ("near_misses", None): by_kind["incident_reports", "ヒヤリハット"],
        ("missed_response_reports", None): by_kind["incident_reports", "対応漏れ"],
        ("incidents_mended", None): share(own, lambda row: row["是正日"] is not None),
    }
    assert counted(tmp_path, "near_misses", {"incidents": rows}) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_accidents_are_counted(seed: int, tmp_path: Path) -> None:
    """Days to the first contact of those contacted; the rate is over all reported."""
    chance = random.Random(seed)
    days = [some_day(chance) for _ in range(150)]
    rows: list[Row] = [
        {
            "事故受付番号": f"J{n:04}",
            "事故受付日": day,
            "種目": chance.choice(("自動車", "火災")),
            "初回連絡日": later(chance, day, 6, 0.1),
        }
        for n, day in enumerate(days)
    ]
    own = [row for row in rows if inside(row["事故受付日"])]
    waits = [days_between(r["事故受付日"], r["初回連絡日"]) for r in own if r["初回連絡日"]]
    expected: dict[tuple[str, str | None], Number] = {
        **counts("accident_reports", own, "種目"),
        ("first_contact_days", None): Fraction(sum(waits), len(waits)),
        ("first_contact_median", None): Fraction(median(waits)),
        ("contacted_by_next_day", None): (sum(wait <= 1 for wait in waits), len(own)),
    }
    assert counted(tmp_path, "accidents", {"accidents": rows}) == expected
