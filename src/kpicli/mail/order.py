"""The order: what is to be mailed, to whom and how, checked before anything is counted."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import SettingsError, UsageError
from kpicli.base.wording import Language, Text
from kpicli.mail.addresses import Recipients, check_domains, given_mailboxes
from kpicli.mail.history import request_key
from kpicli.mail.journal import journal_file
from kpicli.mail.settings import ATTACHABLE, MailSettings, OnDoubt, read_mail_settings
from kpicli.model.periods import Period
from kpicli.settings.request import Request, WrittenRequest, requested_kpis
from kpicli.settings.settings import Settings


class MailOptions(Struct, frozen=True):
    """The options besides the request; the settings decide what they leave open."""

    to: tuple[str, ...] = ()
    attach: tuple[str, ...] = ()
    on_doubt: OnDoubt | None = None
    again: bool = False
    """Send also what was sent before."""
    catch_up: bool = False
    """Send also the months since the last one that was sent."""
    require_coverage: bool = False
    """Send nothing of a month before whose end the exports end."""


class Order(Struct, frozen=True):
    """A request whose figures are to be mailed, to whom, and how."""

    settings: Settings
    mail: MailSettings
    request: Request
    recipients: Recipients
    attach: tuple[str, ...]
    on_doubt: OnDoubt
    options: MailOptions
    language: Language
    today: date

    def request_for(self, period: Period) -> Request:
        """Return the request for another period."""
        return self.request.of_period(period)

    @property
    def key(self) -> str:
        """Return what is the same for this request month by month; an order of all names them."""
        names = self.request.kpis or tuple(self.settings.catalog.kpi)
        return request_key(self.settings.file, names, self.request.compare)

    @property
    def journal(self) -> Path:
        """Return the file of the journal."""
        return journal_file(self.mail.journal, self.settings.folder)

    def now(self) -> datetime:
        """Return the current time in the time zone of the settings."""
        return datetime.now(self.settings.zone)


def read_order(
    settings: Settings,
    written: WrittenRequest,
    options: MailOptions,
    language: Language,
    today: date,
) -> Order:
    """Return the order that the words mean.

    Raises `SettingsError` where `[mail]` is missing or wrong or nobody is to get the mail, and
    `UsageError` for words that mean nothing, an address that is none or not allowed, a format that
    cannot be attached, a KPI that does not exist or is split by a personal column.
    """
    mail = read_mail_settings(settings)
    request = written.read(settings, today)
    order = Order(
        settings=settings,
        mail=mail,
        request=request,
        recipients=_recipients(mail, options.to),
        attach=_attachments(options.attach) or mail.attach,
        on_doubt=options.on_doubt or mail.on_doubt,
        options=options,
        language=language,
        today=today,
    )
    requested_kpis(settings, request)  # refuses what is split by persons
    return order


def _recipients(mail: MailSettings, given: Sequence[str]) -> Recipients:
    """Return those whom the command line names, else those of the settings."""
    if given:
        to = given_mailboxes(given)
        check_domains(to, mail.allowed_domains, UsageError)
        return Recipients(to)
    if not mail.to:
        raise SettingsError(
            Text("宛先がありません", "there is no recipient"),
            Text("[mail] の to か --to に書いてください", "name one as to under [mail] or by --to"),
        )
    return Recipients(mail.to, mail.cc, mail.bcc)


def _attachments(names: tuple[str, ...]) -> tuple[str, ...]:
    for name in names:
        if name not in ATTACHABLE:
            known = ", ".join(ATTACHABLE)
            raise UsageError(
                Text(f"--attach に「{name}」はありません", f"--attach knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    return names
