"""The tables of a file, as nobody has declared them: their columns below their headers."""

from collections.abc import Sequence
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.base.faults import Place
from kpicli.intake.profiling.columns import Column, column_of
from kpicli.intake.profiling.day_order import never_after
from kpicli.intake.profiling.month_headers import patterns_of
from kpicli.intake.profiling.months import MonthColumns, month_columns
from kpicli.intake.profiling.records import RECORD_BEGINS, Records, records_of
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.row_kinds import is_note
from kpicli.values.folding import fold, header_key
from kpicli.values.number_reading import is_total

LONGEST_LABEL = 60
"""A header has no more characters than this."""
_NARROW = 3
"""In a table of fewer columns a row of a single cell is one like any other."""


class Grid(Struct, frozen=True):
    """All rows of a text or a sheet, and the place of the row that names the columns, from 0.

    `file` is the path as it will stand in the settings. `lines` are those on which the rows of a
    text begin; `sheets` are the visible sheets that hold anything. `merged` are the places of
    columns in which a cell reaches over several rows, `grouped` of those in which the first row of
    a group, or a line above it, alone has its name; `aside` are the lines that have nothing but the
    name of a group or its total; `hidden` are the rows that a sheet does not show.
    """

    file: str
    digest: str
    rows: Sequence[Sequence[Cell]]
    header: int | None
    lines: Sequence[int] = ()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    merged: frozenset[int] = frozenset()
    grouped: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()

    def place(self, row: int | None = None, column: str | None = None) -> Place:
        """Return where a row, counted from 0, stands; without one the file or sheet."""
        if row is None:
            return Place(self.file, self.sheet, column=column)
        return Place(
            self.file, self.sheet, row + 1, self.lines[row] if self.lines else None, column
        )

    def is_header(self, row: int) -> bool:
        """Return whether a row, counted from 0, is the header, or the header once more."""
        return self.header is not None and _has_keys(self.rows[row], _keys(self.rows[self.header]))


def _has_keys(row: Sequence[Cell], keys: Sequence[str]) -> bool:
    """Return whether the cells of a row have these keys; most rows differ in the first already."""
    return header_key(text_of(row[0]) if row else "") == (keys or [""])[0] and _keys(row) == keys


def _keys(row: Sequence[Cell]) -> list[str]:
    keys = [header_key(text_of(cell)) for cell in row]
    while keys and not keys[-1]:
        keys.pop()
    return keys


