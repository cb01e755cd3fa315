"""A run of all KPIs: load their sources, take each through every step, return one Summary."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.derivations.relations import related
from kpicli.catalog.labels import labels_of
from kpicli.loaders.engines.local import counting_engine
from kpicli.loaders.load import loading
from kpicli.model.accounting import KpiAccounting
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.summary import Series, SourceReport, Summary
from kpicli.published.reading import read_published
from kpicli.run.comparisons import compare
from kpicli.run.composed import DefinedRun, Runs, period_of
from kpicli.run.composed_remarks import remark_composed, warnings_of_components
from kpicli.run.entered import enter, entered_figures, entered_in
from kpicli.run.joint_targets import judge_joint
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.run.remarks import remark
from kpicli.run.shares import share
from kpicli.run.targets import judge
from kpicli.run.trend import entered_trend, trend, trend_remarks
from kpicli.run.warnings import contradicting_totals, not_exported, told_to_all
from kpicli.settings.guesses import guessed_title, guessed_warning, guesses_of, resting
from kpicli.settings.request import Request
from kpicli.settings.requested import (
    needed_kpis,
    requested_composed,
    requested_entered,
    requested_kpis,
)
from kpicli.settings.shown import in_order, left_out
from kpicli.version import VERSION

if TYPE_CHECKING:
    from kpicli.base.wording import Text
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.loaders.engines.interface import Engine
    from kpicli.loaders.reading import Reporter
    from kpicli.loaders.rows.dataset import Dataset
    from kpicli.settings.settings import Settings

    _Warnings = Mapping[str, Sequence[Text]]


def summarize(
    settings: "Settings",
    request: Request,
    today: date,
    report: "Reporter | None" = None,
    engine: "Engine | None" = None,
) -> Summary:
    """Return every figure asked for, with its accounting; which `engine` reads changes nothing.

    Reads only the sources that the KPIs need. Raises `UnknownName` for a KPI or dimension that
    does not exist, `UsageError` for a personal dimension without leave, and `InputError` where an
    export, or something published, cannot be read.
    """
    kpis = needed_kpis(settings, request)
    needed = needed_sources(settings, request)
    for by in request.dimensions:
        groups = related(settings.catalog, [(kpi.source, by) for kpi in kpis])
        needed.update(dict.fromkeys(source for source, _ in groups))
    with loading(settings, needed, today, report, engine) as datasets:
        return summary_of(settings, request, today, datasets)


def needed_sources(settings: "Settings", request: Request) -> dict[str, None]:
    """Return the sources that figures and their targets need, in order, each once."""
    needed = dict.fromkeys(name for kpi in needed_kpis(settings, request) for name in kpi.sources)
    held = [pair for kpi in requested_kpis(settings, request) for pair in kpi.held]
    pairs = (*held, *related(settings.catalog, held))
    return needed | dict.fromkeys(source for source, _ in pairs)


def summary_of(
    settings: "Settings", request: Request, today: date, datasets: Mapping[str, "Dataset"]
) -> Summary:
    """Return what `summarize` does, from sources that are loaded already."""
    counted, composed = requested_kpis(settings, request), requested_composed(settings, request)
    entered = requested_entered(settings, request)
    fixed = (period_of(span, settings.fiscal) for kpi in composed for span in kpi.spans)
    periods = dict.fromkeys((*request.published_periods, *fixed))
    published = read_published(settings, request, periods, today)
    run = Run(settings, request, today, datasets, published)
    runs = Runs(run)
    components = {each.id for kpi in composed for each in kpi.counted}
    asked = {kpi.id for kpi in (*counted, *composed, *entered)}
    results = [
        *_all_counted(runs, counted, components, contradicting_totals(datasets)),
        *(_composed(runs, kpi, asked) for kpi in composed),
        *(_entered(run, kpi) for kpi in entered),
    ]
    doubts = resting(settings)
    results = [_guessed(result, doubts.get(result.head.id, ())) for result in results]
    shown = in_order(settings, [result.head.id for result in results])
    results.sort(key=lambda result: shown.index(result.head.id))
    catalogue = run.catalog.model_dump_json().encode()
    return Summary(
        period=request.period,
        as_of=run.scope(request.period).as_of,
        by=request.by,
        compared=request.compare,
        kpis={result.head.id: result.head for result in results},
        figures=tuple(figure for result in results for figure in result.figures),
        accounting=tuple(line for result in results for line in result.accounting),
        sources=tuple(_report(settings, dataset) for dataset in datasets.values()),
        files=tuple(file for dataset in datasets.values() for file in dataset.files),
        faults=(
            *(fault for dataset in datasets.values() for fault in dataset.faults),
            *published.findings,
        ),
        catalogue_hash=hashlib.sha256(catalogue).hexdigest(),
        version=VERSION,
        trend=tuple(series for result in results for series in result.trend),
        left_out=0 if request.kpis or settings.values.kpis else len(left_out(settings)),
        joint_targets=judge_joint(
            run,
            {kpi.id: runs.counted(kpi).total for kpi in counted}
            | {kpi.id: runs.composed(kpi).total for kpi in composed}
            | {kpi.id: partial(entered_in, run, kpi.id) for kpi in entered},
            {result.head.id: result.head.title for result in results},
        ),
        organisation=settings.values.report.organisation,
        guesses=guesses_of(settings),
    )


class _Result(Struct, frozen=True):
    """The figures of one KPI with their head and row accounting."""

    head: KpiHead
    figures: Sequence[Figure]
    accounting: Sequence[KpiAccounting] = ()
    trend: Sequence[Series] = ()


def _all_counted(
    runs: Runs, kpis: Sequence["Kpi"], here: Collection[str], contradictions: "_Warnings"
) -> Iterator[_Result]:
    """Yield the results of KPIs with rows, in order; of many rows, processes count all but `here`.

    Those are KPIs that others are made of, whose figures this process needs again.
    """
    own = [runs.counted(kpi) for kpi in kpis]
    shared = [each for each in own if each.kpi.id not in here]
    rows = sum(len(each.run.datasets[each.kpi.source]) for each in shared if each.readable)
    results = counting_engine(rows).map(
        lambda place: _counted(shared[place], contradictions), range(len(shared))
    )
    for each in own:
        yield _counted(each, contradictions) if each.kpi.id in here else next(results)[1]


def _counted(kpi_run: KpiRun, contradictions: "_Warnings") -> _Result:
    """Return a KPI's figures as they come through all steps.

    `contradictions` are what total rows say otherwise, by source.
    """
    request = kpi_run.run.request
    figures = enter(kpi_run, kpi_run.figures(request.period, request.by))
    figures = share(kpi_run, judge(kpi_run, compare(kpi_run, figures), kpi_run))
    series = trend(kpi_run, figures)
    warnings = (*told_to_all(kpi_run), *contradictions.get(kpi_run.kpi.source, ()))
    remarks = (
        *not_exported(kpi_run.run, kpi_run.kpi),
        *warnings,
        *remark(kpi_run, figures),
        *trend_remarks(kpi_run.run, kpi_run.kpi.id, series),
    )
    return _Result(_head(kpi_run, remarks, warnings), figures, _accounting(kpi_run), series)


def _accounting(kpi_run: KpiRun) -> Sequence[KpiAccounting]:
    calculation = kpi_run.calculation
    return () if calculation is None else calculation.accounting


def _composed(runs: Runs, kpi: ComposedKpi, asked: Collection[str]) -> _Result:
    """Return the figures of a KPI made of others; `asked` are the KPIs that are shown."""
    composed = runs.composed(kpi)
    request = composed.run.request
    figures = enter(composed, composed.figures(request.period, request.by))
    figures = judge(composed, compare(composed, figures))
    series = trend(composed, figures)
    warnings = warnings_of_components(composed, asked)
    remarks = (
        *warnings,
        *remark_composed(composed, figures, asked),
        *trend_remarks(composed.run, composed.kpi.id, series),
    )
    accounting = tuple(
        replace(line, kpi=kpi.id, of=each.id)
        for each in kpi.counted
        for line in _accounting(runs.counted(each))
    )
    return _Result(_head(composed, remarks, warnings), figures, accounting, series)


def _entered(run: Run, kpi: "EnteredKpi") -> _Result:
    head, figures = entered_figures(run, kpi)
    series = entered_trend(run, kpi, figures)
    remarks = (*head.remarks, *trend_remarks(run, kpi.id, series))
    return _Result(replace(head, remarks=remarks), figures, trend=series)


def _guessed(result: _Result, guesses: Sequence[str]) -> _Result:
    """Return a result whose title and warnings say on which guesses of the settings it rests."""
    if not guesses:
        return result
    head, warning = result.head, guessed_warning(guesses)
    head = replace(
        head,
        title=guessed_title(head.title),
        remarks=(*head.remarks, warning),
        warnings=(*head.warnings, warning),
        guesses=tuple(guesses),
    )
    return replace(result, head=head)


def _head(kpi_run: DefinedRun, texts: tuple["Text", ...], warnings: tuple["Text", ...]) -> KpiHead:
    kpi, run = kpi_run.kpi, kpi_run.run
    return KpiHead(
        id=kpi.id,
        title=kpi.title,
        principles=kpi.principles,
        unit=kpi.unit,
        measure=kpi.measure,
        version=kpi.version,
        additive=kpi.additive
        and not (any(map(is_span_kind, run.request.dimensions)) and kpi.counts_anew(run.catalog)),
        remarks=texts,
        percentage=kpi.percentage,
        rounding=kpi.rounding,
        warnings=warnings,
        note=kpi.note,
        public=kpi.public,
        better=kpi.better,
        labels=labels_of(kpi, run.catalog, run.request.dimensions),
        components=_titles(kpi),
    )


def _titles(kpi: "Kpi | ComposedKpi") -> Mapping[str, "Text"]:
    """Return the titles of the KPIs with rows that a KPI is made of; none where it has its own."""
    return {each.id: each.title for each in kpi.counted} if isinstance(kpi, ComposedKpi) else {}


def _report(settings: "Settings", dataset: "Dataset") -> SourceReport:
    spans = tuple(Period.between(*span, settings.fiscal) for span in dataset.coverage.spans)
    return SourceReport(dataset.source.id, dataset.source.title, dataset.accounting, spans)
