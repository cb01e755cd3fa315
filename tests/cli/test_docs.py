"""`kpicli docs`: where the documents are, and a browser that shows them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.command_line import environment
from support.root import ROOT


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return the folder of a copy of the package, as a checkout has it: NAME/src/kpicli."""
    package = tmp_path / "checkout" / "src" / "kpicli"
    shutil.copytree(ROOT / "src" / "kpicli", package, ignore=shutil.ignore_patterns("__pycache__"))
    return package


def page(folder: Path) -> Path:
    """Write a first page below a folder, and return it."""
    file = folder / "docs" / "index.html"
    file.parent.mkdir(parents=True)
    file.write_text("<!doctype html><title>kpicli</title>", encoding="utf-8")
    return file


def run(package: Path, *arguments: str, **changes: str | None) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of `kpicli docs` as this copy of the package runs it."""
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", "--lang", "en", "docs", *arguments],
        cwd=package.parent,
        env=environment(PYTHONPATH=str(package.parent), WAYLAND_DISPLAY=None, **changes),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return done.returncode, done.stdout, done.stderr


def test_a_wheel_has_its_own_documents(tree: Path) -> None:
    """They come before a site that was built beside the sources."""
    built = page(tree.parents[1] / "build" / "site")
    assert run(tree, "--print") == (0, f"{built}\n", "")
    installed = page(tree / "_docs")
    assert run(tree, "--print") == (0, f"{installed}\n", "")


def test_without_documents_it_says_where_they_are(tree: Path) -> None:
    """Beside sources: how to build them; elsewhere: what brings them along. Exit 3."""
    code, out, told = run(tree, "--print")
    assert (code, out) == (3, "")
    assert "a released wheel brings it along" in told
    (tree.parents[1] / "docs").mkdir()
    code, out, told = run(tree, "--print")
    assert (code, out) == (3, "")
    assert f"nox -s docs builds it; its sources are in {tree.parents[1] / 'docs'}" in told


def test_a_browser_shows_them_where_there_is_a_screen(tree: Path, tmp_path: Path) -> None:
    """It is asked for the page's address once; not with --print, and not without a screen."""
    installed = page(tree / "_docs")
    asked = tmp_path / "asked.txt"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{asked}"\n', encoding="utf-8")
    browser.chmod(0o755)
    said = (0, f"{installed}\n", "")
    assert run(tree, DISPLAY=None, BROWSER=str(browser)) == said
    assert run(tree, "--print", DISPLAY=":99", BROWSER=str(browser)) == said
    assert not asked.exists()
    assert run(tree, DISPLAY=":99", BROWSER=str(browser)) == said
    assert asked.read_text(encoding="utf-8") == f"{installed.as_uri()}{os.linesep}"
