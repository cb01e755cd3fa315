"""Columns that stand in no file of an export, filled as its entry declares."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.cells.headers import match_headers
from kpicli.loaders.cells.pieces import Given
from kpicli.loaders.cells.raw_table import Cell, RawBlock, RawTable, Rows
from kpicli.loaders.shapes.over_table import OverTable

if TYPE_CHECKING:
    from kpicli.base.faults import Place
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.columns import ColumnReaders
    from kpicli.loaders.files.export_file import ExportFile
    from kpicli.settings.tables.export import Export


class GivenTable(OverTable, frozen=True):
    """A table with the columns that its entry fills; `given` has their cells, "" if blank.

    Those go by their usual headers, and have no position.
    """

    given: Mapping[str, str]
    headers: Mapping[str, str]

    @property
    def positions(self) -> Mapping[str, int]:
        """Return the places of the columns that stand in the header."""
        return self.table.positions

    def place(self, row: int, column: str | None) -> "Place":
        """Return where a row, and a column, stands."""
        if column is None or column not in self.given:
            return self.table.place(row, column)
        return replace(self.table.place(row, None), column=self.headers[column])

    def header(self, row: int, column: str) -> str | None:
        """Return the header above a cell, the usual one of a column that is given."""
        given = column in self.given
        return self.headers[column] if given else self.table.header(row, column)

    def column_cells(self, rows: Rows, columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per column, its cells in the rows, in their order."""
        there = [name for name in columns if name not in self.given]
        cells = dict(zip(there, self.table.column_cells(rows, there), strict=True))
        return [
            cells[name] if name in cells else [self.given[name]] * len(rows) for name in columns
        ]

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:
        """Yield all rows as they stand in the file."""
        return self.table.blocks(free_text=free_text)


def given_by(export: "Export", source: "Source") -> Given | None:
    """Return what an entry says of columns that its files lack; None where it says nothing."""
    if not export.constants and not export.absent:
        return None
    columns = {
        name: column.model_copy(update={"required": False}) if name in export.absent else column
        for name, column in source.columns.items()
        if name not in export.constants
    }
    return Given(
        source.of_lines(columns, source.declared_key, source.base_date in columns),
        dict(export.constants),
        export.absent,
    )


def refuse_unreadable(given: Given, readers: "ColumnReaders") -> None:
    """Raise `InputError` for a constant that its column cannot be read from, or that is blank."""
    source = readers.source
    for name, cell in given.constants.items():
        (reading,) = readers.readings(name, [cell], 0, epoch_1904=False)
        heading = source.heading(name)
        if reading.fault is not None:
            raise InputError(
                Text(
                    f"[exports] の {source.id} の constants: {name} の「{cell}」は"
                    f"列「{heading.ja}」の値として読めません({reading.fault.title.ja})",
                    f"constants of {source.id} under [exports]: {cell!r} cannot be read as "
                    f"{heading.en}, column {name} ({reading.fault.title.en})",
                ),
                Text(
                    "この列のセルに書けるとおりに書いてください",
                    "write it as a cell of that column could have it",
                ),
            )
        if reading.value is None:
            raise InputError(
                Text(
                    f"[exports] の {source.id} の constants: {name} が空欄です",
                    f"constants of {source.id} under [exports]: {name} is blank",
                ),
                Text(
                    f'空欄の列なら absent = ["{name}"] と書いてください',
                    f'write absent = ["{name}"] for a column of blanks',
                ),
            )


def given_table(table: RawTable, given: Given, source: "Source", file: "ExportFile") -> GivenTable:
    """Return a table with the columns of `source` that it lacks filled.

    Raises `InputError` where a constant stands in the header after all: nothing says which counts.
    One that is absent and there all the same is read, as other files of the entry may lack it.
    """
    there = match_headers(table.header_cells, source, file.headers)
    for name in given.constants:
        if name in there:
            raise _contradicted(table.header_cells[there[name][0]], name, source, file)
    cells = {name: "" for name in given.absent if name not in there} | dict(given.constants)
    usual = {name: source.columns[name].headers[0] for name in cells}
    return GivenTable(table, cells, {**table.headers, **usual})


def _contradicted(header: str, name: str, source: "Source", file: "ExportFile") -> InputError:
    return InputError(
        Text(
            f"{file.label}: 列「{header}」があるのに、constants も {name} の値を決めています",
            f"{file.label}: the column {header!r} is there, but constants also says what {name} is",
        ),
        Text(
            f"kpicli.toml の [exports] の {source.id} の constants から {name} を消すか、"
            "見出しを変えてください",
            f"take {name} out of the constants of {source.id} under [exports] in kpicli.toml, "
            "or rename the header",
        ),
    )
