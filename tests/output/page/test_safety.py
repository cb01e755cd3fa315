import sys
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kpicli.output.page.safety import hidden, inert, markdown, markdown_line, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("お客様の声", "お客様の声"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x9b2J", "\\x9b2J"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\u202eabc\u2069", "\\u202eabc\\u2069"),
        ("生\u200b保\ufeff", "生\\u200b保\\ufeff"),
        ("\U000e0041", "\\U000e0041"),
        ("\udc83", "\\udc83"),
        ("\ufffe\U0001ffff", "\\ufffe\\U0001ffff"),
        ("\ue000髙㈱①", "\ue000髙㈱①"),
        ("全角　空白", "全角　空白"),
        ("C:\\ledger", "C:\\ledger"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    """Controls, bidi marks and zero-width signs become visible; all else stays."""
    assert plain(text) == shown


def test_every_character_that_python_prints_is_in_sight() -> None:
    """The short way past texts that are printable passes over no character that is hidden."""
    passed = [code for code in range(sys.maxunicode + 1) if hidden(chr(code))]
    assert len(passed) > 2048  # the lone surrogates alone
    assert not any(chr(code).isprintable() for code in passed)


@given(st.text())
def test_plain_is_one_safe_line(text: str) -> None:
    """Whatever is read, what is printed has one line, no control, and can be encoded."""
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 for c in shown)
    shown.encode()


@given(st.text())
def test_plain_twice(text: str) -> None:
    """Made safe twice is made safe once."""
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+81", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "＝1", "＋", "－1", "＠x"],
)
def test_inert(text: str) -> None:
    """What could begin a formula, half or full width, is led by an apostrophe."""
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "生保", "1+1=2", ">=1/month", "'x", "2025-04-01"])
def test_inert_leaves_the_rest(text: str) -> None:
    """Text that begins no formula stays as it is."""
    assert inert(text) == text


def test_markdown() -> None:
    """Every sign that Markdown or HTML would read is escaped, line breaks too; no other is."""
    assert markdown("a|b <i>&*_`[x]\\~#\n") == ("a\\|b &lt;i>&\\*\\_\\`\\[x\\]\\\\\\~\\#\\\\n")
    assert markdown(">=1/month <=0 &lt; &#62;") == ">=1/month <=0 &amp;lt; &amp;\\#62;"


@pytest.mark.parametrize("text", ["- x", "+ x", "---", "> x", "1. x", "12) x", "    x", "#", "="])
def test_no_line_of_markdown_begins_a_block(text: str) -> None:
    """What would begin a list, a quotation, a rule or code is text at the start of a line, too."""
    rendered = MarkdownIt("commonmark").render(markdown_line(text))
    assert unescape(rendered) == f"<p>{text.strip()}</p>\n"


@given(st.text(st.sampled_from("ab1.)-+>=<&;#/!*_`[]|~\\ "), max_size=12))
def test_markdown_shows_text_to_the_letter(text: str) -> None:
    """A reader of Markdown shows a line, and an item of a list, as the text that it was."""
    reader = MarkdownIt("commonmark")
    shown = text.strip()
    if shown:
        assert unescape(reader.render(markdown_line(shown))) == f"<p>{shown}</p>\n"
        listed = reader.render(f"- {markdown_line(shown)}")
        assert unescape(listed) == f"<ul>\n<li>{shown}</li>\n</ul>\n"
