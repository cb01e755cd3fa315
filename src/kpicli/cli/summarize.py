"""`kpicli summarize`: the figures of a period."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.cli.language import say
from kpicli.cli.options import (
    EncodingOption,
    FormatOption,
    KpiOption,
    OutputOption,
    PeriodOption,
    common,
    parse_period,
    split_names,
    today,
)
from kpicli.cli.output import choose_target, write
from kpicli.cli.progress import reading_progress
from kpicli.cli.talk import show_faults
from kpicli.errors import UsageError
from kpicli.figures import Summary, TargetStatus
from kpicli.renderers import renderer
from kpicli.wording import Text

if TYPE_CHECKING:
    from kpicli.comparisons import ComparisonKind

FAULTS_TOUCH, TARGET_MISSED = 5, 6
COMPARISONS: "dict[str, ComparisonKind]" = {"previous": "previous", "year-ago": "year_ago"}


class FailOn(StrEnum):
    """What, besides errors and faults, makes the command fail."""

    TARGET = "target"


def summarize(
    context: typer.Context,
    period: PeriodOption,
    kpi: KpiOption = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="DIM",
            help=say("分け方: month, line, team など", "Group by month, line, team, any column"),
        ),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            metavar="previous,year-ago", help=say("前期・前年同期と比べる", "Compare with these")
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help=say("基準日(既定: 期間末と昨日の早い方)", "As-of date (period end or yesterday)"),
        ),
    ] = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: Annotated[
        bool, typer.Option(help=say("個人別の分け方を許す", "Allow grouping by a person"))
    ] = False,
    show_values: Annotated[
        bool, typer.Option(help=say("メッセージにセルの値を出す", "Show cell values in messages"))
    ] = False,
    fail_on: Annotated[
        FailOn | None,
        typer.Option(help=say("目標未達なら終了コード 6", "Exit 6 when a target is missed")),
    ] = None,
) -> None:
    """Count every figure of a period."""
    target = choose_target(format_name, output, encoding)
    settings = common(context).settings()
    from kpicli.summary import Request
    from kpicli.summary import summarize as run

    request = Request(
        period=parse_period(period, settings),
        kpis=split_names(kpi),
        by=by,
        compare=_comparisons(compare),
        as_of=_day(as_of),
        show_personal=show_personal,
    )
    with reading_progress() as report:
        summary = run(settings, request, today(settings), report)
    write(renderer(target.format)(summary, target.options), target)
    show_faults(summary.faults, show_values)
    code = exit_code(summary, fail_on)
    if code:
        raise typer.Exit(code)


def exit_code(summary: Summary, fail_on: FailOn | None) -> int:
    """Return 5 when rows in doubt touch a figure, 6 when asked to fail on a missed target, else 0."""
    values = [figure.value for figure in summary.figures]
    values += [c.value for figure in summary.figures for c in figure.comparisons]
    if any(value.faulty_rows for value in values):
        return FAULTS_TOUCH
    missed = any(
        figure.target is not None and figure.target.status is TargetStatus.MISSED
        for figure in summary.figures
    )
    return TARGET_MISSED if missed and fail_on is FailOn.TARGET else 0


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _comparisons(values: list[str] | None) -> "tuple[ComparisonKind, ...]":
    names = split_names(values)
    for name in names:
        if name not in COMPARISONS:
            known = ", ".join(COMPARISONS)
            raise UsageError(
                Text(f"--compare に「{name}」はありません", f"--compare knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    return tuple(kind for name, kind in COMPARISONS.items() if name in names)
