"""The run of a mail: months due, and each of them counted, looked over, drafted, sent once."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import OutputError
from kpicli.base.storage import lock, private_folder, reason_of
from kpicli.base.wording import Text
from kpicli.loaders.reading import Reporter
from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.concerns import Concerns, concerns
from kpicli.mail.delivery import (
    Delivery,
    EventLog,
    Letter,
    Transport,
    hand_over,
    read_transport,
)
from kpicli.mail.draft import draft, warning_draft
from kpicli.mail.history import (
    mail_key,
    message_id,
    months_due,
    new_event,
    other_figures_sent,
    warning_key,
)
from kpicli.mail.journal import Event, Journal, no_access
from kpicli.mail.message import as_bytes, compose
from kpicli.mail.order import Order
from kpicli.model.figures import Summary
from kpicli.model.periods import Period
from kpicli.output.data.digests import figures_digest
from kpicli.run.summary import summarize

Progress = Callable[[], AbstractContextManager[Reporter | None]]
"""Makes what shows, for as long as files are read, how far that has come."""


class Mailing(Struct, frozen=True):
    """One month's mail before it is written: its figures, and what a reader must see first.

    `key` is the same for the same request, period and figures.
    """

    order: Order
    summary: Summary
    concerns: Concerns
    key: str

    @property
    def withheld(self) -> tuple[str, ...]:
        """Return the gaps in the exports for which it is not to be sent."""
        return self.concerns.gaps if self.order.options.require_coverage else ()

    def letter(self, *, revised: bool = False) -> Letter:
        """Return the mail as it is written; `revised` where other figures were sent before."""
        order = self.order
        written = draft(
            self.summary, self.concerns, order.mail, order.attach, order.language, revised=revised
        )
        return Letter(order.key, self.key, self.summary.period, written, order.recipients)

    def warning(self, admin: Mailbox) -> Letter:
        """Return the warning to the administrator that it is withheld."""
        period, request = self.summary.period, warning_key(self.order.key)
        written = warning_draft(period, self.concerns, self.order.language)
        key = mail_key(request, period, written.text)
        return Letter(request, key, period, written, Recipients((admin,)))


class Outcome(Struct, frozen=True):
    """The outcome of one month's mail: a delivery, or the gaps for which it was withheld.

    `warning` is the delivery of the warning sent instead, if there is an administrator.
    """

    summary: Summary
    delivery: Delivery = Delivery({})
    withheld: tuple[str, ...] = ()
    warning: Delivery = Delivery({})

    @property
    def ends_the_run(self) -> bool:
        """Return whether later months must wait, so that they come in order."""
        return bool(self.withheld) or self.delivery.accepted_for_nobody


def send_due(order: Order, progress: Progress) -> Iterator[Outcome]:
    """Send what is due, the oldest month first, and yield what became of each.

    It ends with the first month that is withheld or that the server accepts for nobody. No other
    run is let in meanwhile. Raises `SettingsError` for a password that cannot be had, `OutputError`
    for a journal that cannot be opened or written, and what counting raises.
    """
    transport = read_transport(order)
    with _alone(order) as file, Journal(file) as journal:
        for period in _due(order, journal.events):
            outcome = send(count(order, period, progress), journal, transport)
            yield outcome
            if outcome.ends_the_run:
                return


def months_to_send(order: Order) -> tuple[Period, ...]:
    """Return the months that are due now; other runs are not kept out meanwhile."""
    if not order.options.catch_up or not order.journal.exists():
        return _due(order, ())
    with Journal(order.journal) as journal:
        return _due(order, journal.events)


def _due(order: Order, events: Iterable[Event]) -> tuple[Period, ...]:
    if not order.options.catch_up:
        return (order.request.period,)
    own = [event for event in events if event.question == order.key]
    recipients = {mailbox.key for mailbox in order.recipients.all}
    return months_due(order.request.period, own, order.mail.catch_up_months, recipients)


def count(order: Order, period: Period, progress: Progress) -> Mailing:
    """Return one month's mail, counted. Raises what counting raises."""
    with progress() as report:
        summary = summarize(order.settings, order.request_for(period), order.today, report)
    key = mail_key(order.key, period, figures_digest(summary))
    return Mailing(order, summary, concerns(summary, order.settings.catalog, order.language), key)


def written_message(mailing: Mailing) -> bytes:
    """Return the message as a file that `sendmail -t` takes; nothing is recorded of it."""
    order, letter = mailing.order, mailing.letter()
    sender, reply_to = order.mail.sender, order.mail.reply_to
    name = message_id((), letter.key, sender.domain)
    message = compose(letter.draft, sender, letter.recipients, name, order.now(), reply_to)
    return as_bytes(message, for_smtp=False)


def send(mailing: Mailing, journal: Journal, transport: Transport) -> Outcome:
    """Send a month's mail to everybody who does not have it, and return what became of it.

    Where it is withheld this is recorded, and the administrator is warned, once.
    """
    order, summary = mailing.order, mailing.summary
    if mailing.withheld:
        return _withhold(mailing, journal, transport)
    revised = other_figures_sent(journal.events, order.key, summary.period, mailing.key)
    delivery = hand_over(order, mailing.letter(revised=revised), journal, transport)
    return Outcome(summary, delivery)


def _withhold(mailing: Mailing, journal: Journal, transport: Transport) -> Outcome:
    order, admin = mailing.order, mailing.order.mail.admin
    event = new_event(order.key, mailing.key, mailing.summary.period)
    EventLog(journal, event, order.now).write([""], "withheld")
    warning = Delivery({})
    if admin is not None:
        warning = hand_over(order, mailing.warning(admin), journal, transport)
    return Outcome(mailing.summary, withheld=mailing.withheld, warning=warning)


@contextmanager
def _alone(order: Order) -> Iterator[Path]:
    """Give the journal's file once no other run has it; raises `OutputError` after `lock_wait`."""
    file, wait = order.journal, order.mail.lock_wait
    busy = OutputError(
        Text(
            f"別の kpicli mail が動いています({wait:g} 秒待ちました)",
            f"another kpicli mail is running (waited {wait:g} seconds)",
        ),
        Text("終わってからもう一度実行してください", "run it again when that has ended"),
    )
    try:
        private_folder(file.parent)
        release = lock(file.with_name(f"{file.name}.lock"), wait, busy)
    except OSError as error:
        raise no_access(file, reason_of(error)) from None
    try:
        yield file
    finally:
        release()
