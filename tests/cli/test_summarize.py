"""`kpicli summarize` on the sample project: the figures that users were promised."""

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from importlib import import_module
from inspect import signature
from typing import Any

import pytest

from kpicli.cli.app import COMMANDS
from kpicli.cli.shared.options import PeriodsOption, TrendOption
from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run, process, terminal
from support.root import ROOT

HALF = ("summarize", "--period", "2025H1")


@pytest.fixture(scope="module")
def compared() -> dict[str, Any]:
    """Return the KPIs of the JSON output with both comparisons, by id."""
    outcome = process(*HALF, "--compare", "previous,year-ago", "--format", "json")
    assert (outcome.code, outcome.err) == (0, "")
    return {kpi["id"]: kpi["figures"] for kpi in json.loads(outcome.out)["kpis"]}


def other(figure: dict[str, Any], kind: str) -> Any:  # noqa: ANN401 - JSON
    """Return the value that a figure is compared with."""
    return next(each["value"] for each in figure["comparisons"] if each["kind"] == kind)


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV output."""
    return list(csv.DictReader(text.splitlines()))


def test_year_ago(compared: dict[str, Any]) -> None:
    """損保 voices are 575, the same half last year 163."""
    total = compared["voices_nonlife"]["total"]
    assert (total["value"], other(total, "year_ago")) == (575, 163)


def test_previous(compared: dict[str, Any]) -> None:
    """Customers per scheme are 124 and 26, in the half before 108 and 5."""
    assert compared["scheme_explanations"]["total"] is None
    assert {
        part["item"]: (part["value"], other(part, "previous"))
        for part in compared["scheme_explanations"]["parts"]
    } == {"高額療養費制度": (124, 108), "公的介護保険制度": (26, 5)}


def test_zero_is_a_figure(compared: dict[str, Any]) -> None:
    """Reports to insurers are 9, 0 and 2, before 6, 0 and 2: a zero is shown."""
    assert {
        part["item"]: (part["value"], other(part, "previous"))
        for part in compared["insurer_reports"]["parts"]
    } == {"生保": (9, 6), "損保": (0, 0), "団体": (2, 2)}


def test_one_kpi_of_one_month(run_kpicli: Run) -> None:
    """In August 2025 six reasons were recorded unclearly."""
    args = ("--period", "2025-08", "--kpi", "unclear_reasons")
    outcome = run_kpicli(None, "summarize", *args)
    rows = table(outcome.text)
    assert outcome.code == 0
    assert {row["kpi"] for row in rows} == {"unclear_reasons"}
    assert [(row["period"], row["value"]) for row in rows if not row["part"]] == [("2025-08", "6")]


def test_lines_of_voices(run_kpicli: Run) -> None:
    """Grouped by line, 損保 has 575 of the 841 voices, and the lines add up."""
    rows = table(run_kpicli(None, *HALF, "--by", "line", "--kpi", "voices").text)
    totals = {row["group"]: int(row["value"]) for row in rows if not row["part"]}
    assert totals.pop("") == 841
    assert totals["損保"] == 575
    assert sum(totals.values()) == 841


def sums(rows: Iterable[dict[str, str]]) -> dict[tuple[str, str, str], int]:
    """Return the sum of values per KPI, part and item."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in rows:
        found[row["kpi"], row["part"], row["item"]] += int(row["value"])
    return dict(found)


def test_months_add_up(run_kpicli: Run) -> None:
    """Six months of every additive count make the half, its parts too."""
    catalog = read_settings(ROOT / "kpicli.toml").catalog
    ids = {name for name, kpi in catalog.kpi.items() if kpi.additive}
    rows = [
        row
        for row in table(run_kpicli(None, *HALF, "--by", "month").text)
        if row["kpi"] in ids and row["part"] not in {"month", "memo"}
    ]
    whole = [row for row in rows if not row["by"]]
    months = [row for row in rows if row["by"] == "month"]
    assert {row["group"] for row in months} == {f"2025-{month:02}" for month in range(4, 10)}
    assert len(ids) > 15
    by_month, of_half = sums(months), sums(whole)
    assert {key: by_month.get(key, 0) for key in of_half} == of_half
    assert {key for key, value in by_month.items() if value} <= set(of_half)


