"""Handing a message over once, trying again where that may help, and recording every step.

The few lines of back-off are our own: whether to try again depends on how far the conversation
had come and on what the user chose for a doubt, which no library for retries knows of.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.folders import named_path
from kpicli.base.wording import Text
from kpicli.mail.addresses import Recipients
from kpicli.mail.history import message_id, new_event, of_the_same, states
from kpicli.mail.journal import Event, Journal, State
from kpicli.mail.order import Order
from kpicli.mail.settings import MailSettings, OnDoubt, SmtpSettings
from kpicli.mail.smtp.conversation import Envelope, Failed, Reply, converse
from kpicli.mail.smtp.credentials import password
from kpicli.mail.writing.message import as_bytes, compose
from kpicli.model.periods import Period

if TYPE_CHECKING:
    from kpicli.mail.writing.draft import Draft


Waiting = Callable[[float, int, int, Text], None]
"""Called before a pause: its seconds, the attempts made, those there can be, and why."""


def say_nothing(seconds: float, made: int, most: int, reason: Text) -> None:
    """Say nothing of a pause."""


class Transport(Struct, frozen=True):
    """The mail server, its password, and what to do where a message is in doubt.

    `waiting` is called before each pause between two attempts.
    """

    smtp: SmtpSettings
    secret: str | None
    on_doubt: OnDoubt
    waiting: Waiting = say_nothing


class Letter(Struct, frozen=True):
    """A mail as it is written, for whom, and by what it is known again: its request and itself."""

    request: str
    key: str
    period: Period
    draft: "Draft"
    recipients: Recipients

    @property
    def event(self) -> Event:
        """Return what all events of the letter share."""
        return new_event(self.request, self.key, self.period)


class Sealed(Struct, frozen=True):
    """A message as it is handed over, to whom, and what all events of it share."""

    event: Event
    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Result(Struct, frozen=True):
    """The last state of a message for one recipient, with the server's words."""

    state: State
    words: Text = Text("", "")
    hint: Text | None = None


class Delivery(Struct, frozen=True):
    """The outcome of a letter: the result of each recipient who was tried, and the others.

    `already` have it, `skipped` may have it.
    """

    results: Mapping[str, Result]
    already: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def sent(self) -> tuple[str, ...]:
        """Return those to whom it has been sent now."""
        return tuple(name for name, result in self.results.items() if result.state == "sent")

    @property
    def failed(self) -> bool:
        """Return whether somebody did not get it, or may not have got it."""
        return bool(self.skipped) or len(self.sent) < len(self.results)

    @property
    def accepted_for_nobody(self) -> bool:
        """Return whether the server accepted it for nobody, now or before.

        One recipient who fails for long does not count: who has it already, or may have it, shows
        that the server accepted it.
        """
        results = {result.state for result in self.results.values()}
        accepted_before = self.already or self.skipped
        return bool(results) and results <= {"failed", "refused"} and not accepted_before


class EventLog(Struct, frozen=True):
    """The events of one message in the journal; `event` has what all of them share."""

    journal: Journal
    event: Event
    now: Callable[[], datetime]

    def write(self, recipients: Iterable[str], state: State, code: int | None = None) -> None:
        """Record a step of these recipients before anything else happens."""
        self.write_all((name, state, code) for name in recipients)

    def write_all(self, steps: Iterable[tuple[str, State, int | None]]) -> None:
        """Record steps of several recipients: of each the name, the state and the reply."""
        event = replace(self.event, at=self.now().isoformat(timespec="seconds"))
        self.journal.record(
            [replace(event, recipient=name, state=state, code=code) for name, state, code in steps]
        )


def read_transport(
    mail: MailSettings, folder: Path, on_doubt: OnDoubt, waiting: Waiting = say_nothing
) -> Transport:
    """Return how messages leave; paths are relative to `folder`.

    Raises `SettingsError` for a password that cannot be had.
    """
    smtp = mail.smtp
    secret = password(smtp, folder)
    if smtp.ca_file is not None:
        smtp = smtp.model_copy(update={"ca_file": named_path(smtp.ca_file, folder)})
    return Transport(smtp, secret, on_doubt, waiting)


