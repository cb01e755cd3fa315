"""The list of KPIs: which there are, and why others are not shown."""

import csv
import json

from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run


def test_kpis(run_kpicli: Run) -> None:
    """In a pipe every KPI of the settings is listed as csv."""
    outcome = run_kpicli(PROJECT, "kpis")
    header, *rows = csv.reader(outcome.text.splitlines())
    assert header == [
        *("id", "title", "principles", "unit", "source", "measure", "version"),
        *("note", "public", "better", "left_out", "figures"),
    ]
    voices = ["voices", "お客様の声", "2;7", "件", "voices", "count", "1"]
    assert [*voices, "受付日が期間内にあるお客様の声の数", "true", "", "", ""] in rows
    shown = [row[0] for row in rows]
    _, *whole = csv.reader(run_kpicli(PROJECT, "kpis", "--all").text.splitlines())
    assert sorted(row[0] for row in whole) == sorted(read_settings(None).catalog.kpi)
    assert [row[0] for row in whole[: len(shown)]] == shown


def test_kpis_left_out(run_kpicli: Run) -> None:
    """They come last with the reason, in every shape; the list without them has no reasons."""
    rows = list(csv.DictReader(run_kpicli(PROJECT, "kpis", "--all").text.splitlines()))
    reasons = {row["id"]: row["left_out"] for row in rows}
    assert (reasons["voices"], reasons["followups"]) == ("", "出力がない: followups")
    content = json.loads(run_kpicli(PROJECT, "kpis", "--all", "-f", "json").text)["kpis"]
    assert {each["id"]: each["left_out"] or "" for each in content} == reasons
    assert (
        "省いた理由 出力がない: followups"
        in run_kpicli(PROJECT, "kpis", "--all", "-f", "text").text
    )
    assert "出力がない" not in run_kpicli(PROJECT, "kpis", "-f", "text").text


def test_kpis_that_are_not_published(run_kpicli: Run) -> None:
    """With --all they are marked, though they are shown; without it nothing is said of them."""
    settings = PROJECT["kpicli.toml"] + "[kpi.voices]\nextends = true\npublic = false\n"
    project = {**PROJECT, "kpicli.toml": settings}
    rows = csv.DictReader(run_kpicli(project, "kpis", "--all").text.splitlines())
    reasons = {row["id"]: row["left_out"] for row in rows}
    assert reasons["voices"] == "公表する版に出ない(public = false)"
    assert "public = false" not in run_kpicli(project, "kpis", "-f", "text").text


def test_kpis_that_the_settings_do_not_name(run_kpicli: Run) -> None:
    """A KPI that `kpis` leaves out says so."""
    project = {**PROJECT, "kpicli.toml": 'kpis = "voices"\n' + PROJECT["kpicli.toml"]}
    rows = csv.DictReader(run_kpicli(project, "kpis", "--all").text.splitlines())
    reasons = {row["id"]: row["left_out"] for row in rows}
    assert (reasons["voices"], reasons["missed_responses"]) == ("", "設定の kpis にない")
