"""Filters over rows in three values: fits, does not fit, cannot be told.

The truth of a test is found once per distinct value and spread over the rows by their codes.
*And* is the least of the truths, *or* the greatest (Kleene's logic): a cell that rules a row out
does so whatever the cells are that cannot be read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from operator import ge, gt, le, lt

import numpy as np

from kpicli.calculators.coarse import last_days
from kpicli.calculators.interface import FALSE, TRUE, UNKNOWN, Truth, give, truth_of
from kpicli.calculators.scope import Scope
from kpicli.catalog.conditions import (
    SCOPE_REFERENCES,
    Operand,
    Test,
    Where,
    base_of,
    scope_references,
)
from kpicli.catalog.sources.code_tables import CodeTable
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import NO_DAY, day_number, spread
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.row_days import Days, RowDays
from kpicli.model.periods import Period
from kpicli.values.folding import fold
from kpicli.values.moments import Moment, column_of


def evaluate(
    where: Where, dataset: Dataset, tables: SourceTables, scope: Scope, *, blank: int = UNKNOWN
) -> Truth:
    """Return the truth of the filter for every row.

    `blank` is the truth of a value test on a blank cell, unless its code table lists blank as a
    value: then it is a value unlike the others. Compared with a date, a blank one cannot be told;
    where the filter says by `missing` what blanks of that column mean, it is before and after
    nothing. What the scope does not change is asked for by each period anew, and kept: it must not
    be written to.
    """
    asked = (where, blank, scope if any(map(scope_references, where.tests)) else None)
    return dataset.truths_of(
        asked, tables, lambda: _evaluated(where, dataset, tables, scope, blank)
    )


def _evaluated(
    where: Where, dataset: Dataset, tables: SourceTables, scope: Scope, blank: int
) -> Truth:
    decided = where.decides_blanks_of
    result = np.zeros(len(dataset), dtype=np.int8)
    for alternative in where.alternatives:
        truth = np.full(len(dataset), TRUE, dtype=np.int8)
        for test in alternative:
            np.minimum(truth, _truth(test, dataset, tables, scope, blank, decided), out=truth)
        np.maximum(result, truth, out=result)
    return result


def _truth(
    test: Test,
    dataset: Dataset,
    tables: SourceTables,
    scope: Scope,
    blank: int,
    decided: frozenset[str],
) -> Truth:
    if test.operator in ("in", "not_in"):
        truth = _value_truth(test, dataset, tables, blank)
    elif test.operator == "missing":
        absent = dataset.column(test.column).codes < 0
        truth = truth_of(absent if test.operands[0] else ~absent)
    elif test.operator in _COMPARE_NUMBERS:
        return _number_truth(test, dataset, decided)
    else:
        return _date_truth(test, dataset, tables, scope, decided)
    if test.column in dataset.unreadable:
        give(truth, dataset.unreadable[test.column], UNKNOWN)
    return truth


def _value_truth(test: Test, dataset: Dataset, tables: SourceTables, blank: int) -> Truth:
    table = tables.codes_of(dataset.source, test.column)
    wanted = {_operand(operand, dataset, tables, test.column) for operand in test.operands}
    inside, outside = (TRUE, FALSE) if test.operator == "in" else (FALSE, TRUE)
    if table is not None and table.blank:
        blank = outside
    coded = dataset.column(test.column)
    by_value = [
        inside if wanted.intersection(_among(value, table)) else outside for value in coded.values
    ]
    return spread(np.array([*by_value, blank], dtype=np.int8), coded.codes)


def _among(value: object, table: CodeTable | None) -> tuple[object, ...]:
    """Return the values that a cell holds: several where its code table counts each of them."""
    return (value,) if table is None else table.among(str(value))


def _operand(operand: Operand, dataset: Dataset, tables: SourceTables, column: str) -> object:
    table = tables.codes_of(dataset.source, column)
    if table is not None:
        return table.canonical(str(operand)) or fold(str(operand))
    if dataset.source.known[column].type == "number":
        return Decimal(str(operand))
    return fold(str(operand))


_COMPARE: dict[str, Callable[[Days, Days | int], Mask]] = {
    "before": lambda left, right: left < right,
    "on_or_before": lambda left, right: left <= right,
    "after": lambda left, right: left > right,
    "on_or_after": lambda left, right: left >= right,
}


def _date_truth(
    test: Test, dataset: Dataset, tables: SourceTables, scope: Scope, decided: frozenset[str]
) -> Truth:
    (operand,) = test.operands
    base = base_of(operand)
    moment = operand if isinstance(operand, Moment) else None
    days = dataset.days(test.column)
    open_here = dataset.source.known[test.column].months_open
    open_there = 0
    blanks = {test.column: days.missing}
    other: RowDays | int
    if isinstance(base, str) and base not in SCOPE_REFERENCES:
        other = shifted_days(dataset, base[1:], moment, tables)
        blanks[base[1:]] = other.missing
        open_there = dataset.source.known[base[1:]].months_open
    else:
        bound = _bound(base, scope)
        other = day_number(moment.of(bound, tables.working_days) if moment else bound)
    compare = _COMPARE[test.operator]
    if open_here == open_there:
        return _compared(_fits(compare, days, other), dataset, blanks, decided)
    # A month against a day: true or false where it is so whatever the day of the month. (Two months
    # are compared as months, of which one comes before the other or both are the same.)
    other_late = other if isinstance(other, int) else last_days(other, open_there)
    fits = _fits(compare, days, other_late)
    also = _fits(compare, last_days(days, open_here), other)
    truth = _compared(fits & also, dataset, blanks, decided)
    truth[fits != also] = UNKNOWN
    return truth


def _fits(compare: Callable[[Days, Days | int], Mask], days: RowDays, other: RowDays | int) -> Mask:
    if isinstance(other, int):
        return days.marks(lambda own: compare(own, other))
    return compare(days.array(), other.array())


def shifted_days(
    dataset: Dataset, column: str, moment: Moment | None, tables: SourceTables
) -> RowDays:
    """Return the days of a date column, each shifted as `moment` is; `NO_DAY` where it is blank."""
    if moment is None:
        return dataset.days(column)
    move = partial(moment.of, working_days=tables.working_days)
    return dataset.days(column, move, moved_by=moment)


_COMPARE_NUMBERS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "at_least": ge,
    "at_most": le,
    "above": gt,
    "below": lt,
}


def _number_truth(test: Test, dataset: Dataset, decided: frozenset[str]) -> Truth:
    """Return the truth per row; it is found once per number, or pair of numbers."""
    compare, (operand,) = _COMPARE_NUMBERS[test.operator], test.operands
    coded = dataset.column(test.column)
    blanks = {test.column: coded.codes < 0}
    numbers = coded.numbers()
    if not isinstance(operand, str):
        bound = Decimal(str(operand))
        by_number = np.array([*(compare(number, bound) for number in numbers), False])
        return _compared(by_number[coded.codes], dataset, blanks, decided)
    other = dataset.column(operand[1:])
    blanks[operand[1:]] = other.codes < 0
    others = other.numbers()
    width = len(others) + 1  # a blank, of code -1, is the first of each
    paired = (coded.codes.astype(np.int64) + 1) * width + other.codes + 1
    pairs, places = np.unique(paired, return_inverse=True)
    by_pair = [
        bool(pair // width and pair % width)
        and compare(numbers[pair // width - 1], others[pair % width - 1])
        for pair in pairs.tolist()
    ]
    return _compared(np.array(by_pair, dtype=np.bool_)[places], dataset, blanks, decided)


def _compared(
    fits: Mask, dataset: Dataset, blanks: Mapping[str, Mask], decided: frozenset[str]
) -> Truth:
    """Return the truth of a comparison: what cells that are blank or unreadable leave of it.

    `blanks` marks them by column.
    """
    truth = truth_of(fits)
    for name in sorted(blanks, key=decided.__contains__):  # what is decided has the last word
        give(truth, blanks[name], FALSE if name in decided else UNKNOWN)
    for name in blanks:
        if name in dataset.unreadable:
            give(truth, dataset.unreadable[name], UNKNOWN)
    base = dataset.source.base_date
    for misdated in dataset.misdated if base in blanks else ():
        rows = misdated.rows
        if base in decided:
            rows = rows[~blanks[base][rows]]
        truth[rows] = UNKNOWN  # 2052 is no day that can be compared
    return truth


def _bound(operand: Operand, scope: Scope) -> date:
    if isinstance(operand, date):
        return operand
    named = {"@as_of": scope.as_of, "@start": scope.period.start, "@end": scope.period.end}
    return named[str(operand)]


def first_filled(
    dataset: Dataset, datings: Iterable[str | Moment], tables: SourceTables
) -> tuple[RowDays, Mask]:
    """Return the moment by the first filled of the date columns, `NO_DAY` where all are blank.

    Beside it, the rows that cannot be told because a cell that would come first is unreadable.
    """
    days: RowDays | None = None
    unknown = np.zeros(len(dataset), dtype=np.bool_)
    for dating in datings:
        name, moment = column_of(dating), dating if isinstance(dating, Moment) else None
        own = shifted_days(dataset, name, moment, tables)
        open_rows = None if days is None else days.missing & ~unknown
        if name in dataset.unreadable:
            marks = dataset.unreadable[name]
            unknown |= marks if open_rows is None else open_rows & marks
        if days is None or open_rows is None:  # most have one date, of which nothing is hidden
            days = own.without(unknown) if name in dataset.unreadable else own
        else:
            days = RowDays.of(np.where(open_rows & ~unknown, own.array(), days.array()))
    return RowDays.of(np.full(len(dataset), NO_DAY, np.int32)) if days is None else days, unknown


def dated(
    dataset: Dataset, datings: Sequence[str | Moment], tables: SourceTables, period: Period
) -> tuple[RowDays, Mask]:
    """Return what `first_filled` does, base dates that cannot be relied on being none.

    Such a row has no day and cannot be told in every period that it may belong to.
    """
    days, undated = first_filled(dataset, datings, tables)
    taken = [np.zeros(0, np.int64)]
    based = [dating for dating in datings if column_of(dating) == dataset.source.base_date]
    for dating in based if dataset.misdated else ():
        moment = dating if isinstance(dating, Moment) else None
        own = shifted_days(dataset, column_of(dating), moment, tables)
        for misdated in dataset.misdated:
            span = misdated.span
            if span is not None and moment is not None:
                start, end = (moment.of(day, tables.working_days) for day in span)
                span = start, end
            if span is None or (span[0] <= period.end and span[1] >= period.start):
                taken.append(misdated.rows[days[misdated.rows] == own[misdated.rows]])
    rows = np.concatenate(taken)
    undated[rows] = True
    return days.without(rows) if len(rows) else days, undated
