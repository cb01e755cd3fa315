"""Handing a message over, trying again where that may help, and writing down every step.

The few lines of back-off are our own: whether to try again depends on how far the conversation
had come and on what the user chose for a doubt, which no library for retries knows of.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from kpicli.mail.journal import Event, Journal, State
from kpicli.mail.settings import OnDoubt, SmtpSettings
from kpicli.mail.smtp import Envelope, Failed, Reply, converse


class Fate(Struct, frozen=True):
    """What became of a message for one recipient, and the server's words for it."""

    state: State
    words: str = ""


class Post(Struct, frozen=True):
    """How messages leave: the server, its password, and what is done where one is in doubt."""

    smtp: SmtpSettings
    secret: str | None
    on_doubt: OnDoubt


Stamp = Callable[[], str]
"""Tells the moment, as the journal writes it."""


class Ledger(Struct, frozen=True):
    """Where the steps of one message are written down; `pattern` has what all of them share."""

    journal: Journal
    pattern: Event
    stamp: Stamp

    def write(self, recipients: Iterable[str], state: State, code: int | None = None) -> None:
        """Write a step of these recipients down before anything else happens."""
        self.write_all((name, state, code) for name in recipients)

    def write_all(self, steps: Iterable[tuple[str, State, int | None]]) -> None:
        """Write down steps of several recipients: of each the name, the state and the reply."""
        made = replace(self.pattern, at=self.stamp())
        self.journal.record(
            [replace(made, recipient=name, state=state, code=code) for name, state, code in steps]
        )


def deliver(post: Post, envelope: Envelope, ledger: Ledger) -> Mapping[str, Fate]:
    """Return the fate of the message for each recipient of the envelope.

    A temporary failure (4xx, no connection, one that drops or hangs) is tried again after a pause
    that doubles, for those who still wait; a permanent one is final. A doubt ends it, or with
    `on_doubt` "send" counts as a temporary failure. Where nothing helps, the fate is `failed`,
    `refused` for a recipient that the server does not take, and `handing over` in doubt.
    """
    fates: dict[str, Fate] = {}
    waiting = envelope.recipients
    for attempt in range(post.smtp.attempts):
        if attempt:
            time.sleep(post.smtp.retry_wait * 2 ** (attempt - 1))
        found = _attempt(post, replace(envelope, recipients=waiting), ledger)
        fates |= {name: fate for name, (fate, _) in found.items()}
        waiting = tuple(name for name, (_, again) in found.items() if again)
        if not waiting:
            break
    return fates


def _attempt(post: Post, envelope: Envelope, ledger: Ledger) -> dict[str, tuple[Fate, bool]]:
    """Return the fate of each recipient, and whether to try again."""
    everybody = envelope.recipients
    ledger.write(everybody, "begun")

    def before_end(taken: Sequence[str]) -> None:
        ledger.write(taken, "handing over")

    try:
        replies = converse(post.smtp, post.secret, envelope, before_end)
    except Failed as error:
        ledger.write(everybody, "failed", error.reply.code)
        fate = Fate("failed", str(error.reply))
        return dict.fromkeys(everybody, (fate, error.reply.temporary))
    states = {name: _state(reply) for name, reply in replies.items()}
    ledger.write_all(
        (name, states[name], reply.code) for name, reply in replies.items() if not reply.doubtful
    )
    return {
        name: (Fate(states[name], str(reply)), _may_help(states[name], post))
        for name, reply in replies.items()
    }


def _state(reply: Reply) -> State:
    if reply.doubtful:
        return "handing over"
    if reply.taken:
        return "sent"
    return "failed" if reply.temporary else "refused"


def _may_help(state: State, post: Post) -> bool:
    """Tell whether to try again."""
    return state == "failed" or (state == "handing over" and post.on_doubt == "send")
