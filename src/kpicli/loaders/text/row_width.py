"""Rows of another width than the header: which are filled or cut, and which are an error."""

import csv
import io
from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.text.layout import cells_of
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

MOST_BLANK = 2_000_000
"""So many empty lines a file may have: twice the rows of a sheet."""


MOST_LINES = 100_000
"""So many lines a record may have; a cell of a spreadsheet has 32,767 characters at most."""

Offsets = npt.NDArray[np.int64]


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


class Filled(Struct, frozen=True):
    """Records as wide as the header; which of them were short, and how many are empty lines."""

    data: bytes
    short: Sequence[int]
    empty: int


def filled(
    data: bytes, starts: Offsets, width: RowWidth, delimiter: str, codec: str
) -> Filled | None:
    """Return the records, `data[starts[i]:starts[i + 1]]`, as wide as the header.

    None where one is too wide; raises `csv.Error` for one that cannot be taken apart.
    """
    wide = len(width.header)
    widths, quoted = _widths(data, starts, delimiter, codec)
    plain = _begin_with_text(data, starts, delimiter) & (widths < wide)
    plain[list(quoted)] = False
    missing = np.where(plain, wide - widths, 0)
    data, starts = _with_blanks(data, starts, missing, delimiter)
    parts: list[bytes] = []
    short: list[int] = np.flatnonzero(plain & (widths < width.named)).tolist()
    empty = done = 0
    borders = starts.tolist()
    for number in np.flatnonzero(((widths != wide) | (wide == 1)) & ~plain).tolist():
        record = data[borders[number] : borders[number + 1]]
        body = record.removesuffix(b"\n").removesuffix(b"\r")
        cells = quoted.get(number) or body.decode(codec).split(delimiter)
        empty += is_empty_line(cells)
        if width.is_short(cells):
            short.append(number)
        parts.append(data[done : borders[number]])
        if len(cells) <= wide:
            parts += [body, delimiter.encode() * (wide - len(cells)), record[len(body) :]]
        elif (fitted := width.fitted(cells)) is not None:
            parts.append(_written(fitted, delimiter).encode(codec))
        else:
            return None
        done = borders[number + 1]
    return Filled(b"".join([*parts, data[done:]]), sorted(short), empty)


def _begin_with_text(data: bytes, starts: Offsets, delimiter: str) -> npt.NDArray[np.bool_]:
    """Mark the records whose first byte is a sign of ASCII that is in sight: they are not blank."""
    signs = np.zeros(256, np.bool_)
    signs[ord("!") : ord("~") + 1] = True
    signs[ord(delimiter)] = False
    return signs[np.frombuffer(data, np.uint8)[starts[:-1]]]


def _with_blanks(
    data: bytes, starts: Offsets, missing: Offsets, delimiter: str
) -> tuple[bytes, Offsets]:
    """Return the records with so many more blank cells each, and where they begin then."""
    array = np.frombuffer(data, np.uint8)
    last, before = array[starts[1:] - 1], array[np.maximum(starts[1:] - 2, 0)]
    is_feed = last == ord("\n")
    ends = starts[1:] - (is_feed | (last == ord("\r"))) - (is_feed & (before == ord("\r")))
    # "V1,a<LF>" of a file of four columns: two separators go in where its LF stands, at 4
    filled = np.insert(array, np.repeat(ends, missing), ord(delimiter))
    return filled.tobytes(), starts + np.concatenate([[0], np.cumsum(missing)])


def _widths(
    data: bytes, starts: Offsets, delimiter: str, codec: str
) -> tuple[Offsets, dict[int, tuple[str, ...]]]:
    """Return how many cells each record has, and the cells of those with a quote, by number.

    In all others every separator ends a cell; an empty line counts as one.
    """
    array = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero(array == ord(delimiter))
    widths = np.diff(np.searchsorted(ends, starts)) + 1
    quotes = np.flatnonzero(array == ord('"'))
    numbers = np.flatnonzero(np.diff(np.searchsorted(quotes, starts)))
    borders = zip(starts[numbers].tolist(), starts[numbers + 1].tolist(), strict=True)
    cells = cells_of([data[start:stop] for start, stop in borders], delimiter, codec)
    widths[numbers] = [len(each) for each in cells]
    return widths, dict(zip(numbers.tolist(), cells, strict=True))


def _written(cells: Sequence[str], delimiter: str) -> str:
    line = io.StringIO(newline="")
    # Cells are put in quotes where they hold a sign of the line end: a CR alone has to be too.
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
