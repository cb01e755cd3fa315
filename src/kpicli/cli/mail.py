"""`kpicli mail`: the figures of a period, sent once to whom they are for."""

import typer

from kpicli.cli.mailing import Wanted, ordered, post, show
from kpicli.cli.shared.context import common
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
from kpicli.cli.shared.options import CompareOption, KpiOption, PeriodOption, QuietOption


def mail(
    context: typer.Context,
    period: PeriodOption,
    kpi: KpiOption = None,
    compare: CompareOption = None,
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
    wanted = Wanted(
        period, kpi, compare, to, attach, again, on_doubt, catch_up, require_coverage, quiet
    )
    order, asked = ordered(common(context), wanted)
    if dry_run or output is not None:
        raise typer.Exit(show(order, asked, wanted, output))
    raise typer.Exit(post(order, asked, wanted))
