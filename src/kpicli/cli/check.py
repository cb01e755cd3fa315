"""`kpicli check`: every fault, warning and note in the exports, with its place and advice."""

from typing import Annotated

import typer

from kpicli.base.errors import ExitCode
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import choose_destination, refuse_inputs
from kpicli.cli.shared.language import say
from kpicli.cli.shared.options import EncodingOption, FormatOption, OutputOption, ShowValuesOption
from kpicli.cli.shared.output import write_answer
from kpicli.cli.shared.progress import reading_progress
from kpicli.settings.arguments import parse_names, parse_period
from kpicli.settings.exported import exported_sources

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


def check(
    context: typer.Context,
    source: SourceOption = None,
    period: CheckedPeriodOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_values: ShowValuesOption = False,
    show_personal: Annotated[
        bool,
        typer.Option("--show-personal", help=say("職員番号などを出す", "Name staff and the like")),
    ] = False,
) -> None:
    """List every fault, warning and note in the exports."""
    destination = choose_destination(format_name, output, encoding, show_values)
    settings = common(context).settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    day = today(settings)
    asked = None if period is None else parse_period(period, settings.fiscal, day)
    names = exported_sources(settings, parse_names(source, "--source"))
    from kpicli.checks.answer import check_answer
    from kpicli.checks.inspection import inspect  # loads pandas, once nothing is refused any more

    with reading_progress() as report:
        inspection = inspect(
            settings, names, asked, day, show_personal=show_personal, report=report
        )
    write_answer(check_answer(inspection), destination)
    raise typer.Exit(ExitCode.FAULTY_ROWS if inspection.of("fault") else ExitCode.OK)
