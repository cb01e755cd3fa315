"""The example projects: exports, figures, targets and reports, without any program of their own."""

import csv
import io
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest

from support.command_line import process
from support.example_exports import BY_YEAR, SHOPS, VOICES, YEARS, example_exports
from support.root import ROOT

EXAMPLES = ROOT / "examples"
PROJECTS = ("voices_by_month", "september_year", "nonlife_agency")


def figures(project: str, *args: str) -> list[dict[str, str]]:
    """Return the rows of a summary; it has nothing to say on stderr."""
    done = process(*args, "-f", "csv", folder=EXAMPLES / project)
    assert (done.code, done.err) == (0, "")
    return list(csv.DictReader(io.StringIO(done.text)))


def values(rows: Sequence[dict[str, str]], kpi: str, key: str = "item") -> dict[str, str]:
    """Return the values of a KPI by one column; all of them are final."""
    own = [row for row in rows if row["kpi"] == kpi]
    assert {row["status"] for row in own} == {"ok"}
    return {row[key]: row["value"] for row in own}


def report(project: str, folder: Path, *args: str) -> str:
    """Return the words of a public report, without its tags, styles and drawings."""
    page = folder / "report.html"
    done = process(*args, "-o", str(page), folder=EXAMPLES / project)
    assert (done.code, done.err) == (0, "")
    text = re.sub(r"<(style|script|svg).*?</\1>", "", page.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"</?span[^>]*>", "", text)))


def test_the_exports_are_those_of_the_generator() -> None:
    """Every export is what its generator makes, byte by byte; there is no program, no other.

    Notebooks, and what a desk keeps beside its settings, are held by tests of their own.
    """
    others = (".toml", ".md", ".ipynb", ".yml", ".yaml")
    written = {
        file.relative_to(EXAMPLES).as_posix(): file.read_bytes()
        for file in EXAMPLES.rglob("*")
        if file.is_file() and file.suffix not in others and file.name != "crontab"
    }
    assert written == example_exports()


