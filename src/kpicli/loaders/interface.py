"""What every reader of files hands on: the cells of the declared columns, distinct values first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kpicli.catalog.sources import Source
from kpicli.faults import Fault, Place


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell that holds an error value such as `#N/A`, or a formula that was never calculated."""

    text: str


Cell = str | int | float | bool | datetime | date | time | timedelta | CellError | None
"""A raw cell. Text files give `str` alone; a workbook gives what it stores. A blank is "" or None.

A number in a workbook that is formatted as a date (also by the Japanese built-in formats) comes as
`datetime`; an unformatted number stays a number.
"""

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class RawColumn:
    """A column as codes: row `i` holds `distinct[codes[i]]`. No code is negative.

    `distinct` may hold a value twice (codes made block by block), and values that no row uses.
    """

    codes: Codes
    distinct: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class RawTable:
    """The rows of one file or sheet below its header, in file order, none left out.

    `columns` and `headers` go by the catalogue's column names (headers: as written in the file);
    a column that the file lacks is in neither. `title_rows` counts the rows above the header.
    `place(row, column)` and `cells(rows)` answer for a 0-based data row: where it stands, and all
    its cells as they are, undeclared columns included. `epoch_1904` says that plain numbers in date
    columns count from 1904 (a workbook's setting). `findings` are remarks on the whole file.
    """

    rows: int
    columns: Mapping[str, RawColumn]
    headers: Mapping[str, str]
    title_rows: int
    place: Callable[[int, str | None], Place]
    cells: Callable[[Sequence[int]], Sequence[Sequence[Cell]]]
    encoding: str | None = None
    sheet: str | None = None
    epoch_1904: bool = False
    findings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file of an export, as the settings describe it.

    `path` is absolute, `shown` is the path as given, for messages and for the Summary.
    `content` holds its bytes, read once. `headers` adds header spellings for this file.
    """

    path: str
    shown: str
    content: bytes
    sha256: str
    encoding: str | None = None
    sheet: str | None = None
    headers: Mapping[str, tuple[str, ...]] | None = None


class Reader(Protocol):
    """Reads one file of a source; raises `InputError` where the file's structure is broken."""

    def __call__(self, file: ExportFile, source: Source) -> RawTable:
        """Return the rows of `file` with the columns that `source` declares."""
        ...
