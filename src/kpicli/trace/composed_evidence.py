"""The rows behind a figure that is made of others: those of its components, counted again."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.errors import InternalError
from kpicli.base.wording import Text
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.labels import labels_of
from kpicli.model.figures import ComponentValue, Figure, FigureKind
from kpicli.model.measured import Measured
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.published.reading import read_published
from kpicli.run.composed import (
    ComponentRun,
    ComposedRun,
    Runs,
    combined,
    of_period,
    period_of,
    without_spans,
)
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.trace.figure_rows import rows_of
from kpicli.trace.recount import Evidence, EvidenceRow, assert_same, recount
from kpicli.trace.rows_request import RowsRequest, chosen, no_data

_Name = tuple[FigureKind, str | None, str | None, str | None, str | None]
"""Kind, dimension, group, part and item."""


def gather_composed(run: Run, kpi: ComposedKpi, asked: RowsRequest) -> Evidence:
    """Return a figure with the rows of all its components.

    Each component is counted again from its rows, and the figure made again of that; what was
    entered has no rows. Raises what `gather` raises.
    """
    settings, request = run.settings, asked.request
    fixed = [period_of(span, settings.fiscal) for span in kpi.spans]
    published = read_published(settings, request, fixed, run.today)
    composed = Runs(replace(run, published=published)).composed(kpi)
    by = asked.request.by
    labels = labels_of(kpi, run.catalog, asked.request.dimensions)
    figure = chosen(composed.figures(asked.period, by), asked, kpi, labels)
    if figure.value.status is Status.NO_DATA:
        raise no_data(kpi, asked.period)
    rows = list(_recounted(composed, figure, asked))
    titles = {each.id: each.title for each in kpi.counted}
    return Evidence(kpi, figure, tuple(rows), labels, titles)


def _recounted(composed: ComposedRun, figure: Figure, asked: RowsRequest) -> Iterator[EvidenceRow]:
    """Yield the rows of a composed figure; `InternalError` if they do not make exactly it."""
    again: list[ComponentValue] = []
    for each, value in zip(composed.components, figure.components, strict=True):
        made = value
        if isinstance(each.own, ComposedRun) and value.origin.kind == "computed":
            inner = _figure_of(each, each.own, figure, asked)
            if inner is not None:
                yield from _recounted(each.own, inner, asked)
        elif isinstance(each.own, KpiRun) and value.origin.kind == "computed":
            rows, measured = _of_component(each, each.own, figure, asked)
            yield from (replace(row, kpi=each.own.kpi.id) for row in rows)
            if measured is not None and value.value.number is not None:
                made = replace(value, value=_of(value.value, measured))
        again.append(made)
    number = combined(composed.kpi, again).number
    if number != figure.value.number:
        raise InternalError(
            Text(
                f"行から数え直した値({number})が数値({figure.value.number})と合いません",
                f"counted again the rows make {number}, but the figure says {figure.value.number}",
            )
        )


def _of(value: Value, measured: Measured) -> Value:
    return replace(
        value,
        number=measured.number,
        numerator=measured.numerator,
        denominator=measured.denominator,
        unrounded=measured.unrounded,
    )


def _of_component(
    each: ComponentRun, own: KpiRun, figure: Figure, asked: RowsRequest
) -> tuple[list[EvidenceRow], Measured | None]:
    """Return the rows of a component for a figure, and what they make; none where it has none."""
    if not own.readable:
        return [], None
    whole, by = _asked_of(each, asked)
    wanted = _wanted(figure, each)
    for counted in own.count(whole, by):
        other = counted.figure
        if _name_of(other) == wanted:
            rows = rows_of(own.kpi, counted, doubtful=asked.doubtful)
            if other.value.number is None:
                return rows, None
            measured = recount(own.kpi, other.kind, rows)
            assert_same(measured, other.value)
            return rows, measured
    return [], None


def _figure_of(
    each: ComponentRun, own: ComposedRun, figure: Figure, asked: RowsRequest
) -> Figure | None:
    """Return the figure of a component that is itself made of others; None where it has none."""
    wanted = _wanted(figure, each)
    figures = own.figures(*_asked_of(each, asked))
    return next((other for other in figures if _name_of(other) == wanted), None)


def _asked_of(each: ComponentRun, asked: RowsRequest) -> tuple[Period, str | None]:
    """Return the period and the dimension by which a component has its figure."""
    by = asked.request.by
    if each.fixed is None:
        return asked.period, by
    return each.fixed, without_spans(by)


def _wanted(figure: Figure, each: ComponentRun) -> _Name:
    """Return what a component calls a figure: of a fixed period it has no months."""
    return _name_of(figure if each.fixed is None else of_period(figure, each.fixed))


def _name_of(figure: Figure) -> _Name:
    return figure.kind, figure.by, figure.group, figure.part, figure.item
