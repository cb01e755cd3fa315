"""The run of a mail: months due, and each of them counted, looked over, drafted, sent once."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import OutputError
from kpicli.base.storage import lock, private_folder, reason_of
from kpicli.base.wording import Text
from kpicli.loaders.reading import Reporter
from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.delivery import (
    Delivery,
    EventLog,
    Letter,
    Transport,
    Waiting,
    hand_over,
    read_transport,
    say_nothing,
)
from kpicli.mail.history import (
    mail_key,
    message_id,
    months_due,
    new_event,
    other_figures_sent,
    warning_key,
)
from kpicli.mail.journal import Event, Journal, no_access
from kpicli.mail.order import Order, orders
from kpicli.mail.writing.concerns import Concerns, concerns
from kpicli.mail.writing.draft import draft, warning_draft
from kpicli.mail.writing.message import as_bytes, compose
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.output.data.digests import figures_digest
from kpicli.run.summary import summarize
from kpicli.settings.request import Request

Progress = Callable[[], AbstractContextManager[Reporter | None]]
"""Makes what shows, for as long as files are read, how far that has come."""


NOTHING_COVERED = Text(
    "どの項目にもデータがありません(出力が 1 件もこの期間に届いていません)",
    "no figure has any data: no export reaches this period",
)

NO_ROWS_OF_GROUP = Text(
    "この区分の行がありません([mail.each] の to の綴りと、出力を確かめてください)",
    "there are no rows of the group: check its spelling under [mail.each] to, and the exports",
)


class Mailing(Struct, frozen=True):
    """One month's mail before it is written: its figures, and what a reader must see first.

    `key` is the same for the same request, period and figures.
    """

    order: Order
    summary: Summary
    concerns: Concerns
    key: str

    @property
    def name(self) -> str:
        """Return what it is called: the period, and the group where it is of one."""
        label = self.summary.period.label(self.order.language)
        return label if self.order.group is None else f"{label} {self.order.group}"

    @property
    def withheld(self) -> tuple[str, ...]:
        """Return the gaps in the exports for which it is not to be sent."""
        if not any(figure.value.status is not Status.NO_DATA for figure in self.summary.figures):
            reason = NOTHING_COVERED if self.order.group is None else NO_ROWS_OF_GROUP
            return (reason.in_language(self.order.language),)
        return self.concerns.gaps if self.order.options.require_coverage else ()

    def letter(self, *, revised: bool = False) -> Letter:
        """Return the mail as it is written; `revised` where other figures were sent before."""
        order = self.order
        written = draft(
            self.summary,
            self.concerns,
            order.mail,
            order.attach,
            order.language,
            revised=revised,
            group=order.group,
        )
        return Letter(order.key, self.key, self.summary.period, written, order.recipients)

    def warning(self, admin: Mailbox) -> Letter:
        """Return the warning to the administrator that it is withheld."""
        period, request = self.summary.period, warning_key(self.order.key)
        written = warning_draft(self.name, self.withheld, self.order.language)
        key = mail_key(request, period, written.text)
        return Letter(request, key, period, written, Recipients((admin,)))


class Outcome(Struct, frozen=True):
    """The outcome of one month's mail: a delivery, or the gaps for which it was withheld.

    `warning` is the delivery of the warning sent instead, if there is an administrator.
    """

    mailing: Mailing
    delivery: Delivery = Delivery({})
    withheld: tuple[str, ...] = ()
    warning: Delivery = Delivery({})

    @property
    def summary(self) -> Summary:
        """Return the figures."""
        return self.mailing.summary

    @property
    def ends_the_run(self) -> bool:
        """Return whether later months must wait, so that they come in order."""
        return bool(self.withheld) or self.delivery.accepted_for_nobody


def send_due(order: Order, progress: Progress, waiting: Waiting = say_nothing) -> Iterator[Outcome]:
    """Send what is due, the oldest month first, and yield what became of each.

    Of all rows, and of each group, it ends with the first month that is withheld or that the server
    accepts for nobody. No other run is let in meanwhile. Raises `SettingsError` for a password that
    cannot be had, `OutputError` for a journal that cannot be opened or written, and what counting
    raises.
    """
    transport = read_transport(order.mail, order.settings.folder, order.on_doubt, waiting)
    with alone(order.journal, order.mail.lock_wait) as file, Journal(file) as journal:
        counted = Counted(progress)
        for own in orders(order):
            for period in due_months(own, journal.events):
                outcome = send(count(own, period, counted), journal, transport)
                yield outcome
                if outcome.ends_the_run:
                    break


def mails_to_send(order: Order) -> list[tuple[Order, Period]]:
    """Return the mails that are due now; other runs are not kept out meanwhile."""
    events: Sequence[Event] = ()
    if order.options.catch_up and order.journal.exists():
        with Journal(order.journal) as journal:
            events = journal.events
    return [(own, period) for own in orders(order) for period in due_months(own, events)]


def due_months(order: Order, events: Iterable[Event]) -> tuple[Period, ...]:
    """Return the months that an order is to be mailed for, the oldest first."""
    if not order.options.catch_up:
        return (order.request.period,)
    own = [event for event in events if event.question == order.key]
    recipients = {mailbox.key for mailbox in order.recipients.all}
    return months_due(order.request.period, own, order.mail.catch_up_months, recipients)


class Counted:
    """Summaries of this run: orders of several groups share the one that they are cut out of."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._known: dict[Request, Summary] = {}

    def summary(self, order: Order, period: Period) -> Summary:
        """Return the summary of an order's request for a period. Raises what counting raises."""
        request = order.request_for(period)
        if request not in self._known:
            with self._progress() as report:
                self._known[request] = summarize(order.settings, request, order.today, report)
        return self._known[request]


