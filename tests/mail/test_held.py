"""Mails that are held: files that are sent as they are, or not at all."""

from contextlib import nullcontext
from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import InputError, UnknownName
from kpicli.mail.delivery import seal
from kpicli.mail.held import HeldMail, held_mails, hold, named_mail, read_held
from kpicli.mail.mailing import Counted, count
from kpicli.model.periods import Period
from support.mailed import TO, MailedProject

SEPTEMBER = Period.month_of(date(2025, 9, 1))


def held(mailed: MailedProject, period: str = "2025-09") -> tuple[HeldMail, Path]:
    """Hold the mail of a month and return it."""
    order = mailed.order(period)
    mailing = count(order, order.request.period, Counted(nullcontext))
    letter = mailing.letter()
    return hold(letter, seal(order, letter, ()), order.journal, 0)


def test_a_held_mail_is_read_as_it_was_held(mailed: MailedProject) -> None:
    """Its message is a file of its own, for its owner alone, and goes by the first digits."""
    mail, file = held(mailed)
    again, content = read_held(file)
    assert again == mail
    assert (mail.recipients, mail.period, mail.events) == (TO, "2025-09", 0)
    assert b"Subject:" in content
    assert {each.stat().st_mode & 0o777 for each in file.parent.iterdir()} == {0o600}
    assert named_mail(file.parent, mail.digest[:6]) == (mail, file)
    with pytest.raises(UnknownName):
        named_mail(file.parent, "")
    with pytest.raises(UnknownName):
        named_mail(file.parent, "zz")


def test_holding_again_keeps_the_digest_of_the_same_words(mailed: MailedProject) -> None:
    """Another month is another file; other words take the place of the first."""
    mail, file = held(mailed)
    assert held(mailed) == (mail, file)
    august, _ = held(mailed, "2025-08")
    assert {each.digest for each, _ in held_mails(file.parent)} == {mail.digest, august.digest}
    order = mailed.order("2025-09")
    letter = count(order, SEPTEMBER, Counted(nullcontext)).letter(revised=True)
    revised, other = hold(letter, seal(order, letter, ()), order.journal, 0)
    assert revised.digest != mail.digest
    assert not file.exists()
    assert {path for _, path in held_mails(file.parent)} >= {other}


@pytest.mark.parametrize("suffix", [".eml", ".json"])
@pytest.mark.parametrize("change", ["append", "remove", "recipient"])
def test_what_was_changed_is_not_sent(mailed: MailedProject, suffix: str, change: str) -> None:
    """Whoever edits the message, or its recipients, has to hold it anew."""
    _, file = held(mailed)
    part = file.with_suffix(suffix)
    if change == "append":
        part.write_bytes(part.read_bytes() + b"x")
    elif change == "remove":
        part.unlink()
    else:
        part.write_bytes(part.read_bytes().replace(b"fd@example", b"me@example"))
    with pytest.raises(InputError) as raised:
        read_held(file)
    assert "送れません" in raised.value.message.ja
    assert raised.value.hint is not None
