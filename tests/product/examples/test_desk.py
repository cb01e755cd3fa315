"""The desk's repository: the commands of its README in their order, and the action of a forge."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.command_line import process
from support.root import ROOT

DESK = ROOT / "examples" / "desk"


@pytest.fixture(scope="module")
def half_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the desk after its half year: every command of the README ended with 0."""
    folder = tmp_path_factory.mktemp("half-year") / "desk"
    secret = folder.with_name("secret")
    shutil.copytree(DESK, folder)
    (folder / "pages").mkdir()
    lines = re.findall(r"^kpicli (.*)", (DESK / "README.md").read_text("utf-8"), re.MULTILINE)
    assert len(lines) == 9
    for line in lines:
        done = process(*shlex.split(line), folder=folder, KPICLI_SECRET_FILE=str(secret))
        assert (line, done.code) == (line, 0), done.err
    return folder


@pytest.fixture
def desk(half_year: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the desk after its half year, for a test of its own."""
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(half_year.with_name("secret")))
    return shutil.copytree(half_year, tmp_path / "desk")


def test_all_that_the_readme_lists_is_there(desk: Path) -> None:
    """The tree in the README names files that the commands leave."""
    drawn = (DESK / "README.md").read_text("utf-8").split("```")[1]
    assert len(drawn.splitlines()) > 8
    for line in drawn.splitlines()[2:]:
        name = line.split()[0].rstrip(",")
        assert (desk / name).exists(), name


def action(desk: Path, temporary: Path, **inputs: str) -> tuple[int, str]:
    """Run the last step of the action as a runner would; return its exit code and page."""
    said = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = said["runs"]["steps"][-1]
    assert set(step["env"]) == {"DIFF", "LINT", "AUDIT"}
    program = temporary / "kpicli" / "bin" / "kpicli"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kpicli "$@"\n')
    program.chmod(0o755)
    page = temporary / "page.md"
    environment = {name: inputs.get(name.lower(), "") for name in step["env"]}
    environment |= {"RUNNER_TEMP": str(temporary), "GITHUB_STEP_SUMMARY": str(page)}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=desk,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    return done.returncode, page.read_text(encoding="utf-8")


ASKED = {"diff": "2024H1", "lint": "2024H1", "audit": "pages/2024H1.csv\n"}


def test_the_action_passes_what_holds(desk: Path, tmp_path: Path) -> None:
    """Each command stands on the page of the run, with its table."""
    code, page = action(desk, tmp_path / "runner", **ASKED)
    assert code == 0
    assert re.findall(r"### `kpicli (\w+)", page) == ["diff", "report", "audit"]


def test_the_action_fails_on_a_row_that_is_gone(desk: Path, tmp_path: Path) -> None:
    """One voice less than was published: the job fails, and the page has both numbers."""
    export = desk / "exports" / "お客様の声.csv"
    export.write_bytes(export.read_bytes().rpartition(b"\r\n1")[0] + b"\r\n")
    code, page = action(desk, tmp_path / "runner", **ASKED)
    assert code == 6
    assert "2,349" in page
    assert "2,348" in page


def test_the_action_fails_on_a_sum_that_is_wrong(desk: Path, tmp_path: Path) -> None:
    """A published table in which somebody changed a number."""
    table = desk / "pages" / "2024H1.csv"
    table.write_text(table.read_text("utf-8").replace(",86,", ",87,"), encoding="utf-8")
    assert action(desk, tmp_path / "runner", **ASKED)[0] == 8


def test_the_workflow_and_the_hooks_ask_for_what_there_is() -> None:
    """Inputs of the workflow are the action's; hooks of the desk are those of the repository."""
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    workflow = yaml.safe_load((DESK / ".github/workflows/review.yml").read_text("utf-8"))
    assert set(workflow["jobs"]["figures"]["steps"][-1]["with"]) <= set(inputs)
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    own = yaml.safe_load((DESK / ".pre-commit-config.yaml").read_text("utf-8"))
    asked = {hook["id"] for repo in own["repos"] for hook in repo["hooks"]}
    assert asked == {hook["id"] for hook in hooks}
