"""The run of a mail, step by step, to a real server."""

from contextlib import nullcontext
from datetime import date
from email import message_from_bytes
from email.policy import default

from kpicli.mail.journal import Journal
from kpicli.mail.mailing import (
    Counted,
    Outcome,
    count,
    mails_to_send,
    send_due,
    written_message,
)
from kpicli.mail.order import MailOptions, Order
from kpicli.model.periods import Period
from support.mail_server import Fault, Mailbox
from support.mailed import ADMIN, TO, MailedProject

SEPTEMBER = Period.month_of(date(2025, 9, 1))
OCTOBER = Period.month_of(date(2025, 10, 1))


def sent(order: Order) -> list[Outcome]:
    """Return what becomes of everything that is due."""
    return list(send_due(order, nullcontext))


def states(order: Order) -> list[tuple[str, str]]:
    """Return the journal's events: to whom, and in what state."""
    with Journal(order.journal) as journal:
        return [(event.recipient, event.state) for event in journal.events]


def test_a_month_is_sent_once(mailed: MailedProject, mailbox: Mailbox) -> None:
    """Everybody gets it once; every step is recorded before the next; a second run sends none."""
    order = mailed.order("2025-09")
    (outcome,) = sent(order)
    assert outcome.delivery.sent == TO
    assert not outcome.delivery.failed
    assert [figure.value.number for figure in outcome.summary.figures][:1] == [1]
    assert states(order) == [
        (who, state) for state in ("begun", "handing over", "sent") for who in TO
    ]
    (again,) = sent(mailed.order("2025-09"))
    assert (again.delivery.results, again.delivery.already) == ({}, TO)
    assert len(mailbox.delivered) == 1


def test_a_count_is_one_value(mailed: MailedProject) -> None:
    """A counted month knows its figures, what stands first, and the key of just these figures."""
    order = mailed.order("2025-09")
    mailing = count(order, SEPTEMBER, Counted(nullcontext))
    assert mailing.summary.period == SEPTEMBER
    assert (mailing.concerns.lines, mailing.withheld) == ((), ())
    assert mailing.key == count(order, SEPTEMBER, Counted(nullcontext)).key
    assert mailing.key != count(order, OCTOBER, Counted(nullcontext)).key
    assert not mailing.letter().draft.subject.startswith("[")
    assert "[訂正]" in mailing.letter(revised=True).draft.subject


def test_a_written_message_leaves_no_trace(mailed: MailedProject, mailbox: Mailbox) -> None:
    """The message as a file is the mail that would be sent first; nothing else happens."""
    order = mailed.order("2025-09")
    mailing = count(order, SEPTEMBER, Counted(nullcontext))
    message = message_from_bytes(written_message(mailing), policy=default)
    assert str(message["Message-ID"]) == f"<{mailing.key}.1@example.co.jp>"
    assert not order.journal.exists()
    assert mailbox.delivered == []
    sent(order)
    assert str(mailbox.delivered[0].message["Message-ID"]) == str(message["Message-ID"])


def test_a_withheld_month_warns(mailed: MailedProject, mailbox: Mailbox) -> None:
    """Where no export reaches the month, nothing but one warning to the administrator leaves."""
    options = MailOptions()
    order = mailed.order("2025-10", options=options)
    (outcome,) = sent(order)
    assert outcome.ends_the_run
    assert outcome.withheld == (
        "どの項目にもデータがありません(出力が 1 件もこの期間に届いていません)",
    )
    assert outcome.warning.sent == (ADMIN,)
    (again,) = sent(mailed.order("2025-10", options=options))
    assert again.warning.already == (ADMIN,)
    assert [each.recipients for each in mailbox.delivered] == [[ADMIN]]


def test_a_month_accepted_for_nobody_ends_the_run(mailed: MailedProject, mailbox: Mailbox) -> None:
    """Later months wait for one that the server accepts for nobody, and come in order later."""
    options = MailOptions(catch_up=True)
    sent(mailed.order("2025-07", options=options))
    mailbox.faults.append(Fault("MAIL", "451 later"))
    order = mailed.order("2025-09", options=options)
    assert [month.name for _, month in mails_to_send(order)] == ["2025-08", "2025-09"]
    (outcome,) = sent(order)
    assert outcome.summary.period.name == "2025-08"
    assert outcome.delivery.failed
    assert outcome.ends_the_run
    assert [each.summary.period.name for each in sent(order)] == ["2025-08", "2025-09"]


def test_months_without_a_journal(mailed: MailedProject) -> None:
    """Before anything was sent only the month asked for is due; looking makes no journal."""
    order = mailed.order("2025-09", options=MailOptions(catch_up=True))
    assert mails_to_send(order) == [(order, SEPTEMBER)]
    assert not order.journal.exists()
