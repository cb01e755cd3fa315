"""A real mail server in the test's own process, which fails wherever it is told to."""

import asyncio
import socket
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "kpi@example.co.jp", "correct horse"

STAGES = ("CONNECT", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "END")
"""Where it can fail; END is the reply to the whole message."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a stage.

    A `reply` instead of the right one; `drop` closes the line, `hang` says nothing more; at DATA
    `drop` comes in the middle of the message. `keep` has the message delivered all the same, which
    only matters at END. `act` is called first.
    """

    stage: str
    reply: str = ""
    drop: bool = False
    hang: bool = False
    keep: bool = False
    act: Callable[[], None] | None = None


@dataclass
class Delivered:
    """A message in the mailbox: to whom, and the message as Python's library reads it."""

    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """Return the message, parsed."""
        return message_from_bytes(self.content, policy=default)


@dataclass
class Mailbox:
    """What the server was told to do, and what it took."""

    faults: deque[Fault] = field(default_factory=deque)
    refused: dict[str, str] = field(default_factory=dict)
    delivered: list[Delivered] = field(default_factory=list)
    conversations: int = 0
    going_on: int = 0

    def next_fault(self, stage: str) -> Fault | None:
        """Return the fault that is due at a stage, taking it off the list."""
        if self.faults and self.faults[0].stage == stage:
            return self.faults.popleft()
        return None

    async def handle_DATA(  # noqa: N802 - aiosmtpd's own name
        self, server: "FaultySMTP", _session: Session, envelope: Envelope
    ) -> str:
        """Take a message, or fail."""
        fault = self.next_fault("END")
        kept = fault is None or fault.keep
        if kept:
            content = envelope.original_content or b""
            self.delivered.append(Delivered(list(envelope.rcpt_tos), content))
        if fault is not None and await server.fail(fault):
            return "421 gone"
        return "250 taken" if fault is None or not fault.reply else fault.reply


class FaultySMTP(SMTP):
    """aiosmtpd's server, failing at the stages that its mailbox names."""

    def __init__(self, mailbox: Mailbox, **options: Any) -> None:  # noqa: ANN401 - aiosmtpd's own
        super().__init__(mailbox, **options)
        self.mailbox = mailbox

    async def fail(self, fault: Fault) -> bool:
        """Do what the fault says but for its reply; tell whether the conversation is over."""
        if fault.act is not None:
            fault.act()
        try:
            if fault.hang:
                await asyncio.sleep(1.5)
        finally:
            if fault.drop or fault.hang:
                cast("asyncio.Transport", self.transport).abort()
        return fault.drop or fault.hang

    async def _failed(self, stage: str) -> bool:
        fault = self.mailbox.next_fault(stage)
        if fault is None:
            return False
        over = await self.fail(fault)
        if not over and fault.reply:
            await self.push(fault.reply)
        return over or bool(fault.reply)

    async def _handle_client(self) -> None:
        self.mailbox.conversations += 1
        self.mailbox.going_on += 1
        try:
            if await self._failed("CONNECT"):
                cast("asyncio.Transport", self.transport).close()
                return
            await super()._handle_client()
        finally:
            self.mailbox.going_on -= 1

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd's own names
        """Greet, or fail."""
        if not await self._failed("EHLO"):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:  # noqa: N802
        """Refuse the old greeting."""
        await self.push(f"502 no HELO from {hostname}")

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        """Turn to TLS, or fail."""
        if not await self._failed("STARTTLS"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        """Take the password, or fail."""
        if not await self._failed("AUTH"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        """Take the sender, or fail."""
        if not await self._failed("MAIL"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        """Take a recipient, or fail."""
        reply = next((r for name, r in self.mailbox.refused.items() if name in arg), None)
        if reply is not None:
            await self.push(reply)
        elif not await self._failed("RCPT"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Take the message, or fail, also half-way."""
        fault = self.mailbox.next_fault("DATA")
        if fault is None:
            await super().smtp_DATA(arg)
        elif fault.reply:
            await self.push(fault.reply)
        else:
            await self.push("354 go on")
            assert self._reader is not None
            await self._reader.read(10)
            await self.fail(fault)


def authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    """Take the one password that is right."""
    right = isinstance(data, LoginPassword) and data == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=right and mechanism in ("LOGIN", "PLAIN"), handled=False)


class Server(Controller):
    """A running server; with a context it speaks TLS, by STARTTLS or from the first byte."""

    def __init__(
        self,
        mailbox: Mailbox,
        context: ssl.SSLContext | None = None,
        *,
        at_once: bool = False,
        login: bool = False,
    ) -> None:
        self.mailbox = mailbox
        self._options: dict[str, Any] = {"authenticator": authenticate} if login else {}
        self._options |= {"auth_required": login, "auth_require_tls": not at_once}
        if context is not None and not at_once:
            self._options |= {"tls_context": context, "require_starttls": True}
        self._listening = socket.create_server(("127.0.0.1", 0))  # nobody else gets this port
        super().__init__(
            mailbox,
            hostname="127.0.0.1",
            port=self._listening.getsockname()[1],
            ssl_context=context if at_once else None,
        )

    def factory(self) -> SMTP:
        """Return the server's side of a new conversation."""
        return FaultySMTP(self.mailbox, hostname="mx.example.jp", **self._options)

    async def _create_server(self) -> asyncio.AbstractServer:
        return await self.loop.create_server(
            self._factory_invoker, sock=self._listening, ssl=self.ssl_context
        )

    def stop(self, no_assert: bool = False) -> None:
        """Stop once every conversation has ended, and its line is closed."""
        until = time.monotonic() + 5
        while self.mailbox.going_on and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(0.02)
        super().stop(no_assert)

    def _trigger_server(self) -> None:
        """Let nothing count as the first conversation, which aiosmtpd starts to see it run."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        kept = self.mailbox.faults
        self.mailbox.faults = deque()
        with socket.create_connection((self.hostname, self.port), 5) as line:
            if self.ssl_context:
                with context.wrap_socket(line) as secure:
                    assert secure.recv(1000)
            else:
                assert line.recv(1000)
        self.mailbox.faults, self.mailbox.conversations = kept, 0


@contextmanager
def deaf_port() -> Iterator[int]:
    """Give a port that refuses connections: it is taken, and nobody listens."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        yield int(line.getsockname()[1])
