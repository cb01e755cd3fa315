"""Rows of another width than the header: which are filled or cut, and which are an error."""

from collections.abc import Sequence
from functools import cached_property

from msgspec import Struct

from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

MOST_BLANK = 2_000_000
"""So many empty lines a file may have: twice the rows of a sheet."""


MOST_LINES = 100_000
"""So many lines a record may have; a cell of a spreadsheet has 32,767 characters at most."""


def too_many_empty(lines: int) -> bool:
    """Return whether a file has so many empty lines that it is refused."""
    return lines > MOST_BLANK


def is_empty_line(cells: Sequence[str]) -> bool:
    """Return whether a record is an empty line, or one of a single blank cell."""
    return not cells or (len(cells) == 1 and not cells[0].strip())


class RowWidth(Struct, frozen=True, dict=True):
    """The width that rows have by their `header`; `keys` are the places of the key's columns."""

    header: tuple[str, ...]
    keys: tuple[int, ...]

    @cached_property
    def named(self) -> int:
        """Return the place of the last column with a header, counted from 1."""
        named = (place for place, header in enumerate(self.header, 1) if header.strip())
        return max(named, default=0)

    def fitted(self, cells: Sequence[str]) -> list[str] | None:
        """Return the row as wide as the header; None where it is wider, save blanks and totals."""
        width = len(self.header)
        surplus = any(cell.strip() for cell in cells[width:])
        if surplus and not self._is_total(cells):
            return None
        return [*cells[:width], *[""] * (width - len(cells))]

    def is_short(self, cells: Sequence[str]) -> bool:
        """Return whether a row that is not blank ends before the last column with a header."""
        return len(cells) < self.named and any(cell.strip() for cell in cells)

    def _is_total(self, cells: Sequence[str]) -> bool:
        folded = [fold(cell) for cell in cells]
        beside = {folded[key] for key in self.keys if key < len(folded)}
        return any(map(is_total, folded)) and all(not key or is_total(key) for key in beside)
