"""The version stands in one place, where the build finds it too."""

import re
import tomllib
from importlib.metadata import version

from kpicli.version import VERSION
from support.root import ROOT


def test_the_build_finds_the_version_that_the_program_has() -> None:
    """By the pattern that pyproject.toml gives it, and the installed package says the same."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    hatch = settings["tool"]["hatch"]["version"]
    source = (ROOT / hatch["path"]).read_text(encoding="utf-8")
    match = re.search(hatch["pattern"], source)
    assert match is not None
    assert match["version"] == VERSION == version("kpicli")