def seal(order: Order, letter: Letter, events: Sequence[Event], *, again: bool = False) -> Sealed:
    """Return the message of a letter as it is handed over; `events` are those of the journal."""
    mail = order.mail
    same = of_the_same(events, letter.event)
    name = message_id(same, letter.key, mail.sender.domain, again=again)
    message = compose(
        letter.draft, mail.sender, letter.recipients, name, order.now(), mail.reply_to
    )
    return Sealed(
        replace(letter.event, message_id=name),
        mail.sender.key,
        tuple(mailbox.key for mailbox in letter.recipients.all),
        as_bytes(message, for_smtp=True),
    )


def hand_over(order: Order, letter: Letter, journal: Journal, transport: Transport) -> Delivery:
    """Hand a letter over to those of its recipients who do not have it, and return the delivery."""
    again = order.options.again
    sealed = seal(order, letter, journal.events, again=again)
    return hand_over_sealed(sealed, journal, transport, order.now, again=again)


def hand_over_sealed(
    sealed: Sealed,
    journal: Journal,
    transport: Transport,
    now: Callable[[], datetime],
    *,
    again: bool = False,
) -> Delivery:
    """Hand a message over to those who do not have it; with `again` to everybody."""
    already, doubtful = ((), ()) if again else already_sent(sealed, journal.events)
    skipped = doubtful if transport.on_doubt == "skip" else ()
    left = tuple(n for n in sealed.recipients if n not in already and n not in skipped)
    if not left:
        return Delivery({}, already, skipped)
    envelope = Envelope(sealed.sender, left, sealed.content)
    log = EventLog(journal, sealed.event, now)
    return Delivery(deliver(transport, envelope, log), already, skipped)


def already_sent(
    sealed: Sealed, events: Sequence[Event]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the recipients who have a message, and those who may have it."""
    key = sealed.event.mail
    others = {event.mail for event in of_the_same(events, sealed.event)} - {key}
    known = states(events, key, others)
    sent = tuple(name for name in sealed.recipients if known.get(name) == "sent")
    doubtful = tuple(n for n in sealed.recipients if known.get(n) == "handing over")
    return sent, doubtful


def deliver(transport: Transport, envelope: Envelope, log: EventLog) -> Mapping[str, Result]:
    """Return the result of the message for each recipient of the envelope.

    A temporary failure (4xx, no connection, one that drops or hangs) is tried again after a pause
    that doubles, for those who still wait; a permanent one is final. A doubt ends it, or with
    `on_doubt` "send" counts as a temporary failure. Where nothing helps, the result is `failed`,
    `refused` for a recipient that the server does not accept, and `handing over` in doubt.
    """
    results: dict[str, Result] = {}
    waiting = envelope.recipients
    for attempt in range(transport.smtp.attempts):
        if attempt:
            pause, most = transport.smtp.retry_wait * 2 ** (attempt - 1), transport.smtp.attempts
            transport.waiting(pause, attempt, most, next(iter(results.values())).words)
            time.sleep(pause)
        tried = _attempt(transport, replace(envelope, recipients=waiting), log)
        results |= {name: result for name, (result, _) in tried.items()}
        waiting = tuple(name for name, (_, again) in tried.items() if again)
        if not waiting:
            break
    return results


def _attempt(
    transport: Transport, envelope: Envelope, log: EventLog
) -> dict[str, tuple[Result, bool]]:
    """Return the result of each recipient, and whether to try again."""
    everybody = envelope.recipients
    log.write(everybody, "begun")

    def before_end(accepted: Sequence[str]) -> None:
        log.write(accepted, "handing over")

    try:
        replies = converse(transport.smtp, transport.secret, envelope, before_end)
    except Failed as error:
        log.write(everybody, "failed", error.reply.code)
        result = Result("failed", error.reply.said, error.reply.hint)
        return dict.fromkeys(everybody, (result, error.reply.temporary))
    ends = {name: _state(reply) for name, reply in replies.items()}
    log.write_all(
        (name, ends[name], reply.code) for name, reply in replies.items() if not reply.doubtful
    )
    return {
        name: (Result(ends[name], reply.said), _may_help(ends[name], transport))
        for name, reply in replies.items()
    }


def _state(reply: Reply) -> State:
    if reply.doubtful:
        return "handing over"
    if reply.accepted:
        return "sent"
    return "failed" if reply.temporary else "refused"


def _may_help(state: State, transport: Transport) -> bool:
    """Return whether to try again."""
    return state == "failed" or (state == "handing over" and transport.on_doubt == "send")
