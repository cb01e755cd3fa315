"""The order: what is to be mailed, to whom and how, checked before anything is counted."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import SettingsError, UsageError
from kpicli.base.wording import Language, Text, suggestion
from kpicli.mail.addresses import Mailbox, Recipients, check_domains, given_mailboxes
from kpicli.mail.history import request_key
from kpicli.mail.journal import journal_file
from kpicli.mail.settings import ATTACHABLE, MailSettings, OnDoubt, read_mail_settings
from kpicli.model.periods import ComparisonKind, Period
from kpicli.settings.request import Request, WrittenRequest
from kpicli.settings.requested import requested_kpis
from kpicli.settings.settings import Settings
from kpicli.settings.shown import named_by

ALL_COMPARISONS: tuple[ComparisonKind, ...] = ("previous", "year_ago")


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
    compared: tuple[ComparisonKind, ...] = ()
    """The comparisons that were asked for; without any, a mail has them all."""
    group: str | None = None
    """The group of `request.by` whose rows alone are mailed; None for all rows."""

    def request_for(self, period: Period) -> Request:
        """Return the request for another period."""
        return self.request.of_period(period)

    @property
    def key(self) -> str:
        """Return what is the same for this request month by month; an order of all names them."""
        catalog = self.settings.catalog
        names = self.request.kpis or (*catalog.kpi, *catalog.composed)
        by = () if self.group is None else (self.request.by or "", self.group)
        return request_key(self.settings.file, names, (*self.compared, *by))

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
    if not request.kpis:
        request = replace(request, kpis=_of_mails(mail, settings))
    order = Order(
        settings=settings,
        mail=mail,
        request=request if request.compare else replace(request, compare=ALL_COMPARISONS),
        recipients=_recipients(mail, options.to),
        attach=_attachments(options.attach) or mail.attach,
        on_doubt=options.on_doubt or mail.on_doubt,
        options=options,
        language=language,
        today=today,
        compared=request.compare,
    )
    requested_kpis(settings, request)  # refuses what is split by persons
    return order


def orders(order: Order) -> tuple[Order, ...]:
    """Return the orders that a run carries out: that of all rows, then one for each group.

    The first is left out where nobody is to get it. Raises `UsageError` for a dimension of
    `[mail.each]` that is none or is personal.
    """
    each = order.mail.each
    whole = (order,) if order.recipients.all else ()
    if each is None:
        return whole
    request = replace(order.request, by=each.by)
    requested_kpis(order.settings, request)
    return (
        *whole,
        *(
            replace(
                order,
                request=request,
                group=group,
                recipients=_group_recipients(order.options, boxes),
            )
            for group, boxes in each.to.items()
        ),
    )


def _group_recipients(options: MailOptions, boxes: Sequence[Mailbox]) -> Recipients:
    """Return those of a group, unless the command line names others, as for a trial."""
    return Recipients(given_mailboxes(options.to) if options.to else tuple(boxes))


def _of_mails(mail: MailSettings, settings: Settings) -> tuple[str, ...]:
    """Return the KPIs that mails have by the settings, in their order; none stands for all shown.

    Raises `SettingsError` for a name or pattern that fits none.
    """
    known = (*settings.catalog.kpi, *settings.catalog.entered)
    for pattern in mail.kpis:
        if not named_by((pattern,), known):
            near = suggestion(pattern, known)
            raise SettingsError(
                Text(
                    f"[mail] の kpis の「{pattern}」に当たる指標はありません",
                    f"[mail] kpis: no KPI is {pattern!r}",
                ),
                near,
            )
    return named_by(mail.kpis, known)


def _recipients(mail: MailSettings, given: Sequence[str]) -> Recipients:
    """Return those whom the command line names, else those of the settings."""
    if given:
        to = given_mailboxes(given)
        check_domains(to, mail.allowed_domains, UsageError)
        return Recipients(to)
    if not mail.to and mail.each is None:
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
