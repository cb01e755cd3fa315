"""Puts site, man pages and completion into wheel and sdist, where they are of these sources.

`nox -s docs` builds them into build/site and build/share. A wheel without them says so while it is
built, and its `kpicli docs` says where the documents are.
"""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path[:0] = [str(Path(__file__).parent)]

from site_digest import is_current  # noqa: E402 - found by the line above

SITE = "build/site"
IN_WHEEL = "kpicli/_docs"
SHARE = "build/share"
SHARED = ("man", "bash-completion", "zsh", "fish")
"""What of it is installed below the environment's share/, where shells and `man` look."""


class DocsHook(BuildHookInterface[Any]):
    """Called by hatchling, by its name in pyproject.toml, before a wheel or sdist is written."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to what is written; an editable install reads it where it is."""
        root = Path(self.root)
        if version == "editable":
            return
        if is_current(root / SITE, root):
            target = IN_WHEEL if self.target_name == "wheel" else SITE
            build_data["force_include"][SITE] = target
        else:
            self.app.display_warning(f"without the documentation: build {SITE} by `nox -s docs`")
        if not is_current(root / SHARE, root):
            self.app.display_warning(f"without man pages: build {SHARE} by `nox -s docs`")
        elif self.target_name == "wheel":
            for part in SHARED:
                build_data["shared_data"][f"{SHARE}/{part}"] = f"share/{part}"
        else:
            build_data["force_include"][SHARE] = SHARE
