"""Words stay Markdown, and whatever renders them finds no HTML and no link that runs something."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kpicli.report.narrative.safe_markdown import allowed_address, safe_line, safe_markdown


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.jp/a?b=c:d#e", "HTTP://example.jp", "mailto:fd@example.jp", ""),
        *("2025:H1.md", "注:1", "kpi.md#声", "../a/b:c.html", "#原則2", "//example.jp", "?q=a:b"),
    ],
)
def test_addresses_of_pages_are_links(address: str) -> None:
    """http, https, mailto, and what is relative to the report."""
    assert allowed_address(address)


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JavaScript:x", " javascript:x", "java\nscript:x"),
        *("java&#115;cript:x", "javascript&colon;x", "java&Tab;script:x", r"javascript\:x"),
        *("vbscript:x", "data:text/html,x", "file:///etc/passwd", "tel:0312345678", "a:b"),
        *("\u200bjavascript:x", "ms-word:ofe|u|https://example.jp/a.docx"),
    ],
)
def test_other_schemes_are_no_links(address: str) -> None:
    """Whatever runs, reads or starts something else is refused, however it is written."""
    assert not allowed_address(address)


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("[x](https://example.jp) <https://example.jp/>", None),
        ("[x]: kpi.md\n\n[x], a \\[b\\](c) and `d`", None),
        ("[x](javascript:alert(1))", r"[x\](javascript:alert(1))"),
        ("![x](data:image/svg+xml,y)", r"![x\](data:image/svg+xml,y)"),
        ("[x](\n  <javascript:y>)", "[x\\](\n  &lt;javascript:y>)"),
        ("> [x](\n> javascript:y)", "> [x\\](\n> javascript:y)"),
        ("[x]:\njavascript:y\n\n[x]", "[x\\]:\njavascript:y\n\n[x]"),
        ("<javascript:x> <https://x onclick=y>", "&lt;javascript:x> &lt;https://x onclick=y>"),
        ('<https://x"onclick=y>', '&lt;https://x"onclick=y>'),
        (r"\<b> \\<b> 1 < 2 <3", r"&lt;b> \\&lt;b> 1 < 2 <3"),
        ("```\n<b>\n```\n<b>", "```\n<b>\n```\n&lt;b>"),
        ("    <b>\n\na\x1bb", "    &lt;b>\n\na\\x1bb"),
    ],
)
def test_only_what_is_not_harmless_becomes_letters(words: str, made: str | None) -> None:
    """Links to pages, escapes and fenced code stay as they were written."""
    assert safe_markdown(words) == (words if made is None else made)


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_an_open_fence_is_closed(fence: str) -> None:
    """What follows the passage in the report is no code; one in a list ends with the list."""
    assert safe_markdown(f"a\n{fence}text\nb") == f"a\n{fence}text\nb\n{fence}"
    assert safe_markdown(fence) == f"{fence}\n{fence}"
    closed = f"{fence}\nb\n{fence}{fence[0]}"
    assert safe_markdown(closed) == closed
    assert safe_markdown(f"{fence}\nb\n{fence[1:]}") == f"{fence}\nb\n{fence[1:]}\n{fence}"
    assert safe_markdown(f"- {fence}\n  b") == f"- {fence}\n  b"


def test_a_line_breaks_no_table() -> None:
    """A bar is a letter once, whether or not it was escaped."""
    assert safe_line(r"a|b\|c [x](javascript:y)") == r"a\|b\|c [x\](javascript:y)"
    assert safe_line(r"a\\|b") == r"a\\\|b"


class _Anything(MarkdownIt):
    """A parser as trusting as can be: raw HTML, and links to everywhere."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - markdown-it's own name
        return url is not None


def dangers(text: str) -> list[str]:
    """Return the raw HTML and the refused addresses that a trusting parser finds."""
    tokens = _Anything("commonmark").enable("table").parse(text)
    every: list[Token] = [t for token in tokens for t in (token, *(token.children or ()))]
    html = [token.content for token in every if token.type in {"html_block", "html_inline"}]
    addresses = [
        str(token.attrs[k]) for token in every for k in ("href", "src") if k in token.attrs
    ]
    return html + [address for address in addresses if not allowed_address(address)]


PIECES = (
    *("[", "]", "(", ")", "](", "]:", "<", ">", "!", "`", "``", "```", "~~~", "\\", "|", "&", ";"),
    *("\n", "\n\n", " ", "    ", "- ", "1. ", "> ", "# ", "---\n", "|-|\n", '"', "'", "=", ":"),
    *("javascript:", "JAVASCRIPT&colon;", "data:", "https://x", "mailto:a@b", "<b>", "<!--", "-->"),
    *("<https://x onclick=y>", "<javascript:x>", "[x](javascript:y)", "[x]: javascript:y", "[x]"),
    *("<script>", "</p>", "<?", "<![CDATA[", "a", "声", "1", "&#58;", "&lt;"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@example("<div>\n```\n</div>\n\n```\n<script>\n```")
@example("a ` b\n- [x](javascript:1) ` c")
@example("| ` | [x](javascript:1) | ` |\n|-|-|-|")
@example("[x]: javascript:1\n    <script>")
@example("```\n" * 3 + "<script>")
@example("```|\n|-|\n<script>")
def test_no_words_are_dangerous(words: str) -> None:
    """However marks are put together, a trusting parser finds neither HTML nor a refused link."""
    assert dangers(safe_markdown(words)) == []
    assert dangers(safe_line(words.replace("\n", " "))) == []
    assert dangers(f"{safe_markdown(words)}\n\n<u>\n")[:1] == ["<u>\n"], "all code has ended"


def test_the_parser_of_these_tests_sees_dangers() -> None:
    """What it is to find nothing of, it finds where nothing was done."""
    assert dangers("[x](javascript:1) <b>") == ["<b>", "javascript:1"]
