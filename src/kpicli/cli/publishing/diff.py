"""`kpicli diff`: which figures moved since they were frozen, and which rows moved them."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import ExitCode
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    EncodingOption,
    EngineOption,
    FormatOption,
    OutputOption,
    SchedulerOption,
)
from kpicli.cli.shared.output import write_answer
from kpicli.cli.shared.progress import reading_progress
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import WrittenRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kpicli.reconcile.changes import PeriodDiff


class FailOnChange(StrEnum):
    """The outcomes, besides errors, that make the command fail."""

    CHANGE = "change"


FrozenPeriodsOption = Annotated[
    list[str],
    typer.Option(
        "--period",
        "-p",
        metavar="P",
        autocompletion=complete_period,
        help=say("凍結した期間(繰り返し、またはコンマ区切り)", "Frozen period (repeat, or a,b)"),
    ),
]
FailOnChangeOption = Annotated[
    FailOnChange | None,
    typer.Option(
        metavar="change",
        help=say("数値・行・定義の変化で終了コード 6", "Exit 6 when anything has changed"),
    ),
]


def diff(
    context: typer.Context,
    period: FrozenPeriodsOption,
    allow_definition_change: AllowDefinitionChangeOption = False,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    fail_on: FailOnChangeOption = None,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """Explain every figure that moved since it was frozen."""
    destination = choose_destination(format_name, output, encoding)
    check_engine(engine, scheduler)
    settings = common(context).settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    day = today(settings)
    written = (
        WrittenRequest(each, allow_definition_change=allow_definition_change)
        for each in parse_names(period, "--period")
    )
    requests = dict.fromkeys(request.read(settings, day) for request in written)
    from kpicli.reconcile.answer import diff_answer
    from kpicli.reconcile.diff import diff as explain

    with open_engine(engine, scheduler) as opened, reading_progress() as report:
        diffs = [explain(settings, request, day, report, opened) for request in requests]
    write_answer(diff_answer(diffs), destination)
    if not destination.format.holds_remarks:
        _show_notes(diffs)
    changed = fail_on is not None and any(each.changed for each in diffs)
    raise typer.Exit(ExitCode.MISSED_OR_MOVED if changed else ExitCode.OK)


def _show_notes(diffs: "Iterable[PeriodDiff]") -> None:
    """Tell what stands beside the figures in formats that people read, and in no record."""
    for diff in diffs:
        notes = [note.in_language(LANGUAGE) for note in diff.notes]
        for kpi in diff.kpis:
            title = kpi.title.in_language(LANGUAGE)
            notes += [f"{title}: {note.in_language(LANGUAGE)}" for note in kpi.notes]
        for note in notes:
            show_message(say("注意 ", "note ") + f"{diff.period.name}: {note}")
