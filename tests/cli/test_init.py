"""`kpicli init`: from unknown exports to settings that give the figures."""

import csv
import io
import tomllib
from pathlib import Path

import pytest

from support.command_line import Outcome, process
from support.root import ROOT
from support.strange_folders import scrambled_sample


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """Return a folder of the sample's exports under strange names, and what init said there."""
    folder = tmp_path_factory.mktemp("strange")
    scrambled_sample(folder)
    return folder, process("init", ".", "--yes", folder=folder)


def figures(text: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the rows of csv by KPI and item."""
    return {(row["kpi"], row["item"]): row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.slow
def test_published_figures(project: tuple[Path, Outcome]) -> None:
    """After init, the published table comes out of exports whose names and headers are strange."""
    folder, done = project
    assert done.code == 0, done.err
    asked = ("summarize", "--period", "2025H1", "--compare", "previous,year-ago", "-f", "csv")
    counted = figures(process(*asked, folder=folder).text)
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    assert len(expected) > 40
    for row in expected:
        own = counted[row["kpi"], row["item"]] if row["item"] != "2025-08" else None
        for column in ("value", "numerator", "denominator", "previous", "year_ago"):
            if own is not None and row[column]:
                assert own[column] == row[column], (row, column)


@pytest.mark.slow
def test_first_table(project: tuple[Path, Outcome]) -> None:
    """Its own output is the first table, of the last half that the exports hold in full."""
    _, done = project
    own = figures(done.text)
    assert own["voices", ""]["value"] == "841"
    assert {row["period"] for row in own.values()} == {"2025H1"}


@pytest.mark.slow
def test_guesses_are_marked(project: tuple[Path, Outcome]) -> None:
    """With --yes every line that nobody confirmed says so, and sure ones do not."""
    folder, _ = project
    lines = (folder / "kpicli.toml").read_text(encoding="utf-8").splitlines()
    marked = [line for line in lines if line.endswith("# 推測")]
    assert [line for line in lines if line.startswith("covers")] == [
        line for line in marked if line.startswith("covers")
    ]
    assert any(line.startswith("fiscal_year") for line in marked)
    assert 'received_on = ["受付年月日"] # 受付日' in lines


@pytest.mark.slow
def test_settings_hold_what_is_there_alone(project: tuple[Path, Outcome]) -> None:
    """The settings name each file once, no pack but the agency's own, and all KPIs in order."""
    folder, _ = project
    settings = tomllib.loads((folder / "kpicli.toml").read_text(encoding="utf-8"))
    named = [
        file for entries in settings["exports"].values() for own in entries for file in own["files"]
    ]
    assert sorted(named) == sorted(path.name for path in folder.glob("export_*"))
    assert settings["catalogue"] == ["insurance_agency"]
    assert settings["kpis"][:2] == ["compliance_meetings", "roleplay_sessions"]
    assert len(settings["kpis"]) == 29


@pytest.mark.slow
def test_draft_of_the_words(project: tuple[Path, Outcome]) -> None:
    """A draft of the report's words lies beside the settings, and the report can be made of it."""
    folder, _ = project
    draft = (folder / "narrative/2025H1.md").read_text(encoding="utf-8")
    assert "{{ voices }}" in draft or "voices" in draft


@pytest.mark.slow
def test_never_writes_over(project: tuple[Path, Outcome]) -> None:
    """Where there are settings nothing is done, and the file stays as it is."""
    folder, _ = project
    before = (folder / "kpicli.toml").read_bytes()
    done = process("init", ".", "--yes", folder=folder)
    assert (done.code, done.out) == (7, b"")
    assert "kpicli.toml はすでにあります" in done.err
    assert (folder / "kpicli.toml").read_bytes() == before


@pytest.mark.slow
def test_no_personal_value_is_shown(project: tuple[Path, Outcome]) -> None:
    """No staff number, customer or text of a customer's stands in what init says or writes."""
    folder, done = project
    written = done.err + (folder / "kpicli.toml").read_text(encoding="utf-8")
    assert "人(値は出しません)" in written
    assert not any(value in written for value in ("S001", "C00001", "ありがとう", "証券番号の照会"))


def test_no_table(tmp_path: Path) -> None:
    """A folder without a table is an error that says what is looked at; nothing is written."""
    done = process("init", ".", "--yes", folder=tmp_path)
    assert done.code == 4
    assert ". に表がありません" in done.err
    assert ".csv .tsv .txt .xlsx .xlsm" in done.err
    assert list(tmp_path.iterdir()) == []


def test_no_folder(tmp_path: Path) -> None:
    """A folder that is not there is named."""
    done = process("--lang", "en", "init", "exports", "--yes", folder=tmp_path)
    assert done.code == 4
    assert "exports does not exist" in done.err