class Table(Struct, frozen=True):
    """A table: where it stands, how it is written, and what its columns hold.

    `file` is the path as it will stand in the settings. `sheets` are the visible sheets that hold
    anything; `header_row` counts as a spreadsheet does. `digest` is that of the file.
    `merged` are the places of columns in which a cell reaches over several rows, `grouped` of those
    in which the first row of a group alone has its name.

    Where lines continue records, `rows_as` are the tables that they make: one of the records alone,
    and one of the lines with the cells of their records. In these `parents` are the places of the
    records' own columns. `months` are columns that are months side by side. `earlier` are pairs of
    places of dates, of which the first is never after the second.
    """

    file: str
    digest: str
    rows: int
    header_row: int
    columns: tuple[Column, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    merged: frozenset[int] = frozenset()
    grouped: frozenset[int] = frozenset()
    rows_as: tuple["Table", ...] = ()
    parents: frozenset[int] | None = None
    months: MonthColumns | None = None
    earlier: frozenset[tuple[int, int]] = frozenset()

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers as they are written."""
        return tuple(column.header for column in self.columns)

    @property
    def label(self) -> str:
        """Return the file, and the sheet where it has several."""
        return f"{self.file} [{self.sheet}]" if len(self.sheets) > 1 else self.file

    @property
    def has_record_lines(self) -> bool:
        """Return whether lines continue records, as kintone writes records with a table in them."""
        first = self.columns[0]
        return header_key(first.header) == RECORD_BEGINS and first.filled < first.rows

    @property
    def is_of_records(self) -> bool:
        """Return whether its rows are records, without the columns of the table in them."""
        return self.parents is not None and {c.place for c in self.columns} <= self.parents

    @property
    def month_patterns(self) -> tuple[str, ...]:
        """Return the headers of the months as `unpivot` has them; none without months."""
        places = () if self.months is None else self.months.places
        own = [column.header for column in self.columns if column.place in places]
        others = [column.header for column in self.columns if column.place not in places]
        return patterns_of(own, others) if own else ()


class Unread(Struct, frozen=True):
    """A file that holds no table, or none that can be read; `error` says why."""

    file: str
    error: InputError


def table_of(grid: Grid, vocabulary: frozenset[str] = frozenset()) -> Table | None:
    """Return what a grid holds; None where no row names its columns."""
    if grid.header is None:
        return None
    rows = data_rows(grid)
    header = grid.rows[grid.header]
    cells = [grid.rows[row] for row in rows]
    columns = _columns(header, cells, vocabulary)
    table = Table(
        file=grid.file,
        digest=grid.digest,
        rows=len(rows),
        header_row=grid.header + 1,
        columns=columns,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        sheet=grid.sheet,
        sheets=grid.sheets,
        merged=grid.merged,
        grouped=grid.grouped,
        months=month_columns(grid, rows),
        earlier=never_after(columns, cells),
    )
    records = records_of(grid, rows)
    if records is None:
        return table
    return replace(table, rows_as=_of_records(table, header, records, vocabulary))


def _of_records(
    table: Table, header: Sequence[Cell], records: Records, vocabulary: frozenset[str]
) -> tuple[Table, ...]:
    """Return the table of the records, and that of the lines of the table in them, if any."""
    own = _columns(header, records.records, vocabulary)
    of_records = replace(
        table,
        rows=len(records.records),
        columns=tuple(column for column in own if column.place in records.parents),
        parents=records.parents,
    )
    if not records.lines:
        return (of_records,)
    lines = _columns(header, records.lines, vocabulary)
    of_lines = replace(
        table,
        rows=len(records.lines),
        columns=tuple(column for column in lines if column.place),
        parents=records.parents,
    )
    return of_records, of_lines


def data_rows(grid: Grid) -> list[int]:
    """Return the rows below the header, from 0, that are data.

    Blank ones, totals, notes, names of groups and headers are none.
    """
    if grid.header is None:
        return []
    header = _keys(grid.rows[grid.header])
    below = (row for row in range(grid.header + 1, len(grid.rows)) if row not in grid.aside)
    rows = [
        row for row in below if is_data(grid.rows[row]) and not _has_keys(grid.rows[row], header)
    ]
    if sum(map(bool, header)) < _NARROW or header[0] == RECORD_BEGINS:
        return rows
    return [row for row in rows if not _is_note(grid.rows[row])]


def _is_note(row: Sequence[Cell]) -> bool:
    """Return whether a row is a note; most rows say by their first cells that they are none."""
    filled = (text for cell in row if (text := fold(text_of(cell))))
    return is_note(list(islice(filled, _NARROW)))


def is_data(row: Sequence[Cell]) -> bool:
    """Return whether a row is no empty one and no total."""
    for cell in row:
        if first := text_of(cell).strip():
            return len(first) > LONGEST_LABEL or not is_total(fold(first))
    return False


def _columns(
    header: Sequence[Cell], rows: Sequence[Sequence[Cell]], vocabulary: frozenset[str]
) -> tuple[Column, ...]:
    labels = [shown_header(text_of(cell)) for cell in header]
    cells = (
        [row[place] if place < len(row) else "" for row in rows] for place in range(len(labels))
    )
    return tuple(
        column_of(place, label, own, vocabulary)
        for place, (label, own) in enumerate(zip(labels, cells, strict=True))
        if label
    )