def test_months_are_counted_anew(run_kpicli: Run) -> None:
    """Distinct counts and ratios of a month are its own: as the month alone has them."""
    names = "scheme_explanations,renewal_talks,elderly_agreed"
    grouped = run_kpicli(None, *HALF, "--kpi", names, "--by", "month").text
    alone = run_kpicli(None, "summarize", "--period", "2025-07", "--kpi", names).text
    july = [{**row, "by": "", "group": ""} for row in table(grouped) if row["group"] == "2025-07"]
    assert july == table(alone)
    assert len(july) == 4
    schemes = [row for row in table(grouped) if row["item"] == "高額療養費制度"]
    half = next(row for row in schemes if not row["by"])
    assert sum(int(row["value"]) for row in schemes if row["by"]) >= int(half["value"]) == 124


def test_only_the_needed_files_are_read(run_kpicli: Run) -> None:
    """--kpi voices reads the voices exports and no other file."""
    outcome = run_kpicli(None, *HALF, "--kpi", "voices", "--format", "json")
    assert [file["path"] for file in json.loads(outcome.out)["files"]] == [
        "sample_data/お客様の声_2024年度.csv",
        "sample_data/お客様の声_2025年4-6月.csv",
        "sample_data/お客様の声_2025年6-9月.csv",
    ]


def test_other_exports_do_not_matter(run_kpicli: Run) -> None:
    """An export that no asked KPI needs may be missing or broken."""
    settings = PROJECT["kpicli.toml"] + 'meetings = "none.csv"\nstaff = "staff.csv"\n'
    files = {**PROJECT, "kpicli.toml": settings, "staff.csv": b"\xff"}
    assert run_kpicli(files, *HALF, "--kpi", "voices").code == 0
    assert run_kpicli({}, *HALF).code == 4


@pytest.mark.parametrize(
    "kpis",
    [
        ("--kpi", "voices,insurer_reports"),
        ("-k", "insurer_reports", "-k", "voices", "-k", "voices"),
        ("--kpi", " insurer_reports , voices,"),
    ],
)
def test_ways_to_name_kpis(kpis: tuple[str, ...], run_kpicli: Run) -> None:
    """--kpi may be repeated or take a list; each KPI comes once, in catalogue order."""
    rows = table(run_kpicli(None, *HALF, *kpis).text)
    assert list(dict.fromkeys(row["kpi"] for row in rows)) == ["voices", "insurer_reports"]
    assert [row["value"] for row in rows if row["kpi"] == "voices" and not row["part"]] == ["841"]


@pytest.mark.parametrize("word", ["2025年度上期", "２０２５H1", "R7上", "2025-04..2025-09"])
def test_ways_to_name_the_period(word: str, run_kpicli: Run) -> None:
    """Every spelling of the half gives its 841 voices."""
    rows = table(run_kpicli(None, "summarize", "-p", word, "-k", "voices").text)
    assert [row["value"] for row in rows if not row["part"]] == ["841"]
    assert (rows[0]["start"], rows[0]["end"]) == ("2025-04-01", "2025-09-30")


@pytest.mark.parametrize("word", ["2025-06-30", "2025/6/30", "令和7年6月30日"])
def test_ways_to_name_the_day(word: str, run_kpicli: Run) -> None:
    """--as-of takes a date in any form that the exports may use."""
    args = ("--as-of", word, "-k", "missed_responses", "--format", "json")
    assert json.loads(run_kpicli(None, *HALF, *args).out)["as_of"] == "2025-06-30"


