"""Values of the last period that are missing in this one, as in an export with limited rights."""

from collections.abc import Iterable

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.catalog.checks import Enrolled, PresentCheck
from kpicli.checks.interface import CheckInput, Rows, file_place
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period
from kpicli.values.distinct_values import distinct_values


def check_presence(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning per column whose values of the previous period are not all in this one.

    Codes are named; people only where personal data may be shown, else counted as "lacking / had".
    Silent where either period has no row: then a whole export is missing, which `coverage` reports.
    """
    if inputs.period is None:
        return
    for check in inputs.settings.catalog.check.values():
        dataset = inputs.datasets.get(check.source)
        if dataset is None or not isinstance(check, PresentCheck):
            continue
        before, now = (
            _rows(dataset, period) for period in (inputs.period.previous(), inputs.period)
        )
        if not len(before) or not len(now):
            continue
        for name in check.columns:
            if name not in dataset.absent:
                yield from _column(inputs, check, dataset, name, before, now)


def _column(
    inputs: CheckInput, check: PresentCheck, dataset: Dataset, name: str, before: Rows, now: Rows
) -> Iterable[Fault]:
    had, has = _values(dataset, name, before), _values(dataset, name, now)
    lacking = had - has
    if dataset.source.known[name].personal:
        lacking -= _out_of_service(inputs, check.enrolled)
    if not lacking:
        return
    named = inputs.show_personal or not dataset.source.known[name].personal
    words = ", ".join(sorted(lacking)) if named else f"{len(lacking)} / {len(had)}"
    newest = int(dataset.file_numbers[now[-1]])
    yield Fault(faults.GONE, check.source, file_place(dataset, newest, name), detail=words)


def _rows(dataset: Dataset, period: Period) -> Rows:
    first, last = (day_number(day) for day in (period.start, period.end))
    days = dataset.days(dataset.base_date)
    return np.flatnonzero(days.marks(lambda own: (own >= first) & (own <= last)))


def _values(dataset: Dataset, name: str, rows: Rows) -> set[str]:
    column = dataset.column(name)
    codes = distinct_values(column.codes[rows])
    return {str(column.values[code]) for code in codes[codes >= 0]}


def _out_of_service(inputs: CheckInput, enrolled: Enrolled | None) -> set[str]:
    """Return the people whom the register has in force on no day of the period."""
    register = None if enrolled is None else inputs.loaded.get(enrolled.source)
    if enrolled is None or register is None or inputs.period is None:
        return set()
    start, end = (day_number(d) for d in (inputs.period.start, inputs.period.end))
    first, last = (register.days(name).array() for name in register.source.in_force)
    out = 1 if register.source.until == "first_day_out" else 0
    serving = (first <= end) & ((last == NO_DAY) | (last - out >= start))
    everyone = _values(register, enrolled.by, np.arange(len(register)))
    return everyone - _values(register, enrolled.by, np.flatnonzero(serving))
