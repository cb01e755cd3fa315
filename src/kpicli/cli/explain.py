"""`kpicli explain`: how a figure came about."""

from typing import Annotated

import typer

from kpicli.base.errors import ExitCode
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import choose_destination, refuse_inputs
from kpicli.cli.shared.messages import show_doubt
from kpicli.cli.shared.options import (
    AsOfOption,
    EncodingOption,
    EngineOption,
    KpiArgument,
    OutputOption,
    PeriodOption,
    SchedulerOption,
    format_option,
)
from kpicli.cli.shared.output import write_answer
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.settings.request import WrittenRequest

PIPED = "text"
"""An explanation is for people, in a pipe as well."""
ExplainFormatOption = Annotated[str | None, format_option(piped=PIPED)]


def explain(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodOption,
    as_of: AsOfOption = None,
    format_name: ExplainFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """Explain a figure: definition, files, columns, and every step from rows read to it."""
    destination = choose_destination(format_name, output, encoding, piped=PIPED)
    check_engine(engine, scheduler)
    settings = common(context).settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    from kpicli.trace.explanation import explain as find
    from kpicli.trace.explanation_answer import explain_answer

    day = today(settings)
    request = WrittenRequest(period, (kpi,), as_of=as_of).read(settings, day)
    with open_engine(engine, scheduler) as opened:
        explanation = find(settings, request, day, opened)
    write_answer(explain_answer(explanation), destination)
    if any(figure.value.faulty_rows for figure in explanation.figures):
        show_doubt(explanation.figures, {explanation.head.id: explanation.head.title})
        raise typer.Exit(ExitCode.FAULTY_ROWS)
