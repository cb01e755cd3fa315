"""The checks are the same wherever they are run from."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

import noxfile
from support.root import ROOT


def test_pre_commit_runs_the_checks_of_nox() -> None:
    """The hooks are those that `nox -s lint` runs, in the same order."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert tuple(re.findall(r"entry: (.*?), language", hooks)) == noxfile.CHECKS


def test_ci_runs_sessions_that_exist() -> None:
    """Every session that .ci/run names is one of the noxfile, `lint` among them."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    named = set(re.findall(r"^\s*(?:session|.*nox --session) (\w+)", script, re.MULTILINE))
    assert named == {"lint", "system", "fuzz", "lowest", "docs", "release"}
    assert {name for name in named if not hasattr(noxfile, name)} == set()


@pytest.mark.parametrize("fails", [(), ("programs",), ("else",), ("programs", "else")])
def test_ci_fails_with_each_of_its_halves(fails: tuple[str, ...], tmp_path: Path) -> None:
    """What runs side by side comes to its end, is shown whole, and fails the run if it fails."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    side_by_side = script.partition("\n# Neither needs")[2]
    assert side_by_side
    work = f"work={shlex.quote(str(tmp_path))}"
    first, other = ("false" if each in fails else "true" for each in ("programs", "else"))
    lines = (
        *("set -euo pipefail", work, "started=()", "step() { echo; }"),
        f"against_real_programs() {{ echo one; {first}; echo 'all of one'; }}",
        f"all_else() {{ sleep 0.1; echo other; {other}; echo 'all of the other'; }}",
        f"# Neither needs{side_by_side}",
    )
    done = subprocess.run(["bash", "-c", "\n".join(lines)], capture_output=True, text=True)
    assert (done.returncode == 0) is (not fails), done.stderr
    shown = done.stdout.split("\n")
    assert {"one", "other"} <= set(shown)
    assert ("all of one" in shown) is ("programs" not in fails)
    assert ("all of the other" in shown) is ("else" not in fails)


def test_the_readme_and_nox_run_the_same_tests() -> None:
    """README's test command is what the session `all` does."""
    command = shlex.split(
        next(
            line
            for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
            if line.startswith("pip install") and line.endswith("pytest")
        )
    )
    assert command == ["pip", "install", ".[test]", "&&", "pytest"]
    source = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    session = source.partition("def every_test")[2].partition("@nox")[0]
    assert 'session.install(".[test]")' in session
    assert 'session.run("pytest", *session.posargs)' in session
