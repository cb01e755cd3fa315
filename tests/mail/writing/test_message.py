"""The message: any Japanese in its headers is read back as it was."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.writing.draft import Draft
from kpicli.mail.writing.message import as_bytes, compose
from kpicli.output.page.safety import hidden

SENDER = Mailbox("集計係", "kpi@example.co.jp")
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Zs")).filter(
        lambda character: not hidden(character)  # as code points that are no characters are
    ),
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
@given(LINES, LINES)
def test_headers_and_text_survive(subject: str, text: str) -> None:
    """Subject and text come back to the letter, from lines of ASCII that every relay takes."""
    to = Recipients((Mailbox("", "fd@example.co.jp"),))
    content, read = sent(Draft(subject, f"{text}\n", f"<p>{len(text)}</p>"), to)
    assert content.isascii()
    assert max(len(line) for line in content.split(b"\r\n")) <= 78
    assert b"\r\n\r\n" not in content.partition(b"Date: ")[0]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert str(read["Subject"]) == subject
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == f"{text}\n"


def test_bcc_is_not_sent() -> None:
    """Who gets a blind copy stands in no byte of the message."""
    hidden_one = Mailbox("", "secret@example.co.jp")
    to = Recipients((Mailbox("", "fd@example.co.jp"),), bcc=(hidden_one,))
    content, _ = sent(Draft("x", "x\n"), to)
    assert b"secret" not in content
    assert hidden_one in to.all
