"""A period as the exports have it now: the Summary, and the rows behind each of its figures."""

from datetime import date
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.loaders.load import load
from kpicli.model.figures import LEVELS
from kpicli.reconcile.observation import Observation, Observed
from kpicli.reconcile.rows.row_trace import trace_kpi
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.run.summary import needed_sources, summary_of
from kpicli.settings.requested import requested_kpis

if TYPE_CHECKING:
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.loaders.engines.interface import Engine
    from kpicli.loaders.reading import Reporter
    from kpicli.model.figures import Figure
    from kpicli.model.summary import Summary
    from kpicli.published.secret import Secret
    from kpicli.reconcile.rows.row_trace import KpiTrace
    from kpicli.settings.request import Request
    from kpicli.settings.settings import Settings


def observe(
    settings: "Settings",
    request: "Request",
    today: date,
    report: "Reporter | None" = None,
    engine: "Engine | None" = None,
) -> Observation:
    """Return what the exports say of a period, all KPIs asked for, row by row; raises as loading.

    `request` must ask for no grouping.
    """
    asked = requested_kpis(settings, request)
    datasets = load(settings, needed_sources(settings, request), today, report, engine)
    summary = summary_of(settings, request, today, datasets)
    run = Run(settings, request, today, datasets)
    kpis = {kpi.id: _observed(run, kpi, summary) for kpi in asked}
    return Observation(settings, summary, datasets, kpis)


def _observed(run: Run, kpi: "Kpi", summary: "Summary") -> Observed:
    columns = run.catalog.source[kpi.source].known
    split = () if kpi.parts is None else kpi.parts.columns
    personal = {name for name in split if columns[name].personal}

    def shown(figure: "Figure") -> bool:
        return personal.isdisjoint((figure.part or "").split(LEVELS))

    def trace(secret: "Secret") -> "KpiTrace | None":
        kpi_run = KpiRun(run, kpi)
        if kpi_run.calculation is None:
            return None
        counted = [each for each in kpi_run.count(run.request.period) if shown(each.figure)]
        return trace_kpi(kpi, kpi_run.calculation, counted, secret)

    figures = tuple(f for f in summary.figures if f.kpi == kpi.id and shown(f))
    _check_names(kpi, figures)
    return Observed(kpi, figures, trace)


def _check_names(kpi: "Kpi", figures: tuple["Figure", ...]) -> None:
    """Raise `SettingsError` where two figures of a KPI cannot be told apart by their names."""
    names = [(figure.kind, figure.part, figure.item) for figure in figures]
    twice = sorted(
        {item or "" for kind, part, item in names if names.count((kind, part, item)) > 1}
    )
    if twice:
        raise SettingsError(
            Text(
                f"{kpi.id} には「{twice[0]}」という名前の内訳が二つあり、区別できません",
                f"{kpi.id} has two lines called {twice[0]!r}, which cannot be told apart",
            ),
            Text(
                "規則の label か区分の値を変えてください",
                "give the rule another label, or the code another value",
            ),
        )
