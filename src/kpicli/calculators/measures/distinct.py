"""The number of distinct values, such as the persons who took part."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from kpicli.calculators.interface import FALSE, TRUE, Calculation, Rows, after, within
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import Selection, finish, identities, select
from kpicli.catalog.measures.distinct import DistinctKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.row_days import Days, RowDays
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
        selection = _at_first_dates(selection, values, scope)

    def measure(rows: Rows) -> Measured:
        return Measured(len(distinct_values(values[rows])))

    return finish(kpi, selection, measure)


def _at_first_dates(selection: Selection, values: Rows, scope: Scope) -> Selection:
    """Date every selected row by the earliest date that its value has among them.

    Where a row that may be selected would move that date, and one of both lies in the period or the
    period between them, the value's rows have no date that can be told. Nor has a later row whose
    value cannot be told, where some value came first in the period.
    """
    own, period = selection.days.array(), scope.period
    maybe = (selection.selected != FALSE) & (own != NO_DAY) & ~selection.unknown
    sure = maybe & (selection.selected == TRUE) & ~selection.dataset.faulty
    undated = (selection.selected != FALSE) & selection.undated & ~selection.unknown  # any day
    latest, earliest = (_earliest(own, values, rows) for rows in (sure, maybe | undated))
    latest = np.minimum(latest, own)  # of a row in doubt, should it count
    start, end = day_number(period.start), day_number(period.end)
    moved = maybe & (earliest != latest) & (earliest <= end) & (latest >= start)
    if (maybe & (latest >= start) & (latest <= end)).any():
        # A later row of a value that cannot be told may be of one that came first in the period.
        hidden = (selection.selected != FALSE) & selection.unknown & (own != NO_DAY)
        moved |= hidden & (own > end)
    days = RowDays.of(np.where(moved, NO_DAY, np.where(maybe, latest, own)))
    return replace(
        selection,
        days=days,
        undated=selection.undated | moved,
        inside=days.marks(lambda dates: within(dates, period)),
        later=days.marks(after(scope.until)),
    )


def _earliest(days: Days, values: Rows, rows: Mask) -> Days:
    """Return, for every row, the earliest day that its value has among `rows`."""
    places = np.unique(values, return_inverse=True)[1]
    earliest = np.full(len(values), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(earliest, places[rows], days[rows])
    found: Days = earliest[places]
    return found
