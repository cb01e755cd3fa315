"""The chart of all targets: a bar for each, up to what it asks for."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from kpicli.base.wording import Language
from kpicli.model.bounds import SPANS
from kpicli.model.figures import Figure
from kpicli.model.judgements import TargetStatus
from kpicli.model.periods import is_span_kind
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.phrases import (
    bound_phrase,
    status_phrase,
    value_phrase,
)
from kpicli.report import labels
from kpicli.report.charts.chart_data import Chart, Mark, Panel, words_joined
from kpicli.settings.tables.report import TARGETS_CHART


def target_chart(
    summary: Summary, judged: list[Figure], language: Language, wanted: tuple[str, ...]
) -> Chart | None:
    """Return the bars of values against targets that are to be reached; None where there is none.

    Each value is shown in percent of its target. A target of shorter spans (every month) is shown
    as the number of spans that met it, of all there are.
    """
    panels = [panel for figure in judged for panel in _target_panel(summary, figure, language)]
    if TARGETS_CHART not in wanted or not panels:
        return None
    parts = words_joined(f"{panel.name} {panel.marks[0].label}" for panel in panels)
    return Chart(
        id="fd-chart-targets",
        kpi="",
        kind="targets",
        title=labels.TARGET_BARS.in_language(language),
        subtitle=labels.OF_HUNDRED.in_language(language),
        description=labels.TARGET_BARS_OF.filled(parts=parts).in_language(language),
        categories=(),
        panels=tuple(panels),
    )


def _target_panel(summary: Summary, figure: Figure, language: Language) -> Iterator[Panel]:
    target, head = figure.target, summary.kpis[figure.kpi]
    if target is None or target.direction not in ("at_least", "above") or target.bound <= 0:
        return
    if target.value is not None or target.status is TargetStatus.NEXT:
        return  # another span is judged than that of the figure
    verdict = words.TARGET_STATUSES[target.status].in_language(language)
    spans = figure.period.spans(target.per) if is_span_kind(target.per) else ()
    title = head.title.in_language(language)
    value, bound = figure.value.number, bound_phrase(target, head, language)
    if len(spans) > 1:
        if target.status in (TargetStatus.PENDING, TargetStatus.ONGOING):
            return
        met = len(spans) - len(target.missed)
        shown, size = f"{met}/{len(spans)}", _percent(Decimal(met), Decimal(len(spans)))
        span = SPANS[target.per].in_language(language)
        title = labels.MONTHS_MET.filled(title=title, span=span).in_language(language)
    elif value is None:
        return
    else:
        shown, size = (
            value_phrase(figure.value, head, language),
            _percent(Decimal(value), target.bound),
        )
    note = labels.VALUE_AND_TARGET.filled(value=shown, bound=bound, verdict=verdict)
    state = status_phrase(figure.value, language)
    mark = Mark(size, f"{note.in_language(language)} {state}".strip(), bool(state))
    yield Panel(title, (mark,), target.status)


def _percent(value: Decimal, whole: Decimal) -> Decimal:
    return (100 * value / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
