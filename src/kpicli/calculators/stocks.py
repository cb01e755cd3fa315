"""Stocks: what is in force on a day, in a register or by the last snapshot."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from kpicli.calculators.coarse import last_days
from kpicli.calculators.filters import dated, first_filled
from kpicli.calculators.interface import Stock
from kpicli.loaders.cells.column_codes import NO_DAY, day_number, day_of
from kpicli.loaders.rows.row_days import RowDays
from kpicli.model.periods import Period
from kpicli.values.distinct_values import distinct_values

if TYPE_CHECKING:
    from kpicli.calculators.scope import Scope
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.loaders.rows.dataset import Dataset, Mask


class Placed(Struct, frozen=True):
    """When rows count: their `days`, which are `inside`, which `later`, and which cannot be told.

    `undated` rows have a day that cannot be told, `unknown` ones an end that cannot.
    """

    days: RowDays
    undated: "Mask"
    unknown: "Mask"
    inside: "Mask"
    later: "Mask"
    stock: Stock


def stock_day(kpi: "Kpi", scope: "Scope") -> date:
    """Return the day that a stock is asked for: the period's last, or its first."""
    return scope.period.start if kpi.at == "start" else scope.period.end


def placed(kpi: "Kpi", dataset: "Dataset", tables: "SourceTables", scope: "Scope") -> Placed:
    """Return when the rows of a register or a snapshot count."""
    by_rhythm = _in_force if dataset.source.rhythm == "register" else _last_written
    return by_rhythm(dataset, tables, scope, stock_day(kpi, scope))


def _in_force(dataset: "Dataset", tables: "SourceTables", scope: "Scope", day: date) -> Placed:
    """Return which rows of a register are in force on a day.

    Until that day has come it is the last one that counts, and rows that begin between the two are
    later. A blank beginning cannot be told where the end does not rule the row out; a blank end
    is none.
    """
    first, last = dataset.source.in_force
    started, unknown_start = first_filled(dataset, (first,), tables)
    ended, unknown_end = first_filled(dataset, (last,), tables)
    end, known = day_number(day), day_number(min(day, scope.until))
    first_day_out = dataset.source.until == "first_day_out"
    last_gone = known if first_day_out else known - 1
    gone = ended.marks(lambda days: (days != NO_DAY) & (days <= last_gone))
    inside = started.marks(lambda days: days <= end) & ~gone
    no_start = started.missing
    undated = no_start & ~gone
    days = started
    if no_start.any():
        last_in = ended.by_code - ((ended.by_code != NO_DAY) & first_day_out)
        last_days_in = replace(ended, by_code=last_in).array()
        days = RowDays.of(np.where(no_start, last_days_in, started.array()))
    covered = dataset.coverage.of(Period.between(day, day))
    read_on = dataset.coverage.spans[-1][1] if dataset.coverage.spans else None
    stock = Stock(day, read_on, covered)
    return Placed(
        days,
        undated | unknown_start,
        unknown_end & ~gone,
        inside,
        started.marks(lambda days: days > known),
        stock,
    )


def _last_written(dataset: "Dataset", tables: "SourceTables", scope: "Scope", day: date) -> Placed:
    """Return which rows of a snapshot were written on the last day on or before a day.

    What knows its month or year alone is the state at the end of it.
    """
    days, undated = dated(dataset, (dataset.base_date,), tables, Period.between(day, day))
    days = last_days(days, dataset.source.months_open())
    limit = day_number(min(day, scope.until))
    there = days.by_code[distinct_values(days.codes)]
    before = there[(there != NO_DAY) & (there <= limit)]
    last = int(before.max()) if len(before) else None
    read_on = None if last is None else day_of(last)
    near = read_on is not None and day - read_on <= dataset.source.reach
    nothing = np.zeros(len(dataset), dtype=np.bool_)
    inside = days.marks(lambda own: own == last) if near else nothing
    stock = Stock(day, read_on, "always" if near else "none")
    return Placed(days, undated, nothing, inside, nothing, stock)
