"""`kpicli kpis` and `kpicli sources`."""

import csv

from kpicli.settings.settings import read_settings
from support.command_line import PROJECT, Run


def test_kpis(run_kpicli: Run) -> None:
    """In a pipe every KPI of the settings is listed as csv."""
    outcome = run_kpicli(PROJECT, "kpis")
    header, *rows = csv.reader(outcome.text.splitlines())
    assert header == ["id", "title", "principles", "unit", "source", "measure", "version"]
    assert ["voices", "お客様の声", "2;7", "件", "voices", "count", "1"] in rows
    assert [row[0] for row in rows] == list(read_settings(None).catalog.kpi)
    assert len(rows) == 29


def test_sources(run_kpicli: Run) -> None:
    """In a pipe every column of every source is listed, with the files of the settings."""
    outcome = run_kpicli(PROJECT, "sources")
    header, *rows = csv.reader(outcome.text.splitlines())
    assert header == ["source", "title", "files", "column", "type", "headers"]
    assert rows[1][:5] == ["voices", "お客様の声", "voices.csv", "received_on", "date"]
    assert rows[1][5].startswith("受付日 / ")
    listed = {(row[0], row[3]) for row in rows}
    catalog = read_settings(None).catalog
    assert listed == {(name, c) for name, source in catalog.source.items() for c in source.columns}


def test_lists_need_no_project(run_kpicli: Run) -> None:
    """Without a kpicli.toml the built-in catalogue is listed, so that one can be written."""
    assert run_kpicli({}, "kpis").text.count("\n") == 30
    assert "\nvoices,お客様の声,,voice_id,id," in run_kpicli({}, "sources").text


def test_formulas_stay_text(run_kpicli: Run) -> None:
    """A title that a spreadsheet would take for a formula is made text."""
    settings = PROJECT["kpicli.toml"] + '[kpi.voices]\ntitle = "=cmd()"\n'
    assert "\nvoices,'=cmd()," in run_kpicli({**PROJECT, "kpicli.toml": settings}, "kpis").text
