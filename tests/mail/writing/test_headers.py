"""Names and subjects survive as headers."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.writing.draft import Draft
from kpicli.mail.writing.message import as_bytes, compose

SENDER = Mailbox("集計係", "kpi@example.co.jp")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")),
    min_size=1,
    max_size=12,
)
LINES = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


def sent(written: Draft, recipients: Recipients) -> tuple[bytes, EmailMessage]:
    """Return the message as it goes over the line, and as it is read."""
    at = datetime(2025, 10, 1, 7, tzinfo=UTC)
    message = compose(written, SENDER, recipients, "<a.1@example.co.jp>", at)
    content = as_bytes(message, for_smtp=True)
    return content, message_from_bytes(content, policy=default)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES.map(lambda name: name.translate({ord(c): None for c in '<>"'})), min_size=1))
def test_names_survive(names: list[str]) -> None:
    """Names before addresses come back, and never become other addresses."""
    boxes = tuple(Mailbox(name.strip(), f"a{n}@example.co.jp") for n, name in enumerate(names))
    content, read = sent(Draft("x", "x\n"), Recipients(boxes))
    assert [a.addr_spec for a in read["To"].addresses] == [box.bare for box in boxes]
    # the older half of the library: the newer puts a space between two encoded words of a name
    pairs = getaddresses([str(message_from_bytes(content)["To"])])
    assert [str(make_header(decode_header(name))) for name, _ in pairs] == [b.name for b in boxes]


@pytest.mark.parametrize(
    "text",
    [
        "=?utf-8?q?x=0D=0ABcc:_e@example.com?=",
        "集計 =?utf-8?q?x=0ABcc:_e@example.com?=",
        "=?utf-8?b?eA0KQmNjOiBlQGV4YW1wbGUuY29t?=",
        "=?utf-8?q?" + "a" * 200 + "=0ABcc:_e@example.com?=",
    ],
)
def test_what_looks_like_an_encoded_word_is_text(text: str) -> None:
    """It is encoded once more: nobody's reader makes another header of it."""
    fd = Mailbox(text, "fd@example.co.jp")
    draft, at = Draft(text, "本文\n"), datetime(2025, 10, 1, 7, tzinfo=UTC)
    for for_smtp in (True, False):
        content = as_bytes(compose(draft, fd, Recipients((fd,)), "<1@x>", at), for_smtp=for_smtp)
        read = message_from_bytes(content)
        assert read["Bcc"] is None
        assert str(make_header(decode_header(read["Subject"]))) == text
        assert b"\nBcc" not in content
        ((name, address),) = getaddresses([str(read["To"])])
        assert (str(make_header(decode_header(name))), address) == (text, "fd@example.co.jp")
        parsed = message_from_bytes(content, policy=default)
        assert parsed["From"].addresses[0].addr_spec == "fd@example.co.jp"
