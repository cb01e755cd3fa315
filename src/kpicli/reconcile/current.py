"""A period as the exports have it now: the Summary, and the rows behind each of its figures."""

from datetime import date
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.loaders.load import load
from kpicli.model.figures import LEVELS
from kpicli.published.record import SCHEMA_VERSION
from kpicli.reconcile.observation import Observation, Observed
from kpicli.reconcile.row_trace import trace_kpi
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.run.summary import needed_sources, summary_of
from kpicli.settings.request import requested_kpis

if TYPE_CHECKING:
    from kpicli.catalog.kpis import Kpi
    from kpicli.loaders.reading import Reporter
    from kpicli.model.figures import Figure, Summary
    from kpicli.published.secret import Secret
    from kpicli.settings.request import Request
    from kpicli.settings.settings import Settings


def observe(
    settings: "Settings",
    request: "Request",
    today: date,
    secret: "Secret",
    report: "Reporter | None" = None,
    *,
    schema_version: int = SCHEMA_VERSION,
) -> Observation:
    """Return what the exports say of a period, all KPIs asked for, row by row; raises as loading.

    `request` must ask for no grouping. `schema_version` is that of the record that this is for:
    from 2 on persons have digests of their own in each KPI.
    """
    asked = requested_kpis(settings, request)
    datasets = load(settings, needed_sources(settings, request), today, report)
    summary = summary_of(settings, request, today, datasets)
    run = Run(settings, request, today, datasets)
    kpis = {
        kpi.id: _observed(
            KpiRun(run, kpi), summary, secret if schema_version == 1 else secret.of_kpi(kpi.id)
        )
        for kpi in asked
    }
    return Observation(settings, summary, datasets, kpis, secret)


def _observed(kpi_run: KpiRun, summary: "Summary", secret: "Secret") -> Observed:
    kpi, run = kpi_run.kpi, kpi_run.run
    columns = run.catalog.source[kpi.source].known
    split = () if kpi.parts is None else kpi.parts.columns
    personal = {name for name in split if columns[name].personal}

    def shown(figure: "Figure") -> bool:
        return personal.isdisjoint((figure.part or "").split(LEVELS))

    figures = tuple(f for f in summary.figures if f.kpi == kpi.id and shown(f))
    _check_names(kpi, figures)
    calculation = kpi_run.calculation
    if calculation is None:
        return Observed(kpi, figures, None)
    counted = [each for each in kpi_run.count(run.request.period) if shown(each.figure)]
    return Observed(kpi, figures, trace_kpi(kpi, calculation, counted, secret))


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
