"""The rows of all files of a source side by side."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Place
from kpicli.loaders.cells.column_codes import BLANK, UNREADABLE, Rows, Value
from kpicli.loaders.cells.keys import PieceKeys
from kpicli.loaders.cells.raw_table import Records, text_of
from kpicli.loaders.rows.coded_columns import PiecedColumn
from kpicli.values.distinct_values import distinct_values
from kpicli.values.folding import fold
from kpicli.values.identifiers import SavedByExcel, identifier, padded

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.parts import FilePart


class Joined(Struct, frozen=True, dict=True):
    """All rows of all files of a source, in order, and their columns piece by piece.

    `keys` numbers the rows of each piece by their key; a key of one column has no values of its
    own. `firsts` are the numbers of each file's first row and, last, the number of all rows;
    `piece_firsts` are those of the pieces.
    """

    source: "Source"
    parts: "tuple[FilePart, ...]"
    pieced: dict[str, PiecedColumn]
    keys: tuple[PieceKeys, ...]
    firsts: npt.NDArray[np.int64]
    piece_firsts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @cached_property
    def not_data(self) -> npt.NDArray[np.bool_]:
        """Return marks of the blank and total rows."""
        marks = [part.not_data for part in self.parts]
        return np.concatenate(marks) if marks else np.zeros(0, np.bool_)

    @cached_property
    def unreadable(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Return marks of the rows with an unreadable cell, per column that has any."""
        marks = ((name, column.marks(UNREADABLE)) for name, column in self.pieced.items())
        return {name: rows for name, rows in marks if rows.any()}

    def read(self, rows: Rows, name: str) -> list[tuple[Value, ...] | None]:
        """Return what cells say: one value, none where they are blank; None for unreadable ones."""
        column = self.pieced[name]
        pieces = np.searchsorted(self.piece_firsts, rows, side="right") - 1
        places = rows - self.piece_firsts[pieces]
        readings: list[tuple[Value, ...] | None] = []
        for piece, place in zip(pieces.tolist(), places.tolist(), strict=True):
            code = int(column.codes[piece][place])
            if code == UNREADABLE:
                readings.append(None)
            else:
                readings.append(() if code == BLANK else (column.values[piece][code],))
        return readings

    def file_of(self, row: int) -> int:
        """Return the number of the file in which a joined row stands."""
        return bisect_right(self._borders, row) - 1

    @cached_property
    def _borders(self) -> list[int]:
        return self.firsts.tolist()  # type: ignore[no-any-return] # numpy's lists are untyped

    def identifiers(self, rows: Rows, name: str, texts: Sequence[str]) -> list[str]:
        """Return the cells of a column as ids; what a spreadsheet has rewritten as its text."""
        files = self.files_of(rows).tolist()
        widths = [part.widths.get(name, 0) for part in self.parts]
        pairs = zip(texts, files, strict=True)
        return [_identifier(text, widths[file]) for text, file in pairs]

    def part_of(self, row: int) -> "FilePart":
        """Return the file in which a joined row stands."""
        return self.parts[self.file_of(row)]

    def files_of(self, rows: npt.NDArray[np.integer]) -> Rows:
        """Return the number of the file of each joined row."""
        return np.searchsorted(self.firsts, rows, side="right") - 1

    def by_file(self, rows: npt.NDArray[np.integer]) -> "Iterator[tuple[FilePart, Rows, Rows]]":
        """Yield each file that some joined rows stand in, in order.

        With it come the places of its rows among `rows`, and their numbers in the file.
        """
        files = self.files_of(rows)
        for number in distinct_values(files).tolist():
            places = np.flatnonzero(files == number)
            yield self.parts[number], places, rows[places] - self.firsts[number]

    def records(self, first: int, count: int) -> Records | None:
        """Return the bytes of joined rows that follow one another in one file."""
        number = self.file_of(first)
        part = self.parts[number]
        records = part.table.records(first - int(self.firsts[number]), count)
        return None if records is None else replace(records, form=(records.form, part.reading))

    def place(self, row: int, column: str | None) -> Place:
        """Return where a joined row stands in its file."""
        number = self.file_of(row)
        return self.parts[number].table.place(row - int(self.firsts[number]), column)

    def texts(self, rows: Sequence[int], names: Sequence[str]) -> dict[str, list[str]]:
        """Return, per column, the cells of the rows as they stand in their files.

        They are empty where a file lacks the column. Each file is read once for all rows.
        """
        texts = {name: [""] * len(rows) for name in names}
        for part, places, numbers in self.by_file(np.asarray(rows, np.int64)):
            own = [name for name in names if name in part.table.headers]
            columns = part.table.column_cells(numbers.tolist(), own)
            for name, cells in zip(own, columns, strict=True):
                for place, cell in zip(places.tolist(), cells, strict=True):
                    texts[name][place] = text_of(cell)
        return texts


def _identifier(text: str, width: int) -> str:
    try:
        return padded(identifier(text), width)
    except SavedByExcel:
        return fold(text)


def join(source: "Source", parts: "Sequence[FilePart]") -> Joined:
    """Return the rows of all parts side by side."""
    pieces = [piece for part in parts for piece in part.pieces]
    sizes = [sum(piece.rows for piece in part.pieces) for part in parts]
    return Joined(
        source,
        tuple(part.without_codes() for part in parts),
        {
            name: PiecedColumn.of(pieces, name)
            for name, column in source.columns.items()
            if column.type != "free_text"
        },
        tuple(piece.keys for piece in pieces),
        np.cumsum([0, *sizes], dtype=np.int64),
        np.cumsum([0, *(piece.rows for piece in pieces)], dtype=np.int64),
    )