def test_personal_groups_need_leave(run_kpicli: Run) -> None:
    """With --show-personal voices are grouped by the person who took them."""
    args = ("--by", "staff", "-k", "voices", "--show-personal")
    rows = table(run_kpicli(None, *HALF, *args).text)
    groups = [int(row["value"]) for row in rows if row["by"] == "staff" and not row["part"]]
    assert len(groups) > 10
    assert sum(groups) == 841


@pytest.mark.usefixtures("cache_folder")
def test_a_trend_from_the_cache_is_the_same(run_kpicli: Run) -> None:
    """Asked again it comes from what was kept; another number of periods is another question."""
    asked = ("summarize", "--period", "2025H1", "--kpi", "voices", "-f", "table")
    first = run_kpicli(PROJECT, *asked, "--trend", "3")
    assert first.code == 0
    head = next(line for line in first.text.splitlines() if line.startswith("項目"))
    assert head.split("  ")[-1].strip() == "2025年度 上期"
    assert "2024年度 上期" in head
    assert run_kpicli({}, *asked, "--trend", "3").out == first.out
    two = run_kpicli({}, *asked, "--trend", "2").text
    assert "2024年度 上期" not in two
    assert "2024年度 下期" in two
    named = run_kpicli({}, *asked[:1], "-p", "2025H1,2024H2", *asked[3:]).text
    assert named == two


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--period", "2025H1", "--trend", "0"), "--trend は 1 以上の整数です"),
        (
            ("--period", "2023,2025H1"),
            "長さの違う期間は並べられません: 2023 (2023-04-01..2024-03-31)",
        ),
        (
            ("--period", "2024,2025", "--trend", "2"),
            "期間をいくつも書いたときは --trend を付けられません",
        ),
    ],
)
def test_periods_that_cannot_stand_beside_each_other(
    run_kpicli: Run, args: tuple[str, ...], message: str
) -> None:
    """They are refused as usage (exit 2), with what to write."""
    outcome = run_kpicli(PROJECT, "summarize", *args)
    assert (outcome.code, outcome.text) == (2, "")
    assert message in outcome.err
    assert "対処: " in outcome.err


def test_where_one_period_is_wanted_those_that_take_several_are_named(run_kpicli: Run) -> None:
    """The advice names every command with an option of several periods or --trend, and no other."""
    outcome = run_kpicli(PROJECT, "rows", "voices", "--period", "2024,2025")
    assert (outcome.code, outcome.text) == (2, "")
    advice = re.search(r"いくつも並べるのは (\S+) です\((.+) では --trend N\)", outcome.err)
    assert advice is not None
    options = {
        name: {
            parameter.annotation
            for parameter in signature(
                getattr(import_module(f"kpicli.cli.{module}"), name)
            ).parameters.values()
        }
        for name, (module, *_) in COMMANDS.items()
    }
    several = {name for name, own in options.items() if PeriodsOption in own}
    trend = {name for name, own in options.items() if TrendOption in own}
    assert set(advice[1].split("・")) == several
    assert several | set(advice[2].split(" と ")) == several | trend


def test_brief_shows_totals_alone(run_kpicli: Run) -> None:
    """No part, no accounting; the totals are those of the whole answer."""
    asked = ("summarize", "--period", "2025H1", "--compare", "previous", "-f", "csv")
    whole = list(csv.DictReader(run_kpicli(None, *asked).text.splitlines()))
    brief = list(csv.DictReader(run_kpicli(None, *asked, "--brief").text.splitlines()))
    has_total = {row["kpi"] for row in whole if not row["part"]}
    assert brief == [row for row in whole if not row["part"] or row["kpi"] not in has_total]
    assert "行の内訳" not in run_kpicli(None, *asked[:5], "-f", "text", "--brief").text


def test_the_last_line_on_a_terminal_is_the_verdict() -> None:
    """After figures and messages; a pipe has it not."""
    shown = terminal("summarize", "--period", "2025H1", talk=True).text.rstrip().splitlines()
    assert shown[-1] == "目標 達成3 未達1 / 要確認0"
    assert "目標 達成3" not in process("summarize", "--period", "2025H1", "-f", "table").text
