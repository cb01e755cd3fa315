"""`kpicli check`: every fault, warning and note in the exports, with its place and advice."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kpicli.base.errors import ExitCode, SettingsError, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.completion import complete_period
from kpicli.cli.shared.context import Common, common, today
from kpicli.cli.shared.destination import (
    Destination,
    choose_destination,
    refuse_inputs,
    refuse_itself,
)
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_guesses, show_message
from kpicli.cli.shared.options import (
    EncodingOption,
    EngineOption,
    FormatOption,
    OutputOption,
    SchedulerOption,
    ShowValuesOption,
)
from kpicli.cli.shared.output import write_answer
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.protected_paths import named_by
from kpicli.loaders.engines.choice import check_engine, open_engine
from kpicli.settings.arguments import parse_names, parse_period
from kpicli.settings.exported import exported_sources
from kpicli.settings.guesses import guesses_of
from kpicli.settings.locate import settings_in_force

if TYPE_CHECKING:
    from kpicli.base.faults import Fault

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


_DECLARED = Text(
    "{file} は kpicli.toml が指す出力です。設定に従って調べるには: kpicli check",
    "{file} is an export that kpicli.toml names; to check it by the settings: kpicli check",
)
FilesArgument = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="FILE",
        help=say(
            "設定なしで調べるファイル(csv, tsv, xlsx, parquet, zip)。なければ設定の指す出力",
            "Files to check without settings; by default the exports that the settings name",
        ),
    ),
]


def check(
    context: typer.Context,
    files: FilesArgument = None,
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
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
) -> None:
    """List every fault, warning and note in the exports, or in files as they stand."""
    destination = choose_destination(format_name, output, encoding, show_values)
    check_engine(engine, scheduler)
    if files:
        _refuse_settings_options(
            {
                "--source": source,
                "--period": period,
                "--show-personal": show_personal,
                "--engine": engine != "local",
            }
        )
        _check_files(common(context), files, destination)
    settings = common(context).settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    day = today(settings)
    asked = None if period is None else parse_period(period, settings.fiscal, day)
    names = exported_sources(settings, parse_names(source, "--source"))
    from kpicli.checks.answer import check_answer
    from kpicli.checks.inspection import inspect  # loads pandas, once nothing is refused any more

    with open_engine(engine, scheduler) as opened, reading_progress() as report:
        inspection = inspect(
            settings,
            names,
            asked,
            day,
            show_personal=show_personal,
            report=report,
            engine=opened,
        )
    write_answer(check_answer(inspection), destination)
    show_guesses(guesses_of(settings))
    _show_verdict(inspection.faults, destination)
    raise typer.Exit(ExitCode.FAULTY_ROWS if inspection.of("fault") else ExitCode.OK)


def _show_verdict(faults: "Sequence[Fault]", destination: Destination) -> None:
    """Say on a terminal, whose first lines may have scrolled away, how many findings there are."""
    if destination.on_screen:
        from kpicli.checks.findings import outcome_words

        show_message(outcome_words(faults).in_language(LANGUAGE))


def _refuse_settings_options(given: Mapping[str, object]) -> None:
    """Raise `UsageError` for an option that means nothing to files without settings."""
    for option in (option for option, value in given.items() if value):
        raise UsageError(
            Text(
                f"{option} は、ファイルを名指しした点検では使えません",
                f"{option} is not for files that are named",
            ),
            Text(
                "設定に従って出力を調べるには、ファイルを付けずに kpicli check と入力してください",
                "name no file to check the exports by the settings: kpicli check",
            ),
        )


def _check_files(common: Common, files: Sequence[Path], destination: Destination) -> NoReturn:
    """Check files as they stand, and say which of them the settings read otherwise."""
    for file in files:
        refuse_itself(destination, file)
    from kpicli.intake.checking.answer import file_check_answer
    from kpicli.intake.checking.check import check_files

    checked = check_files(files)
    write_answer(file_check_answer(checked), destination)
    for name in _declared(common, files):
        show_message(_DECLARED.filled(file=name).in_language(LANGUAGE))
    _show_verdict(checked.faults, destination)
    if checked.unread:
        raise typer.Exit(ExitCode.INPUT)
    has_faults = any(fault.level == "fault" for fault in checked.faults)
    raise typer.Exit(ExitCode.FAULTY_ROWS if has_faults else ExitCode.OK)


def _declared(common: Common, files: Sequence[Path]) -> list[Path]:
    """Return the files that the settings in force name; none where these cannot be read."""
    if settings_in_force(common.config) is None:
        return []
    try:
        settings = common.settings()
    except SettingsError:
        if common.config is not None:
            raise
        return []  # a file can be checked all the same
    patterns = settings.patterns
    return [
        file
        for file in dict.fromkeys(files)
        if any(named_by(pattern, settings.folder, file) for pattern in patterns)
    ]
