"""Raw tables, the result of every file reader: declared columns as codes of distinct cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base.faults import Fault, Place

if TYPE_CHECKING:
    from kpicli.loaders.cells.row_kinds import RowKinds


class CellError(Struct, frozen=True):
    """A cell of which there is no value: an error, an uncalculated formula, hidden by merging."""

    text: str


NEVER_CALCULATED = CellError("formula")
"""A formula without its result: the file was written by a program and never calculated."""

HIDDEN_BY_MERGING = CellError("")
"""A cell below the first row of a merged range, whose value may be meant for it too."""

Cell = str | int | float | bool | datetime | date | time | timedelta | CellError | None
"""A raw cell. Text files give `str` alone; a workbook gives what it stores. A blank is "" or None.

A number in a workbook that is formatted as a date (also by the Japanese built-in formats) comes as
`datetime`; an unformatted number stays a number.
"""

LONGEST_CELL = 1 << 26
"""So many characters a cell may have, and no more."""

_FLOAT_DIGITS = 15
"""So many digits a spreadsheet keeps and shows; what a float has beyond them is noise."""

Codes = npt.NDArray[np.int32]


def text_of(cell: Cell) -> str:
    """Return a cell as text: what a text file would hold in its place."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return f"{cell:.{_FLOAT_DIGITS}g}"
    return cell.isoformat() if isinstance(cell, date) else str(cell)


class RawColumn(Struct, frozen=True):
    """A column as codes: row `i` holds `distinct[codes[i]]`. No code is negative.

    `distinct` may hold a value twice (codes made block by block), and values that no row uses.
    """

    codes: Codes
    distinct: Sequence[Cell]


Rows = Sequence[int]
"""Numbers of data rows, counted from 0."""


Numbers = npt.NDArray[np.int64]
"""A number for every row of a table."""


class RawBlock(Struct, frozen=True):
    """Rows of one file or sheet that follow each other, none left out.

    `columns` go by the catalogue's names; a column that the file lacks, and free text where it was
    not asked for, are in none. `cells(rows)` gives all cells of rows of the block as they stand,
    undeclared columns included; `positions` tells where among them a declared column is (an empty
    line has no cells). `epoch_1904` says that plain numbers in date columns count from
    1904 (a workbook's setting). `headers` are those of the declared columns as written, `short` the
    rows that end before the last named column. `kinds` says which rows are no data where that is
    known already.
    """

    rows: int
    columns: Mapping[str, RawColumn]
    cells: Callable[[Rows], Sequence[Sequence[Cell]]]
    positions: Mapping[str, int]
    epoch_1904: bool = False
    headers: Mapping[str, str] = {}
    short: Sequence[int] = ()
    kinds: "RowKinds | None" = None


ColumnPart = Callable[[], RawColumn]
"""What returns the cells of consecutive rows in one column, wherever it is called."""


class RawTable(Protocol):
    """The rows of one file or sheet below its header, in file order, none left out.

    Rows are numbered from 0. Whatever is asked may read the file again.
    """

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Return, by the catalogue's column names, the headers as written; others are absent."""
        ...

    @property
    def header_cells(self) -> Sequence[str]:
        """Return the whole header, undeclared columns included, as written."""
        ...

    @property
    def positions(self) -> Mapping[str, int]:
        """Return, by the catalogue's column names, their places (from 0) in the header."""
        ...

    @property
    def title_rows(self) -> int:
        """Return the number of rows above the header."""
        ...

    @property
    def encoding(self) -> str | None:
        """Return the encoding of a text file."""
        ...

    @property
    def sheet(self) -> str | None:
        """Return the name of a workbook's sheet."""
        ...

    @property
    def findings(self) -> tuple[Fault, ...]:
        """Return remarks on the whole file."""
        ...

    def place(self, row: int, column: str | None) -> Place:
        """Return where a row, and a column by the catalogue's name, stands."""
        ...

    def numbers(self) -> tuple[Numbers, Numbers | None]:
        """Return the `row` of the `place` of every row, and the `line`; None where none has any."""
        ...

    def header(self, row: int, column: str) -> str | None:
        """Return the `column` of `place`; the row is looked for only where that matters."""
        ...

    def cells(self, rows: Rows) -> Sequence[Sequence[Cell]]:
        """Return all cells of the rows as they are, undeclared columns included."""
        ...

    def column_cells(self, rows: Rows, columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per declared column that the file has, its cells in the rows, in their order.

        The rows are read once for all columns.
        """
        ...

    def records(self, first: int, count: int) -> "Records | None":
        """Return the bytes of `count` rows from `first` on; None where rows have none (a sheet)."""
        ...

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:
        """Yield all rows, free text among their columns where it is asked for."""
        ...

    def column_parts(self, column: str) -> Iterator[ColumnPart]:
        """Yield, for rows that follow each other, what returns their cells in a column.

        It may be called in another process. The file has the column, and all of its rows come.
        """
        ...


class Records(Struct, frozen=True):
    """Consecutive rows as bytes, line ends included; the last of `starts` is where the last ends.

    Two records of equal bytes have equal cells where their `form` (the columns, the separator, the
    encoding) is the same.
    """

    data: bytes
    starts: npt.NDArray[np.int64]
    form: object

    def between(self, start: int, stop: int) -> bytes:
        """Return the bytes from one record up to, not including, another."""
        return self.data[self.starts[start] : self.starts[stop]]


class HeldTable(Struct, frozen=True):
    """A table whose columns are in memory: of a sheet, or of a text that only csv can read."""

    rows: int
    columns: Mapping[str, RawColumn]
    headers: Mapping[str, str]
    header_cells: Sequence[str]
    positions: Mapping[str, int]
    title_rows: int
    place: Callable[[int, str | None], Place]
    cells: Callable[[Rows], Sequence[Sequence[Cell]]]
    encoding: str | None = None
    sheet: str | None = None
    epoch_1904: bool = False
    findings: tuple[Fault, ...] = ()
    short: Sequence[int] = ()
    kinds: "RowKinds | None" = None

    def numbers(self) -> tuple[Numbers, Numbers | None]:
        """Return the number of every row as a spreadsheet shows it, and its line in a text."""
        places = [self.place(row, None) for row in range(self.rows)]
        rows = np.array([place.row or 0 for place in places], np.int64)
        lines = np.array([place.line or 0 for place in places], np.int64)
        return rows, lines if lines.any() else None

    def header(self, row: int, column: str) -> str | None:
        """Return the header above a cell: of a sheet that was reshaped each row has its own."""
        return self.place(row, column).column

    def column_cells(self, rows: Rows, columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per declared column that the file has, its cells in the rows, in their order."""
        raws = [self.columns[column] for column in columns]
        return [[raw.distinct[int(raw.codes[row])] for row in rows] for raw in raws]

    def records(self, first: int, count: int) -> None:
        """Return None: rows are compared cell by cell."""

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:  # noqa: ARG002 - it is there
        """Yield all rows as one block."""
        yield RawBlock(
            self.rows,
            self.columns,
            self.cells,
            self.positions,
            self.epoch_1904,
            self.headers,
            self.short,
            self.kinds,
        )

    def column_parts(self, column: str) -> Iterator[ColumnPart]:
        """Yield what returns all cells of a column."""
        own = self.columns[column]
        yield partial(RawColumn, own.codes, own.distinct)
