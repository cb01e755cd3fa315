"""`kpicli explain`: how a figure came about."""

import typer

from kpicli.cli.door import common, parse_period, today
from kpicli.cli.language import LANGUAGE
from kpicli.cli.options import EncodingOption, PeriodOption
from kpicli.cli.output import write
from kpicli.cli.rows import AsOfOption, KpiArgument
from kpicli.cli.target import Target


def explain(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodOption,
    as_of: AsOfOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Explain a figure: definition, files, columns, and every step from rows read to it."""
    settings = common(context).settings()
    from kpicli.explanation import explain as find
    from kpicli.renderers.explanation import render_text

    day = None if as_of is None else as_of.date()
    explanation = find(settings, kpi, parse_period(period, settings), today(settings), day)
    target = Target("text", None, encoding)
    write(render_text(explanation, LANGUAGE, target.options.width or 80), target)
