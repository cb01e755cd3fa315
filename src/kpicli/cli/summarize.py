"""`kpicli summarize`: the figures of a period."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import Common, common, today
from kpicli.cli.shared.destination import Destination, choose_destination, refuse_inputs
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import (
    show_doubts,
    show_faults,
    show_left_out,
    show_message,
    show_remarks,
    show_warnings,
)
from kpicli.cli.shared.options import (
    AllowDefinitionChangeOption,
    AsOfOption,
    ByOption,
    CompareOption,
    EncodingOption,
    EngineOption,
    FailOnOption,
    FormatOption,
    KpiOption,
    NoCacheOption,
    OnlyIfOption,
    OutputOption,
    PeriodsOption,
    QuietOption,
    RecomputeOption,
    SchedulerOption,
    ShowPersonalOption,
    ShowValuesOption,
    TrendOption,
    WideOption,
)
from kpicli.cli.shared.outcome import condition_met, exit_code, read_conditions
from kpicli.cli.shared.output import write_answer
from kpicli.cli.shared.progress import reading_progress
from kpicli.loaders.engines.choice import check_engine
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import Request, WrittenRequest
from kpicli.settings.requested import requested_kpis
from kpicli.settings.several_periods import split_words

if TYPE_CHECKING:
    from kpicli.cache.summaries import Key
    from kpicli.model.summary import Summary
    from kpicli.settings.settings import Settings


BriefOption = Annotated[
    bool,
    typer.Option(
        "--brief",
        help=say(
            "合計だけを出す(内訳と行の内訳を省く)", "Totals alone, without parts and row accounting"
        ),
    ),
]


def summarize(
    context: typer.Context,
    period: PeriodsOption,
    trend: TrendOption = None,
    kpi: KpiOption = None,
    by: ByOption = None,
    compare: CompareOption = None,
    as_of: AsOfOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: ShowPersonalOption = False,
    show_values: ShowValuesOption = False,
    wide: WideOption = False,
    brief: BriefOption = False,
    fail_on: FailOnOption = None,
    no_cache: NoCacheOption = False,
    engine: EngineOption = "local",
    scheduler: SchedulerOption = None,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
    quiet: QuietOption = False,
    only_if: OnlyIfOption = None,
) -> None:
    """Count every figure of a period."""
    check_engine(engine, scheduler)
    destination = choose_destination(format_name, output, encoding, show_values, quiet=quiet)
    conditions = read_conditions(only_if)
    words = split_words(period)
    if wide:
        several = not isinstance(words, str) and len(words) > 1
        destination = _wide(destination, by, compare, periods=bool(trend or several))
    request = WrittenRequest(
        words,
        parse_names(kpi, "--kpi"),
        by,
        parse_names(compare, "--compare"),
        as_of,
        show_personal=show_personal,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
        trend=trend,
    )
    before = common(context)
    key = None if no_cache else _key(before, request, quiet=quiet)
    summary = _answer(before, request, destination, key, engine, scheduler)
    code = exit_code(summary, fail_on_target=fail_on is not None)
    with condition_met(conditions, before.config, request.kpis, summary) as met:
        if not met:
            raise typer.Exit(code)
        from kpicli.output.summary.answer import brief_answer, summary_answer

        write_answer((brief_answer if brief else summary_answer)(summary), destination)
    remarks_shown = (code or not quiet) and not destination.format.holds_remarks
    if code or not quiet:
        show_faults(summary.faults, show_values)
    if remarks_shown:
        show_remarks(summary)
    elif quiet or not destination.format.holds_remarks:
        show_warnings(summary)  # told even to those who want quiet
    if not quiet:
        show_left_out(summary)
    show_doubts(summary)
    if destination.on_screen:
        show_message(_verdict(summary))  # the last line on the screen says how it stands
    raise typer.Exit(code)


def _verdict(summary: "Summary") -> str:
    from kpicli.output.summary.verdict import verdict

    return verdict(summary, LANGUAGE)


def _wide(
    destination: Destination, by: str | None, compare: list[str] | None, *, periods: bool
) -> Destination:
    """Return the destination with groups or periods side by side; `periods` if there are several.

    Raises `UsageError` where that cannot be.
    """
    if destination.format.name not in ("csv", "tsv"):
        raise UsageError(
            Text(
                f"--wide は csv と tsv のためのものです({destination.format.name} ではなく)",
                f"--wide is for csv and tsv, not for {destination.format.name}",
            ),
            Text("-f csv か -f tsv を付けてください", "add -f csv or -f tsv"),
        )
    if by is None and not periods:
        raise UsageError(
            Text(
                "--wide は --by のグループか --trend の期間を横に並べます",
                "--wide sets groups of --by or periods of --trend side by side",
            ),
            Text("--by month や --trend 4 などを付けてください", "add --by month, --trend 4 or so"),
        )
    if compare or (by is not None and periods):
        raise UsageError(
            Text(
                "--wide では --by、--compare、いくつもの期間(--trend)を一緒には並べられません",
                "--wide has no place for --by, --compare and several periods (--trend) together",
            ),
            Text(
                "--by か --trend の一方だけにするか、--wide なしの csv にしてください",
                "take --by or --trend alone, or csv without --wide",
            ),
        )
    return replace(destination, wide=True)


def _answer(
    common: Common,
    request: WrittenRequest,
    destination: Destination,
    key: "Key | None",
    engine: str,
    scheduler: str | None,
) -> "Summary":
    """Return an earlier answer that still holds under the key, else count, and keep that."""
    if key is not None:
        from kpicli.cache.summaries import find

        kept = find(key, show_values=destination.show_values)
        if kept is not None:
            refuse_inputs(destination, kept.folder, kept.patterns, kept.own)
            return kept.summary
    settings = common.settings_with_exports()
    refuse_inputs(destination, settings.folder, settings.patterns, settings.protected_paths)
    day = today(settings)
    summary = _count(settings, request.read(settings, day), day, engine, scheduler)
    if key is not None:
        from kpicli.cache.summaries import keep

        keep(key, settings, day, summary)
    return summary


def _count(
    settings: "Settings", request: Request, day: date, engine: str, scheduler: str | None
) -> "Summary":
    requested_kpis(settings, request)  # refuse what cannot be before the readers are loaded
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.run.summary import summarize

    with open_engine(engine, scheduler) as opened, reading_progress() as report:
        return summarize(settings, request, day, report, opened)


def _key(common: Common, request: WrittenRequest, *, quiet: bool) -> "Key | None":
    """Return the key of an answer that can be kept; None where there can be none.

    What others could have changed is left alone, which is said unless `quiet`.
    """
    from kpicli.cache.entries import exposed_place
    from kpicli.cache.summaries import key_of

    key = key_of(common.config, request)
    place = None if key is None else exposed_place(key.name)
    if place is None:
        return key
    if not quiet:
        _show_exposed(place)
    return None


def _show_exposed(place: Path) -> None:
    show_message(
        say(
            f"注意 {place} は他の利用者のものか、他の利用者が書き換えられるので、以前の結果は"
            "使わず、残しもしません。消すか、本人だけのもの(chmod go-w)にしてください",
            f"warning {place} is another user's, or others may write it: no earlier result is "
            "used and none is kept. Remove it, or make it yours alone (chmod go-w)",
        )
    )
