"""One month's mail: counted, drafted, held against the journal, handed over."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import SettingsError, UsageError
from kpicli.base.wording import Language, Text
from kpicli.catalog.kpis import Kpi
from kpicli.mail.concerns import Concerns, concerns
from kpicli.mail.delivery import Fate, Ledger, Post, deliver
from kpicli.mail.identity import Question, mail_key
from kpicli.mail.journal import Event, Journal
from kpicli.mail.message import Draft, Recipients, as_bytes, compose, draft
from kpicli.mail.settings import MailSettings
from kpicli.mail.smtp import Envelope
from kpicli.mail.warning import WARNING, warning_draft
from kpicli.model.figures import Summary
from kpicli.model.periods import ComparisonKind, Period
from kpicli.output.data.digests import figures_digest
from kpicli.settings.request import Request, wanted_kpis
from kpicli.settings.settings import Settings


class Order(Struct, frozen=True):
    """What is to be sent, to whom and how, for whatever month."""

    settings: Settings
    mail: MailSettings
    kpis: tuple[str, ...]
    compare: tuple[ComparisonKind, ...]
    recipients: Recipients
    attach: tuple[str, ...]
    language: Language
    today: date
    again: bool = False
    require_coverage: bool = False

    @property
    def question(self) -> Question:
        """Return what is asked month by month."""
        names = self.kpis or tuple(self.settings.catalog.kpi)
        return Question.of(self.settings.file, names, self.compare)


class Outcome(Struct, frozen=True):
    """What became of one month's mail: the fate of each recipient who was tried, and the others.

    `withheld` has the concerns that kept it back, `warned` the fate of the warning sent instead.
    """

    summary: Summary
    fates: Mapping[str, Fate]
    already: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    warned: Mapping[str, Fate] | None = None


Count = Callable[[Request], Summary]
"""Counts; the command line shows its progress."""


def check_order(order: Order) -> None:
    """Refuse what cannot be sent, before anything is read.

    Raises `UnknownName` for a KPI, `UsageError` for one that is split by a personal column, and
    `SettingsError` where there is no recipient.
    """
    request = Request(Period.month_of(order.today), order.kpis)
    for kpi in wanted_kpis(order.settings.catalog, request):
        _refuse_personal_parts(order.settings, kpi)
    if not order.recipients.to:
        raise SettingsError(
            Text("宛先がありません", "there is no recipient"),
            Text("[mail] の to か --to に書いてください", "name one as to under [mail] or by --to"),
        )


def _refuse_personal_parts(settings: Settings, kpi: Kpi) -> None:
    columns = settings.catalog.source[kpi.source].columns
    by = None if kpi.parts is None else columns.get(kpi.parts.by)
    if by is not None and by.personal:
        raise UsageError(
            Text(
                f"「{kpi.title}」は個人情報の列で分けているので、メールにできません",
                f"{kpi.id} is split by a personal column and cannot go into mail",
            ),
            Text("--kpi でほかの KPI を選んでください", "choose other KPIs by --kpi"),
        )


def request_for(order: Order, period: Period) -> Request:
    """Return the request that counts a period; grouping by persons is never part of it."""
    return Request(period, order.kpis, compare=order.compare)


def drafted(order: Order, summary: Summary, *, revised: bool = False) -> Draft:
    """Return the mail of a summary."""
    settings = order.settings
    return draft(
        summary, settings.catalog, order.mail, order.attach, order.language, revised=revised
    )


def found_concerns(order: Order, summary: Summary) -> Concerns:
    """Return what a reader of the summary must see first."""
    return concerns(summary, order.settings.catalog, order.language)


def now(order: Order) -> datetime:
    """Return the moment, in the time zone of the settings."""
    return datetime.now(order.settings.zone)


def send(order: Order, summary: Summary, journal: Journal, post: Post) -> Outcome:
    """Send the mail of a summary to everybody who does not have it, and return what became of it.

    Where coverage is required and the exports do not reach, it is withheld, and `mail.admin` is
    warned, once.
    """
    found = found_concerns(order, summary)
    key = mail_key(order.question, summary.period.name, figures_digest(summary))
    pattern = _pattern(order, summary.period, key, order.question.key)
    if order.require_coverage and found.incomplete:
        Ledger(journal, pattern, lambda: _stamp(order)).write([""], "withheld")
        return Outcome(
            summary, {}, withheld=found.gaps, warned=_warn(order, summary, found, journal, post)
        )
    revised = _other_figures_sent(journal, pattern, summary.period)
    written = drafted(order, summary, revised=revised)
    return _hand_over(order, summary, written, order.recipients, journal, pattern, post)


def _warn(
    order: Order, summary: Summary, found: Concerns, journal: Journal, post: Post
) -> Mapping[str, Fate] | None:
    if order.mail.admin is None:
        return None
    written = warning_draft(summary.period, found, order.language)
    question = Question(order.question.key, (WARNING,), ())
    key = mail_key(question, summary.period.name, written.text)
    pattern = _pattern(order, summary.period, key, question.key)
    to = Recipients((order.mail.admin,))
    return _hand_over(order, summary, written, to, journal, pattern, post).fates


def _hand_over(
    order: Order,
    summary: Summary,
    written: Draft,
    recipients: Recipients,
    journal: Journal,
    pattern: Event,
    post: Post,
) -> Outcome:
    same = _of_the_same(journal, pattern)
    others = {event.mail for event in same} - {pattern.mail}
    states = {} if order.again else journal.states(pattern.mail, others)
    names = [mailbox.key for mailbox in recipients.all]
    already = tuple(name for name in names if states.get(name) == "sent")
    doubtful = [name for name in names if states.get(name) == "handing over"]
    skipped = tuple(doubtful) if post.on_doubt == "skip" else ()
    left = tuple(name for name in names if name not in already and name not in skipped)
    if not left:
        return Outcome(summary, {}, already, skipped)
    message_id = _message_id(order, same, pattern.mail)
    at = now(order)
    message = compose(written, order.mail.sender, recipients, message_id, at, order.mail.reply_to)
    envelope = Envelope(order.mail.sender.key, left, as_bytes(message, for_smtp=True))
    ledger = Ledger(journal, replace(pattern, message_id=message_id), lambda: _stamp(order))
    return Outcome(summary, deliver(post, envelope, ledger), already, skipped)


def _pattern(order: Order, period: Period, key: str, question: str) -> Event:
    start = period.start.isoformat()
    return Event(_stamp(order), key, question, start, "", "", "begun", period=period.name)


def _stamp(order: Order) -> str:
    return now(order).isoformat(timespec="seconds")


def _of_the_same(journal: Journal, pattern: Event) -> list[Event]:
    """Return the events of the same question and period that have a message.

    An older journal does not name periods; there only the mail itself is known to be of the same.
    """
    return [
        event
        for event in journal.events
        if event.message_id
        and (
            event.mail == pattern.mail
            or (event.question, event.start, event.period)
            == (pattern.question, pattern.start, pattern.period)
        )
    ]


def _message_id(order: Order, same: Sequence[Event], key: str) -> str:
    """Return the id that the same mail had before, so that a second copy is known as one.

    A mail that is asked for again gets another, and so does one that goes back to figures that
    others have followed: a mailbox would drop it as a copy.
    """
    known = {event.message_id for event in same if event.mail == key}
    if known and same[-1].mail == key and not order.again:
        return same[-1].message_id
    return new_message_id(order, key, len(known) + 1)


def new_message_id(order: Order, key: str, turn: int = 1) -> str:
    """Return an id that tells nothing of the machine; `turn` counts the times it is asked for."""
    return f"<{key}.{turn}@{order.mail.sender.domain}>"


def _other_figures_sent(journal: Journal, pattern: Event, period: Period) -> bool:
    return any(
        event.state == "sent"
        and event.question == pattern.question
        and event.is_of(period)
        and event.mail != pattern.mail
        for event in journal.events
    )
