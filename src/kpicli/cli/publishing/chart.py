"""`kpicli chart`: one KPI as a picture that says what is seen."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import refuse_own_files
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_faults, show_warnings
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    AsOfOption,
    KpiArgument,
    PeriodsOption,
    ShowPersonalOption,
    ShowValuesOption,
    TrendOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_named
from kpicli.cli.shared.progress import reading_progress
from kpicli.model.figures import dimensions_of
from kpicli.settings.request import WrittenRequest
from kpicli.settings.requested import requested_kpis
from kpicli.settings.several_periods import split_words

if TYPE_CHECKING:
    from kpicli.model.summary import Summary
    from kpicli.report.charts.chart_data import Chart
    from kpicli.settings.settings import Settings

Form = Literal["svg", "png"]

PictureOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say("書くファイル(.svg か .png)", "The file to write (.svg or .png)"),
    ),
]
ChartByOption = Annotated[
    str | None,
    typer.Option(
        metavar="DIM",
        help=say(
            "棒の分け方(既定: month。line など区分の列も)",
            "What the bars are by: month (default), line, any code column",
        ),
    ),
]


def chart(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodsOption,
    output: PictureOption,
    trend: TrendOption = None,
    by: ChartByOption = None,
    as_of: AsOfOption = None,
    show_personal: ShowPersonalOption = False,
    show_values: ShowValuesOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
) -> None:
    """Draw a KPI by month, or over several periods."""
    form = _form(output)
    words = split_words(period)
    over_periods = trend is not None or not isinstance(words, str)
    if len(dimensions_of(by)) > 1:
        raise UsageError(
            Text("グラフの分け方は一つです", "a chart is by one dimension"),
            Text("--by month か --by line のように書いてください", "write --by month or --by line"),
        )
    if over_periods and by is not None:
        raise UsageError(
            Text("--trend と --by は一緒に使えません", "--trend and --by do not go together"),
            Text("どちらかを外してください", "leave one of them out"),
        )
    from kpicli.report.charts.picture import picture, require_picture

    require_picture(form)
    settings = common(context).settings_with_exports()
    refuse_own_files(output, settings.folder, settings.patterns, settings.protected_paths)
    day = today(settings)
    request = WrittenRequest(
        words,
        (kpi,),
        None if over_periods else by or "month",
        as_of=as_of,
        show_personal=show_personal,
        allow_definition_change=allow_definition_change,
        trend=trend,
    ).read(settings, day)
    requested_kpis(settings, request)
    from kpicli.run.summary import summarize

    with reading_progress() as reporter:
        summary = summarize(settings, request, day, reporter)
    write_named(output, picture(_chart(settings, summary, kpi), form))
    show_faults(summary.faults, show_values)
    show_warnings(summary)
    show_doubts(summary)
    raise typer.Exit(exit_code(summary, fail_on_target=False))


def _form(output: Path) -> Form:
    forms: dict[str, Form] = {".svg": "svg", ".png": "png"}
    form = forms.get(output.suffix.lower())
    if form is None:
        raise UsageError(
            Text(
                f"{output.name} の拡張子から画像の形式が決まりません",
                f"the suffix of {output.name} names no kind of picture",
            ),
            Text("拡張子を .svg か .png にしてください", "use .svg or .png"),
        )
    return form


def _chart(settings: "Settings", summary: "Summary", kpi: str) -> "Chart":
    """Return the chart; raises `UsageError` where there are no two values to draw."""
    from kpicli.output.page.blocks import kpi_blocks
    from kpicli.report.charts.chart_data import section_charts, trend_chart

    organisation = settings.values.report.organisation
    place = "" if organisation is None else organisation.in_language(LANGUAGE)
    made = (
        trend_chart(summary, kpi, LANGUAGE, place)
        if summary.trend
        else next(section_charts(kpi_blocks(summary), (kpi,), LANGUAGE, place), None)
    )
    if made is None:
        title = summary.kpis[kpi].title
        raise UsageError(
            Text(
                f"「{title.ja}」には、グラフにする値が二つありません",
                f"{title.en}: there are no two values to draw",
            ),
            Text(
                "期間を変えるか、kpicli summarize で値を確かめてください",
                "name another period, or see the values by kpicli summarize",
            ),
        )
    return made
