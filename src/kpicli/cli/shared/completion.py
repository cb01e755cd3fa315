"""Completion of --kpi and --period in the shell. Errors are silent: it never fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kpicli.base.errors import KpicliError
from kpicli.cli.shared.language import LANGUAGE

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings

WORDS = ("last-month", "this-month", "last-half", "this-half", "last-year")
HALVES, MONTHS = 4, 12


def complete_kpi(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids and titles of the KPIs that begin so."""
    try:
        catalog = _settings(context).catalog
    except KpicliError:
        return
    yield from (
        (name, kpi.title.in_language(LANGUAGE))
        for name, kpi in (catalog.kpi | catalog.composed).items()
        if name.startswith(incomplete)
    )


def complete_period(context: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the words for relative periods, then the last two years' halves and a year's months."""
    try:
        offered = list(_periods(_settings(context)))
    except KpicliError:
        return
    yield from ((name, title) for name, title in offered if name.startswith(incomplete))


def _periods(settings: "Settings") -> Iterator[tuple[str, str]]:
    from kpicli.base.clock import today_in
    from kpicli.model.periods import Period

    today = today_in(settings.zone)
    for word in WORDS:
        period = Period.parse(word, fiscal=settings.fiscal, today=today)
        yield word, period.described(LANGUAGE)
    for period, number in (
        (Period.of("half", today, settings.fiscal), HALVES),
        (Period.of("month", today, settings.fiscal), MONTHS),
    ):
        for _ in range(number):
            yield period.name, period.described(LANGUAGE)
            period = period.previous()


def _settings(context: typer.Context) -> "Settings":
    from kpicli.settings.settings import read_settings

    config = context.find_root().params.get("config")
    return read_settings(None if config is None else Path(config))
