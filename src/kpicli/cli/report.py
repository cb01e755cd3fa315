"""`kpicli report`: the whole report of a period, words and figures, by principle."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import (
    Destination,
    choose_destination,
    refuse_inputs,
    require_format,
)
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubt, show_faults, show_warnings
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    AsOfOption,
    CompareOption,
    EncodingOption,
    FailOnOption,
    OutputOption,
    PeriodOption,
    RecomputeOption,
    ShowValuesOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write
from kpicli.cli.shared.progress import reading_progress
from kpicli.report.formats import FORMATS, Layout, render_report, require
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import Request, WrittenRequest

if TYPE_CHECKING:
    from kpicli.report.narrative.model import Narrative
    from kpicli.settings.settings import Settings

COMPARED: Final = ("previous", "year-ago")
"""The comparisons of a report for which no others are named."""

ReportFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="F",
        help=say(f"{', '.join(FORMATS)} (既定 markdown)", f"{', '.join(FORMATS)} (markdown)"),
    ),
]
FragmentOption = Annotated[
    bool,
    typer.Option("--fragment", help=say("CMS に貼る本文だけを出す", "Only the body, for a CMS")),
]
LintOption = Annotated[
    bool,
    typer.Option(
        "--lint",
        help=say(
            "文章に直接書いた数字のうち、どの数値とも違うものを誤りにする",
            "Refuse typed numbers in the words that equal no figure of their section",
        ),
    ),
]


def report(
    context: typer.Context,
    period: PeriodOption,
    compare: CompareOption = None,
    as_of: AsOfOption = None,
    format_name: ReportFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    fragment: FragmentOption = False,
    lint: LintOption = False,
    show_values: ShowValuesOption = False,
    fail_on: FailOnOption = None,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
) -> None:
    """Write the report of a period: words and figures, by principle."""
    destination = _destination(format_name, output, encoding, show_values, fragment=fragment)
    settings = common(context).settings_with_exports()
    layout = Layout(LANGUAGE, settings.values.report.charts, fragment)
    require(destination.format.name, layout)
    day = today(settings)
    request = WrittenRequest(
        period,
        by="month",
        compare=COMPARED if compare is None else parse_names(compare, "--compare"),
        as_of=as_of,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
    ).read(settings, day)
    narrative = _narrative(settings, request, destination)
    from kpicli.report.build import build_report
    from kpicli.run.summary import summarize as run

    with reading_progress() as reporter:
        summary = run(settings, request, day, reporter)
    made = build_report(settings, narrative, summary, LANGUAGE, lint=lint)
    write(render_report(made, destination.format.name, layout), destination)
    show_faults(summary.faults, show_values)
    show_warnings(summary)
    show_doubt(summary.figures, summary.titles)
    raise typer.Exit(exit_code(summary, fail_on_target=fail_on is not None))


def _destination(
    format_name: str | None,
    output: Path | None,
    encoding: str | None,
    show_values: bool,
    *,
    fragment: bool,
) -> Destination:
    named = format_name or ("markdown" if output is None or str(output) == "-" else None)
    destination = choose_destination(named, output, encoding, show_values)
    require_format(destination, "report", FORMATS)
    if fragment and destination.format.name != "html":
        raise UsageError(
            Text("--fragment は html だけのものです", "--fragment is for html alone"),
            Text("--format html を付けてください", "add --format html"),
        )
    return destination


def _narrative(settings: "Settings", request: Request, destination: Destination) -> "Narrative":
    """Return the narrative of the period; the output must be neither it nor an export."""
    from kpicli.report.narrative.parse import narrative_file, read_narrative

    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    return read_narrative(narrative_file(settings, request.period.name))
