"""What `kpicli mail` does: options become an order, the order mails, the mails words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.errors import OutputError, UsageError
from kpicli.base.exit_codes import ExitCode
from kpicli.base.wording import Text
from kpicli.cli.shared.context import Common, parse_comparisons, parse_period, split_names, today
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.mail_messages import tell_outcome, tell_withheld
from kpicli.cli.shared.mail_options import OnDoubt
from kpicli.cli.shared.messages import show_faults, tell
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.target import STDOUT, Target, choose_target, refuse_inputs
from kpicli.model.periods import Period

if TYPE_CHECKING:
    from kpicli.mail.journal import Event
    from kpicli.mail.message import Recipients
    from kpicli.mail.sending import Order, Outcome
    from kpicli.mail.settings import MailSettings
    from kpicli.model.figures import Summary
    from kpicli.settings.settings import Settings


class Wanted(Struct, frozen=True):
    """What the options of `mail` ask for, word for word."""

    period: str
    kpi: list[str] | None
    compare: list[str] | None
    to: list[str] | None
    attach: list[str] | None
    again: bool
    on_doubt: OnDoubt | None
    catch_up: bool
    require_coverage: bool
    quiet: bool


def ordered(common: Common, wanted: Wanted) -> "tuple[Order, Period]":
    """Return the order and the period asked for; refuses what it can before anything is read."""
    settings = common.settings_with_exports()
    from kpicli.mail.settings import read_mail_settings

    mail = read_mail_settings(settings)
    from kpicli.mail.sending import Order, check_order

    order = Order(
        settings=settings,
        mail=mail,
        kpis=split_names(wanted.kpi),
        compare=parse_comparisons(wanted.compare),
        recipients=_recipients(mail, wanted.to),
        attach=_attached(split_names(wanted.attach), mail),
        language=LANGUAGE,
        today=today(settings),
        again=wanted.again,
        require_coverage=wanted.require_coverage,
    )
    asked = parse_period(wanted.period, settings)
    check_order(order)
    return order, asked


def _recipients(mail: "MailSettings", given: list[str] | None) -> "Recipients":
    from kpicli.mail.addresses import check_domains, given_mailboxes
    from kpicli.mail.message import Recipients

    if not given:
        return Recipients(mail.to, mail.cc, mail.bcc)
    if not all(split_names([value]) for value in given):  # as of --to "$ME" without ME
        raise UsageError(
            Text("--to が空です", "--to is empty"),
            Text(
                "例: --to fd@example.co.jp。設定の宛先に送るなら --to を外してください",
                "for example: --to fd@example.co.jp; leave --to out to send to whom [mail] names",
            ),
        )
    to = given_mailboxes(split_names(given))
    check_domains(to, mail.allowed_domains, UsageError)
    return Recipients(to)


def _attached(names: tuple[str, ...], mail: "MailSettings") -> tuple[str, ...]:
    from kpicli.mail.settings import ATTACHABLE

    for name in names:
        if name not in ATTACHABLE:
            known = ", ".join(ATTACHABLE)
            raise UsageError(
                Text(f"--attach に「{name}」はありません", f"--attach knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    return names or mail.attach


def show(order: "Order", asked: Period, wanted: Wanted, file: Path | None) -> ExitCode:
    """Write the mail instead of sending it, to a file or to stdout, and return the exit code."""
    from kpicli.cli.shared.output import write
    from kpicli.mail.identity import mail_key
    from kpicli.mail.message import as_bytes, compose
    from kpicli.mail.sending import drafted, found_concerns, new_message_id, now
    from kpicli.output.data.digests import figures_digest

    target = _message_target(order.settings, file, wanted)
    code = ExitCode.OK
    periods = _months_without_lock(order, asked) if wanted.catch_up else (asked,)
    if file is not None and len(periods) > 1:
        raise _one_message_only(periods)
    for period in periods:
        summary = _counted(order, period)
        gaps = found_concerns(order, summary).gaps
        if order.require_coverage and gaps:
            tell_withheld(summary, gaps)
            return ExitCode.NOT_DELIVERED
        key = mail_key(order.question, period.name, figures_digest(summary))
        message_id, mail = new_message_id(order, key), order.mail
        written, at = drafted(order, summary), now(order)
        message = compose(written, mail.sender, order.recipients, message_id, at, mail.reply_to)
        write(as_bytes(message, for_smtp=False), target)
        show_faults(summary.faults, show_values=False)
        code = max(code, exit_code(summary))
    if not wanted.quiet:
        tell(say("送信していません", "nothing has been sent"))
    return code


def _one_message_only(periods: tuple[Period, ...]) -> UsageError:
    """Return the error for several months on stdout, where `sendmail -t` would read one message."""
    names = ", ".join(period.name for period in periods)
    return UsageError(
        Text(
            f"-o - には 1 通しか書けませんが、送る月が {len(periods)} つあります: {names}",
            f"-o - takes one message, but {len(periods)} months are due: {names}",
        ),
        Text(
            "月ごとに --period で指定してください(見るだけなら --dry-run)",
            "name each month by --period (or --dry-run just to look)",
        ),
    )


def _message_target(settings: "Settings", file: Path | None, wanted: Wanted) -> Target:
    if file is not None and str(file) not in STDOUT and wanted.catch_up:
        raise UsageError(
            Text("--catch-up と -o は一緒に使えません", "--catch-up and -o do not go together"),
            Text("月ごとに --period で指定してください", "name each month by --period"),
        )
    target = choose_target("text", file, None)
    refuse_inputs(target, settings.folder, settings.patterns, settings.own_places)
    return target


def post(order: "Order", asked: Period, wanted: Wanted) -> ExitCode:
    """Send what is due, the oldest month first, and return the exit code.

    It ends with the first month that the server takes for nobody.
    """
    from kpicli.mail.credentials import password
    from kpicli.mail.delivery import Post
    from kpicli.mail.journal import Journal
    from kpicli.mail.sending import send

    smtp, folder = order.mail.smtp, order.settings.folder
    secret = password(smtp, folder)
    if smtp.ca_file is not None:
        smtp = smtp.model_copy(update={"ca_file": folder / smtp.ca_file.expanduser()})
    doubt = order.mail.on_doubt if wanted.on_doubt is None else wanted.on_doubt.value
    leaving = Post(smtp, secret, doubt)
    codes = {ExitCode.OK}
    with _alone(order) as file, Journal(file) as journal:
        months: tuple[Period, ...] = (asked,)
        if wanted.catch_up:
            months = _months_due(order, asked, journal.events)
        for month in months:
            outcome = send(order, _counted(order, month), journal, leaving)
            codes.add(tell_outcome(outcome, quiet=wanted.quiet))
            if outcome.withheld or _taken_for_nobody(outcome):
                break
    return max(codes)


def _taken_for_nobody(outcome: "Outcome") -> bool:
    """Tell whether a month ends the run: one recipient who fails for long must not stop the others.

    Who has it already, or may have it, shows that the server took it.
    """
    states = {fate.state for fate in outcome.fates.values()}
    spared = outcome.already or outcome.skipped
    return bool(states) and states <= {"failed", "refused"} and not spared


def _months_due(order: "Order", asked: Period, events: "tuple[Event, ...]") -> tuple[Period, ...]:
    from kpicli.mail.catch_up import months_due

    own = [event for event in events if event.question == order.question.key]
    recipients = {mailbox.key for mailbox in order.recipients.all}
    return months_due(asked, own, order.mail.catch_up_months, recipients)


def _months_without_lock(order: "Order", asked: Period) -> tuple[Period, ...]:
    from kpicli.mail.journal import Journal, journal_file

    file = journal_file(order.mail.journal, order.settings.folder)
    events: tuple[Event, ...] = ()
    if file.exists():
        with Journal(file) as journal:
            events = journal.events
    return _months_due(order, asked, events)


def _counted(order: "Order", period: Period) -> "Summary":
    from kpicli.mail.sending import request_for
    from kpicli.run.summary import summarize

    with reading_progress() as report:
        return summarize(order.settings, request_for(order, period), order.today, report)


@contextmanager
def _alone(order: "Order") -> Iterator[Path]:
    """Give the journal's file once no other run has it; raises `OutputError` after `lock_wait`."""
    from filelock import FileLock, Timeout

    from kpicli.mail.journal import journal_file, no_access

    file = journal_file(order.mail.journal, order.settings.folder)
    lock = FileLock(f"{file}.lock", timeout=order.mail.lock_wait)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock.acquire()
    except Timeout:
        raise OutputError(
            Text(
                f"別の kpicli mail が動いています({order.mail.lock_wait:g} 秒待ちました)",
                f"another kpicli mail is running (waited {order.mail.lock_wait:g} seconds)",
            ),
            Text("終わってからもう一度実行してください", "run it again when that has ended"),
        ) from None
    except OSError as error:
        raise no_access(file, error) from None
    try:
        yield file
    finally:
        lock.release()
