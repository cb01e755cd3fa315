"""A Parquet file as the table that answers for its rows; cells are read when they are asked for."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.faults import Fault, Place
from kpicli.base.wording import Text
from kpicli.loaders.cells.column_positions import column_positions, repeated_findings
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import (
    Cell,
    ColumnPart,
    Numbers,
    RawBlock,
    RawColumn,
)
from kpicli.loaders.parquet.opened import batches, opened
from kpicli.loaders.parquet.typed_cells import (
    NOT_UTF_8,
    TOO_LONG,
    Unreadable,
    cells_of,
    raw_column,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.files.content import Content
    from kpicli.loaders.files.export_file import ExportFile

FIRST_ROW = 2
"""The number of the first row of values: the names of the columns are row 1, as in a sheet."""
_SAMPLE = 300


class ParquetTable(Struct, frozen=True, dict=True):
    """The rows of a Parquet file, row group by row group.

    `header_cells` are the names of its columns, `groups` the number of rows of each row group;
    lists of texts are read in the columns that take `several` values in a cell.
    """

    label: str
    content: "Content"
    source: "Source"
    header_cells: tuple[str, ...]
    positions: Mapping[str, int]
    groups: tuple[int, ...]
    several: Collection[str]
    findings: tuple[Fault, ...] = ()
    title_rows: int = 0
    encoding: None = None
    sheet: None = None

    @cached_property
    def _first_rows(self) -> list[int]:
        return list(accumulate(self.groups, initial=0))

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return sum(self.groups)

    @cached_property
    def headers(self) -> dict[str, str]:
        """Return, by the catalogue's column names, the names as written; others are absent."""
        return {n: shown_header(self.header_cells[place]) for n, place in self.positions.items()}

    def place(self, row: int, column: str | None) -> Place:
        """Return a row's number; the first is row 2, below the names of the columns."""
        header = self.header(row, column) if column else None
        return Place(self.label, row=row + FIRST_ROW, column=header)

    def numbers(self) -> tuple[Numbers, None]:
        """Return the number of every row; none has a line."""
        return np.arange(self.rows) + FIRST_ROW, None

    def header(self, row: int, column: str) -> str:  # noqa: ARG002 - it is the same for all rows
        """Return the name of a column as written; of one that is absent, the catalogue's."""
        return self.headers.get(column, column)

    def cells(self, rows: Sequence[int]) -> list[list[Cell]]:
        """Return all cells of the rows, undeclared columns included; values of no cell as text."""
        columns = self._taken(rows, range(len(self.header_cells)))
        return [list(cells) for cells in zip(*columns, strict=True)]

    def column_cells(self, rows: Sequence[int], columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per declared column, its cells in the rows, in their order."""
        return self._taken(rows, [self.positions[column] for column in columns])

    def _taken(self, rows: Sequence[int], positions: Sequence[int]) -> list[list[Cell]]:
        """Return, per column, its cells in the rows; each row group is read once."""
        wanted, places = np.unique(np.asarray(rows, np.int64), return_inverse=True)
        own = [bisect_right(self._first_rows, row) - 1 for row in wanted.tolist()]
        taken: list[list[Cell]] = [[] for _ in positions]
        for group in sorted(set(own)) if positions else ():
            first = self._first_rows[group]
            for columns in batches(self.content, self.label, positions, (group,)):
                start, stop = np.searchsorted(wanted, (first, first + len(columns[0])))
                rows_here = (wanted[start:stop] - first).tolist()
                for cells, place, column in zip(taken, positions, columns, strict=True):
                    if rows_here:
                        header = self.header_cells[place]
                        cells += _cells_of(column.take(rows_here), self.label, header)
                first += len(columns[0])
        return [[cells[place] for place in places.tolist()] for cells in taken]

    def records(self, first: int, count: int) -> None:
        """Return None: rows are compared cell by cell."""

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:
        """Yield all rows, free text among their columns where it is asked for.

        Raises `InputError` for a column whose values no cell is of.
        """
        names = [
            name
            for name in self.positions
            if free_text or self.source.columns[name].type != "free_text"
        ]
        first = 0
        for columns in self._columns(names):
            rows = len(columns[0])
            read = {n: self._read(n, values) for n, values in zip(names, columns, strict=True)}
            yield self._block(first, rows, read)
            first += rows

    def column_parts(self, column: str) -> Iterator[ColumnPart]:
        """Yield, for rows that follow each other, what returns their cells in a column."""
        for (values,) in self._columns([column]):
            own = self._read(column, values)
            yield partial(RawColumn, own.codes, own.distinct)

    def _columns(self, names: Sequence[str]) -> "Iterator[list[pa.Array]]":
        positions = [self.positions[name] for name in names]
        return batches(self.content, self.label, positions)

    def _block(self, first: int, rows: int, columns: Mapping[str, RawColumn]) -> RawBlock:
        def cells(wanted: Sequence[int]) -> list[list[Cell]]:
            return self.cells([first + row for row in wanted])

        return RawBlock(rows, columns, cells, self.positions, headers=self.headers)

    def _read(self, name: str, values: "pa.Array") -> RawColumn:
        kind = self.source.columns[name].type
        each = kind == "free_text" or name == self.source.lone_key
        try:
            return raw_column(values, kind, several=name in self.several, each=each)
        except Unreadable as error:
            raise _unreadable(self.label, self.headers[name], error.kind) from None


def read_parquet(file: "ExportFile", source: "Source", several: Collection[str]) -> ParquetTable:
    """Return the rows of a Parquet file, of which the footer is read.

    `several` are the columns in which a list of texts is a cell with several values. Raises
    `InputError` for a file that is broken or encrypted, for a required column that is missing or
    stands there twice, and for columns whose values no cell is of.
    """
    label = file.label
    with opened(file.content, label) as read:
        names = tuple(read.schema_arrow.names)
        groups = tuple(
            read.metadata.row_group(number).num_rows for number in range(read.num_row_groups)
        )
    bare = ParquetTable(label, file.content, source, names, {}, groups, several)
    sample = bare.cells(range(min(_SAMPLE, bare.rows)))
    return ParquetTable(
        label,
        file.content,
        source,
        names,
        column_positions(names, source, label, file.headers, sample),
        groups,
        several,
        repeated_findings(names, source, Place(label), file.headers),
    )


def read_grid(content: "Content", label: str) -> list[list[Cell]]:
    """Return the names of the columns, and below them the cells of every row.

    Raises `InputError` for a file that is broken or encrypted.
    """
    with opened(content, label) as read:
        names = read.schema_arrow.names
    rows: list[list[Cell]] = [list(names)]
    for columns in batches(content, label, range(len(names))):
        every = (_cells_of(c, label, n) for c, n in zip(columns, names, strict=True))
        rows += map(list, zip(*every, strict=True))
    return rows


def _cells_of(values: "pa.Array", label: str, header: str) -> list[Cell]:
    try:
        return cells_of(values)
    except Unreadable as error:
        raise _unreadable(label, header, error.kind) from None


def _unreadable(label: str, header: str, kind: str) -> InputError:
    where = Text(f"{label}: 列「{header}」", f"{label}: the column {header!r}")
    if kind == TOO_LONG:
        return InputError(
            Text(
                f"{where.ja}に長すぎる値があります(6,700 万文字を超えています)",
                f"{where.en} has a value that is too long (beyond 67 million characters)",
            ),
            Text("もう一度出力してください", "export it again"),
        )
    if kind == NOT_UTF_8:
        return InputError(
            Text(f"{where.ja}に UTF-8 でない文字があります", f"{where.en} holds text not in UTF-8"),
            Text("UTF-8 の文字列として出力してください", "export it with texts in UTF-8"),
        )
    return InputError(
        Text(
            f"{where.ja}の値は {kind} で、一つのセルとして読めません",
            f"{where.en} holds {kind}, which cannot be read as one cell",
        ),
        Text(
            "文字列、数値、日付のどれかの列として出力してください",
            "export it as a column of text, numbers or dates",
        ),
    )
