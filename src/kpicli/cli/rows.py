"""`kpicli rows`: the rows behind a figure."""

from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import UsageError
from kpicli.base.exit_codes import ExitCode
from kpicli.base.wording import Text
from kpicli.cli.shared.completion import complete_kpi
from kpicli.cli.shared.context import common, parse_comparisons, today
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.options import (
    AsOfOption,
    EncodingOption,
    FormatOption,
    OutputOption,
    PeriodOption,
    ShowPersonalOption,
)
from kpicli.cli.shared.output import write
from kpicli.cli.shared.target import Target, choose_target, refuse_inputs, require_format

if TYPE_CHECKING:
    from kpicli.output.formats import Rendered
    from kpicli.trace.recount import Evidence

KpiArgument = Annotated[
    str,
    typer.Argument(
        metavar="KPI", autocompletion=complete_kpi, help=say("KPI の id", "Id of the KPI")
    ),
]
FORMATS = ("table", "text", "csv", "tsv", "json", "xlsx")


def rows(
    context: typer.Context,
    kpi: KpiArgument,
    period: PeriodOption,
    item: Annotated[
        str | None,
        typer.Option(metavar="ITEM", help=say("内訳・規則・参考の一つ", "A part, rule or memo")),
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="DIM", help=say("分け方(--group と)", "With --group"))
    ] = None,
    group: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("分けた一つ", "One group of --by"))
    ] = None,
    of: Annotated[
        str | None,
        typer.Option(metavar="previous|year-ago", help=say("比べた期間の行", "The other period")),
    ] = None,
    as_of: AsOfOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: ShowPersonalOption = False,
    doubtful: Annotated[
        bool, typer.Option("--doubtful", help=say("要確認の行も出す", "Rows in doubt too"))
    ] = False,
) -> None:
    """Show the rows behind a figure."""
    target = choose_target(format_name, output, encoding)
    _check(target, by, group)
    settings = common(context).settings_with_exports()
    refuse_inputs(target, settings.folder, settings.patterns, settings.own_places)
    from kpicli.settings.request import WrittenRequest
    from kpicli.trace.evidence import RowsRequest, find_evidence
    from kpicli.trace.recount import masked

    day = today(settings)
    request = WrittenRequest(period, (kpi,), by, as_of=as_of).read(settings, day)
    other = next(iter(parse_comparisons(None if of is None else [of])), None)
    evidence = find_evidence(settings, RowsRequest(request, item, group, other, doubtful), day)
    write(_rendered(evidence if show_personal else masked(evidence), target), target)
    if evidence.figure.value.faulty_rows:
        raise typer.Exit(ExitCode.FAULTY_ROWS)


def _check(target: Target, by: str | None, group: str | None) -> None:
    require_format(target, "rows", FORMATS)
    if (by is None) != (group is None):
        raise UsageError(
            Text("--by と --group は一緒に使います", "--by and --group go together"),
            Text("例: --by line --group 損保", "for example: --by line --group 損保"),
        )


def _rendered(evidence: "Evidence", target: Target) -> "Rendered":
    from kpicli.output.data.records import render_csv, render_json, render_workbook
    from kpicli.trace.render_rows import figure_words, records_of, render_cards

    figure = evidence.figure
    if target.format in ("table", "text"):
        return render_cards(evidence, LANGUAGE, target.options.width or 80)
    records = records_of(evidence)
    if target.format == "json":
        return render_json(
            records,
            kpi=figure.kpi,
            period=figure.period.name,
            start=str(figure.period.start),
            end=str(figure.period.end),
            item=figure.item,
            figure=figure_words(figure, evidence.kpi.unit),
            status=figure.value.status.value,
            faulty_rows=figure.value.faulty_rows,
        )
    if target.format == "xlsx":
        return render_workbook(records, "rows")
    return render_csv(records, "\t" if target.format == "tsv" else ",")
