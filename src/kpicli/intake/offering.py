"""The figures that proposed settings give now, by the pipeline that every run takes."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.clock import today_in
from kpicli.base.errors import KpicliError
from kpicli.base.wording import Language, Text
from kpicli.checks.inspection import latest_half
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.asking.questions import settled
from kpicli.intake.asking.spans import months_questions
from kpicli.intake.proposal import Proposal
from kpicli.intake.writing import settings_text
from kpicli.loaders.load import load
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.page.phrases import status_phrase, value_phrase
from kpicli.run.summary import summary_of
from kpicli.settings.locate import FILE_NAME
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, settings_of_text

_MOST = 4
"""So many KPIs stand beside each other at most."""
_PERIOD = Text("期間", "period")
_NOTHING = "-"
"""Stands for the figure of an answer under which it cannot be counted."""


class Offer(Struct, frozen=True):
    """The figures of proposed settings in the last half that the exports cover.

    `before` are those of the half before, month by month as those of `summary`, where asked for.
    """

    settings: Settings
    summary: Summary
    before: Summary | None = None
    datasets: Mapping[str, Dataset] = {}
    """The sources as they were loaded for it."""

    @property
    def halves(self) -> tuple[Summary, ...]:
        """Return the figures of each half, the last one first."""
        return tuple(each for each in (self.summary, self.before) if each is not None)

    def written_to(self, file: Path) -> "Offer":
        """Return the offer of settings that are written now, to `file`."""
        return replace(self, settings=replace(self.settings, file=file))


def offer(
    text: str,
    home: Path,
    kpis: Sequence[str] = (),
    period: Period | None = None,
    *,
    monthly: bool = False,
) -> Offer:
    """Return the figures that settings give which are not written yet; of all KPIs, or of some.

    Without a `period` that is the last half that most exports reach. Paths are relative to `home`.
    Raises what a run raises.
    """
    return _offer_of(settings_of(text, home), kpis, period, monthly=monthly)


def _offer_of(
    settings: Settings, kpis: Sequence[str], period: Period | None, *, monthly: bool
) -> Offer:
    today = today_in(settings.zone)
    shown = kpis or settings.values.kpis or ()
    needed = dict.fromkeys(
        source for name in shown for source in settings.catalog.kpi[name].sources
    )
    datasets = load(settings, needed, today)
    period = period or _usual_half(settings, datasets, today)
    request = Request(period, tuple(kpis), by="month" if monthly else None)
    before = request.of_period(period.previous()) if monthly else None
    return Offer(
        settings,
        summary_of(settings, request, today, datasets),
        None if before is None else summary_of(settings, before, today, datasets),
        datasets,
    )


def _usual_half(settings: Settings, datasets: Mapping[str, Dataset], today: date) -> Period:
    """Return the last half that more than half of the exports reach.

    A single export that goes on for a month opens no half of which all others know nothing, nor
    does one that has ended take the figures back to its time.
    """
    ends = [latest_half(settings, {name: own}, today) for name, own in datasets.items()]
    halves = sorted((end for end in ends if end is not None), key=lambda half: half.start)
    if not halves:
        return Period.of("half", today - timedelta(days=1), settings.fiscal)
    return halves[(len(halves) - 1) // 2]


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
    its files cannot be read, has `-`. Of the answers which months an export holds, or which day of
    a row counts, the halves and months that differ have a row each.
    """
    offers = list(_offers(question, home))
    titles = {
        name: head.title.in_language(language)
        for own in offers
        if own
        for name, head in own.summary.kpis.items()
    }
    if question.asks_months or question.of_days:
        apart = _months_apart(offers, titles, language)
        if question.of_days:  # an answer that leaves nothing to count differs in every month
            apart = tuple(row for row in apart if len({*row[1]} - {_NOTHING}) > 1)
        if apart or question.asks_months:
            return Consequences(apart[:_MOST])
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


def weighed(question: Question, home: Path) -> Question | None:
    """Return a question without answers that lead to what an earlier one does; None: one is left.

    Only answers which months an export holds are weighed: in the last half and the one before, by
    the figures of the half and of each month, and by whether they are final.
    """
    if not question.asks_months:
        return question
    kept: dict[tuple[object, ...], Choice] = {}
    for choice, states in _outcomes(question, home):
        kept.setdefault(states, choice)
    return replace(question, choices=tuple(kept.values())) if len(kept) > 1 else None


