import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.output.page.safety import inert, markdown, plain


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
        ("\ue000髙㈱①", "\ue000髙㈱①"),
        ("全角　空白", "全角　空白"),
        ("C:\\ledger", "C:\\ledger"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    """Controls, bidi marks and zero-width signs become visible; all else stays."""
    assert plain(text) == shown


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
    """Every sign that Markdown or HTML reads is escaped, line breaks too."""
    assert markdown("a|b <i>&*_`[x]\\~#\n") == (
        "a\\|b &lt;i&gt;&amp;\\*\\_\\`\\[x\\]\\\\\\~\\#\\\\n"
    )
