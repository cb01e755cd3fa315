"""One block of a file read: its columns, the key of every row, and which rows are no data."""

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.loaders.cells.column_codes import (
    BLANK,
    NO_DAY,
    UNREADABLE,
    ReadColumn,
    Rows,
    Value,
    days_of,
)
from kpicli.loaders.cells.columns import ColumnReaders, read_column, read_columns
from kpicli.loaders.cells.day_counts import DayCounts
from kpicli.loaders.cells.keys import (
    Keys,
    PieceKeys,
    blanked,
    combined,
    common_shape,
    digests,
    digests_of,
    irregular_rows,
)
from kpicli.loaders.cells.raw_table import RawBlock, RawColumn
from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes
from kpicli.loaders.cells.row_kinds import RowKinds, row_kinds
from kpicli.values.folding import fold

if TYPE_CHECKING:
    from kpicli.base.faults import FaultKind
    from kpicli.catalog.sources.source import Source

ANY_ID = ""
"""Stands in the values of a lone key for every id: which one it was, its digest knows."""


class Given(Struct, frozen=True):
    """What an entry says of columns that its files lack.

    `source` is what stands in the files: without the columns of `constants`, which have the same
    cell in every row, and without asking for those that are `absent`, which are blank where they
    are not there.
    """

    source: "Source"
    constants: Mapping[str, str]
    absent: tuple[str, ...]

    @property
    def declared(self) -> Hashable:
        """Return what is particular to these rows: equal lines elsewhere may be others."""
        return tuple(self.constants.items())

    def block(self, block: RawBlock) -> RawBlock:
        """Return rows with the constants as columns."""
        codes = np.zeros(block.rows, np.int32)
        own = {name: RawColumn(codes, (cell,)) for name, cell in self.constants.items()}
        return replace(block, columns={**block.columns, **own})


class Piece(Struct, frozen=True):
    """Rows of a file as read. `not_data` marks rows that are none, `remarks` speaks of rows.

    `keys` has a number per row for its key (see `loaders.cells.keys`), at hand or elsewhere. A lone
    key has no values in `columns`, only which rows lack one and which hold one that cannot be
    read. `days` are the base dates of its data rows, and of rows that say that nothing happened,
    None where there is none. `shape` is that of all its lone keys (see `common_shape`), None where
    they differ. `nothing` has a day number for each row that says so, None without a base date.
    """

    rows: int
    columns: Mapping[str, ReadColumn]
    keys: PieceKeys
    not_data: npt.NDArray[np.bool_]
    days: DayCounts | None
    remarks: tuple[tuple["FaultKind", Rows], ...] = ()
    shape: bytes | None = None
    nothing: tuple[int | None, ...] = ()

    def without_codes(self) -> "Piece":
        """Return the piece with faults and remarks only: once rows are joined the codes can go."""
        columns = {
            name: replace(column, codes=np.zeros(0, np.int8), digits=None)
            for name, column in self.columns.items()
        }
        return replace(self, columns=columns, keys=np.zeros(0, np.uint64))


def read_piece(block: RawBlock, readers: ColumnReaders, given: Given | None = None) -> Piece:
    """Return the block with every column read and the rows that are no data marked.

    Which they are the cells of the file alone say, and none that are `given` for all rows.
    """
    columns = read_columns(block if given is None else given.block(block), readers)
    source, name = readers.source, readers.source.lone_key
    if name is None:
        keys = combined([_key_of(columns.get(name), block.rows) for name in source.key])
        kinds = _row_kinds(block, columns, source, given)
    else:
        key, keys = _lone_key(block, name, readers)
        columns[name] = key
        kinds = _row_kinds(block, columns, source, given)
        flags = np.minimum(key.codes, 0).astype(np.int8)
        columns[name] = replace(key, codes=flags, values=(ANY_ID,))
    counted = kinds.not_data.copy()
    counted[kinds.nothing] = False
    days = _days(columns, counted, source)
    raw = None if name is None else block.columns.get(name)
    ids = raw.distinct if raw is not None else None
    shape = common_shape(ids) if isinstance(ids, RowBytes) else None
    nothing = _days_of(columns, kinds.nothing, source)
    return Piece(block.rows, columns, keys, kinds.not_data, days, kinds.remarks, shape, nothing)


