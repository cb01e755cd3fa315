"""The interface of checks: functions from loaded datasets to faults, warnings and notes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.faults import Fault, Place
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.model.periods import Period
from kpicli.settings.shown import shown_kpis

if TYPE_CHECKING:
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.settings.settings import Settings


Rows = npt.NDArray[np.int64]
"""Indices of rows of a dataset."""


class CheckInput(Struct, frozen=True):
    """The datasets and settings that every check reads.

    `datasets` are checked; `loaded` are all that were read, some only to be looked up. `period` is
    None where no export has a date. `show_personal` is leave to name people; without it a finding
    says no more than how many they are.
    """

    settings: "Settings"
    datasets: Mapping[str, Dataset]
    loaded: Mapping[str, Dataset]
    period: Period | None
    today: date
    show_personal: bool = False

    @property
    def kpis(self) -> "tuple[Kpi, ...]":
        """Return the KPIs that are shown, or that others are made of; the rest is left alone."""
        shown = map(self.settings.catalog.counted, shown_kpis(self.settings))
        return tuple({kpi.id: kpi for own in shown for kpi in own}.values())

    @property
    def dated(self) -> tuple[Dataset, ...]:
        """Return the datasets whose rows have a base date, which registers have not."""
        return tuple(d for d in self.datasets.values() if d.source.base_date is not None)


class Check(Protocol):
    """A search for one kind of fault; it reads nothing but its argument."""

    def __call__(self, inputs: CheckInput) -> Iterable[Fault]:
        """Return the findings, by source, in file and row order."""
        ...


def having(dataset: Dataset, columns: Collection[str]) -> Mask:
    """Mark the rows whose file has all of the columns: what is not there is not blank either.

    Of a column that is made of others, it has those; of one that no source here has, nothing.
    """
    source = dataset.source
    if any(name in source.derived and name not in dataset.columns for name in columns):
        return np.zeros(len(dataset), dtype=np.bool_)
    needed = [name for name in source.with_bases(columns) if name in source.columns]
    whole = [set(table.headers).issuperset(needed) for table in dataset.tables]
    marked: Mask = np.array(whole, dtype=np.bool_)[dataset.file_numbers]
    return marked


def file_place(dataset: Dataset, file: int, column: str | None = None) -> Place:
    """Return a whole file as a place, with the header that a column goes by there."""
    read = dataset.files[file]
    header = None if column is None else dataset.tables[file].headers.get(column)
    return Place(read.path, read.sheet, column=header)
