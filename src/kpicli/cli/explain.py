"""`kpicli explain`: how a figure came about."""

import typer

from kpicli.base.exit_codes import ExitCode
from kpicli.cli.rows import KpiArgument
from kpicli.cli.shared.context import common, parse_as_of, parse_period, today
from kpicli.cli.shared.language import LANGUAGE
from kpicli.cli.shared.options import AsOfOption, EncodingOption, PeriodOption
from kpicli.cli.shared.output import write
from kpicli.cli.shared.target import Target


def explain(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodOption,
    as_of: AsOfOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Explain a figure: definition, files, columns, and every step from rows read to it."""
    settings = common(context).settings_with_exports()
    from kpicli.trace.explanation import explain as find
    from kpicli.trace.render_explanation import render_text

    day = parse_as_of(as_of, settings)
    explanation = find(settings, kpi, parse_period(period, settings), today(settings), day)
    target = Target("text", None, encoding)
    write(render_text(explanation, LANGUAGE, target.options.width or 80), target)
    if any(figure.value.faulty_rows for figure in explanation.figures):
        raise typer.Exit(ExitCode.FAULTY_ROWS)
