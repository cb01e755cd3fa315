"""`kpicli kpis`, `kpicli sources` and `kpicli principles`."""

import csv
import json
from pathlib import Path

import pytest

from kpicli.output.formats import FORMATS
from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run


def test_a_line_says_how_many_are_left_out(run_kpicli: Run) -> None:
    """Unless some are named, or less is wanted to be told."""
    words = ("summarize", "--period", "2025H1")
    said = "省いた指標が 24 あります(一覧: kpicli kpis --all"
    assert said in run_kpicli(PROJECT, *words).err
    assert "省いた指標" not in run_kpicli(PROJECT, *words, "--kpi", "voices").err
    assert "省いた指標" not in run_kpicli(PROJECT, *words, "--quiet").err


def test_lists_need_no_project(run_kpicli: Run) -> None:
    """Without a kpicli.toml the built-in catalogue is listed, so that one can be written."""
    kpis = read_settings(None).catalog.kpi
    assert run_kpicli({}, "kpis").text.count("\n") == 1 + len(kpis)
    assert "\nvoices,お客様の声,,voice_id,id," in run_kpicli({}, "sources").text


def test_formulas_stay_text(run_kpicli: Run) -> None:
    """A title that a spreadsheet would take for a formula is made text."""
    settings = PROJECT["kpicli.toml"] + '[kpi.voices]\nextends = true\ntitle = "=cmd()"\n'
    assert "\nvoices,'=cmd()," in run_kpicli({**PROJECT, "kpicli.toml": settings}, "kpis").text


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("command", ["kpis", "sources"])
def test_every_format(command: str, name: str, run_kpicli: Run, tmp_path: Path) -> None:
    """Each format is written to a file, whole, with the titles in it."""
    outcome = run_kpicli(PROJECT, command, "-f", name, "-o", str(tmp_path / "list"))
    assert (outcome.code, outcome.out) == (0, b"")
    content = (tmp_path / "list").read_bytes()
    assert FORMATS[name].binary or "お客様の声" in content.decode()


def test_json(run_kpicli: Run) -> None:
    """Lists are lists: principles, patterns, headers."""
    kpis = json.loads(run_kpicli(PROJECT, "kpis", "-f", "json").text)["kpis"]
    (voices,) = [kpi for kpi in kpis if kpi["id"] == "voices"]
    assert (voices["principles"], voices["version"]) == (["2", "7"], 1)
    sources = json.loads(run_kpicli(PROJECT, "sources", "-f", "json").text)["sources"]
    (voices,) = [source for source in sources if source["id"] == "voices"]
    assert voices["files"] == ["voices.csv"]
    assert voices["columns"][1]["headers"][0] == "受付日"


def test_the_columns_are_the_same_in_english(run_kpicli: Run) -> None:
    """Scripts read the same csv in both languages."""
    for command in ("kpis", "sources"):
        assert run_kpicli(PROJECT, "--lang", "en", command).out == run_kpicli(PROJECT, command).out


def test_no_export_is_written_over(run_kpicli: Run) -> None:
    """A list is never written over an export or the settings."""
    for name in ("voices.csv", "kpicli.toml"):
        assert run_kpicli(PROJECT, "kpis", "-f", "csv", "-o", name).code == 2


@pytest.mark.parametrize("name", FORMATS)
def test_principles_in_every_format(name: str, run_kpicli: Run, tmp_path: Path) -> None:
    """The table is written, and what nothing answers is named beside it."""
    settings = PROJECT["kpicli.toml"] + '[report.correspondence]\n"4" = { reason = "非該当" }\n'
    project = {**PROJECT, "kpicli.toml": settings}
    outcome = run_kpicli(project, "principles", "-f", name, "-o", "table.out")
    assert outcome.code == 0
    assert "1、1(注)、2" in outcome.err
    assert (tmp_path / "table.out").stat().st_size > 0


def test_principles_in_csv(run_kpicli: Run) -> None:
    """A line a principle and a line a 注, in their order, with the reason where there is one."""
    settings = PROJECT["kpicli.toml"] + '[report.correspondence]\n"4" = { reason = "非該当" }\n'
    outcome = run_kpicli({**PROJECT, "kpicli.toml": settings}, "principles")
    rows = list(csv.DictReader(outcome.text.splitlines()))
    assert len(rows) == 21
    assert [row["principle"] for row in rows][5:8] == ["原則3(注)", "原則4", "原則5"]
    assert [row["done"] for row in rows if row["done"]] == ["非該当"]
