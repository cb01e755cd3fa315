"""`kpicli mail`: the figures of a period, sent once to whom they are for."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from kpicli.base.errors import ExitCode, OutputError, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import STDOUT, Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.mail_messages import (
    show_approved,
    show_held,
    show_outcome,
    show_waiting,
    show_withheld,
)
from kpicli.cli.shared.mail_options import (
    AgainOption,
    ApproveOption,
    AttachOption,
    CatchUpOption,
    DryRunOption,
    HoldOption,
    MailPeriodOption,
    MessageOption,
    OnDoubt,
    OnDoubtOption,
    PreviewOption,
    RequireCoverageOption,
    TestOption,
    ToOption,
)
from kpicli.cli.shared.messages import show_faults, show_message
from kpicli.cli.shared.options import (
    CompareOption,
    KpiOption,
    QuietOption,
    TrendOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write
from kpicli.cli.shared.progress import reading_progress
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import WrittenRequest

if TYPE_CHECKING:
    from kpicli.mail.order import Order
    from kpicli.model.periods import Period
    from kpicli.settings.settings import Settings


def mail(
    context: typer.Context,
    period: MailPeriodOption = None,
    kpi: KpiOption = None,
    compare: CompareOption = None,
    trend: TrendOption = None,
    to: ToOption = None,
    attach: AttachOption = None,
    preview: PreviewOption = False,
    dry_run: DryRunOption = False,
    output: MessageOption = None,
    test: TestOption = False,
    hold: HoldOption = False,
    approve: ApproveOption = None,
    again: AgainOption = False,
    on_doubt: OnDoubtOption = None,
    catch_up: CatchUpOption = False,
    require_coverage: RequireCoverageOption = False,
    quiet: QuietOption = False,
) -> None:
    """Send the figures of a period by mail."""
    _require_one_way(
        {
            "--test": test,
            "--approve": approve is not None,
            "--hold": hold,
            "--preview": preview,
            "--dry-run": dry_run,
            "--output": output is not None,
        }
    )
    settings = common(context).settings_with_exports()
    if test:
        raise typer.Exit(_try_out(settings))
    if approve is not None:
        raise typer.Exit(_approve(settings, approve, on_doubt))
    if period is None:
        raise UsageError(
            Text("--period がありません", "--period is missing"),
            Text("例: kpicli mail --period last-month", "kpicli mail --period last-month"),
        )
    from kpicli.mail.order import MailOptions, read_order

    options = MailOptions(
        to=parse_names(to, "--to"),
        attach=parse_names(attach, "--attach"),
        on_doubt=None if on_doubt is None else on_doubt.value,
        again=again,
        catch_up=catch_up,
        require_coverage=require_coverage,
    )
    request = WrittenRequest(
        period,
        parse_names(kpi, "--kpi"),
        compare=parse_names(compare, "--compare"),
        trend=trend,
    )
    order = read_order(settings, request, options, LANGUAGE, today(settings))
    if hold:
        raise typer.Exit(_hold(order, quiet=quiet))
    if preview or dry_run or output is not None:
        raise typer.Exit(_show(order, output, quiet=quiet, decoded=preview))
    raise typer.Exit(_send(order, quiet=quiet))


def _send(order: "Order", *, quiet: bool) -> ExitCode:
    """Send what is due, say what became of it, and return the exit code."""
    from kpicli.mail.mailing import send_due

    due = send_due(order, reading_progress, show_waiting)
    return max(show_outcome(outcome, quiet=quiet) for outcome in due)


def _hold(order: "Order", *, quiet: bool) -> ExitCode:
    """Hold what is due, say how it is approved, and return the exit code."""
    from kpicli.mail.approval import hold_due

    return max(show_held(held, quiet=quiet) for held in hold_due(order, reading_progress))


def _approve(settings: "Settings", name: str, on_doubt: OnDoubt | None) -> ExitCode:
    """Send a held mail, say what became of it, and return the exit code."""
    from kpicli.mail.approval import send_approved

    doubt: Literal["send", "skip"] | None = None
    if on_doubt is not None:
        doubt = "send" if on_doubt is OnDoubt.SEND else "skip"
    held, delivery = send_approved(settings, name, doubt, show_waiting)
    return show_approved(held, delivery)


def _try_out(settings: "Settings") -> ExitCode:
    """Connect to the mail server and log in, say what came of it, and return the exit code."""
    from kpicli.mail.delivery import read_transport
    from kpicli.mail.settings import read_mail_settings
    from kpicli.mail.smtp.conversation import Failed, try_out

    mail = read_mail_settings(settings)
    transport = read_transport(mail, settings.folder, mail.on_doubt)
    smtp = transport.smtp
    server = f"{smtp.host}:{smtp.usual_port} ({smtp.security})"
    try:
        try_out(smtp, transport.secret)
    except Failed as error:
        raise OutputError(
            Text(
                f"メールサーバー {server} を使えません: {error.reply.said.ja}",
                f"the mail server {server} cannot be used: {error.reply.said.en}",
            ),
            error.reply.hint,
        ) from None
    user = (
        "" if smtp.user is None else say(f"、{smtp.user} でログイン", f", logged in as {smtp.user}")
    )
    show_message(
        say(f"メールサーバー {server} につながりました", f"the mail server {server} answers")
        + user
        + say("。何も送っていません", "; nothing has been sent")
    )
    return ExitCode.OK


def _require_one_way(asked: Mapping[str, bool]) -> None:
    """Raise `UsageError` where two options ask for different things to be done with the mail."""
    given = [name for name, is_given in asked.items() if is_given]
    if len(given) > 1:
        both = " と ".join(given), " and ".join(given)
        raise UsageError(
            Text(f"{both[0]} は一緒に使えません", f"{both[1]} do not go together"),
            Text("どちらかを外してください", "leave one of them out"),
        )


def _show(order: "Order", file: Path | None, *, quiet: bool, decoded: bool = False) -> ExitCode:
    """Write the mail instead of sending it, to a file or to stdout, and return the exit code."""
    destination = _message_destination(order, file, quiet=quiet)
    from kpicli.mail.mailing import Counted, count, mails_to_send, preview_text, written_message

    due = mails_to_send(order)
    if file is not None and len(due) > 1:
        raise _one_message_only([month for _, month in due])
    code, counted = ExitCode.OK, Counted(reading_progress)
    for own, month in due:
        mailing = count(own, month, counted)
        if mailing.withheld:
            show_withheld(mailing.name, mailing.withheld)
            return ExitCode.NOT_DELIVERED
        content = preview_text(mailing) if decoded else written_message(mailing)
        write(content, destination)
        show_faults(mailing.summary.faults, show_values=False)
        code = max(code, exit_code(mailing.summary))
    if not quiet:
        show_message(say("送信していません", "nothing has been sent"))
    return code


def _message_destination(order: "Order", file: Path | None, *, quiet: bool) -> Destination:
    if file is not None and str(file) not in STDOUT and order.options.catch_up:
        raise UsageError(
            Text("--catch-up と -o は一緒に使えません", "--catch-up and -o do not go together"),
            Text("月ごとに --period で指定してください", "name each month by --period"),
        )
    destination = choose_destination("text", file, None, quiet=quiet)
    settings = order.settings
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    return destination


def _one_message_only(months: "Sequence[Period]") -> UsageError:
    """Return the error for several months on stdout, where `sendmail -t` would read one message."""
    names = ", ".join(month.name for month in months)
    return UsageError(
        Text(
            f"-o - には 1 通しか書けませんが、送る月が {len(months)} つあります: {names}",
            f"-o - takes one message, but {len(months)} months are due: {names}",
        ),
        Text(
            "月ごとに --period で指定してください(見るだけなら --dry-run)",
            "name each month by --period (or --dry-run just to look)",
        ),
    )
