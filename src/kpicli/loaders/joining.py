"""The rows of all files of a source side by side, with one numbering of values per column."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.sources import Source
from kpicli.distinct_values import distinct_values
from kpicli.faults import Place
from kpicli.loaders.cells import Value, text_of
from kpicli.loaders.columns import BLANK, UNREADABLE, Rows, SmallCodes, mapped, small_type
from kpicli.loaders.dataset import Coded, Mask
from kpicli.loaders.interface import Records
from kpicli.loaders.keys import PieceKeys
from kpicli.loaders.parts import FilePart
from kpicli.loaders.pieces import Piece


class Joined(Struct, frozen=True, dict=True):
    """All rows of all files of a source, in order; `codes` refer to `values` column by column.

    `keys` numbers the rows of each piece by their key; a key of one column has no values of its
    own. `firsts` are the numbers of each file's first row and, last, the number of all rows.
    """

    source: Source
    parts: tuple[FilePart, ...]
    codes: dict[str, SmallCodes]
    values: dict[str, tuple[Value, ...]]
    keys: tuple[PieceKeys, ...]
    firsts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @cached_property
    def not_data(self) -> npt.NDArray[np.bool_]:
        """Return marks of the blank and total rows."""
        marks = [part.not_data for part in self.parts]
        return np.concatenate(marks) if marks else np.zeros(0, np.bool_)

    def file_of(self, row: int) -> int:
        """Return the number of the file in which a joined row stands."""
        return bisect_right(self._borders, row) - 1

    @cached_property
    def _borders(self) -> list[int]:
        return self.firsts.tolist()  # type: ignore[no-any-return] # numpy's lists are untyped

    def files_of(self, rows: npt.NDArray[np.integer]) -> Rows:
        """Return the number of the file of each joined row."""
        return np.searchsorted(self.firsts, rows, side="right") - 1

    def by_file(self, rows: npt.NDArray[np.integer]) -> Iterator[tuple[FilePart, Rows, Rows]]:
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
        found = part.table.records(first - int(self.firsts[number]), count)
        return None if found is None else replace(found, form=(found.form, part.synonyms))

    def place(self, row: int, column: str | None) -> Place:
        """Return where a joined row stands in its file."""
        number = self.file_of(row)
        return self.parts[number].table.place(row - int(self.firsts[number]), column)

    def raw(self, row: int, column: str) -> str:
        """Return a cell as it stands in the file; empty where the file lacks the column."""
        return self.raws([row], column)[0]

    def raws(self, rows: Sequence[int], column: str) -> list[str]:
        """Return cells of many rows as `raw` does; every file is read for them once."""
        return self.columns(rows, [column])[column]

    def columns(self, rows: Sequence[int], names: Sequence[str]) -> dict[str, list[str]]:
        """Return several columns of many rows, as `raws` does one."""
        found = {name: [""] * len(rows) for name in names}
        for part, places, numbers in self.by_file(np.asarray(rows, np.int64)):
            own = [name for name in names if name in part.table.headers]
            columns = part.table.raws(numbers.tolist(), own)
            for name, cells in zip(own, columns, strict=True):
                for place, cell in zip(places.tolist(), cells, strict=True):
                    found[name][place] = text_of(cell)
        return found


def join(source: Source, parts: Sequence[FilePart]) -> Joined:
    """Return the rows of all parts with one numbering of values per column."""
    pieces = [piece for part in parts for piece in part.pieces]
    codes: dict[str, SmallCodes] = {}
    values: dict[str, tuple[Value, ...]] = {}
    for name, column in source.columns.items():
        if column.type != "free_text":
            codes[name], values[name] = _column(pieces, name)
    sizes = [sum(piece.rows for piece in part.pieces) for part in parts]
    return Joined(
        source,
        tuple(part.told() for part in parts),
        codes,
        values,
        tuple(piece.keys for piece in pieces),
        np.cumsum([0, *sizes], dtype=np.int64),
    )


def _column(pieces: Sequence[Piece], name: str) -> tuple[SmallCodes, tuple[Value, ...]]:
    """Return a column of all pieces, its values in the order in which they first come."""
    index: dict[Value, int] = {}
    mappings: list[list[int]] = []
    for piece in pieces:
        own = piece.columns[name].values if name in piece.columns else ()
        mappings.append([index.setdefault(value, len(index)) for value in own])
    kind = small_type(len(index))
    codes = [np.zeros(0, kind)]
    for piece, mapping in zip(pieces, mappings, strict=True):
        if name in piece.columns:
            table = np.array([*mapping, UNREADABLE, BLANK], dtype=kind)
            codes.append(mapped(piece.columns[name].codes, table))
        else:
            codes.append(np.full(piece.rows, BLANK, kind))
    return np.concatenate(codes), tuple(index)


def coded_columns(joined: Joined, kept: Mask | slice) -> dict[str, Coded]:
    """Return the kept rows as coded columns; free text and a lone key column are left out."""
    return {
        name: Coded(_readable(codes[kept]), joined.values[name])
        for name, codes in joined.codes.items()
        if name != joined.source.lone_key
    }


def _readable(codes: SmallCodes) -> SmallCodes:
    """Return the codes with blanks for what cannot be read."""
    return np.where(codes == UNREADABLE, BLANK, codes) if UNREADABLE in codes else codes
