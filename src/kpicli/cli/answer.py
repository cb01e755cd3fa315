"""Answering `summarize`: by what was counted before, where it still holds, else by counting."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.cli.shared.context import (
    Common,
    parse_as_of,
    parse_comparisons,
    parse_period,
    today,
)
from kpicli.cli.shared.language import say
from kpicli.cli.shared.messages import tell
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.target import Target, refuse_inputs
from kpicli.settings.arguments import parse_names

if TYPE_CHECKING:
    from kpicli.model.figures import Summary
    from kpicli.settings.settings import Settings


class Asked(Struct, frozen=True):
    """What the options of `summarize` ask for, word for word."""

    common: Common
    period: str
    kpi: list[str] | None
    by: str | None
    compare: list[str] | None
    as_of: str | None
    show_personal: bool
    engine: str = "local"
    scheduler: str | None = None
    recompute: bool = False
    allow_definition_change: bool = False


def answer(asked: Asked, target: Target, *, cached: bool, quiet: bool = False) -> "Summary":
    """Return the summary that is asked for.

    With `cached` an earlier one is taken where nothing has changed since, and a new one is kept;
    never one that may be grouped by a person. Where others could have changed what is kept, it is
    left alone, which is said unless `quiet`. Raises what counting raises.
    """
    if not cached or asked.show_personal:
        return _counted(asked, target)[0]
    from kpicli.cache.answers import Question, find, keep, key_of
    from kpicli.cache.entries import exposed_place

    names = parse_names(asked.kpi, "--kpi")
    others = parse_names(asked.compare, "--compare")
    question = Question(
        asked.common.config,
        asked.period,
        names,
        asked.by,
        others,
        asked.as_of,
        asked.recompute,
        asked.allow_definition_change,
    )
    key = key_of(question)
    place = None if key is None else exposed_place(key)
    if place is not None:
        if not quiet:
            _tell_exposed(place)
        return _counted(asked, target)[0]
    kept = find(key, show_values=target.show_values)
    if kept is not None:
        refuse_inputs(target, kept.folder, kept.patterns, kept.own)
        return kept.summary
    summary, settings, day = _counted(asked, target)
    keep(question, key, settings, day, summary)
    return summary


def _tell_exposed(place: Path) -> None:
    tell(
        say(
            f"注意 {place} は他の利用者のものか、他の利用者が書き換えられるので、以前の結果は"
            "使わず、残しもしません。消すか、本人だけのもの(chmod go-w)にしてください",
            f"warning {place} is another user's, or others may write it: no earlier result is "
            "used and none is kept. Remove it, or make it yours alone (chmod go-w)",
        )
    )


def _counted(asked: Asked, target: Target) -> "tuple[Summary, Settings, date]":
    """Return the summary as counted, with the settings and the day that it was counted by."""
    settings = asked.common.settings_with_exports()
    refuse_inputs(target, settings.folder, settings.patterns, settings.protected_paths)
    from kpicli.settings.request import Request, requested_kpis

    day = today(settings)
    request = Request(
        period=parse_period(asked.period, settings),
        kpis=parse_names(asked.kpi, "--kpi"),
        by=asked.by,
        compare=parse_comparisons(asked.compare),
        as_of=parse_as_of(asked.as_of, settings),
        show_personal=asked.show_personal,
        recompute=asked.recompute,
        allow_definition_change=asked.allow_definition_change,
    )
    requested_kpis(settings.catalog, request)  # refuse what cannot be before the readers are loaded
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.run.summary import summarize

    with open_engine(asked.engine, asked.scheduler) as engine, reading_progress() as report:
        return summarize(settings, request, day, report, engine), settings, day
