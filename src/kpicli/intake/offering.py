"""The figures that proposed settings give now, by the pipeline that every run takes."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from msgspec import Struct

from kpicli.base.clock import today_in
from kpicli.base.errors import KpicliError
from kpicli.base.wording import Language, Text
from kpicli.checks.inspection import latest_half
from kpicli.intake.questions import Question
from kpicli.intake.writing import settings_text
from kpicli.loaders.load import load
from kpicli.model.figures import Summary
from kpicli.model.periods import Period
from kpicli.output.page.phrases import value_phrase
from kpicli.run.summary import summary_of
from kpicli.settings.locate import FILE_NAME
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, settings_of_text

_MOST = 4
"""So many KPIs stand beside each other at most."""
_PERIOD = Text("期間", "period")


class Offer(Struct, frozen=True):
    """The figures of proposed settings in the last half that the exports cover."""

    settings: Settings
    summary: Summary


def offer(text: str, home: Path, kpis: Sequence[str] = (), period: Period | None = None) -> Offer:
    """Return the figures that settings give which are not written yet; of all KPIs, or of some.

    Without a `period` that is the last half that the exports cover. Paths are relative to `home`.
    Raises what a run raises.
    """
    settings = settings_of(text, home)
    today = today_in(settings.zone)
    shown = kpis or settings.values.kpis or ()
    needed = dict.fromkeys(
        source for name in shown for source in settings.catalog.kpi[name].sources
    )
    datasets = load(settings, needed, today)
    period = period or latest_half(settings, datasets, today)
    if period is None:
        period = Period.of("half", today - timedelta(days=1), settings.fiscal)
    return Offer(settings, summary_of(settings, Request(period, tuple(kpis)), today, datasets))


def settings_of(text: str, home: Path) -> Settings:
    """Return settings that are not written yet; their paths are relative to `home`."""
    return settings_of_text(text, home / FILE_NAME)


class Consequences(Struct, frozen=True):
    """What the answers to a question lead to: a row for each KPI that they move, one for all.

    Each row has a title and, per answer, the figure as people read it.
    """

    rows: tuple[tuple[str, tuple[str, ...]], ...]


def consequences(question: Question, home: Path, language: Language) -> Consequences:
    """Return the figures that every answer gives now; of the KPIs that differ, the first few.

    Where none differs the first KPI stands for all. An answer under which a KPI cannot be fed, or
    its files cannot be read, has `-`.
    """
    offers: list[Offer | None] = []
    for choice in question.choices:
        first = next((own for own in offers if own is not None), None)
        period = first.summary.period if first and not question.moves_periods else None
        text = settings_text(choice.proposal, language)
        offers.append(_offered(text, home, question.kpis, period))
    heads = {name: head for own in offers if own for name, head in own.summary.kpis.items()}
    titles = {name: head.title.in_language(language) for name, head in heads.items()}
    figures = [{} if own is None else _totals(own.summary, language) for own in offers]
    rows = [
        (titles[name], tuple(own.get(name, "-") for own in figures))
        for name in question.kpis
        if name in titles
    ]
    moved = [row for row in rows if len(set(row[1])) > 1] or rows[:1]
    periods = tuple("-" if own is None else own.summary.period.name for own in offers)
    head = [(_PERIOD.in_language(language), periods)] if question.moves_periods else []
    return Consequences((*head, *moved[:_MOST]))


def _totals(summary: Summary, language: Language) -> Mapping[str, str]:
    """Return each KPI's figure as people read it; the first part where it has no total."""
    shown: dict[str, str] = {}
    for figure in summary.figures:
        if figure.kind == "total" or figure.value.number is not None:
            phrase = value_phrase(figure.value, summary.kpis[figure.kpi], language)
            if shown.get(figure.kpi, "-") == "-":
                shown[figure.kpi] = phrase
    return shown


def _offered(text: str, home: Path, kpis: Sequence[str], period: Period | None) -> Offer | None:
    try:
        known = settings_of(text, home).values.kpis or ()
        asked = [name for name in kpis if name in known]
        return offer(text, home, asked, period) if asked else None
    except KpicliError:
        return None
