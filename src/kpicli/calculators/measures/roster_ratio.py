"""The share of a roster's members who have a row in a log: two sources, one ratio."""

from collections.abc import Mapping

import numpy as np
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.calculators.filters import evaluate, first_filled
from kpicli.calculators.interface import Calculation, Disposition, Rows
from kpicli.calculators.row_accounting import account, dispose
from kpicli.calculators.scope import Scope
from kpicli.calculators.selection import finish, identities, select
from kpicli.catalog.measures.roster_ratio import RosterRatioKpi
from kpicli.catalog.sources import SourceTables
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import KpiAccounting
from kpicli.model.measured import Measured
from kpicli.values.distinct_values import distinct_values
from kpicli.values.numbers import percentage


def calculate(
    kpi: RosterRatioKpi, datasets: Mapping[str, Dataset], tables: SourceTables, scope: Scope
) -> Calculation:
    """Return the log's rows; the denominator is the roster at the period's end.

    Until that has come it is the roster on the last day that counts. Members who left (last day in
    service before it) or join later do not count. People in the log who are nowhere on the roster
    are told in a remark.
    """
    log, roster = datasets[kpi.source], datasets[kpi.roster.source]
    _, lacking = identities(log, (kpi.of,))
    selection = select(kpi, log, tables, scope)
    selection = replace(selection, unknown=selection.unknown | lacking)
    members, on_roster, accounting = _members(kpi, roster, tables, scope)
    people = log.column(kpi.of)

    def measure(rows: Rows) -> Measured:
        named = {people.values[code] for code in distinct_values(people.codes[rows])}
        numerator = len(named & members)
        return Measured(percentage(numerator, len(members)), numerator, len(members))

    calculation = finish(kpi, selection, measure)
    strangers = _strangers(calculation, kpi, roster)
    return replace(
        calculation,
        accounting=(*calculation.accounting, accounting),
        numerator=_rows_of(log, kpi.of, members),
        members=(roster, on_roster),
        doubts=accounting.undetermined,
        to_come=accounting.not_yet_due,
        remarks=_remarks(strangers),
    )


def _members(
    kpi: RosterRatioKpi, roster: Dataset, tables: SourceTables, scope: Scope
) -> tuple[set[object], Rows, KpiAccounting]:
    definition = kpi.roster
    selected = evaluate(definition.where, roster, tables, scope)
    joined, _ = first_filled(roster, (definition.joined,), tables)
    left, unknown_left = first_filled(roster, (definition.left,), tables)
    end, last = (day_number(day) for day in (scope.period.end, min(scope.period.end, scope.until)))
    serving = (joined <= end) & ((left == NO_DAY) | (left >= last))
    unjoined = joined == NO_DAY  # a blank day says no more about the end of the period than a slip
    days = np.where(unjoined & ~serving, left, joined)
    state = dispose(roster, selected, days, serving, unjoined, unknown_left, days > last)
    people = roster.column(definition.of)
    counted = np.flatnonzero(state == Disposition.COUNTED)
    members = {people.values[code] for code in distinct_values(people.codes[counted])}
    return members, counted, account(kpi.id, roster, state, ())


def _rows_of(log: Dataset, column: str, members: set[object]) -> Rows:
    people = log.column(column)
    known = np.array([value in members for value in people.values] + [False])
    return np.flatnonzero(known[people.codes])


def _strangers(calculation: Calculation, kpi: RosterRatioKpi, roster: Dataset) -> int:
    people = calculation.dataset.column(kpi.of)
    codes = distinct_values(people.codes[calculation.counted])
    known = set(roster.column(kpi.roster.of).values)
    return sum(people.values[code] not in known for code in codes)


def _remarks(strangers: int) -> tuple[Text, ...]:
    if not strangers:
        return ()
    return (
        Text(
            f"記録に職員名簿にない担当者が {strangers} 名います(分子に数えていません)",
            f"{strangers} people in the log are not on the roster (not counted in the numerator)",
        ),
    )
