"""What the package imports is what pyproject.toml says it needs."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest

from support.root import ROOT

BROUGHT_ALONG = {"pydantic-core"}
"""Pinned to the digit by what is named: pydantic has the types of its errors there."""


def normalised(name: str) -> str:
    """Return a distribution's name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported() -> Iterator[str]:
    """Give the top name of every module that is imported anywhere in the source."""
    for file in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.partition(".")[0]


@pytest.mark.slow
def test_every_import_is_a_named_dependency() -> None:
    """Each third-party module belongs to a distribution that is named, with a lower bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    named = list(project["dependencies"])
    named += [each for extra in ("dask", "report", "pdf", "calendar") for each in extras[extra]]
    assert [requirement for requirement in named if ">=" not in requirement] == []
    known = {normalised(re.split(r"[><=;\[ ]", requirement)[0]) for requirement in named}
    distributions = packages_distributions()
    others = set(imported()) - set(sys.stdlib_module_names) - {"kpicli"}
    needed = {normalised(name) for module in others for name in distributions.get(module, [module])}
    assert needed - known == BROUGHT_ALONG
