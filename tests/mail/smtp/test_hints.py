"""What to do about a server that fails is said with the failure."""

import smtplib
import socket
import ssl

import pytest

from kpicli.base.wording import Text
from kpicli.mail.settings import SmtpSettings
from kpicli.mail.smtp import hints
from kpicli.mail.smtp.hints import hint_for


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (
            smtplib.SMTPNotSupportedError("STARTTLS extension not supported"),
            "NO_STARTTLS",
        ),
        (smtplib.SMTPNotSupportedError("SMTP AUTH extension not supported"), "NO_AUTH"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "WRONG_LOGIN"),
        (smtplib.SMTPResponseException(530, b"login first"), "LOGIN_WANTED"),
        (ssl.SSLCertVerificationError("self-signed"), "CERTIFICATE"),
        (ssl.SSLError("wrong version number"), "NOT_TLS"),
        (ConnectionRefusedError(111, "refused"), "NOBODY_LISTENS"),
        (socket.gaierror(-2, "no such name"), "NO_SUCH_HOST"),
        (smtplib.SMTPResponseException(550, b"no such mailbox"), None),
    ],
)
def test_hints(error: Exception, hint: str | None) -> None:
    """Each failure that settings can mend has one; a mailbox that is refused has none."""
    expected: Text | None = None if hint is None else getattr(hints, hint)
    assert hint_for(error, SmtpSettings(security="tls")) == expected


def test_silence_on_the_port_of_tls() -> None:
    """A server that waits for TLS says nothing to one who waits for its greeting."""
    silent = TimeoutError("timed out")
    assert hint_for(silent, SmtpSettings(port=465)) == hints.TLS_FROM_START
    assert hint_for(silent, SmtpSettings(port=587)) is None
    assert hint_for(silent, SmtpSettings(security="tls")) is None
