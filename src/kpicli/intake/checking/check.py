"""Checking files as they stand: each is read, profiled and looked through, whatever is in it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from kpicli.base import faults
from kpicli.base.errors import InputError
from kpicli.base.faults import Fault, Place
from kpicli.base.wording import listed
from kpicli.checks.findings import in_order
from kpicli.intake.checking.cells import cell_faults, places_of
from kpicli.intake.checking.ids import alike, holds_ids, key_of, repeated
from kpicli.intake.checking.rows import row_faults
from kpicli.intake.matching.known import vocabulary
from kpicli.intake.profiling.grids import contents_of, grids_of
from kpicli.intake.profiling.tables import Grid, Table, data_rows, table_of
from kpicli.version import VERSION


class FileCheck(Struct, frozen=True):
    """What files hold, and the findings by level, code and cause.

    `files` are those that were named, `unread` those that no table could be read of.
    """

    files: tuple[str, ...]
    unread: tuple[str, ...]
    tables: tuple[Table, ...]
    faults: tuple[Fault, ...]
    version: str = VERSION

    @property
    def rows(self) -> int:
        """Return how many rows of data there are."""
        return sum(table.rows for table in self.tables)


def check_files(files: Sequence[Path]) -> FileCheck:
    """Return what is in files, each named once; one that cannot be read is a finding."""
    words = vocabulary()
    tables: list[Table] = []
    findings: list[Fault] = []
    unread: list[str] = []
    names = tuple(dict.fromkeys(map(str, files)))
    for name in names:
        try:
            grids = [
                grid
                for content, label in contents_of(Path(name), name)
                for grid in grids_of(content, label)
            ]
        except InputError as error:
            unread.append(name)
            findings.append(_unread(name, error))
            continue
        own = [(grid, table_of(grid, words)) for grid in grids]
        tables += [table for _, table in own if table is not None]
        findings += _of_file(name, own)
    return FileCheck(names, tuple(unread), tuple(tables), in_order(findings))


def _unread(name: str, error: InputError) -> Fault:
    """Return the finding of a file that cannot be read, with the error's own words."""
    said = [error.message.without(f"{name}: ")]
    said += [] if error.hint is None else [error.hint]
    return Fault(faults.FILE_NOT_READ, "", Place(name), detail=listed(said, " → ", " → "))


def _of_file(name: str, own: Sequence[tuple[Grid, Table | None]]) -> Iterator[Fault]:
    """Yield the findings about the grids of a file.

    A workbook may have sheets that are no tables; a file without any table lacks its header.
    """
    if all(table is None for _, table in own):
        yield Fault(faults.NO_HEADER_ROW, "", Place(name))
        return
    for grid, table in own:
        if table is None:
            yield Fault(faults.SHEETS_NOT_READ, "", grid.place())
        else:
            yield from _of_table(grid, table)


def _of_table(grid: Grid, table: Table) -> Iterator[Fault]:
    rows = data_rows(grid)
    yield from row_faults(grid, rows)
    key = key_of(table.columns)
    for column in table.columns:
        places = places_of(grid, column, rows)
        yield from cell_faults(grid, column, places)
        if column is key:
            yield from repeated(grid, column, places)
        if holds_ids(column):
            yield from alike(grid, column, places)
