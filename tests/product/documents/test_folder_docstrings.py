"""Every folder of the source says in its docstring what flows through it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT

PACKAGE = ROOT / "src" / "kpicli"
FOLDERS = sorted(file.parent for file in PACKAGE.rglob("__init__.py") if file.parent != PACKAGE)
DISCOVERED = ("catalog/measures", "calculators/measures", "output/formats")
"""Folders of whose files no list may be needed: a new one is found by its place."""


def name(folder: Path) -> str:
    """Return a folder by its path below the package."""
    return folder.relative_to(PACKAGE).as_posix()


def docstring(folder: Path) -> str:
    """Return the docstring of a folder, "" where it has none."""
    return ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""


def members(folder: Path) -> Iterator[str]:
    """Give the modules and folders that a folder holds."""
    if name(folder) in DISCOVERED:
        return
    for path in folder.iterdir():
        module = path.suffix == ".py" and path.name != "__init__.py"
        if module or (path / "__init__.py").exists():
            yield path.stem


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_first_line_says_what_the_folder_is(folder: Path) -> None:
    """It is one plain sentence, and a blank line follows."""
    first, blank, *_ = [*docstring(folder).split("\n"), "", ""]
    assert re.fullmatch(r"\w.*[.:]", first)
    assert "->" not in first
    assert blank == ""


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_the_drawing_names_every_module(folder: Path) -> None:
    """There are arrows, and whatever lies in the folder is named."""
    drawn = docstring(folder)
    assert re.search(r"->|─>|<-", drawn)
    assert [each for each in members(folder) if not re.search(rf"\b{each}\b", drawn)] == []
