"""What every kind of measure is: a function from datasets, a KPI and a scope to a calculation."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import day_number
from kpicli.loaders.rows.row_days import Days, RowDays

if TYPE_CHECKING:
    from kpicli.base.wording import Text
    from kpicli.calculators.scope import Scope
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.loaders.cells.coverage import Covered
    from kpicli.loaders.rows.dataset import Dataset, Mask
    from kpicli.model.accounting import KpiAccounting
    from kpicli.model.measured import Measured
    from kpicli.model.periods import Period

Rows = npt.NDArray[np.int64]
"""Row numbers of a dataset, in order."""
Truth = npt.NDArray[np.int8]
"""Per row whether a filter fits: `FALSE`, `UNKNOWN` (it cannot be told) or `TRUE`."""
FALSE, UNKNOWN, TRUE = 0, 1, 2


def truth_of(fits: "Mask") -> Truth:
    """Return `TRUE` for the rows that are marked, `FALSE` for the others."""
    return fits.view(np.int8) * np.int8(TRUE)


def give(truth: Truth, rows: "Mask", value: int) -> None:
    """Give some rows a truth: what `truth[rows] = value` does takes numpy ten times as long."""
    truth *= ~rows
    if value:
        truth += rows.view(np.int8) * np.int8(value)


Dispositions = npt.NDArray[np.int8]
"""A `Disposition` per row."""


def within(days: Days, period: "Period") -> "Mask":
    """Mark the days that lie in the period; both ends do."""
    return (days >= day_number(period.start)) & (days <= day_number(period.end))


def after(day: date) -> Callable[[Days], "Mask"]:
    """Return a function that marks the days after a day."""
    return lambda days: days > day_number(day)


class Disposition(IntEnum):
    """Where a KPI puts a row. From `EXCLUDED` on each number is one named exclusion."""

    COUNTED = 0
    NOT_SELECTED = 1
    NO_DATE = 2
    OUT_OF_PERIOD = 3
    UNDETERMINED = 4
    NOT_YET_DUE = 5
    EXCLUDED = 6


class Labelled(Struct, frozen=True):
    """Labels told beside the parts: `rules` whose rows make up the total, or `memo`s that do not.

    `rows` are row numbers of the dataset, `doubtful` and `later` those of rows that may belong
    here, as they are in doubt or not yet due.
    """

    label: str
    rows: Rows
    doubtful: Rows
    later: Rows


class Stock(Struct, frozen=True):
    """The day whose rows a stock counts.

    `read_on` is the day on which they were written down; None where nothing says, or none is near.
    """

    day: date
    read_on: date | None
    covered: "Covered"


_LEAST_FIRST: "tuple[Covered, ...]" = ("none", "unknown", "partial", "full", "always")


class Calculation(Struct, frozen=True):
    """The rows behind a KPI in a scope, and how any subset of the counted ones is measured.

    `state` and `days` have one entry per row of `dataset`; `days` is the day by which the KPI
    counts the row, `NO_DAY` where that is blank or unknown. `numerator` has the rows of a ratio's
    numerator, counted or not; `members` the rows of
    another source in which values of the numerator stand.
    """

    dataset: "Dataset"
    state: Dispositions
    days: RowDays
    measure: Callable[[Rows], "Measured"]
    accounting: tuple["KpiAccounting", ...]
    numerator: Rows | None = None
    rules: tuple[Labelled, ...] = ()
    memos: tuple[Labelled, ...] = ()
    of_which: tuple[tuple[str, Truth], ...] = ()
    """By name, of every row whether it fits the filter of a part of which."""
    members: tuple["Dataset", Rows] | None = None
    doubts: int = 0
    """Undetermined rows of another source that may be of anyone."""
    to_come: int = 0
    """Rows of that source that are not yet due."""
    others: "tuple[Calculation, ...]" = ()
    """The calculations of other sources' rows that it needs; they are of its period alone."""
    stock: Stock | None = None
    """The day whose rows count, where they are what lasts."""
    remarks: tuple["Text", ...] = ()

    @property
    def needs_its_period(self) -> bool:
        """Return whether parts of the period are not counted by splitting rows by their days."""
        return self.stock is not None or bool(self.others)

    def covered(self, period: "Period") -> "Covered":
        """Return how far the exports cover the period, or the day of a stock: the least of all."""
        own = self.dataset.coverage.of(period) if self.stock is None else self.stock.covered
        return min((own, *(each.covered(period) for each in self.others)), key=_LEAST_FIRST.index)

    @property
    def counted(self) -> Rows:
        """Return the numbers of the counted rows, in order."""
        return np.flatnonzero(self.state == Disposition.COUNTED)

    @property
    def undetermined(self) -> Rows:
        """Return the numbers of the undetermined rows, in order."""
        return np.flatnonzero(self.state == Disposition.UNDETERMINED)

    @property
    def not_yet_due(self) -> Rows:
        """Return the numbers of the rows in the period whose day has not come, in order."""
        return np.flatnonzero(self.state == Disposition.NOT_YET_DUE)


class Calculator(Protocol):
    """Calculates one kind of measure. `kpi` is of the catalogue class that declares the measure."""

    def __call__(
        self, kpi: "Kpi", datasets: Mapping[str, "Dataset"], tables: "SourceTables", scope: "Scope"
    ) -> Calculation:
        """Return the rows behind the KPI; changes no dataset."""
        ...
