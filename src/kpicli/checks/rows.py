"""Rows that contradict themselves: the checks on single rows that the catalogue declares."""

from collections.abc import Iterable

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind
from kpicli.calculators.filters import TRUE, evaluate
from kpicli.calculators.scope import Scope
from kpicli.catalog.checks import DifferCheck, FilledCheck, OrderCheck
from kpicli.checks.interface import Question, Rows, having
from kpicli.loaders.cells.columns import NO_DAY
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period

RowCheck = DifferCheck | OrderCheck | FilledCheck


def check_rows(question: Question) -> Iterable[Fault]:
    """Yield a warning for every row that a declared check finds, at the cell in question.

    A cell that is blank or unreadable contradicts nothing, and a file without one of the columns is
    left alone.
    """
    for check in question.settings.catalog.check.values():
        dataset = question.datasets.get(check.source)
        if dataset is None or not isinstance(check, RowCheck):
            continue
        kind, column, rows = _found(check, dataset, question)
        for row in rows[having(dataset, check.used)[rows]].tolist():
            yield Fault(kind, check.source, dataset.place(row, column), detail=check.title)


def _found(check: RowCheck, dataset: Dataset, question: Question) -> tuple[FaultKind, str, Rows]:
    match check:
        case DifferCheck():
            return faults.SAME_VALUE, check.columns[1], _same(check, dataset)
        case OrderCheck():
            return faults.WRONG_ORDER, check.later, _reversed(check, dataset)
        case FilledCheck():
            return faults.NOT_FILLED, check.column, _blank(check, dataset, question)


def _same(check: DifferCheck, dataset: Dataset) -> Rows:
    left, right = (dataset.column(name) for name in check.columns)
    place = {value: code for code, value in enumerate(right.values)}
    nowhere = -2
    to_right = np.array([*(place.get(v, nowhere) for v in left.values), nowhere])
    return np.flatnonzero(to_right[left.codes] == right.codes)


def _reversed(check: OrderCheck, dataset: Dataset) -> Rows:
    earlier, later = (dataset.days(name, NO_DAY) for name in check.used)
    return np.flatnonzero((earlier != NO_DAY) & (later != NO_DAY) & (later < earlier))


def _blank(check: FilledCheck, dataset: Dataset, question: Question) -> Rows:
    month = Period.month_of(question.today)
    fits = evaluate(check.where, dataset, question.settings.catalog, Scope(month, question.today))
    blank = dataset.column(check.column).codes < 0
    if check.column in dataset.unreadable:
        blank &= ~dataset.unreadable[check.column]
    return np.flatnonzero(blank & (fits == TRUE))
