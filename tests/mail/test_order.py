"""What is to be mailed, checked before anything is counted."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import KpicliError, PeriodError, UnknownName, UsageError
from kpicli.mail.history import request_key
from kpicli.mail.order import ALL_COMPARISONS, MailOptions
from kpicli.model.periods import Period
from kpicli.settings.request import Request
from support.mailed import TO, MailedProject

SEPTEMBER, OCTOBER = (Period.month_of(date(2025, month, 1)) for month in (9, 10))


@pytest.fixture
def project(tmp_path: Path) -> MailedProject:
    """Return a project to which no server listens: none is needed."""
    return MailedProject(tmp_path, 25)


BOTH = ALL_COMPARISONS
"""Without a comparison asked for, a mail has both, and is the same mail as before."""


def test_what_the_settings_say(project: MailedProject) -> None:
    """Without options the settings name recipients, attachments and what is done in doubt."""
    order = project.order("last-month")
    assert order.request == Request(OCTOBER, ("voices",), compare=BOTH)
    assert tuple(mailbox.bare for mailbox in order.recipients.all) == TO
    assert (order.attach, order.on_doubt) == (("csv",), "skip")
    assert order.journal == project.folder / "journal.sqlite3"
    assert order.now().utcoffset() == order.now().astimezone(order.settings.zone).utcoffset()


def test_what_options_say_instead(project: MailedProject) -> None:
    """Options go before the settings, of which --to replaces every recipient."""
    options = MailOptions(to=("me@example.jp",), attach=("xlsx", "text"), on_doubt="send")
    order = project.order("2025-09", options=options)
    assert [mailbox.bare for mailbox in order.recipients.all] == ["me@example.jp"]
    assert (order.attach, order.on_doubt) == (("xlsx", "text"), "send")


def test_another_month_is_asked_alike(project: MailedProject) -> None:
    """Another month differs by its period alone, and has the same key; other KPIs have not."""
    order = project.order("2025-10")
    assert order.request_for(SEPTEMBER) == Request(SEPTEMBER, ("voices",), compare=BOTH)
    assert order.key == project.order("2025-09").key == project.order("2025-09").key
    every = project.order("2025-10", kpi="")
    names = tuple(every.settings.catalog.kpi)
    assert every.key == request_key(every.settings.file, names, ())
    assert every.key != order.key


@pytest.mark.parametrize(
    ("period", "kpi", "options", "error"),
    [
        ("上期", "voices", MailOptions(), PeriodError),
        ("2025-09", "voice", MailOptions(), UnknownName),
        ("2025-09", "voices", MailOptions(attach=("table",)), UsageError),
        ("2025-09", "voices", MailOptions(to=("nobody",)), UsageError),
    ],
)
def test_what_cannot_be_mailed(
    period: str,
    kpi: str,
    options: MailOptions,
    error: type[KpicliError],
    project: MailedProject,
) -> None:
    """Words that mean nothing are refused before anything is counted."""
    with pytest.raises(error):
        project.order(period, kpi=kpi, options=options)
