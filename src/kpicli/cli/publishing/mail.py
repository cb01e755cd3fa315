"""`kpicli mail`: the figures of a period, sent once to whom they are for."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpicli.base.errors import ExitCode, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import STDOUT, Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.mail_messages import show_outcome, show_withheld
from kpicli.cli.shared.mail_options import (
    AgainOption,
    AttachOption,
    CatchUpOption,
    DryRunOption,
    MessageOption,
    OnDoubtOption,
    RequireCoverageOption,
    ToOption,
)
from kpicli.cli.shared.messages import show_faults, show_message
from kpicli.cli.shared.options import (
    CompareOption,
    KpiOption,
    PeriodOption,
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


def mail(
    context: typer.Context,
    period: PeriodOption,
    kpi: KpiOption = None,
    compare: CompareOption = None,
    trend: TrendOption = None,
    to: ToOption = None,
    attach: AttachOption = None,
    dry_run: DryRunOption = False,
    output: MessageOption = None,
    again: AgainOption = False,
    on_doubt: OnDoubtOption = None,
    catch_up: CatchUpOption = False,
    require_coverage: RequireCoverageOption = False,
    quiet: QuietOption = False,
) -> None:
    """Send the figures of a period by mail."""
    settings = common(context).settings_with_exports()
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
    if dry_run or output is not None:
        raise typer.Exit(_show(order, output, quiet=quiet))
    raise typer.Exit(_send(order, quiet=quiet))


def _send(order: "Order", *, quiet: bool) -> ExitCode:
    """Send what is due, say what became of it, and return the exit code."""
    from kpicli.mail.mailing import send_due

    codes = [show_outcome(outcome, quiet=quiet) for outcome in send_due(order, reading_progress)]
    return max(codes)


def _show(order: "Order", file: Path | None, *, quiet: bool) -> ExitCode:
    """Write the mail instead of sending it, to a file or to stdout, and return the exit code."""
    destination = _message_destination(order, file)
    from kpicli.mail.mailing import count, months_to_send, written_message

    months = months_to_send(order)
    if file is not None and len(months) > 1:
        raise _one_message_only(months)
    code = ExitCode.OK
    for month in months:
        mailing = count(order, month, reading_progress)
        if mailing.withheld:
            show_withheld(mailing.summary, mailing.withheld)
            return ExitCode.NOT_DELIVERED
        write(written_message(mailing), destination)
        show_faults(mailing.summary.faults, show_values=False)
        code = max(code, exit_code(mailing.summary))
    if not quiet:
        show_message(say("送信していません", "nothing has been sent"))
    return code


def _message_destination(order: "Order", file: Path | None) -> Destination:
    if file is not None and str(file) not in STDOUT and order.options.catch_up:
        raise UsageError(
            Text("--catch-up と -o は一緒に使えません", "--catch-up and -o do not go together"),
            Text("月ごとに --period で指定してください", "name each month by --period"),
        )
    destination, settings = choose_destination("text", file, None), order.settings
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
