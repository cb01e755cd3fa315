"""The number of rows."""

from collections.abc import Mapping

from kpicli.calculators.interface import Calculation, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, select
from kpicli.catalog.measures.count import CountKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured


def calculate(
    kpi: CountKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows that count, each as one."""
    return finish(kpi, select(kpi, datasets[kpi.source], tables, scope), count)


def count(rows: Rows) -> Measured:
    """Return the number of rows."""
    return Measured(len(rows))
