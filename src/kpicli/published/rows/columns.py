"""The rows of a source and those that a KPI counts, a column for everything that is known of them.

A record of few rows has them as lists of JSON, a row each; those are made of columns, and read
into them, here.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.cells.column_codes import SmallCodes
from kpicli.published.rows.digests import CodedDigests, Codes, Digests, Numbers, numbered

_Value = TypeVar("_Value", bound=Hashable)

KEY_BYTES, CELLS_BYTES, WHO_BYTES = 12, 6, 12
"""The sizes of digests: of a row's key, of its cells, of whom or what a distinct count counts."""

LETTERS = "cndoulx"
"""The letters of a KPI's states."""

ListedSourceRow = tuple[str, int, str]
"""A row of a source: digest of its key, number of its file, digest of its cells."""
ListedRow = tuple[int, tuple[int, ...], tuple[str | None, ...], bool, str | None]
"""A row that counts: its number in the source, the figures it is in, the values, whether it is in
the numerator, and the digest of whom or what a distinct count takes for one."""


class SourceRows(Struct, frozen=True, eq=False):
    """All rows of a source, in order: digests of their keys and cells, numbers of their files."""

    ids: Digests
    files: SmallCodes
    cells: CodedDigests

    @classmethod
    def of_list(cls, rows: Sequence[ListedSourceRow]) -> Self:
        """Return rows that JSON lists."""
        return cls(
            Digests.of_hex((row[0] for row in rows), KEY_BYTES),
            np.array([row[1] for row in rows], np.int32),
            CodedDigests.of_hex((row[2] for row in rows), CELLS_BYTES),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def key_numbers(self) -> Codes:
        """Return a number for the key of each row: those of the same digest have the same."""
        (numbers,), _ = numbered(self.ids)
        return numbers

    def listed(self) -> list[list[object]]:
        """Return the rows as JSON lists them."""
        columns = zip(self.ids.hexes(), self.files.tolist(), self.cells.hexes(), strict=True)
        return [list(row) for row in columns]


class Texts(Struct, frozen=True, eq=False):
    """A column of values: row `i` has `distinct[codes[i]]`, or none (-1)."""

    codes: SmallCodes
    distinct: tuple[str, ...]

    @classmethod
    def of_list(cls, values: Iterable[str | None]) -> Self:
        """Return the values of the rows."""
        codes, distinct = _coded(values)
        return cls(codes, tuple(distinct))

    def text(self, place: int) -> str | None:
        """Return the value of a row."""
        code = int(self.codes[place])
        return None if code < 0 else self.distinct[code]

    def texts(self) -> list[str | None]:
        """Return every row's value."""
        values = [*self.distinct, None]
        return [values[code] for code in self.codes.tolist()]


class FigureRows(Struct, frozen=True, eq=False):
    """Rows of a source that a KPI counts, by their `numbers` there.

    Row `i` is in the figures that `memberships[figures[i]]` names by their places; `values` has a
    column for each that the KPI shows; `who` is None where nothing is counted once.
    """

    numbers: Numbers
    figures: SmallCodes
    memberships: tuple[tuple[int, ...], ...]
    values: tuple[Texts, ...]
    numerator: npt.NDArray[np.bool_]
    who: CodedDigests

    @classmethod
    def of_list(cls, rows: Sequence[ListedRow], columns: int) -> Self:
        """Return rows that JSON lists, with so many values each."""
        figures, memberships = _coded(row[1] for row in rows)
        return cls(
            np.array([row[0] for row in rows], np.int64),
            figures,
            tuple(memberships),
            tuple(Texts.of_list(row[2][place] for row in rows) for place in range(columns)),
            np.array([row[3] for row in rows], np.bool_),
            CodedDigests.of_hex((row[4] for row in rows), WHO_BYTES),
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def listed(self) -> list[list[object]]:
        """Return the rows as JSON lists them."""
        figures = [list(each) for each in self.memberships]
        values = [column.texts() for column in self.values]
        columns = zip(
            self.numbers.tolist(),
            [figures[code] for code in self.figures.tolist()],
            map(list, zip(*values, strict=True)) if values else [[] for _ in self.numbers],
            self.numerator.tolist(),
            self.who.hexes(),
            strict=True,
        )
        return [list(row) for row in columns]


def _coded(values: Iterable[_Value | None]) -> tuple[Codes, dict[_Value, int]]:
    """Return codes of values, -1 for None, and the code of each that is there."""
    known: dict[_Value, int] = {}
    codes = [-1 if each is None else known.setdefault(each, len(known)) for each in values]
    return np.array(codes, np.int32), known


NO_SOURCE_ROWS = SourceRows.of_list(())
NO_ROWS = FigureRows.of_list((), 0)
