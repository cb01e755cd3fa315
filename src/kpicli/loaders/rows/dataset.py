"""Datasets, the result of the loaders: a source's rows as coded columns, faults, accounting."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from itertools import pairwise, repeat
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import astuple, replace

from kpicli.base.faults import Fault, Place
from kpicli.loaders.cells.column_codes import (
    BLANK,
    SmallCodes,
    day_numbers,
    small_type,
    spread,
    with_no_day,
)
from kpicli.loaders.cells.coverage import Coverage, Span
from kpicli.loaders.cells.raw_table import RawTable, text_of
from kpicli.loaders.rows.resolution import KeptRows, State, States
from kpicli.loaders.rows.row_days import RowDays
from kpicli.values.distinct_values import distinct_values

if TYPE_CHECKING:
    import pandas as pd
    from pandas.api.extensions import ExtensionArray

    from kpicli.catalog.sources.columns import ColumnType
    from kpicli.catalog.sources.source import Source
    from kpicli.model.accounting import SourceAccounting
    from kpicli.model.summary import InputFile

_DTYPES: "Mapping[ColumnType, str]" = {
    **dict.fromkeys(("date", "month", "year"), "datetime64[s]"),
    "number": "float64",
}
"""The types of pandas for types of columns; the values of all others are texts."""

_AT_ONCE = 1 << 16
"""So many rows are looked up at the same time."""

_TRUTHS_KEPT = 6
"""Filters whose truths are kept: of a KPI its own, its numerator's and its exclusions'."""

Mask = npt.NDArray[np.bool_]


class Coded(Struct, frozen=True):
    """A column as codes of distinct values; -1 is blank or unreadable."""

    codes: SmallCodes
    values: tuple[object, ...]

    def numbers(self) -> list[Decimal]:
        """Return the values as exact numbers; ValueError for one that is none."""
        return [
            value if isinstance(value, Decimal) else Decimal(str(value)) for value in self.values
        ]


class LookedUp(Struct, frozen=True):
    """A column whose values are those of rows of another source.

    `unreadable` marks rows whose value cannot be told, `nowhere` those whose key has no row there;
    `rows` has, per row, the number of a row there that has the value, -1 where none has.
    """

    coded: Coded
    unreadable: Mask
    nowhere: Mask
    other: "Dataset"
    rows: npt.NDArray[np.int64]


class Gathered(Struct, frozen=True):
    """The rows of which others are made: each of `base` is of the row that `groups` numbers."""

    base: "Dataset"
    groups: npt.NDArray[np.int64]


class Misdated(Struct, frozen=True):
    """Rows of one file whose base date lies apart from the body of its dates, or is not there.

    They may belong anywhere in `span`, the days of that body; None: at any time.
    """

    rows: npt.NDArray[np.int64]
    span: Span | None


class Dataset(Struct, frozen=True, dict=True):
    """The rows of a source that are usable or faulty, in file and row order.

    `columns` has one coded column per declared column, free text and a lone key aside. `faulty`
    marks rows whose key is broken; `unreadable` marks, per column, rows whose cell is. `absent`
    names, per column, the files that lack it. `files_once_hashed` returns `files`; `tables` has
    the table of each, in which cells can be read as they stand. `states` has a `State` for each of
    all rows of all tables. `kept` are the places of the rows among these, of which
    `firsts` has each table's first and, last, their number. `misdated` has, per file, the rows
    whose base date cannot be relied on. `looked_up` has the columns that come of other sources.
    Where rows are `gathered` from those of another source, their places are those of the first.
    `constants` has, per file, the columns that it lacks and that have one cell in all of its rows.
    """

    source: "Source"
    columns: Mapping[str, Coded]
    faulty: Mask
    unreadable: Mapping[str, Mask]
    absent: Mapping[str, tuple[str, ...]]
    coverage: Coverage
    accounting: "SourceAccounting"
    files_once_hashed: "Callable[[], tuple[InputFile, ...]]"
    tables: tuple[RawTable, ...]
    states: States
    kept: KeptRows
    firsts: npt.NDArray[np.int64]
    misdated: tuple[Misdated, ...] = ()
    faults: tuple[Fault, ...] = ()
    looked_up: Mapping[str, LookedUp] = {}
    gathered: Gathered | None = None
    constants: tuple[frozenset[str], ...] = ()

    def __len__(self) -> int:
        return len(self.kept)

    def __reduce__(self) -> tuple[type["Dataset"], tuple[object, ...]]:
        """Travel to another process with the files' SHA-256: what takes them stays here.

        So do the rows of other sources: what was looked up in them is as any column is.
        """
        alone = replace(
            self, files_once_hashed=partial(tuple, self.files), looked_up={}, gathered=None
        )
        if self.looked_up or self.gathered is not None:
            columns, unreadable = dict(self.columns), dict(self.unreadable)
            alone = replace(alone, columns=columns, unreadable=unreadable)
        return Dataset, astuple(alone)

    @cached_property
    def files(self) -> "tuple[InputFile, ...]":
        """Return the files with their SHA-256; waits until that is taken.

        Raises `InputError` where a file has changed since it was read, or is gone.
        """
        return self.files_once_hashed()

    @property
    def not_data(self) -> tuple[Mask, ...]:
        """Return, per table, marks of its blank and total rows."""
        borders = pairwise(self.firsts.tolist())
        return tuple(self.states[start:stop] == State.NOT_DATA for start, stop in borders)

    @property
    def frame(self) -> "pd.DataFrame":
        """Return the rows as a data frame, made anew.

        A code column is a category, a date `datetime64[s]`, a number `float64`, a text or id `str`;
        a blank or unreadable cell is NA. Beside them stand `@faulty` (whether its key is broken:
        no figure counts it as certain) and `@file`, `@row`, its 0-based places in `files` and among
        the file's data rows. Free text and a lone key are not held as columns, and not in it.
        """
        import pandas as pd  # takes longer to load than small exports take to read

        types = {name: self.source.known[name].type for name in self.columns}
        columns: dict[str, object] = {n: _array(c, types[n]) for n, c in self.columns.items()}
        files = self.file_numbers.astype(np.int64)
        rows = {
            "@faulty": self.faulty,
            "@file": files,
            "@row": self.kept.array() - self.firsts[files],
        }
        return pd.DataFrame(columns | rows)

    @property
    def base_date(self) -> str:
        """Return the column whose date places a row in a period; a register has none to ask for."""
        name = self.source.base_date
        if name is None:
            raise TypeError(f"{self.source.id} is a register: its rows have no base date")
        return name

    @property
    def file_numbers(self) -> SmallCodes:
        """Return, per row, the place of its file in `files`."""
        numbers = np.empty(len(self), small_type(len(self.tables)))
        for start in range(0, len(self), _AT_ONCE):  # numpy counts places in 64 bits
            own = self.kept.between(start, start + _AT_ONCE)
            places = np.searchsorted(self.firsts, own, side="right") - 1
            numbers[start : start + _AT_ONCE] = places
        return numbers

    def column(self, name: str) -> Coded:
        """Return a column as codes and distinct values."""
        return self.columns[name]

    def days(
        self, name: str, move: Callable[[date], date] | None = None, moved_by: Hashable = None
    ) -> RowDays:
        """Return the days of a date column.

        `move` is asked once per distinct date for the day that stands for it; `moved_by` tells one
        from the other. What it answers is kept, as a run asks for each of its periods.
        """
        coded, asked = self._by_day(name), (name, moved_by)
        kept = self._days.get(asked)
        if kept is None or kept[0] is not coded:
            dates = coded.values if move is None else [move(_date(value)) for value in coded.values]
            by_code = with_no_day(day_numbers(dates))
            by_code.flags.writeable = False
            kept = self._days[asked] = (coded, by_code)
        return RowDays(coded.codes, kept[1])

    @cached_property
    def _days(self) -> dict[tuple[str, Hashable], tuple[Coded, npt.NDArray[np.int32]]]:
        return {}

    def _by_day(self, name: str) -> Coded:
        """Return a date column with its days in order, so that codes can be compared as days."""
        own, kept = self.column(name), self._in_order.get(name)
        if kept is None or kept[0] is not own:
            dates = list(map(_date, own.values))
            order = sorted(range(len(dates)), key=dates.__getitem__)
            places = np.full(len(order) + 1, BLANK, own.codes.dtype)
            places[order] = range(len(order))
            codes = spread(places, own.codes)
            codes.flags.writeable = False
            kept = self._in_order[name] = (own, Coded(codes, tuple(map(dates.__getitem__, order))))
        return kept[1]

    @cached_property
    def _in_order(self) -> dict[str, tuple[Coded, Coded]]:
        return {}

    def codes_in(self, name: str, other: "Dataset") -> npt.NDArray[np.int64]:
        """Return, per distinct value of a column, its code in another's column of this name.

        It is -1 where no row there has the value. What is found is kept: a run asks for each of its
        periods.
        """
        here, there = self.column(name), other.column(name)
        kept = self._codes_in.get(name)
        if kept is None or kept[0] is not there:
            index = dict(zip(there.values, range(len(there.values)), strict=True))
            codes = np.fromiter(map(index.get, here.values, repeat(-1)), np.int64)
            kept = self._codes_in[name] = (there, codes)
        return kept[1]

    def truths_of(
        self, asked: Hashable, tables: object, evaluate: Callable[[], npt.NDArray[np.int8]]
    ) -> npt.NDArray[np.int8]:
        """Return what `evaluate` does; the last few answers are kept, and must not be written to.

        `asked` and the `tables` of codes tell one from the other.
        """
        kept = self._truths.pop(asked, None)
        if kept is None or kept[0] is not tables:
            kept = (tables, evaluate())
            kept[1].flags.writeable = False
        self._truths[asked] = kept  # the last one asked for stands at the end
        if len(self._truths) > _TRUTHS_KEPT:
            del self._truths[next(iter(self._truths))]
        return kept[1]

    @cached_property
    def _truths(self) -> dict[Hashable, tuple[object, npt.NDArray[np.int8]]]:
        return {}

    @cached_property
    def _codes_in(self) -> dict[str, tuple[Coded, npt.NDArray[np.int64]]]:
        return {}

    def place(self, row: int, column: str | None = None) -> Place:
        """Return where a row stands in its file."""
        files, numbers = self.origins((row,))
        return self.tables[int(files[0])].place(int(numbers[0]), column)

    def raw(self, rows: Sequence[int], columns: Sequence[str]) -> list[list[str]]:
        """Return, per column, its cells in the rows as the files have them; "" where it is absent.

        Rows may come in any order. Each file is read once, and only where the rows lie.
        """
        files, numbers = self.origins(rows)
        texts = [[""] * len(files) for _ in columns]
        for file in distinct_values(files).tolist():
            table, own = self.tables[file], np.flatnonzero(files == file)
            there = [place for place, name in enumerate(columns) if name in table.headers]
            names = [columns[place] for place in there]
            cells = table.column_cells(numbers[own].tolist(), names)
            for place, column in zip(there, cells, strict=True):
                for row, cell in zip(own.tolist(), column, strict=True):
                    texts[place][row] = text_of(cell)
        return texts

    def origins(self, rows: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Return, per row, the place of its file in `files`, and its number there."""
        places = self.kept[np.asarray(rows, np.int64)]
        files = np.searchsorted(self.firsts, places, side="right") - 1
        return files, places - self.firsts[files]


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"days of a column that holds {type(value).__name__}")
    return value


def _array(coded: Coded, kind: "ColumnType") -> "ExtensionArray":
    """Return a cell per row in the type of pandas for a type of column, NA where there is none."""
    import pandas as pd

    distinct = pd.Index(coded.values, dtype=_DTYPES.get(kind, "str"))
    if kind == "code":
        return pd.Categorical.from_codes(coded.codes, categories=distinct)
    cells: ExtensionArray = distinct.array.take(coded.codes, allow_fill=True)
    return cells
