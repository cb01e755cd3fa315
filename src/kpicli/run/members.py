"""The members of a register, each with the value that a KPI has over their rows alone."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.calculators import calculate
from kpicli.calculators.split import Subset, by_column
from kpicli.catalog.measures.count import CountKpi
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.run.counting import groupable, value_of

if TYPE_CHECKING:
    from kpicli.catalog.targets import EachMember
    from kpicli.run.kpi_run import KpiRun


class MemberValues(Struct, frozen=True):
    """The value of a KPI for every member, in their order; `others` are rows of no member."""

    values: Mapping[str, Value]
    others: int


def values_of_members(kpi_run: "KpiRun", each: "EachMember", span: Period) -> MemberValues | None:
    """Return the value of a KPI in a span for every member of a register.

    Members are those in force on the last day of the span that counts; one without rows has the
    value of no rows. None where the register cannot tell who they are, or the KPI is not readable.
    """
    members = _members_on_last_day(kpi_run, each, span)
    if members is None or not kpi_run.readable:
        return None
    calculation, catalog = kpi_run.calculate(span), kpi_run.run.catalog
    if not groupable(calculation.dataset, each.by):
        return None
    whole = Subset.whole(calculation)
    slices = {
        piece.item: piece.subset
        for piece in by_column(calculation, whole, each.by, catalog, members)
        if piece.item in members
    }
    values = {name: value_of(calculation, slices[name], span) for name in members}
    known = [subset.rows for subset in slices.values()]
    others = np.setdiff1d(whole.rows, np.concatenate((whole.rows[:0], *known)))
    return MemberValues(values, len(others))


def _members_on_last_day(
    kpi_run: "KpiRun", each: "EachMember", span: Period
) -> tuple[str, ...] | None:
    """Return the members in force, sorted; None where any row of the register leaves a doubt."""
    run = kpi_run.run
    register = run.datasets.get(each.source)
    if register is None or each.by in register.absent:
        return None
    last = min(span.end, run.scope(span).as_of)
    day = Period.between(last, last, span.fiscal)
    kpi = CountKpi(id=each.source, title=register.source.title, source=each.source, measure="count")
    calculation = calculate(kpi, run.datasets, run.catalog, run.scope(day))
    if value_of(calculation, Subset.whole(calculation), day).status is not Status.OK:
        return None
    coded, rows = register.column(each.by), calculation.counted
    unreadable = register.unreadable.get(each.by)
    if (coded.codes[rows] < 0).any() or (unreadable is not None and unreadable[rows].any()):
        return None
    table = run.catalog.codes_of(register.source, each.by)
    cells = [str(coded.values[code]) for code in np.unique(coded.codes[rows])]
    names = (name for cell in cells for name in ((cell,) if table is None else table.among(cell)))
    return tuple(sorted({*names}))


def names_of_members(kpi_run: "KpiRun", each: "EachMember", names: list[str]) -> tuple[Text, ...]:
    """Return what members are called; nobody where they are persons, who are never named."""
    run = kpi_run.run
    source = run.catalog.source[each.source]
    own = run.catalog.source[kpi_run.kpi.source].known[each.by]
    if source.known[each.by].personal or own.personal:
        return ()
    table = run.catalog.codes_of(source, each.by)
    return tuple(Text(name, name) if table is None else table.label(name) for name in names)
