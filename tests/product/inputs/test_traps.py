"""Every trap is read right and told, or is a row fault, or is refused with a clear message."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from support.command_line import Outcome, Run, process
from support.root import ROOT
from traps.make_traps import make_traps

TRAPS = ROOT / "tests" / "traps"
EXPECTED: Mapping[str, Mapping[str, Any]] = tomllib.loads(
    (TRAPS / "expected.toml").read_text(encoding="utf-8")
)
COVERS = 'covers = "2024-04..2025-09"'
COUNTS = ("read", "usable", "duplicate", "superseded", "not_data", "faulty")
ARGUMENTS = ("summarize", "--period", "2025H1", "--kpi", "voices")

Count = Callable[..., Outcome]


@pytest.fixture
def count(run_kpicli: Run) -> Count:
    """Return a runner of the command line over one export of voices in the test's folder."""

    def run(file: str, entry: str = COVERS, form: str = "json", *args: str) -> Outcome:
        settings = f"[exports]\nvoices = {{ files = {json.dumps(file)}, {entry} }}\n"
        return run_kpicli({"kpicli.toml": settings}, *ARGUMENTS, "--format", form, *args)

    return run


def entry_of(trap: Mapping[str, Any]) -> str:
    """Return the keys of the export besides its file."""
    keys = [COVERS] if trap.get("covers", True) else []
    return ", ".join([*keys, *([trap["entry"]] if "entry" in trap else [])]) or "sheet = ''"


def test_the_committed_files_are_what_the_script_writes() -> None:
    """Every committed trap equals, byte for byte, what make_traps makes, and none is missing."""
    committed = {file.name: file.read_bytes() for file in (TRAPS / "files").iterdir()}
    made = make_traps()
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_every_file_has_its_expectation() -> None:
    """No trap goes untried, and there are at least fifty."""
    files = {trap.get("id", name) for name, trap in EXPECTED.items()}
    assert files == {file.name for file in (TRAPS / "files").iterdir()}
    assert len(EXPECTED) >= 50


@pytest.mark.parametrize("name", EXPECTED)
def test_trap(name: str, count: Count, tmp_path: Path) -> None:
    """The trap ends with its exit code, its figure, its row accounting and its message."""
    trap = EXPECTED[name]
    file = trap.get("id", name)
    (tmp_path / file).write_bytes((TRAPS / "files" / file).read_bytes())
    outcome = count(file, entry_of(trap))
    assert "Traceback" not in outcome.err
    assert outcome.code == trap.get("exit", 0), outcome.err
    if outcome.code in (3, 4):
        assert outcome.out == b""
        assert outcome.err.startswith(f"エラー: {file}")
        assert "対処: " in outcome.err
    else:
        check_summary(json.loads(outcome.text), trap)
    assert [part for part in trap.get("says", ()) if part not in outcome.err] == []
    assert [part for part in trap.get("silent", ()) if part in outcome.err] == []


def check_summary(summary: Mapping[str, Any], trap: Mapping[str, Any]) -> None:
    """Compare the figure, the rows and the findings with what the trap expects."""
    total = summary["kpis"][0]["figures"]["total"]
    if trap["voices"] == "no_data":
        assert (total["value"], total["status"]) == (None, "no_data")
    else:
        figure, doubtful = (
            trap["voices"] if isinstance(trap["voices"], list) else (trap["voices"], 0)
        )
        assert (total["value"], total["faulty_rows"]) == (figure, doubtful)
        assert total["status"] == ("provisional" if doubtful else "ok")
    own = summary["sources"][0]["accounting"]
    assert [own[name] for name in COUNTS] == trap["rows"]
    assert sorted({fault["code"] for fault in summary["faults"]}) == trap.get("codes", [])


@pytest.mark.parametrize("name", ["utf8-bad-byte.csv", "row-too-long.csv", "entity-bomb.xlsx"])
def test_trap_in_a_process_of_its_own(name: str, tmp_path: Path) -> None:
    """The real command ends as the one in this process does."""
    (tmp_path / name).write_bytes((TRAPS / "files" / name).read_bytes())
    settings = f'[exports]\nvoices = {{ files = "{name}", {COVERS} }}\n'
    (tmp_path / "kpicli.toml").write_text(settings, encoding="utf-8")
    outcome = process(*ARGUMENTS, folder=tmp_path)
    assert outcome.code == EXPECTED[name]["exit"]
    assert "Traceback" not in outcome.err
    assert [part for part in EXPECTED[name]["says"] if part not in outcome.err] == []


def test_the_script_runs_as_a_command(tmp_path: Path) -> None:
    """`python tests/traps/make_traps.py FOLDER` writes all files, and removes what is none."""
    (tmp_path / "old.csv").write_bytes(b"")
    subprocess.run([sys.executable, "-B", str(TRAPS / "make_traps.py"), str(tmp_path)], check=True)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == make_traps()
