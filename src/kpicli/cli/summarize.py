"""`kpicli summarize`: the figures of a period."""

import typer

from kpicli.cli.answer import Asked, answer
from kpicli.cli.shared.context import common
from kpicli.cli.shared.messages import show_faults, show_remarks
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    AsOfOption,
    ByOption,
    CompareOption,
    EncodingOption,
    EngineOption,
    FailOnOption,
    FormatOption,
    KpiOption,
    NoCacheOption,
    OnlyIfOption,
    OutputOption,
    PeriodOption,
    QuietOption,
    RecomputeOption,
    SchedulerOption,
    ShowPersonalOption,
    ShowValuesOption,
)
from kpicli.cli.shared.outcome import check_occasions, exit_code, occasion
from kpicli.cli.shared.output import write_answer
from kpicli.cli.shared.target import choose_target
from kpicli.loaders.engines.choice import check_engine
from kpicli.settings.arguments import parse_names


def summarize(
    context: typer.Context,
    period: PeriodOption,
    kpi: KpiOption = None,
    by: ByOption = None,
    compare: CompareOption = None,
    as_of: AsOfOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: ShowPersonalOption = False,
    show_values: ShowValuesOption = False,
    fail_on: FailOnOption = None,
    no_cache: NoCacheOption = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
    quiet: QuietOption = False,
    only_if: OnlyIfOption = None,
) -> None:
    """Count every figure of a period."""
    check_engine(engine, scheduler)
    target = choose_target(format_name, output, encoding, show_values)
    occasions = check_occasions(parse_names(only_if, "--only-if"))
    asked = Asked(
        *(common(context), period, kpi, by, compare, as_of, show_personal),
        *(engine, scheduler, recompute, allow_definition_change),
    )
    summary = answer(asked, target, cached=not no_cache, quiet=quiet)
    code = exit_code(summary, fail_on_target=fail_on is not None)
    with occasion(occasions, asked, summary) as given:
        if not given:
            raise typer.Exit(code)
        from kpicli.output.summary.answer import summary_answer

        write_answer(summary_answer(summary), target)
    if code or not quiet:
        show_faults(summary.faults, show_values)
        if not target.format.holds_remarks:
            show_remarks(summary)
    raise typer.Exit(code)
