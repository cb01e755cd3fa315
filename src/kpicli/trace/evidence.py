"""The way back from a figure to its rows, re-counted from what the rows themselves say."""

from datetime import date

from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.labels import labels_of
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.load import load
from kpicli.model.value import Status
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.settings.requested import named_kpi
from kpicli.settings.settings import Settings
from kpicli.trace.composed_evidence import gather_composed
from kpicli.trace.figure_rows import rows_of
from kpicli.trace.recount import Evidence, assert_same, recount
from kpicli.trace.rows_request import RowsRequest, chosen, no_data


def find_evidence(
    settings: Settings, asked: RowsRequest, today: date, engine: Engine | None = None
) -> Evidence:
    """Load what the figure needs and return it with its rows; which `engine` reads changes nothing.

    Raises what `gather` raises, and `UnknownName` for a KPI that does not exist.
    """
    kpi = named_kpi(settings.catalog, asked.request.kpis)
    datasets = load(settings, kpi.sources, today, engine=engine)
    run = Run(settings, asked.request, today, datasets)
    if isinstance(kpi, Kpi):
        return gather(KpiRun(run, kpi), asked)
    return gather_composed(run, kpi, asked)


def gather(kpi_run: KpiRun, asked: RowsRequest) -> Evidence:
    """Return a figure with its rows, which have been counted again from their own cells.

    Raises `UnknownName` for an item or group that does not exist, `UsageError` where the KPI has
    no total or no data, and `InternalError` if the rows do not make exactly the figure.
    """
    kpi, period = kpi_run.kpi, asked.period
    if not kpi_run.readable:
        raise no_data(kpi, period)
    labels = labels_of(kpi, kpi_run.run.catalog, asked.request.dimensions)
    found = kpi_run.count(period, asked.request.by)
    figure = chosen([each.figure for each in found], asked, kpi, labels)
    counted = next(each for each in found if each.figure is figure)
    rows = rows_of(kpi, counted, doubtful=asked.doubtful)
    if counted.figure.value.status is Status.NO_DATA:
        raise no_data(kpi, period)
    if counted.figure.value.number is not None:
        assert_same(recount(kpi, counted.figure.kind, rows), counted.figure.value)
    return Evidence(kpi, counted.figure, tuple(rows), labels)
