"""The number of distinct values, such as the persons who took part."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.interface import FALSE, TRUE, Calculation, Days, Rows
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import Selection, finish, identities, select, within
from kpicli.catalog.measures.distinct import DistinctKpi
from kpicli.catalog.sources import SourceTables
from kpicli.loaders.cells.column_codes import NO_DAY
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.model.measured import Measured
from kpicli.values.distinct_values import distinct_values


def calculate(
    kpi: DistinctKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the rows whose distinct values count; a blank value is undetermined."""
    dataset = datasets[kpi.source]
    selection = select(kpi, dataset, tables, scope)
    values, lacking = identities(dataset, kpi.of)
    selection = replace(selection, unknown=selection.unknown | lacking)
    if kpi.at_first_date:
        selection = _at_first_dates(selection, values)

    def measure(rows: Rows) -> Measured:
        return Measured(len(distinct_values(values[rows])))

    return finish(kpi, selection, measure)


def _at_first_dates(selection: Selection, values: Rows) -> Selection:
    """Date every selected row by the earliest date that its value has among them.

    Where a row in doubt would move that date out of the period, the value's rows are in doubt.
    """
    maybe = (selection.selected != FALSE) & (selection.days != NO_DAY) & ~selection.unknown
    sure = maybe & (selection.selected == TRUE) & ~selection.dataset.faulty
    first, first_maybe = (_earliest(selection.days, values, rows) for rows in (sure, maybe))
    inside, inside_maybe = (within(days, selection.scope.period) for days in (first, first_maybe))
    return replace(
        selection,
        days=np.where(sure, first, selection.days),
        unknown=selection.unknown | (sure & inside & ~inside_maybe),
    )


def _earliest(days: Days, values: Rows, rows: Mask) -> Days:
    """Return, for every row, the earliest day that its value has among `rows`."""
    places = np.unique(values, return_inverse=True)[1]
    earliest = np.full(len(values), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(earliest, places[rows], days[rows])
    found: Days = earliest[places]
    return found
