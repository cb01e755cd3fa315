"""How a figure came about: definition, files, columns, and the accounting from rows read to it."""

from datetime import date

from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.catalog.definition import define, joint_words
from kpicli.catalog.kpis import Kpi
from kpicli.model.figures import Figure, InputFile, KpiAccounting, KpiHead, SourceReport
from kpicli.model.periods import Period
from kpicli.run.summary import summarize
from kpicli.settings.request import Request, named_kpis
from kpicli.settings.settings import Settings


class Explanation(Struct, frozen=True):
    """Everything that stands behind one KPI in one period.

    `columns` pairs the usual header of every column used with its source's title. The numbers of
    `sources` and `accounting` lead from the rows read to the rows counted.
    """

    kpi: Kpi
    head: KpiHead
    period: Period
    as_of: date
    definition: tuple[Text, ...]
    columns: tuple[tuple[Text, Text], ...]
    figures: tuple[Figure, ...]
    files: tuple[InputFile, ...]
    sources: tuple[SourceReport, ...]
    accounting: tuple[KpiAccounting, ...]


def explain(settings: Settings, request: Request, today: date) -> Explanation:
    """Return the explanation of the request's one KPI, which exports hold.

    Raises `UnknownName` where there is no such KPI, and what loading raises.
    """
    kpi = named_kpis(settings.catalog, request.kpis)[0]
    summary = summarize(settings, request, today)
    source = settings.catalog.source[kpi.source]
    names = dict.fromkeys((*source.key, *source.dating, *kpi.columns))
    columns = [(source.usual_header(name), source.title) for name in names]
    for other, used in kpi.used_by_source.items():
        if other != kpi.source:
            spec = settings.catalog.source[other]
            names = dict.fromkeys((*spec.dating, *used))
            columns += [(spec.usual_header(name), spec.title) for name in names]
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
    )