@pytest.mark.parametrize("project", PROJECTS)
def test_the_commands_of_a_readme_run(project: str, tmp_path: Path) -> None:
    """Each line of the README ends with 0 and nothing on stderr."""
    readme = (EXAMPLES / project / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^kpicli (.*)", readme, re.MULTILINE)
    assert lines
    for line in lines:
        words = line.replace("report.html", str(tmp_path / "report.html"))
        done = process(*shlex.split(words), folder=EXAMPLES / project)
        assert (line, done.code, done.err) == (line, 0, "")


def test_voices_by_month_and_kind() -> None:
    """The totals of six months, and each kind in each of them."""
    rows = figures("voices_by_month", "summarize", "--period", "2024H1", "--by", "month")
    whole = [row for row in rows if row["kpi"] == "voice_count" and not row["group"]]
    assert values(whole, "voice_count") == {
        "": "2349",
        "お褒め": "1390",
        "要望": "86",
        "その他": "799",
        "苦情": "74",
    }
    totals = [r for r in rows if r["kpi"] == "voice_count" and r["group"] and not r["item"]]
    assert [row["value"] for row in totals] == ["381", "389", "391", "396", "394", "398"]
    for kind, numbers in VOICES.items():
        cells = [row["value"] for row in rows if row["group"] and row["item"] == kind]
        assert cells == list(map(str, numbers))


def test_persistency_of_individuals_and_companies() -> None:
    """5,800 of 5,950 policies lasted 13 months, and the two that make them up."""
    rows = figures("voices_by_month", "summarize", "--period", "2024H1")
    kept = [r for r in rows if r["kpi"] == "persistency"]
    assert [(r["item"], r["numerator"], r["denominator"], r["value"]) for r in kept] == [
        ("", "5800", "5950", "97.5"),
        ("個人", "2377", "2426", "98.0"),
        ("法人", "3423", "3524", "97.1"),
    ]


def test_the_page_of_voices(tmp_path: Path) -> None:
    """Months side by side, the sum last; persistency stands in the words and in its table."""
    page = report("voices_by_month", tmp_path, "report", "--period", "2024H1")
    assert "4月 5月 6月 7月 8月 9月 計" in page
    assert "381 389 391 396 394 398 2,349" in page
    assert "苦情 11 15 16 14 11 7 74" in page
    assert "97.5%が続いています" in page
    assert "0/0" not in page  # policies of other months are not in the export


@pytest.mark.parametrize(("kpi", "kind"), [("complaints", "苦情"), ("praise", "お褒め")])
def test_years_that_begin_in_september(kpi: str, kind: str) -> None:
    """Each year's total, its halves and its shops, counted again in the table itself."""
    file = EXAMPLES / "september_year" / "exports" / "店舗別集計.csv"
    table = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    for year, expected in zip(YEARS, BY_YEAR[kind], strict=True):
        rows = figures("september_year", "summarize", "--period", str(year), "--by", "half")
        whole = values([row for row in rows if not row["group"]], kpi)
        assert whole[""] == str(expected)
        by_half = values([row for row in rows if row["group"] and not row["item"]], kpi, "group")
        own = [r for r in table if r["区分"] == kind]
        halves = {
            f"{year}H1": (f"{year}/09", f"{year + 1}/02"),
            f"{year}H2": (f"{year + 1}/03", f"{year + 1}/08"),
        }
        for half, (first, last) in halves.items():
            counted = sum(int(r["件数"]) for r in own if first <= r["集計日"][:7] <= last)
            assert by_half[half] == str(counted)
        in_year = [r for r in own if f"{year}/09" <= r["集計日"][:7] <= f"{year + 1}/08"]
        for shop in SHOPS:
            counted = sum(int(r["件数"]) for r in in_year if r["店舗"] == shop)
            assert whole[shop] == str(counted)


def test_halves_have_the_names_of_the_agency(tmp_path: Path) -> None:
    """前半 and 後半 stand on the page and are understood on the command line."""
    rows = figures("september_year", "summarize", "--period", "2024年度後半")
    assert {(row["period"], row["start"], row["end"]) for row in rows} == {
        ("2024H2", "2025-03-01", "2025-08-31")
    }
    page = report("september_year", tmp_path, "report", "--period", "2024年度後半")
    assert "前期 2024年度前半" in page
    assert "上期" not in page


def test_four_years_stand_side_by_side(tmp_path: Path) -> None:
    """The page of a year sets it beside the three before."""
    page = report("september_year", tmp_path, "report", "--period", "2024")
    assert "2021年度 2022年度 2023年度 2024年度" in page
    assert "278件 449件 288件 227件" in page
    assert "1,308件 2,144件 2,021件 1,355件" in page


def test_the_nonlife_agency_counts_two_years() -> None:
    """Figures, those of a year ago, and targets in both directions."""
    rows = figures("nonlife_agency", "summarize", "--period", "2025H1", "--compare", "year_ago")
    shown = [(r["kpi"], r["value"], r["year_ago"], r["target_status"]) for r in rows]
    assert shown == [
        ("early_renewal_28", "65.0", "56.0", "met"),  # 104/160, at least 60 %
        ("certificates_7_days_before", "92.5", "87.3", "missed"),  # 111/120, at least 95 %
        ("net_promoter_score", "26.0", "12.5", ""),  # 46 promoters less 20 detractors of 100
        ("satisfaction_mean", "4.29", "4.10", ""),  # 429 points of 100 answers
        ("survey_response_rate", "40.0", "40.0", ""),
        ("near_misses", "18", "7", "met"),  # at least 2 in every month
        ("missed_response_reports", "2", "5", "met"),  # at most 3
    ]


def test_kpis_are_renamed_and_dropped_between_years(tmp_path: Path) -> None:
    """The settings of 2024 show what was published then, under its name; those of 2025 do not."""
    old = ("--config", "kpicli-2024.toml")
    rows = figures("nonlife_agency", *old, "summarize", "--period", "2024H1")
    named = {row["kpi"]: row["title"] for row in rows}
    assert named["satisfaction_mean"] == "総合満足度"
    assert "motor_renewals" in named
    assert "near_misses" not in named
    now = {r["kpi"]: r["title"] for r in figures("nonlife_agency", "summarize", "-p", "2025H1")}
    assert now["satisfaction_mean"] == "お客様満足度(5点満点の平均)"
    assert "motor_renewals" not in now
    assert "near_misses" in now
    page = report("nonlife_agency", tmp_path, *old, "report", "--period", "2024H1")
    assert "総合満足度" in page
    page = report("nonlife_agency", tmp_path, "report", "--period", "2025H1")
    assert "早期更改率は65.0%で、前年同期から9.0ポイント増となりました。" in page
    assert "○ 達成 3項目 × 未達 1項目" in page
