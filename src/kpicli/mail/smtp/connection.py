"""The line to a mail server, bounded in time and size whatever the server sends.

smtplib's timeout is that of a single read: a server that sends a byte now and then, or lines
without end, holds a run for as long, and fills as much memory, as it likes.
"""

import smtplib
import socket
import ssl
from math import inf
from time import monotonic

from kpicli.base.wording import Text

ANSWER_BYTES = 1 << 16
"""The longest answer that is read, all its lines together."""

CONVERSATION_TIMEOUTS = 5
"""All until the message is complete takes at most so many times the limit of one answer."""

_SENT_AT_ONCE = 1 << 16


class OutOfBounds(Exception):
    """The server takes longer, or says more, than it may."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class _Answers:
    """The lines that come over a socket, as the file from which smtplib reads them."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.unread = b""
        self._line = line
        self._seconds = seconds
        self._limit = seconds
        self._until = inf
        self._bytes_left = 0

    def begin(self, end: float) -> None:
        """Begin to read one answer, which must be whole within its time, and before `end`."""
        now = monotonic()
        self._until = min(now + self._seconds, end)
        self._limit = self._until - now
        self._bytes_left = ANSWER_BYTES

    def readline(self, limit: int) -> bytes:
        """Return the next line, with its end, of at most `limit` bytes; b"" where no more comes.

        Raises `OutOfBounds` where the answer is longer, or takes longer, than it may.
        """
        while b"\n" not in self.unread[:limit] and len(self.unread) < limit:
            received = self._received()
            if not received:
                break
            self.unread += received
        end = self.unread.find(b"\n", 0, limit) + 1 or limit
        line, self.unread = self.unread[:end], self.unread[end:]
        self._bytes_left -= len(line)
        if self._bytes_left < 0:
            kib = ANSWER_BYTES >> 10
            raise OutOfBounds(
                Text(
                    f"サーバーの返事が長すぎます({kib} KiB まで)",
                    f"the server's answer is longer than {kib} KiB",
                )
            )
        return line

    def _received(self) -> bytes:
        seconds = self._until - monotonic()
        if seconds > 0:
            self._line.settimeout(seconds)
            try:
                return self._line.recv(1 << 12)
            except TimeoutError:
                pass
        raise _too_slow(self._limit)

    def close(self) -> None:
        """Leave the socket open: it is the connection's."""


class BoundedSmtp(smtplib.SMTP):
    """A connection on which each answer has `seconds`, and all before the message's end a few such.

    Raises `OutOfBounds` where the server needs more, or answers at a length that nobody needs.
    """

    def __init__(self, host: str, port: int, seconds: float, **options: ssl.SSLContext) -> None:
        self._seconds = seconds
        self._end = monotonic() + CONVERSATION_TIMEOUTS * seconds
        super().__init__(host, port, timeout=seconds, **options)  # type: ignore[arg-type] # TLS has one

    def getreply(self) -> tuple[int, bytes]:
        """Return code and words of one answer, all its lines read."""
        if self.file is None:  # also after STARTTLS, so that nothing said in clear is left
            if self.sock is None:
                raise smtplib.SMTPServerDisconnected("not connected")
            self.file = _Answers(self.sock, self._seconds)
        self.file.begin(self._end)
        try:
            return super().getreply()
        except OutOfBounds:
            self.close()
            raise

    def send(self, s: str | bytes) -> None:  # type: ignore[override] # no other buffers here
        """Send a command or a message, piece by piece, each within the time that is left."""
        content = s.encode(self.command_encoding) if isinstance(s, str) else s
        for start in range(0, len(content), _SENT_AT_ONCE):
            seconds = min(self._seconds, self._end - monotonic())
            if seconds <= 0:
                self.close()
                raise _too_slow(self._seconds)
            if self.sock is not None:
                self.sock.settimeout(seconds)
            super().send(content[start : start + _SENT_AT_ONCE])

    def allow_last_answers(self) -> None:
        """Give the answers that are left their full time each.

        To cut the one to the whole message short would leave in doubt what has arrived.
        """
        self._end = inf

    def check_silent(self) -> None:
        """Raise `ConnectionError` where the server hung up, or spoke without being asked."""
        line = self.sock
        if line is None or self.file is None or self.file.unread:
            raise ConnectionError("the server spoke amid the message")
        line.setblocking(False)
        try:
            line.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        raise ConnectionError("the server ended the conversation amid the message")


class BoundedSmtpOverTls(BoundedSmtp, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


def _too_slow(seconds: float) -> OutOfBounds:
    return OutOfBounds(
        Text(
            f"サーバーの返事が {seconds:.3g} 秒以内に終わりません",
            f"the server has not ended its answer within {seconds:.3g} seconds",
        )
    )
