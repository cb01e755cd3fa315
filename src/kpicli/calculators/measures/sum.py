"""The sum of a number column."""

from collections.abc import Mapping

from kpicli.calculators.amounts import Tally, calculate_amounts, total
from kpicli.calculators.interface import Calculation
from kpicli.calculators.scope import Scope
from kpicli.catalog.measures.sum import SumKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured


def calculate(
    kpi: SumKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows whose numbers are added; a blank number is undetermined."""
    return calculate_amounts(kpi, datasets, tables, scope, _sum_of)


def _sum_of(tally: Tally) -> Measured:
    return Measured(total(tally))
