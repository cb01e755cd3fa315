"""Puts the documentation site into wheel and sdist, where it was built of the sources as they are.

`nox -s docs` builds it into build/site. A wheel without it says so while it is built, and its
`kpicli docs` says where the documents are.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path[:0] = [str(Path(__file__).parent)]

from site_digest import is_current  # noqa: E402 - found by the line above

SITE = "build/site"
IN_WHEEL = "kpicli/_docs"


class DocsHook(BuildHookInterface[Any]):
    """Called by hatchling, by its name in pyproject.toml, before a wheel or sdist is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the site to what is written; an editable install reads it where it is."""
        root = Path(self.root)
        if version == "editable":
            return
        if is_current(root / SITE, root):
            target = IN_WHEEL if self.target_name == "wheel" else SITE
            build_data["force_include"][SITE] = target
        else:
            self.app.display_warning(f"without the documentation: build {SITE} by `nox -s docs`")
