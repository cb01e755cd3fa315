"""The run: load, calculate, compare, judge targets, and hand on one plain Summary."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

from kpicli.catalog.catalog import Catalog, nearest
from kpicli.catalog.kpis import Kpi
from kpicli.comparisons import ComparisonKind, compare
from kpicli.errors import UnknownName, UsageError
from kpicli.figures import Figure, KpiAccounting, KpiHead, SourceReport, Summary
from kpicli.loaders.dataset import Dataset
from kpicli.loaders.load import Reporter, load
from kpicli.periods import Period
from kpicli.remarks import remarks
from kpicli.series import Inputs, figures, sources_of
from kpicli.settings import Settings
from kpicli.targets import judge
from kpicli.wording import Text


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for. No `kpis` means all of them, in catalogue order."""

    period: Period
    kpis: tuple[str, ...] = ()
    by: str | None = None
    compare: tuple[ComparisonKind, ...] = ()
    as_of: date | None = None
    show_personal: bool = False


def summarize(
    settings: Settings, request: Request, today: date, report: Reporter | None = None
) -> Summary:
    """Return every figure asked for, with its accounting.

    Reads only the sources that the KPIs need. Raises `UnknownName` for a KPI or dimension that
    does not exist, `UsageError` for a personal dimension without leave, and `InputError` where an
    export cannot be read.
    """
    catalog = settings.catalog
    kpis = chosen_kpis(catalog, request.kpis)
    check_dimension(catalog, kpis, request)
    needed = dict.fromkeys(name for kpi in kpis for name in sources_of(kpi))
    datasets = load(settings, needed, today, report)
    inputs = Inputs(datasets, catalog, today, request.period, request.as_of)
    heads: dict[str, KpiHead] = {}
    found: list[Figure] = []
    accounting: list[KpiAccounting] = []
    for kpi in kpis:
        counted, calculation = figures(inputs, kpi, request.period, request.by)
        own = compare(inputs, kpi, counted, request.compare)
        found += [replace(figure, target=judge(inputs, kpi, figure)) for figure in own]
        accounting += () if calculation is None else calculation.accounting
        heads[kpi.id] = _head(kpi, remarks(inputs, kpi, calculation, request.by, settings))
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
        version=version("kpicli"),
    )


def chosen_kpis(catalog: Catalog, names: Sequence[str]) -> list[Kpi]:
    """Return the named KPIs in catalogue order, all where none is named."""
    for name in names:
        if name not in catalog.kpi:
            raise UnknownName(
                Text(f"KPI「{name}」はありません", f"there is no KPI {name!r}"),
                Text(
                    f"kpicli kpis で一覧を見られます{nearest(name, catalog.kpi)}",
                    f"see kpicli kpis{nearest(name, catalog.kpi)}",
                ),
            )
    return [kpi for name, kpi in catalog.kpi.items() if not names or name in names]


def check_dimension(catalog: Catalog, kpis: Sequence[Kpi], request: Request) -> None:
    """Refuse a dimension that no asked KPI has, and a personal one without leave."""
    if request.by is None or request.by == "month":
        return
    sources = [catalog.source[kpi.source] for kpi in kpis]
    columns = [s.columns[request.by] for s in sources if request.by in s.columns]
    usable = [column for column in columns if column.type in ("code", "text", "id")]
    if not usable:
        known = {n: None for s in sources for n, c in s.columns.items() if c.type == "code"}
        raise UnknownName(
            Text(f"「{request.by}」では分けられません", f"cannot group by {request.by!r}"),
            Text(
                f"使える分け方: month, {', '.join(known)}",
                f"there are: month, {', '.join(known)}",
            ),
        )
    if any(column.personal for column in usable) and not request.show_personal:
        raise UsageError(
            Text(f"「{request.by}」は個人情報の列です", f"{request.by!r} is a personal column"),
            Text(
                "個人別の数を見るには --show-personal を付けてください",
                "add --show-personal to see counts by person",
            ),
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
    )


def _report(settings: Settings, dataset: Dataset) -> SourceReport:
    spans = tuple(Period.between(*span, settings.fiscal) for span in dataset.coverage.spans)
    return SourceReport(dataset.source.id, dataset.source.title, dataset.accounting, spans)
