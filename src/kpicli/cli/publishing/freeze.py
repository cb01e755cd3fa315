"""`kpicli freeze`: what is published is written down, figures and rows, for later comparison."""

from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.wording import Text, quantity
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_guesses, show_message
from kpicli.cli.shared.options import AsOfOption, EngineOption, PeriodOption, SchedulerOption
from kpicli.cli.shared.output import write_stdout
from kpicli.cli.shared.progress import reading_progress
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.settings.request import WrittenRequest

if TYPE_CHECKING:
    from kpicli.reconcile.freezing import Frozen

NoteOption = Annotated[
    str,
    typer.Option(metavar="TEXT", help=say("記録に残すメモ(個人情報を書かない)", "Kept with it")),
]
ReviseOption = Annotated[
    bool,
    typer.Option(
        "--revise", help=say("新しい版にする(前の版も残る)", "A new edition; keeps the old")
    ),
]
NotFinalOption = Annotated[
    bool,
    typer.Option(
        "--not-final",
        help=say(
            "確定していない数値も、そう記して凍結", "Freeze figures not final, marked as such"
        ),
    ),
]


def freeze(
    context: typer.Context,
    period: PeriodOption,
    note: NoteOption = "",
    revise: ReviseOption = False,
    as_of: AsOfOption = None,
    not_final: NotFinalOption = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """Freeze the figures of a period as they are published."""
    check_engine(engine, scheduler)
    settings = common(context).settings_with_exports()
    day = today(settings)
    request = WrittenRequest(period, as_of=as_of).read(settings, day)
    from kpicli.reconcile.freezing import freeze

    with open_engine(engine, scheduler) as opened, reading_progress() as report:
        frozen = freeze(
            settings, request, day, report, opened, note=note, revise=revise, not_final=not_final
        )
    for warning in frozen.warnings:
        show_message(say("注意 ", "warning ") + warning.in_language(LANGUAGE))
    show_guesses(frozen.summary.guesses)
    write_stdout(_description(frozen))


def _description(frozen: "Frozen") -> str:
    record = frozen.record
    figures = sum(len(kpi.figures) for kpi in record.kpis)
    rows = sum(len(kpi.rows) for kpi in record.kpis)
    state = Text("", "") if record.final else Text("(確定前)", " (not final)")
    frozen_now = Text(
        f"{frozen.file}: {record.period.name} 第{record.edition}版{state.ja}、"
        f"数値 {figures} 件、根拠の行 {rows} 行を凍結しました\n",
        f"{frozen.file}: {record.period.name} edition {record.edition}{state.en}, "
        f"{quantity(figures, 'figure')} and {quantity(rows, 'row')} behind them frozen\n",
    )
    if record.row_file is None:
        return frozen_now.in_language(LANGUAGE)
    file = record.row_file.name
    kept = Text(
        f"行は別のファイル {file} にあります。記録と一緒に保管してください\n",
        f"Its rows are in a file of their own, {file}: keep it with the record\n",
    )
    return frozen_now.in_language(LANGUAGE) + kept.in_language(LANGUAGE)
