"""What a report says of itself before and after its sections: days, verdicts, doubts, legend."""

from collections.abc import Iterator

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.figures import Figure
from kpicli.model.judgements import TargetStatus
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.blocks import KpiBlock, compared_period, kpi_blocks
from kpicli.output.page.legend import legend
from kpicli.output.page.phrases import (
    bound_phrase,
    full_item_phrase,
    origin_phrase,
    status_phrase,
    value_phrase,
)
from kpicli.output.sentences import day_words, span_words
from kpicli.report import labels
from kpicli.report.model import Report
from kpicli.report.page.table import Badge, badge
from kpicli.report.page.tables import uniform_origins

_PUBLIC_STATES = ("provisional", "partial", "undefined")
"""What a public report explains; the rest of the legend speaks to the desk."""


class Verdict(Struct, frozen=True):
    """How many targets stand in one way, and what each of them asks for where it is missed."""

    badge: Badge
    number: str
    details: tuple[str, ...] = ()


def totals(summary: Summary) -> Iterator[Figure]:
    """Yield the total of every KPI that has one."""
    for block in kpi_blocks(summary):
        if block.whole is not None and block.whole.total is not None:
            yield block.whole.total


def dates_said(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what the head says, in pairs: the day of publication, periods with their days."""
    summary, taken_over = report.summary, uniform_origins(report.summary)
    if report.frame.published_on is not None:
        day = day_words(report.frame.published_on, language)
        yield labels.PUBLISHED_ON.in_language(language), day
    yield labels.REPORTED.in_language(language), _period(summary.period, language)
    for kind in summary.compared:
        other = compared_period(summary, kind)
        if other is not None and _any_data(summary, kind):
            said = _period(other, language)
            if report.edition == "internal" and kind in taken_over:
                said = f"{said} {origin_phrase(taken_over[kind], language)}"
            yield words.COMPARED[kind].in_language(language), said
    yield labels.AS_OF.in_language(language), day_words(summary.as_of, language)


def _period(period: Period, language: Language) -> str:
    days = span_words(period, language)
    if period.kind == "range":
        return days
    said = labels.PERIOD_AND_DAYS.filled(period=period.label(language), days=days)
    return said.in_language(language)


def _any_data(summary: Summary, kind: str) -> bool:
    comparisons = (c for figure in summary.figures for c in figure.comparisons if c.kind == kind)
    return any(comparison.value.status != "no_data" for comparison in comparisons)


def verdicts(summary: Summary, judged: list[Figure], language: Language) -> Iterator[Verdict]:
    """Yield how many of the judged targets stand in each way, the missed ones with their bounds."""
    for status in TargetStatus:
        details = [
            _missed(summary, figure, language)
            for figure in judged
            for target in figure.targets
            if target.status is status
        ]
        joint = (target for target in summary.joint_targets if target.status is status)
        details += [target.title.in_language(language) for target in joint]
        if details:
            shown = tuple(details) if status is TargetStatus.MISSED else ()
            number = labels.TARGETS_OF.filled(number=len(details)).in_language(language)
            yield Verdict(badge(status, language), number, shown)


def _missed(summary: Summary, figure: Figure, language: Language) -> str:
    head = summary.kpis[figure.kpi]
    bounds = (bound_phrase(t, head, language) for t in figure.targets if t.status == "missed")
    bound = words.LIST_SEPARATOR.in_language(language).join(bounds)
    value = value_phrase(figure.value, head, language)
    filled = labels.MISSED.filled(title=head.title.in_language(language), bound=bound, value=value)
    return filled.in_language(language)


def doubts(summary: Summary, language: Language) -> Iterator[str]:
    """Yield the figures outside any group that are not final, each with what keeps it from that."""
    for figure in summary.figures:
        state = status_phrase(figure.value, language)
        if not state or figure.by is not None:
            continue
        head = summary.kpis[figure.kpi]
        names = [head.title.in_language(language)]
        if figure.kind != "total":
            names.append(full_item_phrase(figure, head, language))
        yield f"{' '.join(names)}: {state}"


def states_explained(summary: Summary, language: Language, *, internal: bool) -> tuple[str, ...]:
    """Return what the states in the figures mean; of a public report those that everybody meets."""
    blocks = tuple(KpiBlock(b.head, b.whole, ()) for b in kpi_blocks(summary))
    return legend(blocks, language, only=None if internal else _PUBLIC_STATES)
