"""What the loaders hand on: a source's rows as a frame, what is wrong with them, and their sum."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpicli.catalog.sources import Source
from kpicli.faults import Fault, Place
from kpicli.figures import InputFile, SourceAccounting
from kpicli.loaders.cells import text_of
from kpicli.loaders.columns import EPOCH
from kpicli.loaders.coverage import Coverage
from kpicli.loaders.interface import RawTable

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes of distinct values; -1 is blank or unreadable."""

    codes: npt.NDArray[np.integer]
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The rows of a source that are usable or faulty, in file and row order.

    `frame` has one categorical column per declared column (free text and a key that is one column
    aside), and `@file`, `@row` (0-based places in `files` and in the file's data rows). `faulty`
    marks rows that are in doubt; `unreadable` marks, per column, rows whose cell is. `absent`
    names, per column, the files that lack it. `tables` are the raw tables of `files`, one each: the
    way back to the cells as they stand; `not_data` marks, per table, its blank and total rows.
    """

    source: Source
    frame: pd.DataFrame
    faulty: Mask
    unreadable: Mapping[str, Mask]
    absent: Mapping[str, tuple[str, ...]]
    coverage: Coverage
    accounting: SourceAccounting
    files: tuple[InputFile, ...]
    tables: tuple[RawTable, ...] = field(repr=False)
    not_data: tuple[Mask, ...] = field(repr=False)
    faults: tuple[Fault, ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.frame)

    def column(self, name: str) -> Coded:
        """Return a column as codes and distinct values."""
        categorical = self.frame[name].array
        assert isinstance(categorical, pd.Categorical)
        return Coded(categorical.codes, tuple(categorical.categories.tolist()))

    def days(self, name: str, missing: int) -> npt.NDArray[np.int32]:
        """Return a date column as days since 1970-01-01, `missing` where there is no date."""
        coded = self.column(name)
        days = [_day(value) for value in coded.values]
        by_value: npt.NDArray[np.int32] = np.array([*days, missing], dtype=np.int32)
        spread: npt.NDArray[np.int32] = by_value[coded.codes]
        return spread

    def place(self, row: int, column: str | None = None) -> Place:
        """Return where a row of the frame stands in its file."""
        table, number = self._origin(row)
        return table.place(number, column)

    def raw(self, row: int, column: str) -> str:
        """Return a cell of a row of the frame as its file has it; "" where the column is absent."""
        table, number = self._origin(row)
        if column not in table.columns:
            return ""
        cells = table.columns[column]
        return text_of(cells.distinct[int(cells.codes[number])])

    def _origin(self, row: int) -> tuple[RawTable, int]:
        files, numbers = self.frame["@file"].to_numpy(), self.frame["@row"].to_numpy()
        return self.tables[int(files[row])], int(numbers[row])


def _day(value: object) -> int:
    assert isinstance(value, date)
    return value.toordinal() - EPOCH
