"""The number of distinct values, such as the persons who took part."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kpicli.calculators.interface import Calculation, Measured, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import Selection, finish, identities, select
from kpicli.calculators.truth import TRUE
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import DistinctKpi
from kpicli.loaders.columns import NO_DAY
from kpicli.loaders.dataset import Dataset


def calculate(
    kpi: DistinctKpi, datasets: Mapping[str, Dataset], catalog: Catalog, scope: Scope
) -> Calculation:
    """Return the rows whose distinct values count; a blank value is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, catalog, scope)
    values, lacking = identities(dataset, kpi.of)
    selection = replace(selection, unknown=selection.unknown | lacking)
    if kpi.at_first_date:
        selection = _at_first_dates(selection, values)

    def measure(rows: Rows) -> Measured:
        return Measured(len(np.unique(values[rows])))

    return finish(kpi, selection, measure)


def _at_first_dates(selection: Selection, values: Rows) -> Selection:
    """Date every selected row by the earliest date that its value has among them."""
    dated = (selection.selected == TRUE) & (selection.days != NO_DAY) & ~selection.dataset.faulty
    rows = np.flatnonzero(dated)
    if not len(rows):
        return selection
    places = np.unique(values[rows], return_inverse=True)[1]
    earliest = np.full(int(places.max()) + 1, np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(earliest, places, selection.days[rows])
    days = selection.days.copy()
    days[rows] = earliest[places]
    return replace(selection, days=days)
