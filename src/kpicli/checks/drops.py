"""Far fewer rows than in the periods before, KPI by KPI."""

from collections.abc import Iterable

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.calculators import calculate
from kpicli.calculators.drops import drop_of
from kpicli.calculators.own_coverage import with_own_coverage
from kpicli.calculators.scope import Scope, default_as_of
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.checks.interface import CheckInput, file_place


def check_drops(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning per KPI whose rows have fallen: title, rows before and now in the detail."""
    period, catalog = inputs.period, inputs.settings.catalog
    if period is None:
        return
    scope = Scope(period, default_as_of(period, inputs.today), inputs.today)
    for kpi in inputs.kpis:
        if kpi.source not in inputs.datasets or not _readable(kpi, inputs):
            continue
        calculation = calculate(kpi, inputs.loaded, catalog, scope)
        drop = drop_of(kpi, with_own_coverage(kpi, calculation, catalog), scope)
        if drop is not None:
            dataset = inputs.datasets[kpi.source]
            fall = f"{drop.period.name} {drop.before} > {period.name} {drop.rows}"
            detail = Text(f"{kpi.title.ja}: {fall}", f"{kpi.title.en}: {fall}")
            newest = len(dataset.files) - 1
            yield Fault(faults.FALLEN, kpi.source, file_place(dataset, newest), detail=detail)


def _readable(kpi: Kpi, inputs: CheckInput) -> bool:
    loaded = inputs.loaded
    known = all(source in loaded for source in kpi.sources)
    return known and not any(name in loaded[source].absent for source, name in kpi.used)
