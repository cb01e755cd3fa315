"""Sums and means of a number column."""

from collections.abc import Mapping
from decimal import Decimal

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.interface import Calculation, Measured, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, select
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import MeanKpi, SumKpi
from kpicli.loaders.rows.dataset import Dataset
from kpicli.values.numbers import mean


def calculate(
    kpi: SumKpi | MeanKpi, datasets: Mapping[str, Dataset], catalog: Catalog, scope: Scope
) -> Calculation:
    """Return the rows whose numbers are added; a blank number is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, catalog, scope)
    coded = dataset.column(kpi.of)
    selection = replace(selection, unknown=selection.unknown | (coded.codes < 0))

    def measure(rows: Rows) -> Measured:
        counts = np.bincount(coded.codes[rows], minlength=len(coded.values)).tolist()
        pairs = zip(coded.values, counts, strict=True)
        total = sum((Decimal(str(value)) * times for value, times in pairs), Decimal(0))
        if isinstance(kpi, SumKpi):
            return Measured(total)
        return Measured(mean(total, len(rows)), denominator=len(rows))

    return finish(kpi, selection, measure)
