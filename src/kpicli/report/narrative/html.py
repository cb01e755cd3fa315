"""Markdown to HTML for the words of a report: no raw HTML, no pictures, links to pages alone."""

from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from kpicli.base.wording import Language, Text
from kpicli.output.page.safety import plain
from kpicli.output.page.templating import unbroken
from kpicli.report.narrative.headings import with_levels
from kpicli.report.narrative.safe_markdown import allowed_address

_TABLE = Text("表", "Table")


def as_html(text: str, language: Language, least_heading: int) -> Markup:
    """Return the Markdown text as HTML.

    Line ends stay where they were typed, raw HTML shows as it was. Headings in it begin at
    `least_heading`. A picture, which would have to be loaded, becomes a link. A table scrolls
    sideways within itself.
    """
    text = with_levels(text, least_heading)
    markdown = _markdown().enable("table").disable("image")
    environment: dict[str, Any] = {}
    visible = "\n".join(plain(line) for line in text.split("\n"))
    tokens = markdown.parse(visible, environment)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(6, max(least_heading, int(token.tag[1:])))}"
    html = markdown.renderer.render(_framed(tokens, language), markdown.options, environment)
    return Markup(html)  # noqa: S704 - markdown-it escapes every text, with raw HTML off


def as_inline_html(text: str) -> Markup:
    """Return one line of Markdown as HTML, without a paragraph around it."""
    markdown = _markdown().disable(["image", "link", "autolink"])
    return Markup(markdown.renderInline(plain(text)))  # noqa: S704 - as above


def as_text(text: str) -> str:
    """Return one line of Markdown as bare text."""
    tokens = MarkdownIt("commonmark", {"html": False}).parseInline(text)
    children = [child for token in tokens for child in token.children or ()]
    return "".join(child.content for child in children) or text


class _Markdown(MarkdownIt):
    """A parser that takes a link with a refused address for text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        return allowed_address(url)


def _markdown() -> MarkdownIt:
    markdown = _Markdown("commonmark", {"html": False})
    markdown.add_render_rule("text", _text)
    markdown.add_render_rule("softbreak", _softbreak)
    return markdown


def _text(_: object, tokens: Sequence[Token], index: int, *__: object) -> str:
    return str(unbroken(tokens[index].content))  # Markup would escape what is put before it


def _softbreak(*_: object) -> str:
    return "<br>\n"


def _framed(tokens: Sequence[Token], language: Language) -> list[Token]:
    label = escape(_TABLE.in_language(language))
    framed: list[Token] = []
    for token in tokens:
        if token.type == "table_open":
            start = f'<div class="fd-scroll" role="group" tabindex="0" aria-label="{label}">'
            framed.append(Token("html_block", "", 0, content=start))
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("html_block", "", 0, content="</div>"))
    return framed
