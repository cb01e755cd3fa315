"""Mails that wait for a person: held instead of sent, and sent once they are approved."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.mail.addresses import check_domains, parse_mailbox
from kpicli.mail.delivery import (
    Delivery,
    Waiting,
    already_sent,
    hand_over_sealed,
    read_transport,
    say_nothing,
    seal,
)
from kpicli.mail.held import HeldMail, drop, held_folder, hold, named_mail, read_held, sealed_mail
from kpicli.mail.history import other_figures_sent
from kpicli.mail.journal import Event, Journal, journal_file
from kpicli.mail.mailing import Counted, Mailing, Progress, alone, count, due_months
from kpicli.mail.order import Order, orders
from kpicli.mail.settings import OnDoubt, read_mail_settings
from kpicli.settings.settings import Settings


class Held(Struct, frozen=True):
    """The outcome of holding one month: the mail and its file; neither where everybody has it.

    `withheld` are the gaps for which it is not even held.
    """

    mailing: Mailing
    mail: HeldMail | None = None
    file: Path | None = None
    withheld: tuple[str, ...] = ()


def hold_due(order: Order, progress: Progress) -> Iterator[Held]:
    """Write what is due to files instead of sending it, the oldest month first.

    It ends with the first month that is withheld. What everybody has is not held again. Raises as
    `send_due` does.
    """
    with alone(order.journal, order.mail.lock_wait) as file, Journal(file) as journal:
        counted = Counted(progress)
        for own in orders(order):
            for period in due_months(own, journal.events):
                held = _hold(count(own, period, counted), journal.events)
                yield held
                if held.withheld:
                    break


def _hold(mailing: Mailing, events: Sequence[Event]) -> Held:
    if mailing.withheld:
        return Held(mailing, withheld=mailing.withheld)
    order, period = mailing.order, mailing.summary.period
    revised = other_figures_sent(events, order.key, period, mailing.key)
    letter = mailing.letter(revised=revised)
    sealed = seal(order, letter, events)
    sent, _ = already_sent(sealed, events)
    if len(sent) == len(sealed.recipients) and not order.options.again:
        return Held(mailing)
    return Held(mailing, *hold(letter, sealed, order.journal, len(events)))


def send_approved(
    settings: Settings, name: str, on_doubt: OnDoubt | None, waiting: Waiting = say_nothing
) -> tuple[HeldMail, Delivery]:
    """Send the held mail whose digest begins with `name`, exactly as it was held.

    It is removed once everybody has it. Raises `UnknownName` where none is held so, `InputError`
    for one that was changed or overtaken, and as `send_due` does.
    """
    mail = read_mail_settings(settings)
    file = journal_file(mail.journal, settings.folder)
    transport = read_transport(mail, settings.folder, on_doubt or mail.on_doubt, waiting)
    with alone(file, mail.lock_wait), Journal(file) as journal:
        _, message = named_mail(held_folder(file), name)
        held, content = read_held(message)
        check_domains(map(parse_mailbox, held.recipients), mail.allowed_domains, SettingsError)
        sealed = sealed_mail(held, content, journal.events, message)
        delivery = hand_over_sealed(sealed, journal, transport, lambda: datetime.now(settings.zone))
        if not delivery.failed:
            drop(message)
        return held, delivery
