"""Rows that are far fewer than in the periods before, as where an export was filtered."""

from functools import partial

import numpy as np
from msgspec import Struct

from kpicli.calculators.interface import Calculation, Disposition, within
from kpicli.calculators.scope import Scope
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.loaders.rows.row_days import Mask, RowDays
from kpicli.model.periods import Period

_DEVIATIONS = 4
"""So many standard deviations lie beyond what chance makes of equal rates (once in 30,000)."""


class Drop(Struct, frozen=True):
    """The rows of a KPI in a period that has ended, and those of `period`, of which few are left.

    Rows are those that its filter and date take, be they counted, excluded or in doubt.
    """

    rows: int
    before: int
    period: Period


def drop_of(kpi: Kpi, calculation: Calculation, scope: Scope) -> Drop | None:
    """Return how far the rows have fallen; None where they have not, or nothing can be compared.

    They have where the period before and the same one a year ago, as far as they are covered in
    full, both had more than twice as many, by more than chance makes of it: for numbers n and m of
    rows that come at one rate, n - m has the variance n + m.
    """
    coverage = calculation.dataset.coverage
    if calculation.stock is not None:
        return None  # what lasts does not come anew in each period
    if kpi.follows_scope or scope.until < scope.period.end or coverage.of(scope.period) != "full":
        return None
    told = (calculation.state != Disposition.NOT_SELECTED) & (
        calculation.state != Disposition.NO_DATE
    )
    now = _rows_in(scope.period, calculation.days, told)
    others = [scope.period.compared_with(kind) for kind in ("previous", "year_ago")]
    drops = [
        Drop(now, _rows_in(other, calculation.days, told), other)
        for other in others
        if coverage.of(other) == "full"
    ]
    return drops[0] if drops and all(map(_is_drop, drops)) else None


def _rows_in(period: Period, days: RowDays, told: Mask) -> int:
    inside = days.marks(partial(within, period=period))
    inside &= told
    return int(np.count_nonzero(inside))


def _is_drop(drop: Drop) -> bool:
    difference = drop.before - drop.rows
    by_chance = _DEVIATIONS**2 * (drop.before + drop.rows)
    return 2 * drop.rows < drop.before and difference**2 >= by_chance
