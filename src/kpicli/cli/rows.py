"""`kpicli rows`: the rows behind a figure."""

from typing import Annotated

import typer

from kpicli.base.errors import ExitCode, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import choose_destination, refuse_inputs
from kpicli.cli.shared.language import say
from kpicli.cli.shared.messages import show_doubt, show_guesses
from kpicli.cli.shared.options import (
    AsOfOption,
    EncodingOption,
    EngineOption,
    FormatOption,
    KpiArgument,
    OutputOption,
    PeriodOption,
    SchedulerOption,
    UnmaskOption,
)
from kpicli.cli.shared.output import write_answer
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.settings.arguments import parse_comparisons
from kpicli.settings.guesses import guesses_of, resting
from kpicli.settings.request import WrittenRequest


def rows(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodOption,
    item: Annotated[
        str | None,
        typer.Option(metavar="ITEM", help=say("内訳・規則・参考の一つ", "A part, rule or memo")),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="DIM", help=say("分け方(--group と)", "With --group"))
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("分けた一つ", "One group of --by"))
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(metavar="previous|year-ago", help=say("比べた期間の行", "The other period")),
    ] = None,
    as_of: AsOfOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: UnmaskOption = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help=say("要確認の行も出す", "Rows in doubt too"))
    ] = False,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help=say("出力の全行と、その行き先", "All rows, and where each went")
        ),
    ] = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """Show the rows behind a figure."""
    destination = choose_destination(format_name, output, encoding)
    check_engine(engine, scheduler)
    if every:
        _refuse_one_figure(item, group, doubtful=doubtful)
    else:
        _refuse_half_a_group(by, group)
    settings = common(context).settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    from kpicli.trace.evidence import find_evidence
    from kpicli.trace.recount import masked
    from kpicli.trace.rows_answer import rows_answer
    from kpicli.trace.rows_request import RowsRequest

    day = today(settings)
    request = WrittenRequest(period, (kpi,), by, as_of=as_of).read(settings, day)
    other = next(iter(parse_comparisons(of, "--of")), None)
    if every:
        from kpicli.trace.accounted_answer import accounted_answer, find_accounting

        asked = RowsRequest(request, of=other)
        with open_engine(engine, scheduler) as opened:
            accounting = find_accounting(settings, asked, day, opened, show_personal=show_personal)
        write_answer(accounted_answer(accounting), destination)
        return
    wanted = RowsRequest(request, item, group, other, doubtful)
    with open_engine(engine, scheduler) as opened:
        evidence = find_evidence(settings, wanted, day, opened)
    write_answer(rows_answer(evidence if show_personal else masked(evidence)), destination)
    guesses = resting(settings).get(evidence.kpi.id, ())
    show_guesses(each for each in guesses_of(settings) if each.path in guesses)
    if evidence.figure.value.faulty_rows:
        show_doubt((evidence.figure,), {evidence.kpi.id: evidence.kpi.title})
        raise typer.Exit(ExitCode.FAULTY_ROWS)


def _refuse_one_figure(item: str | None, group: str | None, *, doubtful: bool) -> None:
    options = {"--item": item is not None, "--group": group is not None, "--doubtful": doubtful}
    given = next((name for name, is_there in options.items() if is_there), None)
    if given is not None:
        raise UsageError(
            Text(
                f"--all は全行を出すので、{given} と一緒には使えません",
                f"--all has every row, so that {given} cannot stand beside it",
            ),
            Text(f"{given} を外してください", f"leave {given} out"),
        )


def _refuse_half_a_group(by: str | None, group: str | None) -> None:
    if (by is None) != (group is None):
        raise UsageError(
            Text("--by と --group は一緒に使います", "--by and --group go together"),
            Text("例: --by line --group 損保", "for example: --by line --group 損保"),
        )