def without_idle(proposal: Proposal, home: Path) -> Proposal:
    """Return the proposal in which questions are settled whose every answer leads to the same."""
    for question in months_questions(proposal):
        if question.id not in proposal.settled and _is_idle(question, home):
            proposal = settled(question, question.choices[0])
    return proposal


def _is_idle(question: Question, home: Path) -> bool:
    """Return whether every answer leads to what the first one does; one that does not is enough."""
    outcomes = (states for _, states in _outcomes(question, home))
    first = next(outcomes)
    return all(states == first for states in outcomes)


def _outcomes(question: Question, home: Path) -> Iterator[tuple[Choice, tuple[object, ...]]]:
    """Yield every answer with all figures that it leads to, and whether they can be counted."""
    for choice, own in zip(question.choices, _offers(question, home), strict=True):
        yield choice, (own is None, *(() if own is None else _states(own)))


def _offers(question: Question, home: Path) -> Iterator[Offer | None]:
    """Yield what every answer gives, of the period that the first of them does.

    Where they put rows into other months that is the first one by which there are any.
    """
    period: Period | None = None
    if question.of_days:
        known = (choice for choice in question.choices if choice.key != NEITHER)
        first = next(
            (own for own in (_of(choice, home, question) for choice in known) if own), None
        )
        period = None if first is None else first.summary.period
    for choice in question.choices:
        own = _of(choice, home, question, period)
        if own is not None and not question.moves_periods:
            period = own.summary.period
        yield own


def _of(
    choice: Choice, home: Path, question: Question, period: Period | None = None
) -> Offer | None:
    """Return what an answer gives; None where that cannot be counted."""
    text = settings_text(choice.proposal, "ja", guessed=False)
    return _offered(text, home, question, period)


def _states(offered: Offer) -> Iterator[tuple[object, ...]]:
    """Yield every figure of an offer, its half and group, and how far it can be relied on."""
    for summary in offered.halves:
        for figure in summary.figures:
            value = figure.value
            yield (summary.period.name, figure.kpi, *figure.key, figure.group, value.measured)
            yield (value.status, value.faulty_rows, *(each.status for each in figure.targets))


def _months_apart(
    offers: Sequence[Offer | None], titles: Mapping[str, str], language: Language
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return a row for every total, of a half or a month, that is not the same for all answers."""
    cells: dict[tuple[str, str], list[str]] = {}
    for place, own in enumerate(offers):
        for summary in () if own is None else own.halves:
            for figure in summary.figures:
                if figure.kind == "total":
                    when = figure.group or summary.period.name
                    row = cells.setdefault((figure.kpi, when), [_NOTHING] * len(offers))
                    head = summary.kpis[figure.kpi]
                    states = status_phrase(figure.value, language)
                    shown = value_phrase(figure.value, head, language)
                    row[place] = states if shown == "-" else f"{shown} {states}".rstrip()
    halves = sorted(cells, key=lambda key: key[1].count("-"))  # a half before its months
    return tuple(
        (f"{when} {titles[kpi]}", tuple(cells[kpi, when]))
        for kpi, when in halves
        if len(set(cells[kpi, when])) > 1
    )


def _totals(summary: Summary, language: Language) -> Mapping[str, str]:
    """Return each KPI's figure as people read it; the first part where it has no total."""
    shown: dict[str, str] = {}
    for figure in summary.figures:
        if figure.kind == "total" or figure.value.number is not None:
            phrase = value_phrase(figure.value, summary.kpis[figure.kpi], language)
            if shown.get(figure.kpi, "-") == "-":
                shown[figure.kpi] = phrase
    return shown


def _offered(text: str, home: Path, question: Question, period: Period | None) -> Offer | None:
    try:
        settings = settings_of(text, home)
        asked = [name for name in question.kpis if name in (settings.values.kpis or ())]
        if not asked:
            return None
        return replace(
            _offer_of(settings, asked, period, monthly=question.asks_months or question.of_days),
            datasets={},
        )
    except KpicliError:
        return None
