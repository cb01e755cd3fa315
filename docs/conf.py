"""How the documentation site is built: `nox -s docs` writes it into build/site.

The sources are the repository's own documents, where they are: docs/, README, CONTRIBUTING and the
examples. Pages open from a folder without a web server and fetch nothing from elsewhere.
"""

import re
import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]  # the version, and docstrings

from docs_samples import write_samples  # noqa: E402 - likewise
from kpicli.catalog.sources.source import Source  # noqa: E402 - found by the line above
from kpicli.loaders.rows import dataset  # noqa: E402 - likewise
from kpicli.model.accounting import SourceAccounting  # noqa: E402 - likewise
from kpicli.model.summary import InputFile  # noqa: E402 - likewise
from kpicli.version import VERSION  # noqa: E402 - found by the line above
from site_digest import KEPT, digest  # noqa: E402 - likewise

project = "kpicli"
release = version = VERSION
author = copyright = "kpicli"
root_doc = "docs/index"
language = "ja"  # of what the theme itself says; `set_language` for the pages in English
smartquotes = False  # quotes and hyphens stay as they are written
extensions = ["myst_parser", "sphinx.ext.autodoc"]
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
nitpick_ignore_regex = [("py:.*", ".*")]  # a type of a signature need have no page of its own
include_patterns = [
    *("docs/**.md", "README.md", "README.ja.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"),
    *("changelog.d/README.md", "examples/README.md", "examples/*/README.md"),
]
exclude_patterns = [".*", "build", "dist", "src", "tests", "venv"]
show_warning_types = True

# Headings have the anchors under which forges show them, to the sixth level; ```toml is a block of
# code, and `{{ voices }}` is a figure in a report: no extension of Markdown is wanted.
myst_heading_anchors = 6
myst_enable_extensions: list[str] = []

html_theme = "furo"  # no web fonts; readable on a phone, on paper and in the dark
html_title = "kpicli"
html_static_path: list[str] = []
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_use_index = False
html_show_search_summary = False  # browsers let no page of a folder read another one
html_search_language = "ja-en"
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

man_pages: list[tuple[str, str, str, list[str], int]] = [
    ("docs/reference", "kpicli", "figures of an insurance agency from its CRM exports", [], 1),
    ("docs/ja/reference", "kpicli.ja", "代理店の出力から指標を数える", [], 1),
]

JAPANESE = "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\uff10-\uff5a"
"""Kana, kanji and full-width letters, as ranges within the brackets of a regular expression."""
WRITTEN = f"{JAPANESE}\u3001-\u3003\u3008-\u3011"
"""The same with commas, full stops and brackets."""


class JapaneseAndEnglish(SearchEnglish):
    """English words by their stems, and of Japanese every two characters that stand together.

    Japanese has no spaces, and a dictionary splits a phrase otherwise than a sentence that holds
    it. Pairs of characters are the same in both: whatever holds 改善率 holds 改善 and 善率.
    """

    lang = "ja-en"
    js_splitter_code = f"""
var splitQuery = (query) =>
  (query.match(/[{JAPANESE}]+|[A-Za-z0-9_]+/gu) || []).flatMap((run) => {{
    if (run.length < 3 || !/^[{JAPANESE}]/u.test(run)) return [run];
    return [...run].slice(1).map((sign, place) => run[place] + sign);
  }});
"""
    _runs = re.compile(f"[{JAPANESE}]+|[A-Za-z0-9_]+")

    def split(self, input: str) -> list[str]:
        """Return the words of a text: pairs of Japanese characters, and other words whole."""
        words: list[str] = []
        for run in self._runs.findall(input):
            paired = len(run) > 2 and re.match(f"[{JAPANESE}]", run)
            words += [run[n : n + 2] for n in range(len(run) - 1)] if paired else [run]
        return words


def set_language(
    _app: Sphinx, page: str, _template: str, context: dict[str, Any], _document: object
) -> None:
    """Set the language of a page, by which screen readers speak it, and of the theme's words."""
    japanese = page.startswith("docs/ja/") or page in {
        "docs/index",
        "docs/glossary",
        "docs/samples",
        "README.ja",
        "search",
    }
    context["language"] = "ja" if japanese else "en"
    if not japanese:
        context["_"] = context["gettext"] = str  # the theme's words as they are: English


MARKED = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="Site">',
    '<aside class="toc-drawer': '<aside aria-label="Contents" class="toc-drawer',
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    '<div id="search-results"></div>': '<h1>検索 / Search</h1><div id="search-results"></div>',
}
"""What screen readers and keyboards need beyond what generator and theme write."""


def mark_for_screen_readers(app: Sphinx, failure: Exception | None) -> None:
    """Name the parts of every page, and let the keyboard reach what is wider than it."""
    if failure is None:
        for page in Path(app.outdir).rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            for written, marked in MARKED.items():
                text = text.replace(written, marked)
            page.write_text(text, encoding="utf-8", newline="\n")


def add_samples(app: Sphinx, failure: Exception | None) -> None:
    """Add the page and the mail that docs/samples.md leads to, where that is a page."""
    if failure is None and "docs/samples" in app.env.found_docs:
        write_samples(Path(app.outdir))


def keep_digest(app: Sphinx, failure: Exception | None) -> None:
    """Leave in the site what it was made of; take away what browsers ask for when debugging."""
    if failure is None:
        (Path(app.outdir) / KEPT).write_text(f"{digest(ROOT)}\n", encoding="utf-8")
        for unused in Path(app.outdir).rglob("*.map"):
            unused.unlink()


def join_lines(_app: Sphinx, document: nodes.document) -> None:
    """Join the lines of Japanese paragraphs: a browser would show a space where a line ends."""
    for end in [text for text in document.findall(nodes.Text) if text == "\n"]:
        around = end.parent.children
        place = next(n for n, each in enumerate(around) if each is end)
        beside = "".join(each.astext()[-1:] for each in around[place - 1 : place])
        beside += "".join(each.astext()[:1] for each in around[place + 1 : place + 2])
        if re.fullmatch(f"[{WRITTEN}]{{2}}", beside):
            del end.parent[place]


def setup(app: Sphinx) -> None:
    """Register what is the site's own."""
    for name in (Source, InputFile, SourceAccounting):
        vars(dataset).setdefault(name.__name__, name)  # imported there for type checkers alone
    app.connect("doctree-read", join_lines)
    app.add_search_language(JapaneseAndEnglish)
    app.connect("html-page-context", set_language)
    app.connect("build-finished", mark_for_screen_readers)
    app.connect("build-finished", add_samples)
    app.connect("build-finished", keep_digest)
    app.add_lexer("csv", TextLexer)  # exports are shown as they are
    app.add_lexer("markdown", TextLexer)
