"""A share of the rows, or of the persons, that a filter selects."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import TRUE, UNKNOWN, Calculation, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, identities, select
from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.catalog.sources import SourceTables
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.measured import Measured
from kpicli.values.distinct_values import distinct_values
from kpicli.values.numbers import percentage


def calculate(
    kpi: RatioKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the denominator's rows; where the numerator cannot be told, a row is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, tables, scope)
    fits = evaluate(kpi.numerator, dataset, tables, scope)
    unknown = selection.unknown | (fits == UNKNOWN)
    values = np.arange(len(dataset), dtype=np.int64)
    if kpi.of:
        values, lacking = identities(dataset, kpi.of)
        unknown |= lacking

    def measure(rows: Rows) -> Measured:
        numerator = len(distinct_values(values[rows[fits[rows] == TRUE]]))
        denominator = len(distinct_values(values[rows]))
        return Measured(percentage(numerator, denominator), numerator, denominator)

    calculation = finish(kpi, replace(selection, unknown=unknown), measure)
    return replace(calculation, numerator=np.flatnonzero(fits == TRUE))
