"""Persons by whom the settings split a KPI are named to nobody who has not asked for them."""

from pathlib import Path

import pytest

from support.command_line import PROJECT, SETTINGS, Run

PERSONAL = (
    '[codes.names]\nvalues = { "S001" = [], "S002" = [] }\nopen = true\n'
    "[source.voices]\nextends = true\n"
    '[source.voices.columns.staff]\ntype = "code"\ncodes = "names"\n'
    '[kpi.voices]\nextends = true\nparts = { by = "staff" }\n'
)
REPORT = '[report]\nnarrative = "{period}.md"\n'
FILES = {**PROJECT, "kpicli.toml": SETTINGS + REPORT + PERSONAL, "2025H1.md": "# 報告\n"}

HALF = ("--period", "2025H1")


@pytest.mark.parametrize(
    "command",
    [
        ("summarize", *HALF),
        ("summarize", *HALF, "--by", "line", "-f", "json"),
        ("explain", "voices", *HALF),
        ("report", *HALF),
        ("report", *HALF, "-o", "report.xlsx"),
    ],
    ids=" ".join,
)
def test_without_leave(command: tuple[str, ...], run_kpicli: Run, tmp_path: Path) -> None:
    """No command names them; the error says which KPI and column, and what can be done."""
    outcome = run_kpicli(FILES, *command)
    assert (outcome.code, outcome.out) == (2, b"")
    assert "(voices) の内訳は個人情報の列 (担当者) によります" in outcome.err
    assert "--show-personal" in outcome.err
    assert not (tmp_path / "report.xlsx").exists()


def test_with_leave(run_kpicli: Run) -> None:
    """Who asks for persons sees them; the next who does not ask is refused as before."""
    command = ("summarize", *HALF, "--kpi", "voices", "-f", "csv")
    asked = run_kpicli(FILES, *command, "--show-personal")
    assert [line.split(",")[8:11] for line in asked.text.splitlines()[2:]] == [
        ["staff", "S001", "1"],
        ["staff", "S002", "1"],
    ]
    assert run_kpicli(FILES, *command).code == 2


def test_other_kpis(run_kpicli: Run) -> None:
    """A KPI that is not asked for stands in nobody's way."""
    outcome = run_kpicli(FILES, "summarize", *HALF, "--kpi", "complaint_improvements", "-f", "csv")
    assert "S001" not in outcome.text
    assert outcome.code == 0


def test_a_record(run_kpicli: Run, tmp_path: Path) -> None:
    """A period can be frozen, and compared with later, without the parts by persons."""
    assert run_kpicli(FILES, "freeze", *HALF).code == 0
    (record,) = (tmp_path / "published").glob("*.json")
    assert "S001" not in record.read_text(encoding="utf-8")
    assert run_kpicli(FILES, "diff", HALF[1]).code == 0