def _row_kinds(
    block: RawBlock,
    columns: Mapping[str, ReadColumn],
    source: "Source",
    given: Given | None,
) -> RowKinds:
    if given is None:
        return row_kinds(block, columns, source)
    there = {name: own for name, own in columns.items() if name not in given.constants}
    return row_kinds(block, there, given.source)


def _days_of(
    columns: Mapping[str, ReadColumn], rows: Rows, source: "Source"
) -> tuple[int | None, ...]:
    if not len(rows):
        return ()
    base = columns.get(source.base_date or "")
    days = [NO_DAY] * len(rows) if base is None else days_of(base)[rows].tolist()
    return tuple(None if day == NO_DAY else day for day in days)


def _days(
    columns: Mapping[str, ReadColumn], not_data: npt.NDArray[np.bool_], source: "Source"
) -> DayCounts | None:
    if source.base_date is None or source.base_date not in columns:
        return None
    days = days_of(columns[source.base_date])[~not_data]
    days = days[days != NO_DAY]
    return DayCounts(*np.unique(days, return_counts=True)) if len(days) else None


def _key_of(column: ReadColumn | None, rows: int) -> Keys:
    """Return a number per row for a column of the key; a blank cell is a value of its own."""
    if column is None:
        return blanked(np.zeros(rows, np.uint64), np.ones(rows, np.bool_))
    values = column.values
    known = digests_of(values if isinstance(values, DistinctBytes) else list(map(str, values)))
    spread: Keys = np.append(known, np.zeros(2, np.uint64))[column.codes]
    return blanked(spread, column.codes == BLANK)


def _lone_key(block: RawBlock, name: str, readers: ColumnReaders) -> tuple[ReadColumn, Keys]:
    raw = block.columns.get(name)
    if raw is None:
        nothing = ReadColumn(np.full(block.rows, BLANK, np.int8), (), {}, ())
        return nothing, _key_of(None, block.rows)
    if isinstance(raw.distinct, RowBytes):
        return _ids(raw.distinct, name, readers)
    column = read_column(block, name, readers)
    return column, _key_of(column, block.rows)


def _ids(cells: RowBytes, name: str, readers: ColumnReaders) -> tuple[ReadColumn, Keys]:
    """Return a column of ids, each its row's own; most read as written and never become text."""
    keys = digests(cells.data, cells.offsets)
    codes = np.where(np.diff(cells.offsets) == 0, BLANK, 0).astype(np.int32)
    values: dict[Value, int] = {ANY_ID: 0}
    faults: dict[int, FaultKind] = {}
    remarks: dict[FaultKind, list[int]] = {}
    odd = irregular_rows(cells, list(map(fold, readers.words_for_nothing(name))))
    width = readers.widths.get(name, 0)
    if width:
        lengths = np.diff(cells.offsets)
        short = np.flatnonzero((lengths > 0) & (lengths < width))
        odd = sorted({*odd, *short.tolist()})
    readings = readers.readings(name, [cells[row] for row in odd], 0, epoch_1904=False)
    keys[odd] = digests_of([str(reading.value or "") for reading in readings])
    for row, reading in zip(odd, readings, strict=True):
        codes[row] = BLANK
        if reading.fault is not None:
            codes[row] = UNREADABLE
            faults[row] = reading.fault
        elif reading.value is not None:
            codes[row] = values.setdefault(reading.value, len(values))
        for kind in reading.remarks:
            remarks.setdefault(kind, []).append(row)
    told = tuple((kind, np.array(rows)) for kind, rows in remarks.items())
    return ReadColumn(codes, tuple(values), faults, told), blanked(keys, codes == BLANK)