def count(order: Order, period: Period, counted: Counted) -> Mailing:
    """Return one month's mail, counted. Raises what counting raises."""
    summary = counted.summary(order, period)
    if order.group is not None:
        summary = of_group(summary, order.group)
    about = concerns(summary, order.settings.catalog, order.language)
    if order.group is not None:
        summary = replace(summary, sources=())  # their rows, counted, are those of all groups
    # Comparisons that nobody asked for do not make a mail another one: it would be sent again.
    asked = summary if order.compared else _without_comparisons(summary)
    key = mail_key(order.key, period, figures_digest(asked))
    return Mailing(order, summary, about, key)


def of_group(summary: Summary, group: str) -> Summary:
    """Return the figures of one group alone, without what is told of rows that are not its own.

    Sources stay, by whose covered months gaps are found. Of remarks only warnings stay: the others
    may name numbers of all rows.
    """
    figures = tuple(figure for figure in summary.figures if figure.group == group)
    trend = tuple(series for series in summary.trend if series.own.group == group)
    names = {figure.kpi for figure in (*figures, *(series.own for series in trend))}
    return replace(
        summary,
        figures=figures,
        trend=trend,
        kpis={
            name: replace(head, remarks=head.warnings)
            for name, head in summary.kpis.items()
            if name in names
        },
        accounting=(),
        files=(),
        faults=(),
        joint_targets=(),
    )


def _without_comparisons(summary: Summary) -> Summary:
    figures = tuple(replace(figure, comparisons=()) for figure in summary.figures)
    return replace(summary, figures=figures, compared=())


def written_message(mailing: Mailing) -> bytes:
    """Return the message as a file that `sendmail -t` takes; nothing is recorded of it."""
    order, letter = mailing.order, mailing.letter()
    sender, reply_to = order.mail.sender, order.mail.reply_to
    name = message_id((), letter.key, sender.domain)
    message = compose(letter.draft, sender, letter.recipients, name, order.now(), reply_to)
    return as_bytes(message, for_smtp=False)


def preview_text(mailing: Mailing) -> str:
    """Return the headers of a mail as a reader sees them, and its text."""
    order, letter = mailing.order, mailing.letter()
    boxes = letter.recipients
    lists = (("From", (order.mail.sender,)), ("To", boxes.to), ("Cc", boxes.cc), ("Bcc", boxes.bcc))
    lines = [f"{name}: {', '.join(map(_shown, each))}" for name, each in lists if each]
    lines.append(f"Subject: {letter.draft.subject}")
    lines += [
        f"Attachment: {name} ({len(content):,} bytes)"
        for name, _, content in letter.draft.attachments
    ]
    return "\n".join([*lines, "", letter.draft.text])


def _shown(mailbox: Mailbox) -> str:
    return f"{mailbox.name} <{mailbox.bare}>" if mailbox.name else mailbox.bare


def send(mailing: Mailing, journal: Journal, transport: Transport) -> Outcome:
    """Send a month's mail to everybody who does not have it, and return what became of it.

    Where it is withheld this is recorded, and the administrator is warned, once.
    """
    order, summary = mailing.order, mailing.summary
    if mailing.withheld:
        return _withhold(mailing, journal, transport)
    revised = other_figures_sent(journal.events, order.key, summary.period, mailing.key)
    delivery = hand_over(order, mailing.letter(revised=revised), journal, transport)
    return Outcome(mailing, delivery)


def _withhold(mailing: Mailing, journal: Journal, transport: Transport) -> Outcome:
    order, admin = mailing.order, mailing.order.mail.admin
    event = new_event(order.key, mailing.key, mailing.summary.period)
    EventLog(journal, event, order.now).write([""], "withheld")
    warning = Delivery({})
    if admin is not None:
        warning = hand_over(order, mailing.warning(admin), journal, transport)
    return Outcome(mailing, withheld=mailing.withheld, warning=warning)


@contextmanager
def alone(file: Path, wait: float) -> Iterator[Path]:
    """Give the journal's file once no other run has it; raises `OutputError` after `wait`."""
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
