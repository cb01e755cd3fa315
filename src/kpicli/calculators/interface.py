"""What every kind of measure is: a function from datasets, a KPI and a scope to a calculation."""

from collections.abc import Callable, Mapping
from typing import Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.wording import Text
from kpicli.calculators.filters import Days
from kpicli.calculators.row_accounting import Disposition, Dispositions
from kpicli.calculators.scope import Scope
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import Kpi
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import KpiAccounting
from kpicli.model.measured import Measured

Rows = npt.NDArray[np.int64]


class Labelled(Struct, frozen=True):
    """Labels told beside the parts: `rules` whose rows make up the total, or `memo`s that do not.

    `rows` are row numbers of the dataset.
    """

    label: str
    rows: Rows


class Calculation(Struct, frozen=True):
    """The rows behind a KPI in a scope, and how any subset of the counted ones is measured.

    `state` and `days` have one entry per row of `dataset`; `days` is the day by which the KPI
    counts the row, `NO_DAY` where that is blank or unknown. `numerator` has the rows of a ratio's
    numerator, counted or not; `members` the rows of the denominator where that is another source.
    """

    dataset: Dataset
    state: Dispositions
    days: Days
    measure: Callable[[Rows], Measured]
    accounting: tuple[KpiAccounting, ...]
    numerator: Rows | None = None
    rules: tuple[Labelled, ...] = ()
    memos: tuple[Labelled, ...] = ()
    members: tuple[Dataset, Rows] | None = None
    doubts: int = 0
    """Undetermined rows of another source that the measure needs (a roster)."""
    remarks: tuple[Text, ...] = ()

    @property
    def counted(self) -> Rows:
        """Return the numbers of the counted rows, in order."""
        return np.flatnonzero(self.state == Disposition.COUNTED)

    @property
    def undetermined(self) -> Rows:
        """Return the numbers of the undetermined rows, in order."""
        return np.flatnonzero(self.state == Disposition.UNDETERMINED)


class Calculator(Protocol):
    """Calculates one kind of measure. `kpi` is of the catalogue class that declares the measure."""

    def __call__(
        self, kpi: Kpi, datasets: Mapping[str, Dataset], catalog: Catalog, scope: Scope
    ) -> Calculation:
        """Return the rows behind the KPI; changes no dataset."""
        ...
