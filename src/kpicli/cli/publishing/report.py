"""`kpicli report`: the whole report of a period, words and figures, by principle."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import InternalError, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_faults, show_message, show_warnings
from kpicli.cli.shared.options import (
    PUBLISHED_BESIDE,
    AllowDefinitionChangeOption,
    AllowDoubtOption,
    AsOfOption,
    CompareOption,
    EncodingOption,
    EngineOption,
    FailOnOption,
    OutputOption,
    PeriodsOption,
    RecomputeOption,
    SchedulerOption,
    ShowValuesOption,
    TrendOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write, write_named
from kpicli.cli.shared.progress import reading_progress
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.output.formats import FORMATS as ALL_FORMATS
from kpicli.output.interface import Format
from kpicli.report.formats import FORMATS, PDF, Layout, plain_fragment, render_report, require
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import Request, WrittenRequest
from kpicli.settings.several_periods import split_words

if TYPE_CHECKING:
    from kpicli.model.periods import Period
    from kpicli.model.summary import Summary
    from kpicli.output.interface import Answer, Options
    from kpicli.report.model import Frame
    from kpicli.report.narrative.model import Narrative
    from kpicli.settings.settings import Settings


class Edition(StrEnum):
    """Whom a report is for."""

    PUBLIC = "public"
    INTERNAL = "internal"


class SpanOfTime(StrEnum):
    """The spans that a period is split into."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


ReportFormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        metavar="F",
        help=say(
            f"{', '.join(FORMATS)} (既定: markdown)",
            f"{', '.join(FORMATS)} (default: markdown)",
        ),
    ),
]
FragmentOption = Annotated[
    bool,
    typer.Option("--fragment", help=say("CMS に貼る本文だけを出す", "Only the body, for a CMS")),
]
PlainOption = Annotated[
    bool,
    typer.Option(
        "--plain",
        help=say(
            "--fragment の本文をクラスだけにし、css とグラフは別のファイルにする",
            "With --fragment: classes alone, style sheet and charts as files beside it",
        ),
    ),
]
LintOption = Annotated[
    bool,
    typer.Option(
        "--lint",
        help=say(
            "文章を点検する: 直接書いた数字、文章のない原則、出ていない指標、要確認など",
            "Look over the words: typed numbers, principles without words, figures left out",
        ),
    ),
]
SpansOption = Annotated[
    SpanOfTime,
    typer.Option(
        "--by",
        metavar="|".join(SpanOfTime),
        help=say(
            "表やグラフで並べる期間の単位(既定: month)",
            "The spans that tables and charts set side by side (default: month)",
        ),
    ),
]
EditionOption = Annotated[
    Edition,
    typer.Option(
        "--edition",
        metavar="|".join(Edition),
        help=say(
            "public: 公表用(既定)、internal: 社内用",
            "For everybody (default), or for the desk that made it",
        ),
    ),
]
DraftOption = Annotated[
    bool,
    typer.Option(
        "--draft",
        help=say(
            "文章の下書きを作る(前の期の構成か、原則ごと)。あるものは上書きしない",
            "Write words to begin with; what is there already is never written over",
        ),
    ),
]


