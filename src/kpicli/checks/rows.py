"""Rows that contradict themselves: the checks on single rows that the catalogue declares."""

from collections.abc import Iterable

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind
from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import TRUE
from kpicli.calculators.scope import Scope
from kpicli.catalog.checks import DifferCheck, FilledCheck, OrderCheck
from kpicli.checks.interface import CheckInput, Rows, having
from kpicli.loaders.cells.column_codes import NO_DAY
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period

RowCheck = DifferCheck | OrderCheck | FilledCheck


def check_rows(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning for every row that a declared check finds, at the cell in inputs.

    A cell that is blank or unreadable contradicts nothing, and a file without one of the columns is
    left alone.
    """
    for check in inputs.settings.catalog.check.values():
        dataset = inputs.datasets.get(check.source)
        if dataset is None or not isinstance(check, RowCheck):
            continue
        whole = having(dataset, check.used)
        if not whole.any():
            continue
        kind, column, rows = _findings(check, dataset, inputs)
        for row in rows[whole[rows]].tolist():
            yield Fault(kind, check.source, dataset.place(row, column), detail=check.title)


def _findings(check: RowCheck, dataset: Dataset, inputs: CheckInput) -> tuple[FaultKind, str, Rows]:
    match check:
        case DifferCheck():
            return faults.SAME_VALUE, check.columns[1], _same(check, dataset)
        case OrderCheck():
            return faults.WRONG_ORDER, check.later, _reversed(check, dataset)
        case FilledCheck():
            return faults.NOT_FILLED, check.column, _blank(check, dataset, inputs)


def _same(check: DifferCheck, dataset: Dataset) -> Rows:
    left, right = (dataset.column(name) for name in check.columns)
    code_of = {value: code for code, value in enumerate(right.values)}
    absent = -2  # equal to no code, nor to -1, which is blank on both sides
    to_right = np.array([*(code_of.get(v, absent) for v in left.values), absent])
    return np.flatnonzero(to_right[left.codes] == right.codes)


def _reversed(check: OrderCheck, dataset: Dataset) -> Rows:
    earlier, later = (dataset.days(name).array() for name in check.used)
    return np.flatnonzero((earlier != NO_DAY) & (later != NO_DAY) & (later < earlier))


def _blank(check: FilledCheck, dataset: Dataset, inputs: CheckInput) -> Rows:
    month = Period.month_of(inputs.today)
    scope = Scope(month, inputs.today, inputs.today)
    fits = evaluate(check.where, dataset, inputs.settings.catalog, scope)
    blank = dataset.column(check.column).codes < 0
    if check.column in dataset.unreadable:
        blank &= ~dataset.unreadable[check.column]
    return np.flatnonzero(blank & (fits == TRUE))
