"""`kpicli kpis`, `kpicli sources` and `kpicli principles`: what is declared, listed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.wording import Language
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.options import EncodingOption, FormatOption, OutputOption
from kpicli.cli.shared.output import write_answer
from kpicli.output.catalogue.kpis import kpis_answer
from kpicli.output.catalogue.sources import sources_answer

if TYPE_CHECKING:
    from kpicli.report.model import Correspondence
    from kpicli.settings.settings import Settings

AllOption = Annotated[
    bool,
    typer.Option(
        "--all",
        help=say("省いた指標も、理由とともに一覧にする", "List the KPIs left out too, and why"),
    ),
]


def _listing(
    context: typer.Context, format_name: str | None, output: Path | None, encoding: str | None
) -> "tuple[Settings, Destination]":
    """Return the settings, and where a list of what they declare goes; onto no input of theirs."""
    destination = choose_destination(format_name, output, encoding)
    settings = common(context).settings()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    return settings, destination


def kpis(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    everything: AllOption = False,
) -> None:
    """List the KPIs that are shown."""
    settings, destination = _listing(context, format_name, output, encoding)
    write_answer(kpis_answer(settings, everything=everything), destination)


def sources(
    context: typer.Context,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the sources, their columns and the files that the settings name."""
    settings, destination = _listing(context, format_name, output, encoding)
    write_answer(sources_answer(settings), destination)


PrinciplesPeriodOption = Annotated[
    str | None,
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say(
            "報告の期間(既定: 文章のある最後の期間)",
            "Period of the report (default: the last one that has words)",
        ),
    ),
]


def principles(
    context: typer.Context,
    period: PrinciplesPeriodOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List the principles with their notes, and where policy and results answer them."""
    settings, destination = _listing(context, format_name, output, encoding)
    from kpicli.report import principles as table
    from kpicli.report.narrative.files import last_narrative

    known = table.read_principles(settings)
    narrative = last_narrative(settings, period, today(settings), LANGUAGE)
    sections = () if narrative is None else narrative.sections
    results = table.results_of(sections, [""] * len(sections))

    def lines(language: Language) -> "tuple[Correspondence, ...]":
        return table.correspondence(settings, known, results, language)

    write_answer(table.correspondence_answer(known, lines), destination)
    missing = table.missing_answers(lines(LANGUAGE))
    if missing is not None:
        show_message(say("注意 ", "warning ") + missing.in_language(LANGUAGE))
