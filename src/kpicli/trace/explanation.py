"""How a figure came about: definition, files, columns, and the accounting from rows read to it."""

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.definition import define, joint_words
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.loaders.engines.interface import Engine
from kpicli.model.accounting import KpiAccounting
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.periods import Period
from kpicli.model.summary import InputFile, SourceReport
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.requested import named_kpi
from kpicli.settings.settings import Settings


class Explanation(Struct, frozen=True):
    """Everything that stands behind one KPI in one period.

    `columns` pairs the usual header of every column used with its source's title. The numbers of
    `sources` and `accounting` lead from the rows read to the rows counted.
    """

    kpi: Kpi | ComposedKpi
    head: KpiHead
    period: Period
    as_of: date
    definition: tuple[Text, ...]
    columns: tuple[tuple[Text, Text], ...]
    figures: tuple[Figure, ...]
    files: tuple[InputFile, ...]
    sources: tuple[SourceReport, ...]
    accounting: tuple[KpiAccounting, ...]
    components: Mapping[str, Kpi | ComposedKpi | EnteredKpi] = {}
    """The KPIs that it is made of, by id, where it is made of others."""


def _components(kpi: Kpi | ComposedKpi) -> Mapping[str, Kpi | ComposedKpi | EnteredKpi]:
    if isinstance(kpi, Kpi):
        return {}
    return {each.kpi.id: each.kpi for each in kpi.components}


def _columns(kpi: Kpi, catalog: Catalog) -> Iterator[tuple[Text, Text]]:
    """Yield the usual header of every column that a KPI uses, with its source's title."""
    source = catalog.source[kpi.source]
    names = dict.fromkeys((*source.key, *source.dating, *kpi.columns))
    yield from ((source.usual_header(name), source.title) for name in names)
    for other, used in kpi.used_by_source.items():
        if other != kpi.source:
            spec = catalog.source[other]
            names = dict.fromkeys((*spec.dating, *used))
            yield from ((spec.usual_header(name), spec.title) for name in names)


def explain(
    settings: Settings, request: Request, today: date, engine: Engine | None = None
) -> Explanation:
    """Return the explanation of the request's one KPI, which exports hold.

    Raises `UnknownName` where there is no such KPI, and what loading raises.
    """
    catalog = settings.catalog
    kpi = named_kpi(catalog, request.kpis)
    summary = summarize(settings, request, today, engine=engine)
    columns = dict.fromkeys(
        column for own in catalog.counted(kpi.id) for column in _columns(own, catalog)
    )
    return Explanation(
        kpi=kpi,
        head=summary.kpis[kpi.id],
        period=request.period,
        as_of=summary.as_of,
        definition=(*define(kpi, settings.catalog), *joint_words(settings.catalog, kpi.id)),
        columns=tuple(columns),
        figures=summary.figures,
        files=summary.files,
        sources=summary.sources,
        accounting=summary.accounting,
        components=_components(kpi),
    )
