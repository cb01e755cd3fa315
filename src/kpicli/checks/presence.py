"""Who and what was there last period and is not in this one: an export made with limited rights."""

from collections.abc import Iterable

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.catalog.checks import PresentCheck
from kpicli.catalog.kpis import Members
from kpicli.checks.interface import Question, Rows, file_place
from kpicli.loaders.cells.columns import EPOCH, NO_DAY
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period
from kpicli.values.distinct_values import distinct_values


def check_presence(question: Question) -> Iterable[Fault]:
    """Yield a warning per column whose values of the previous period are not all in this one.

    Codes are named; people only where personal data may be shown, else told as "lacking / had".
    Silent where either period has no row: then a whole export is missing, which is told elsewhere.
    """
    if question.period is None:
        return
    for check in question.settings.catalog.check.values():
        dataset = question.datasets.get(check.source)
        if dataset is None or not isinstance(check, PresentCheck):
            continue
        before, now = (
            _rows(dataset, period) for period in (question.period.previous(), question.period)
        )
        if not len(before) or not len(now):
            continue
        for name in check.columns:
            if name not in dataset.absent:
                yield from _column(question, check, dataset, name, before, now)


def _column(
    question: Question, check: PresentCheck, dataset: Dataset, name: str, before: Rows, now: Rows
) -> Iterable[Fault]:
    had, has = _values(dataset, name, before), _values(dataset, name, now)
    lacking = had - has
    if dataset.source.columns[name].personal:
        lacking -= _out_of_service(question, check.roster)
    if not lacking:
        return
    named = question.show_personal or not dataset.source.columns[name].personal
    words = ", ".join(sorted(lacking)) if named else f"{len(lacking)} / {len(had)}"
    newest = int(dataset.file_numbers[now[-1]])
    yield Fault(faults.GONE, check.source, file_place(dataset, newest, name), detail=words)


def _rows(dataset: Dataset, period: Period) -> Rows:
    days = dataset.days(dataset.base_date, NO_DAY)
    first, last = (day.toordinal() - EPOCH for day in (period.start, period.end))
    return np.flatnonzero((days >= first) & (days <= last))


def _values(dataset: Dataset, name: str, rows: Rows) -> set[str]:
    column = dataset.column(name)
    codes = distinct_values(column.codes[rows])
    return {str(column.values[code]) for code in codes[codes >= 0]}


def _out_of_service(question: Question, definition: Members | None) -> set[str]:
    """Return the people who by the roster were in service on no day of the period."""
    roster = None if definition is None else question.rosters.get(definition.source)
    if definition is None or roster is None or question.period is None:
        return set()
    start, end = (d.toordinal() - EPOCH for d in (question.period.start, question.period.end))
    joined, left = (roster.days(n, NO_DAY) for n in (definition.joined, definition.left))
    serving = (joined <= end) & ((left == NO_DAY) | (left >= start))
    everyone = _values(roster, definition.of, np.arange(len(roster)))
    return everyone - _values(roster, definition.of, np.flatnonzero(serving))
