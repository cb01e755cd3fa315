"""One conversation with the mail server: one message to some recipients."""

import re
import smtplib
import ssl
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.mail.settings import SmtpSettings
from kpicli.mail.smtp.connection import BoundedSmtp, BoundedSmtpOverTls, OutOfBounds
from kpicli.mail.smtp.hints import hint_for

DOUBT = -1
OK = 250
READY_FOR_DATA = 354


class Reply(Struct, frozen=True):
    """A reply of the server: code and words.

    A code of 0 stands for what is no reply, `DOUBT` for a message that was handed over without any:
    the server may have accepted it or not.
    """

    code: int
    words: Text
    hint: Text | None = None
    """What to do about it, where that is known."""

    @property
    def doubtful(self) -> bool:
        """Return whether nobody can know what became of the message."""
        return self.code == DOUBT

    @property
    def accepted(self) -> bool:
        """Return whether the server accepts."""
        return 200 <= self.code < 300

    @property
    def temporary(self) -> bool:
        """Return whether trying again may help."""
        return self.code < 500

    @property
    def said(self) -> Text:
        """Return the reply as a person reads it: its code, if it has one, and its words."""
        if self.code <= 0:
            return self.words
        return Text(f"{self.code} {self.words.ja}", f"{self.code} {self.words.en}")


class Failed(Exception):
    """The server has accepted the message for nobody."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.said.en)
        self.reply = reply


class Envelope(Struct, frozen=True):
    """The SMTP envelope: bare addresses, and the message with CRLF at every line's end."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


_ERRORS = (OSError, smtplib.SMTPException, UnicodeError, OutOfBounds)
_PERMANENT = (ssl.SSLError, smtplib.SMTPNotSupportedError, UnicodeError)

BeforeEnd = Callable[[Sequence[str]], None]
"""Called with the recipients that the server takes, just before the message is complete."""


def try_out(smtp: SmtpSettings, secret: str | None) -> Reply:
    """Connect, log in and leave again; return the server's reply to the last step.

    No message is spoken of. Raises `Failed` where it came to no end.
    """
    try:
        connection = _connected(smtp)
    except _ERRORS as error:
        raise Failed(_reply(error, smtp)) from None
    try:
        _logged_in(connection, smtp, secret)
        reply = _reply_of(connection.noop())
        with suppress(*_ERRORS):
            connection.quit()
        return reply
    except _ERRORS as error:
        raise Failed(_reply(error, smtp)) from None
    finally:
        connection.close()


def converse(
    smtp: SmtpSettings, secret: str | None, envelope: Envelope, before_end: BeforeEnd
) -> Mapping[str, Reply]:
    """Hand a message over, and return the server's reply for each recipient.

    Until `before_end` is called the server has no complete message and cannot deliver it. Raises
    `Failed` where it came to no end.
    """
    try:
        connection = _connected(smtp)
    except _ERRORS as error:
        raise Failed(_reply(error, smtp)) from None
    try:
        try:
            _logged_in(connection, smtp, secret)
            replies = _envelope_accepted(connection, envelope)
        except _ERRORS as error:
            raise Failed(_reply(error, smtp)) from None
        accepted = [name for name, reply in replies.items() if reply.accepted]
        if accepted:
            before_end(accepted)
            last = _completed(connection)
            replies = {name: last if name in accepted else reply for name, reply in replies.items()}
        with suppress(*_ERRORS):  # what was said stands
            connection.quit()
        return replies
    finally:
        connection.close()


def _connected(smtp: SmtpSettings) -> BoundedSmtp:
    if smtp.security == "tls":
        return BoundedSmtpOverTls(smtp.host, smtp.usual_port, smtp.timeout, context=_context(smtp))
    return BoundedSmtp(smtp.host, smtp.usual_port, smtp.timeout)


def _context(smtp: SmtpSettings) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=smtp.ca_file)
    except (OSError, ssl.SSLError):
        raise SettingsError(
            Text(
                f"[mail.smtp] の ca_file {smtp.ca_file} を証明書として読めません",
                f"[mail.smtp] ca_file {smtp.ca_file} cannot be read as certificates",
            )
        ) from None
    if not smtp.verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def _logged_in(connection: BoundedSmtp, smtp: SmtpSettings, secret: str | None) -> None:
    _expect(OK, _reply_of(connection.ehlo()))  # no HELO after it: its reply would hide this one
    if smtp.security == "starttls":
        connection.starttls(context=_context(smtp))
        _expect(OK, _reply_of(connection.ehlo()))
    if smtp.user is not None and secret is not None:
        connection.login(smtp.user, secret)


def _envelope_accepted(connection: BoundedSmtp, envelope: Envelope) -> dict[str, Reply]:
    """Send the envelope and all of the message but its end; return the reply for each recipient."""
    size = [f"SIZE={len(envelope.content)}"] if connection.has_extn("size") else []
    _expect(OK, _reply_of(connection.mail(envelope.sender, size)))
    replies = {name: _reply_of(connection.rcpt(name)) for name in envelope.recipients}
    gone = [reply for reply in replies.values() if reply.code == 421]  # it hangs up on us
    if gone:
        raise Failed(gone[0])
    if any(reply.accepted for reply in replies.values()):
        _expect(READY_FOR_DATA, _reply_of(connection.docmd("DATA")))
        connection.send(re.sub(rb"(?m)^\.", b"..", envelope.content))
    return replies


def _completed(connection: BoundedSmtp) -> Reply:
    """Complete the message and return the reply, `DOUBT` where none comes."""
    try:
        connection.check_silent()  # what is known to be broken now is not in doubt afterwards
        connection.allow_last_answers()
        connection.send(b".\r\n")
    except _ERRORS as error:  # the end has not left this machine
        raise Failed(_reply(error)) from None
    try:
        reply = _reply_of(connection.getreply())
    except _ERRORS as error:
        return Reply(DOUBT, _reply(error).said)
    return reply if reply.accepted or reply.code >= 400 else Reply(DOUBT, reply.said)


def _expect(code: int, reply: Reply) -> None:
    if reply.code != code:
        raise Failed(reply)


def _reply_of(answer: tuple[int, bytes]) -> Reply:
    code, words = answer
    return Reply(max(code, 0), _words(words.decode("utf-8", "backslashreplace")))


def _reply(error: Exception, smtp: SmtpSettings | None = None) -> Reply:
    """Return a failure as a reply: its own code, 500 where trying again cannot help, else 0.

    With the settings of the server it has a hint, where one is known.
    """
    reply = _without_hint(error)
    return reply if smtp is None else replace(reply, hint=hint_for(error, smtp))


def _without_hint(error: Exception) -> Reply:
    if isinstance(error, OutOfBounds):
        return Reply(0, error.text)
    if isinstance(error, smtplib.SMTPResponseException):
        code, words = int(error.smtp_code), error.smtp_error
        return _reply_of((code, words if isinstance(words, bytes) else str(words).encode()))
    dropped = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError | ssl.SSLSyscallError)
    if isinstance(error, _PERMANENT) and not dropped:
        return Reply(500, _words(str(error)))
    return Reply(0, _words(str(error) or "the connection broke off"))


def _words(said: str) -> Text:
    """Return what others said, the same in both languages."""
    return Text(said, said)
