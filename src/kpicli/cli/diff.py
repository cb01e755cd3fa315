"""`kpicli diff`: which figures moved since they were frozen, and which rows moved them."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.exit_codes import ExitCode
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, parse_period, today
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    EncodingOption,
    OutputOption,
    format_option,
)
from kpicli.cli.shared.output import write
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.target import Target, choose_target, refuse_inputs, require_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kpicli.output.formats import Rendered
    from kpicli.reconcile.changes import PeriodDiff

FORMATS = ("table", "text", "csv", "tsv", "json", "xlsx")


class FailOnChange(StrEnum):
    """What, besides errors, makes the command fail."""

    CHANGE = "change"


PeriodsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="P...",
        autocompletion=complete_period,
        help=say("凍結した期間(いくつでも)", "Frozen periods, one or more"),
    ),
]
DiffFormatOption = Annotated[str | None, format_option(FORMATS)]
FailOnChangeOption = Annotated[
    FailOnChange | None,
    typer.Option(
        metavar="change",
        help=say("数値や定義が変わっていれば終了コード 6", "Exit 6 when anything has changed"),
    ),
]


def diff(
    context: typer.Context,
    periods: PeriodsArgument,
    allow_definition_change: AllowDefinitionChangeOption = False,
    format_name: DiffFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    fail_on: FailOnChangeOption = None,
) -> None:
    """Explain every figure that moved since it was frozen."""
    target = choose_target(format_name, output, encoding)
    require_format(target, "diff", FORMATS)
    settings = common(context).settings_with_exports()
    refuse_inputs(target, settings.folder, settings.patterns, settings.own_places)
    asked = dict.fromkeys(parse_period(period, settings) for period in periods)
    from kpicli.reconcile.diff import diff as explain

    with reading_progress() as report:
        found = [
            explain(settings, period, today(settings), allow_definition_change, report)
            for period in asked
        ]
    write(_rendered(found, target), target)
    changed = fail_on is not None and any(each.changed for each in found)
    raise typer.Exit(ExitCode.MISSED_OR_MOVED if changed else ExitCode.OK)


def _rendered(found: "Sequence[PeriodDiff]", target: Target) -> "Rendered":
    from kpicli.output.data.records import render_csv, render_workbook
    from kpicli.reconcile.records import records_of, render_json
    from kpicli.reconcile.render import render_text

    if target.format in ("table", "text"):
        return render_text(found, LANGUAGE, target.options.width or 80)
    if target.format == "json":
        return render_json(found, LANGUAGE)
    records = records_of(found)
    if target.format == "xlsx":
        return render_workbook(records, "diff")
    return render_csv(records, "\t" if target.format == "tsv" else ",")