def report(
    context: typer.Context,
    period: PeriodsOption,
    compare: CompareOption = None,
    trend: TrendOption = None,
    by: SpansOption = SpanOfTime.MONTH,
    as_of: AsOfOption = None,
    format_name: ReportFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    fragment: FragmentOption = False,
    plain: PlainOption = False,
    lint: LintOption = False,
    edition: EditionOption = Edition.PUBLIC,
    allow_doubt: AllowDoubtOption = False,
    draft: DraftOption = False,
    show_values: ShowValuesOption = False,
    fail_on: FailOnOption = None,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """Write the report of a period: words and figures, by principle."""
    destination = _destination(format_name, output, encoding, show_values, fragment=fragment)
    check_engine(engine, scheduler)
    if plain and (not fragment or destination.file is None):
        raise UsageError(
            Text(
                "--plain は --fragment と -o FILE に付けるものです",
                "--plain goes with --fragment and -o FILE",
            ),
            Text("例: --fragment --plain -o report.html", "--fragment --plain -o report.html"),
        )
    settings = common(context).settings_with_exports()
    day = today(settings)
    words = split_words(period)
    over_periods = trend is not None or not isinstance(words, str)
    request = WrittenRequest(
        words,
        by=by.value,
        compare=PUBLISHED_BESIDE if compare is None else parse_names(compare, "--compare"),
        as_of=as_of,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
        trend=trend if over_periods else _trend(settings),
    ).read(settings, day)
    layout = Layout(LANGUAGE, settings.values.report.charts, fragment)
    narrative = None if draft else _narrative(settings, request, destination)
    from kpicli.report.build import build_report
    from kpicli.run.summary import summarize as run

    with open_engine(engine, scheduler) as opened, reading_progress() as reporter:
        summary = run(settings, request, day, reporter, opened)
    if narrative is None:
        _write_draft(settings, summary)
        return
    made = build_report(
        settings,
        narrative,
        summary,
        LANGUAGE,
        edition=edition.value,
        frame=_frame(settings, request.period, day),
        lint=lint,
        allow_doubt=allow_doubt,
        with_trend=over_periods,
    )
    if plain and destination.file is not None:
        for name, content in plain_fragment(made, layout, destination.file.stem).items():
            write_named(destination.file.with_name(name), content)
    else:
        write(render_report(made, destination.format.name, layout), destination)
    show_faults(summary.faults, show_values)
    show_warnings(summary)
    show_doubts(summary)
    raise typer.Exit(exit_code(summary, fail_on_target=fail_on is not None))


def _trend(settings: "Settings") -> str | None:
    """Return how many periods stand beside that of a report that names no other, by settings."""
    own = settings.values.report.trend
    return None if own is None else str(own)


def _destination(
    format_name: str | None,
    output: Path | None,
    encoding: str | None,
    show_values: bool,
    *,
    fragment: bool,
) -> Destination:
    named = format_name or ("markdown" if output is None or str(output) == "-" else None)
    pdf = Format(PDF, "application/pdf", _no_answer, (".pdf",), binary=True)
    formats = {name: ALL_FORMATS.get(name, pdf) for name in FORMATS}
    destination = choose_destination(named, output, encoding, show_values, formats=formats)
    require(destination.format.name)
    if fragment and destination.format.name != "html":
        raise UsageError(
            Text("--fragment は html だけのものです", "--fragment is for html alone"),
            Text("--format html を付けてください", "add --format html"),
        )
    return destination


def _no_answer(answer: "Answer", options: "Options") -> bytes:  # noqa: ARG001 - a format's own form
    """Raise `InternalError`: a report is laid out by itself, not as an answer."""
    raise InternalError(Text("報告は表ではありません", "a report is no answer"))


def _narrative(settings: "Settings", request: Request, destination: Destination) -> "Narrative":
    """Return the narrative of the period; the output must be neither it nor an export."""
    from kpicli.report.narrative.files import narrative_file, read_narrative

    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    return read_narrative(narrative_file(settings, request.period.name, LANGUAGE))


def _frame(settings: "Settings", period: "Period", day: date) -> "Frame":
    from kpicli.published.reading import holds_records
    from kpicli.report.frame import read_frame

    if not holds_records(settings.published):
        return read_frame(settings, period, LANGUAGE)
    from kpicli.published.store import frozen_periods

    return read_frame(settings, period, LANGUAGE, frozen_periods(settings, day))


def _write_draft(settings: "Settings", summary: "Summary") -> None:
    from kpicli.report.narrative.draft import write_draft

    file = write_draft(settings, summary, LANGUAGE)
    show_message(say(f"下書きを作りました: {file}", f"wrote a draft: {file}"))
