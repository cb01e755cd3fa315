"""Addresses: taken apart strictly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.mail.addresses import Mailbox, parse_mailbox


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("fd@example.co.jp", Mailbox("", "fd@example.co.jp")),
        ("<fd@example.co.jp>", Mailbox("", "fd@example.co.jp")),
        ("推進室 <fd@example.co.jp>", Mailbox("推進室", "fd@example.co.jp")),
        ('"推進室, 東京" <fd@example.co.jp>', Mailbox("推進室, 東京", "fd@example.co.jp")),
        ("o'neil+kpi@mail.example.jp", Mailbox("", "o'neil+kpi@mail.example.jp")),
        ("root@localhost", Mailbox("", "root@localhost")),
    ],
)
def test_taken(text: str, mailbox: Mailbox) -> None:
    """A bare address, or one with a name."""
    assert parse_mailbox(text) == mailbox


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fd",
        "fd@",
        "@example.jp",
        "a@b@example.jp",
        "a@example.jp,b@example.jp",
        "a b@example.jp",
        "a@example..jp",
        ".a@example.jp",
        "a.@example.jp",
        "a@-example.jp",
        "部長@example.jp",
        "a@日本.jp",
        '"a b"@example.jp',
        "a@example.jp\r\nBcc: b@example.jp",
        "a@example.jp\n",
        "推進室\r\nBcc: b@example.jp <a@example.jp>",
        "x\u2028<a@example.jp>",
        "x\u202e<a@example.jp>",
        "<a@example.jp> <b@example.jp>",
        "x <a@example.jp",
        "a@[127.0.0.1]",
        f"{'a' * 65}@example.jp",
        f"a@{'b.' * 130}jp",
    ],
)
def test_refused(text: str) -> None:
    """Whatever is not plainly one address, and whatever could add a header."""
    with pytest.raises(ValueError, match="address"):
        parse_mailbox(text)


@given(st.text())
def test_nothing_hidden_gets_through(text: str) -> None:
    """Any text is refused, or is an address without line breaks in ASCII."""
    try:
        mailbox = parse_mailbox(text)
    except ValueError:
        return
    assert mailbox.bare.isascii()
    assert mailbox.bare.count("@") == 1
    assert not set("\r\n\0") & set(mailbox.name + mailbox.bare)


def test_domains_know_no_case() -> None:
    """Two spellings of one address are one; the part before the @ is its owner's business."""
    assert parse_mailbox("Fd@Example.CO.jp").key == "Fd@example.co.jp"
