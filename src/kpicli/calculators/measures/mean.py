"""The mean of a number column."""

from collections.abc import Mapping
from decimal import Decimal

from kpicli.calculators.amounts import Tally, calculate_amounts, total
from kpicli.calculators.interface import Calculation
from kpicli.calculators.scope import Scope
from kpicli.catalog.measures.mean import MeanKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured, rounded
from kpicli.values.numbers import exact_sum, mean, plain_number


def calculate(
    kpi: MeanKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows whose numbers are averaged; a blank number is undetermined."""
    return calculate_amounts(kpi, datasets, tables, scope, _mean_of)


def _mean_of(tally: Tally) -> Measured:
    size = plain_number(exact_sum((Decimal(times), 1) for _, times in tally))
    return rounded(mean(total(tally), size), size)
