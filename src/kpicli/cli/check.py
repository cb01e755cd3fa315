"""`kpicli check`: every fault, warning and note in the exports, with its place and advice."""

from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.exit_codes import ExitCode
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, parse_period, today
from kpicli.cli.shared.language import say
from kpicli.cli.shared.options import EncodingOption, OutputOption, ShowValuesOption, format_option
from kpicli.cli.shared.output import write
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.target import Target, choose_target, refuse_inputs, require_format
from kpicli.settings.arguments import parse_names
from kpicli.settings.exported import exported_sources

if TYPE_CHECKING:
    from kpicli.checks.inspection import Inspection
    from kpicli.output.formats import Rendered

FORMATS = ("table", "text", "csv", "tsv", "json", "xlsx")

SourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--source",
        "-s",
        metavar="ID",
        help=say("この出力だけ(繰り返し、またはコンマ区切り)", "Only this source (repeat, or a,b)"),
    ),
]
CheckedPeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "もれなくあるか調べる期間(既定: 出力が含む最後の半期)",
            "Period that should be complete (default: the last half that the exports cover)",
        ),
    ),
]
CheckFormatOption = Annotated[str | None, format_option(FORMATS)]


def check(
    context: typer.Context,
    source: SourceOption = None,
    period: CheckedPeriodOption = None,
    format_name: CheckFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_values: ShowValuesOption = False,
    show_personal: Annotated[
        bool,
        typer.Option("--show-personal", help=say("職員番号などを出す", "Name staff and the like")),
    ] = False,
) -> None:
    """Tell every fault, warning and note in the exports."""
    target = choose_target(format_name, output, encoding, show_values)
    require_format(target, "check", FORMATS)
    settings = common(context).settings_with_exports()
    refuse_inputs(target, settings.folder, settings.patterns, settings.own_places)
    asked = None if period is None else parse_period(period, settings)
    names, day = exported_sources(settings, parse_names(source, "--source")), today(settings)
    from kpicli.checks.inspection import inspect  # loads pandas, once nothing is refused any more

    with reading_progress() as report:
        inspection = inspect(
            settings, names, asked, day, show_personal=show_personal, report=report
        )
    write(_rendered(inspection, target), target)
    raise typer.Exit(ExitCode.FAULTY_ROWS if inspection.of("fault") else ExitCode.OK)


def _rendered(inspection: "Inspection", target: Target) -> "Rendered":
    from kpicli.checks.records import records_of, render_json
    from kpicli.checks.render import render_text
    from kpicli.output.data.records import render_csv, render_workbook

    if target.format in ("table", "text"):
        return render_text(inspection, target.options)
    if target.format == "json":
        return render_json(inspection, target.options)
    records = records_of(inspection, target.options)
    if target.format == "xlsx":
        return render_workbook(records, "check")
    return render_csv(records, "\t" if target.format == "tsv" else ",")
