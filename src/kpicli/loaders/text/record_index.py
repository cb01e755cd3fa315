"""Where the rows of one span of a text file begin, in a few bytes a row.

Tens of millions of rows are kept so: two bytes each for the length of a record below 64 KiB, and
line numbers only where they do not follow from the row's.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.loaders.text.structure import Structure
from kpicli.loaders.text.transcoding import Pieces

if TYPE_CHECKING:
    from kpicli.loaders.text.spans import Span


class RecordIndex(Struct, frozen=True):
    """Where the data rows of one span begin.

    `first` is the byte offset from `span.start` at which they begin, `lengths` are their lengths in
    bytes, line ends included. `line_ends` is the number of line ends in the whole span; one stands
    before each row and each of the `skipped` records above them, and `breaks` has the rows before
    which there are more, each with the number of those in cells so far. `empty` is the number of
    empty lines among the rows. Of a span that was transcoded, offsets and lengths are those in
    UTF-8, and `pieces` lead back to the file's bytes.
    """

    span: "Span"
    first: int
    lengths: npt.NDArray[np.uint16] | npt.NDArray[np.uint32]
    breaks: tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]
    skipped: int
    line_ends: int
    empty: int = 0
    pieces: Pieces | None = None

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return len(self.lengths)

    @property
    def starts(self) -> npt.NDArray[np.int64]:
        """Return byte offsets from `span.start`, the end of the last row included."""
        starts = np.empty(self.rows + 1, np.int64)
        starts[0] = self.first
        np.cumsum(self.lengths, out=starts[1:])
        starts[1:] += self.first
        return starts

    def line(self, row: int) -> int:
        """Return how many line ends stand before a row of the span."""
        # Breaks of rows [3, 8] with [2, 5]: before rows 3 to 7 stand 2 line ends in cells, before
        # row 8 and all after it 5. Row 4 of a span whose header is skipped: 1 + 4 + 2.
        rows, ends = self.breaks
        if not len(rows):
            return self.skipped + row
        # of their own type: for any other number numpy would convert all of them first
        known = int(rows.searchsorted(np.uint32(row), side="right"))
        return self.skipped + row + (int(ends[known - 1]) if known else 0)

    def lines(self) -> npt.NDArray[np.int64]:
        """Return `line` of every row."""
        rows, ends = self.breaks
        lines = self.skipped + np.arange(self.rows, dtype=np.int64)
        added = np.diff(ends.astype(np.int64), prepend=0)
        added_by_row = np.bincount(rows, added, minlength=self.rows)[: self.rows]
        return lines + np.cumsum(added_by_row).astype(np.int64)


def index_of(structure: Structure, span: "Span", skipped: int) -> RecordIndex:
    """Return the index of the rows below so many records of a span."""
    starts = structure.starts[skipped:]
    lengths = np.diff(starts)
    # One long record makes all lengths of its span four bytes wide; other spans stay at two.
    short = lengths.max(initial=0) < 1 << 16
    return RecordIndex(
        span,
        int(starts[0]),
        lengths.astype(np.uint16) if short else lengths.astype(np.uint32),
        _breaks(structure, skipped),
        skipped,
        structure.line_ends,
    )


def _breaks(
    structure: Structure, skipped: int
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    if structure.lines is None:
        return np.zeros(0, np.uint32), np.zeros(0, np.uint32)
    lines = structure.lines[skipped:]
    # Line ends in cells before each record; a row where the number grows is a break.
    within = lines - np.arange(skipped, skipped + len(lines))
    rows = np.flatnonzero(np.diff(within, prepend=0))
    return rows.astype(np.uint32), within[rows].astype(np.uint32)


def records_at(
    data: bytes, index: RecordIndex, rows: npt.NDArray[np.integer], first: int = 0
) -> Iterator[bytes]:
    """Yield the bytes of rows, line ends included; `data` are those of the span from `first` on."""
    starts = index.starts - first
    pairs = zip(starts[rows].tolist(), starts[rows + 1].tolist(), strict=True)
    return (data[start:stop] for start, stop in pairs)
