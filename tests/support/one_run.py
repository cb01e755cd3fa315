"""A run of one KPI below the public API, so that each step can be asked alone."""

from kpicli.base.wording import Text
from kpicli.loaders.load import load
from kpicli.model.figures import Figure
from kpicli.model.periods import ComparisonKind, Period
from kpicli.model.value import Origin, Status, Value
from kpicli.published.entered import EnteredValue
from kpicli.published.lookup import Published
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project


def period(name: str) -> Period:
    """Return a period by its name."""
    return Period.parse(name, today=TODAY)


def one_run(
    project: Project,
    kpi: str,
    name: str = "2025H1",
    *,
    by: str | None = None,
    compare: tuple[ComparisonKind, ...] = (),
    entered: tuple[EnteredValue, ...] = (),
) -> KpiRun:
    """Return the run of a KPI of the project in a period."""
    settings = read_settings(project.config)
    request = Request(period(name), (kpi,), by, compare)
    datasets = load(settings, tuple(settings.values.exports), TODAY)
    run = Run(settings, request, TODAY, datasets, Published(entered=entered))
    return KpiRun(run, settings.catalog.kpi[kpi])


def entered(kpi: str, name: str, number: int, item: str | None = None) -> EnteredValue:
    """Return a number that was entered by hand."""
    value = Value(number, None, None, Status.OK, 0)
    origin = Origin("entered", "台帳", TODAY)
    return EnteredValue(period(name), kpi, item, value, origin, Text("行2", "line 2"))


def numbers(
    figures: list[Figure] | tuple[Figure, ...],
) -> dict[tuple[str | None, str | None], object]:
    """Return the number of each figure by its group and item."""
    return {(figure.group, figure.item): figure.value.number for figure in figures}
