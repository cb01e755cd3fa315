"""`kpicli kpis`, `kpicli sources` and `kpicli principles`."""

import csv
import json
from pathlib import Path

import pytest

from kpicli.output.formats import FORMATS
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


def test_a_line_says_how_many_are_left_out(run_kpicli: Run) -> None:
    """Unless some are named, or less is wanted to be told."""
    words = ("summarize", "--period", "2025H1")
    said = "省いた指標が 24 あります(一覧: kpicli kpis --all"
    assert said in run_kpicli(PROJECT, *words).err
    assert "省いた指標" not in run_kpicli(PROJECT, *words, "--kpi", "voices").err
    assert "省いた指標" not in run_kpicli(PROJECT, *words, "--quiet").err


def test_sources(run_kpicli: Run) -> None:
    """In a pipe every column of every source is listed, with the files of the settings."""
    outcome = run_kpicli(PROJECT, "sources")
    header, *rows = csv.reader(outcome.text.splitlines())
    assert header == [
        *("source", "title", "files", "column", "type", "headers"),
        *("required", "values", "other_values"),
    ]
    assert rows[1][:5] == ["voices", "お客様の声", "voices.csv", "received_on", "date"]
    assert rows[1][5].startswith("受付日 / ")
    listed = {(row[0], row[3]) for row in rows}
    catalog = read_settings(None).catalog
    assert listed == {(name, c) for name, source in catalog.source.items() for c in source.columns}


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


def test_required_columns_and_values(run_kpicli: Run) -> None:
    """Who writes an export sees which columns it must have, and the words of its codes."""
    rows = csv.DictReader(run_kpicli(PROJECT, "sources").text.splitlines())
    voices = {row["column"]: row for row in rows if row["source"] == "voices"}
    assert (voices["voice_id"]["required"], voices["team"]["required"]) == ("true", "false")
    assert voices["line"]["values"] == "生保 / 損保 / 団体"
    assert (voices["line"]["other_values"], voices["team"]["other_values"]) == ("false", "true")
    content = json.loads(run_kpicli(PROJECT, "sources", "-f", "json").text)["sources"]
    catalog = read_settings(None).catalog
    for source in content:
        declared = catalog.source[source["id"]]
        for column in source["columns"]:
            spec = declared.columns[column["id"]]
            table = catalog.codes_of(declared, column["id"])
            assert column["required"] == spec.required
            assert column["values"] == ([] if table is None else [*table.values])


def test_nothing_is_cut_at_80_columns(run_kpicli: Run) -> None:
    """On a narrow terminal long cells go on in the next line: all of their words are there."""
    catalog = read_settings(None).catalog
    printed = run_kpicli({}, "sources", "-f", "text").text
    folded = "".join(printed.split())
    for source in catalog.source.values():
        for name, column in source.columns.items():
            assert "".join("/".join(column.headers).split()) in folded
            table = catalog.codes_of(source, name)
            for value in () if table is None else table.values:
                assert "".join(value.split()) in folded
