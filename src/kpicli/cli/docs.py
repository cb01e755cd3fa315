"""`kpicli docs`: the documentation, which a released wheel holds, read without a network."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.cli.shared.language import say
from kpicli.cli.shared.output import write_stdout

PACKAGE = Path(__file__).parents[1]
INSTALLED = PACKAGE / "_docs"
"""Where a wheel puts the site."""
BUILT = PACKAGE.parents[1] / "build" / "site"
"""Where `nox -s docs` puts it, in a checkout from which kpicli is run."""
FIRST_PAGE = Path("docs") / "index.html"


def docs(
    print_only: Annotated[
        bool,
        typer.Option(
            "--print",
            help=say(
                "場所を出すだけで、ブラウザーは開かない", "Print where it is; open no browser"
            ),
        ),
    ] = False,
) -> None:
    """Print where the documentation begins, and open it where there is a screen."""
    page = first_page()
    write_stdout(f"{page}\n")
    if not print_only and has_screen():
        import webbrowser

        webbrowser.open(page.as_uri())


def first_page() -> Path:
    """Return the page that the documentation begins with; raises `SettingsError` without one."""
    for site in (INSTALLED, BUILT):
        if (site / FIRST_PAGE).is_file():
            return site / FIRST_PAGE
    sources = PACKAGE.parents[1] / "docs"
    if sources.is_dir():
        raise SettingsError(
            Text("文書のサイトはまだ作られていません", "the documentation site is not built yet"),
            Text(
                f"nox -s docs で作れます。元の文書は {sources} にあります",
                f"nox -s docs builds it; its sources are in {sources}",
            ),
        )
    raise SettingsError(
        Text("このインストールには文書が入っていません", "this installation has no documentation"),
        Text(
            "配布の wheel からインストールすると入ります。オプションは --help でも見られます",
            "a released wheel brings it along; --help tells all options too",
        ),
    )


def has_screen() -> bool:
    """Return whether a browser can show a page here: on Linux and the like, only on a desktop."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
