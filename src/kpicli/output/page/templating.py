"""The templates of pages: everything that they show is escaped, and hidden characters visible."""

import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kpicli.output.page.safety import plain

_NUMBER = re.compile(r"(?<![&#\w])(?:[+-]?\d+[,./-][\d,./-]*\d(?!\d*[A-Za-z]+\d)%?|\d+%|[+-]\d+)")
"""Numbers, fractions and dates with a place where a line could end; digits alone have none."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a page may load: nothing at all, its own styles aside."""


@cache
def templates() -> Environment:
    """Return the environment in which pages are made."""
    return made_environment(Environment)


def made_environment(kind: type[Environment]) -> Environment:
    """Return an environment of a kind with our templates in it; all that it fills in is escaped."""
    made = kind(
        loader=PackageLoader("kpicli.output"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["unbroken"] = unbroken
    return made


def unbroken(text: str) -> Markup:
    """Return text for HTML in which no line ends within a number or a date."""
    shown = str(escape(plain(text)))
    return Markup(_NUMBER.sub(r'<span class="fd-whole">\g<0></span>', shown))  # noqa: S704 - escaped


def style(*names: str) -> Markup:
    """Return style sheets of ours, put together."""
    folder = files("kpicli") / "output" / "templates"
    sheets = [(folder / f"{name}.css").read_text(encoding="utf-8") for name in names]
    return Markup("\n".join(sheets))  # noqa: S704 - our own files, without anything put in


def _visible(value: Any) -> Any:  # noqa: ANN401 - whatever a template yields
    return value if isinstance(value, Markup) or not isinstance(value, str) else plain(value)
