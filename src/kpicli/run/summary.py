"""The run: load, calculate, compare, judge targets, and hand on one plain Summary."""

import hashlib
from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.load import loading
from kpicli.loaders.reading import Reporter
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import Figure, KpiAccounting, KpiHead, SourceReport, Summary
from kpicli.model.periods import Period
from kpicli.published.lookup import read_published
from kpicli.run.comparisons import compare
from kpicli.run.entered_figures import entered_figures, filled
from kpicli.run.remarks import remarks
from kpicli.run.series import Inputs, figures
from kpicli.run.targets import judge
from kpicli.settings.request import Request, wanted_entered, wanted_kpis
from kpicli.settings.settings import Settings
from kpicli.version import VERSION


def summarize(
    settings: Settings,
    request: Request,
    today: date,
    report: Reporter | None = None,
    engine: Engine | None = None,
) -> Summary:
    """Return every figure asked for, with its accounting; which `engine` reads changes nothing.

    Reads only the sources that the KPIs need. Raises `UnknownName` for a KPI or dimension that
    does not exist, `UsageError` for a personal dimension without leave, and `InputError` where an
    export, or something published, cannot be read.
    """
    kpis = wanted_kpis(settings.catalog, request)
    needed = dict.fromkeys(name for kpi in kpis for name in kpi.sources)
    with loading(settings, needed, today, report, engine) as datasets:
        return summary_of(settings, request, today, datasets)


def summary_of(
    settings: Settings, request: Request, today: date, datasets: Mapping[str, Dataset]
) -> Summary:
    """Return what `summarize` does, from sources that are loaded already."""
    catalog = settings.catalog
    published = read_published(settings, request, request.compared_periods, today)
    inputs = Inputs(datasets, catalog, today, request.period, request.as_of)
    heads: dict[str, KpiHead] = {}
    found: list[Figure] = []
    accounting: list[KpiAccounting] = []
    for kpi in wanted_kpis(catalog, request):
        counted, calculation = figures(inputs, kpi, request.period, request.by)
        own = compare(inputs, kpi, filled(published, kpi, counted), request.compare, published)
        own = [replace(figure, target=judge(inputs, kpi, figure)) for figure in own]
        found += own
        accounting += () if calculation is None else calculation.accounting
        told = remarks(inputs, kpi, calculation, request.by, settings)
        heads[kpi.id] = _head(kpi, (*told, *published.remarks(kpi, own)))
    for entered in wanted_entered(catalog, request):
        heads[entered.id], own = entered_figures(published, entered, request)
        found += own
    return Summary(
        period=request.period,
        as_of=inputs.scope(request.period).as_of,
        by=request.by,
        compared=request.compare,
        kpis=heads,
        figures=tuple(found),
        accounting=tuple(accounting),
        sources=tuple(_report(settings, dataset) for dataset in datasets.values()),
        files=tuple(file for dataset in datasets.values() for file in dataset.files),
        faults=tuple(fault for dataset in datasets.values() for fault in dataset.faults),
        catalogue_hash=hashlib.sha256(catalog.model_dump_json().encode()).hexdigest(),
        version=VERSION,
    )


def _head(kpi: Kpi, texts: tuple[Text, ...]) -> KpiHead:
    return KpiHead(
        id=kpi.id,
        title=kpi.title,
        principles=kpi.principles,
        unit=kpi.unit,
        measure=kpi.measure,
        version=kpi.version,
        additive=kpi.additive,
        remarks=texts,
        percentage=kpi.percentage,
    )


def _report(settings: Settings, dataset: Dataset) -> SourceReport:
    spans = tuple(Period.between(*span, settings.fiscal) for span in dataset.coverage.spans)
    return SourceReport(dataset.source.id, dataset.source.title, dataset.accounting, spans)
