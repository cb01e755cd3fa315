"""The hooks that the repository offers, run by the real pre-commit in a desk's own repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.root import ROOT

WHO = ("-c", "user.name=S001", "-c", "user.email=s001@example.co.jp")
LEFT_OUT = (".git", ".*_cache", ".hypothesis", "build", "dist", "__pycache__", "*.egg-info")


def run(folder: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder."""
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True
    )


def committed(folder: Path) -> str:
    """Make a folder a repository with one commit, and return that."""
    for words in (("init", "-q"), ("add", "-A"), (*WHO, "commit", "-qm", "all")):
        done = run(folder, "git", *words)
        assert done.returncode == 0, done.stderr
    return run(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where pre-commit installs kpicli, once for all tests."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a desk's repository whose half year is frozen, with the hooks of this repository."""
    tree = tmp_path_factory.mktemp("kpicli")
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
    revision = committed(tree)
    folder = tmp_path_factory.mktemp("desks") / "desk"
    shutil.copytree(ROOT / "examples" / "desk", folder)
    config = folder / ".pre-commit-config.yaml"
    text = re.sub(r"repo: .*", f"repo: {tree}", config.read_text("utf-8"))
    config.write_text(re.sub(r"rev: .*", f"rev: {revision}", text), encoding="utf-8")
    (folder / "pages").mkdir()
    period = ("--period", "2024H1")
    for words in (("freeze", *period), ("summarize", *period, "-o", "pages/2024H1.csv")):
        done = run(folder, sys.executable, "-m", "kpicli", *words)
        assert done.returncode == 0, done.stderr
    committed(folder)
    return folder


def hooks(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run every hook over the whole repository."""
    command = (sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never")
    return run(folder, *command, PRE_COMMIT_HOME=str(home))


def test_the_hooks_pass_what_holds_and_stop_what_does_not(desk: Path, home: Path) -> None:
    """Sentences, record and table in order; then a number by hand, a lost row, a changed sum."""
    done = hooks(desk, home)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 3

    narrative = desk / "narrative" / "2024H1.md"
    narrative.write_text(narrative.read_text("utf-8") + "\n苦情は75件でした。\n", encoding="utf-8")
    export = desk / "exports" / "お客様の声.csv"
    export.write_bytes(export.read_bytes().rpartition(b"\r\n1")[0] + b"\r\n")
    table = desk / "pages" / "2024H1.csv"
    table.write_text(table.read_text("utf-8").replace(",86,", ",87,"), encoding="utf-8")
    done = hooks(desk, home)
    assert done.returncode == 1
    assert done.stdout.count("Failed") == 3, done.stdout
    assert re.findall(r"exit code: (\d+)", done.stdout) == ["3", "6", "8"]
