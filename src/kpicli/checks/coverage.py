"""The coverage of the exports in time: empty months, early ends, too short a reach."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind, Place
from kpicli.base.wording import listed
from kpicli.checks.interface import CheckInput, file_place
from kpicli.loaders.cells.column_codes import NO_DAY, day_number
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period
from kpicli.values.distinct_values import distinct_values


def check_coverage(inputs: CheckInput) -> Iterable[Fault]:
    """Yield the faults of coverage: a finding per month, end or source, the month in its detail.

    Months without a row are looked for wherever the exports reach, up to the last month that has
    ended. The rest is about the period asked for, as far as its months have ended.
    """
    for dataset in inputs.dated:
        if dataset.coverage.always:
            continue
        empty = _empty_months(inputs, dataset)
        yield from (_finding(faults.EMPTY_MONTH, dataset, month) for month in empty)
        if inputs.period is not None and not dataset.coverage.unknown:
            yield from _period(inputs, dataset, inputs.period, set(empty))


def _empty_months(inputs: CheckInput, dataset: Dataset) -> tuple[Period, ...]:
    """Return the months without a row in what a continuous source covers, holes included."""
    spans = dataset.coverage.spans
    if dataset.source.rhythm != "continuous" or not spans:
        return ()
    reached = Period.between(spans[0][0], spans[-1][1], inputs.settings.fiscal)
    days, nothing = distinct_values(_days(dataset)), dataset.coverage.nothing

    def rows_in(month: Period) -> bool:
        if any(start <= month.start and month.end <= end for start, end in nothing):
            return True  # the exports say themselves that there was none
        first, after = np.searchsorted(days, (day_number(month.start), day_number(month.end) + 1))
        return bool(after > first)

    if dataset.source.months_open() > 1:
        return ()  # a year has its rows in its first month
    return tuple(m for m in reached.months() if m.end < inputs.today and not rows_in(m))


def _period(
    inputs: CheckInput, dataset: Dataset, period: Period, empty: set[Period]
) -> Iterable[Fault]:
    spans = dataset.coverage.spans
    ended = [month for month in period.months() if month.end < inputs.today]
    if not ended:
        return
    due = min(period.end, ended[-1].end)
    last = spans[-1][1] if spans else None
    for month in dataset.coverage.missing_months(period):
        if month in ended and month not in empty and last is not None and month.start <= last:
            yield _finding(faults.NOT_COVERED, dataset, month)
    if last is None or last < due:
        detail = "" if last is None else f"{last} < {due}"
        yield Fault(faults.ENDS_EARLY, dataset.source.id, _newest(dataset), detail=detail)
    yield from _reach(inputs, dataset, period)


def _reach(inputs: CheckInput, dataset: Dataset, period: Period) -> Iterable[Fault]:
    months = inputs.settings.values.reach_back_months
    if dataset.coverage.of(period) == "none" or dataset.coverage.reaches_back(period, months):
        return
    titles = [
        kpi.title
        for kpi in inputs.kpis
        if kpi.source == dataset.source.id and not set(kpi.dates) <= {dataset.source.base_date}
    ]
    if titles:
        yield Fault(
            faults.SHORT_REACH, dataset.source.id, file_place(dataset, 0), detail=listed(titles)
        )


def _days(dataset: Dataset) -> npt.NDArray[np.int32]:
    return dataset.days(dataset.base_date).array()


def _finding(kind: FaultKind, dataset: Dataset, month: Period) -> Fault:
    return Fault(kind, dataset.source.id, _newest(dataset, month), detail=month.name)


def _newest(dataset: Dataset, before: Period | None = None) -> Place:
    """Return the file whose rows reach furthest (before a month), else the first."""
    days = _days(dataset)
    if before is not None:
        days = np.where(days < day_number(before.start), days, NO_DAY)
    if not len(days):
        return file_place(dataset, 0)
    return file_place(dataset, int(dataset.file_numbers[int(days.argmax())]))
