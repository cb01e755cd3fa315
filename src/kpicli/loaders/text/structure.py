"""The cheap pass over the bytes: whether quoting is exact, and where every record begins.

The fast reader is not to be trusted with structure, so whatever it returns has to agree with this.

Example: the bytes `a,"x` LF `y",c` LF `d,e,f` LF have line ends at 4, 9 and 15, and quotes at 2
and 6. Before the line end at 4 stands one quote, an odd number: it lies in a cell. The other two
end the records, which begin at 0 and 10.
"""

import numpy as np
import numpy.typing as npt
from msgspec import Struct

_BLOCK = 1 << 20
_FEW = 512
_QUOTE, _LF, _CR = 34, 10, 13

Offsets = npt.NDArray[np.int64]


class Structure(Struct, frozen=True):
    """Where the records of a simple file begin, title rows, header and empty lines included.

    `starts` holds the byte offset of each record and, last, the length of the content. `lines`
    holds the number of line ends before each record; None stands for "as many as records", which
    is so where no cell holds a line break. `line_ends` counts them all.
    """

    starts: Offsets
    lines: Offsets | None
    line_ends: int

    @property
    def records(self) -> int:
        """Return the number of records; a line end at the end of the file begins none."""
        return len(self.starts) - 1

    @property
    def longest(self) -> int:
        """Return the length in bytes of the longest record, its line end included."""
        return int(np.diff(self.starts).max(initial=0))

    @property
    def most_lines(self) -> int:
        """Return the number of lines of the record that has most."""
        if self.lines is None:
            return min(self.records, 1)
        return int(np.diff(self.lines, append=self.line_ends).max(initial=0))

    def line(self, record: int) -> int:
        """Return the 1-based line of the file on which the 0-based `record` begins."""
        return 1 + (record if self.lines is None else int(self.lines[record]))


def scan_structure(content: bytes, delimiter: str, *, plain: bool = False) -> Structure | None:
    """Return the structure of `content`, or None where only the exact reader may read it.

    Simple is a file whose lines all end in LF or CRLF, without NUL, in which every opening quote
    stands at the start of a cell and every closing quote at its end. `content` is UTF-8 or cp932.
    That it is `plain`, without NUL and with CR only before LF, may be known beforehand.
    """
    if not plain and (b"\0" in content or content.endswith(b"\r")):
        return None
    data = np.frombuffer(content, np.uint8)
    quotes_before = ends_before = returns = pairs = 0
    starts = [np.zeros(min(1, len(data)), np.int64)]
    lines = [np.zeros(min(1, len(data)), np.int64)]
    for begin in range(0, len(data), _BLOCK):
        block = data[begin : begin + _BLOCK]
        quotes = _quotes(content, begin, begin + len(block))
        ends = np.flatnonzero(block == _LF) + begin
        if not plain:
            returns += int(np.count_nonzero(block == _CR))
            pairs += int(np.count_nonzero(data[ends[ends > 0] - 1] == _CR))
        # The record after a line end begins with as many line ends before it as the end's number.
        numbers = np.arange(ends_before + 1, ends_before + 1 + len(ends))
        ends_before += len(ends)
        if len(quotes) or quotes_before % 2:
            if not quotes_fit(data, quotes, quotes_before, delimiter):
                return None
            # How many quotes stand before each line end: a tally of the quotes by the line end that
            # follows them, summed up. Doubled quotes (`""`) change nothing: they are two.
            before = np.bincount(np.searchsorted(ends, quotes), minlength=len(ends) + 1)
            outside = (np.cumsum(before)[:-1] + quotes_before) % 2 == 0
            ends, numbers = ends[outside], numbers[outside]
            quotes_before += len(quotes)
        starts.append(ends + 1)
        lines.append(numbers)
    # An odd number of quotes leaves one open. A CR without LF ends a line for the csv module too,
    # inside a cell or not: such files are for the exact reader.
    if quotes_before % 2 or returns != pairs:
        return None
    return _structure(np.concatenate(starts), np.concatenate(lines), len(data), ends_before)


def _quotes(content: bytes, start: int, stop: int) -> Offsets:
    """Return the offsets of quotes between two places, in order.

    `bytes.find` runs through a block without quotes far sooner than a comparison of every byte; of
    more than `_FEW` quotes the comparison is the faster one.
    """
    offsets: list[int] = []
    place = content.find(b'"', start, stop)
    while place >= 0 and len(offsets) < _FEW:
        offsets.append(place)
        place = content.find(b'"', place + 1, stop)
    if place < 0:
        return np.array(offsets, np.int64)
    block = np.frombuffer(content, np.uint8, stop - start, start)
    return np.flatnonzero(block == _QUOTE) + start


def quotes_fit(data: npt.NDArray[np.uint8], quotes: Offsets, before: int, delimiter: str) -> bool:
    """Return whether the quotes, before the first of which come `before` others, may stand there.

    Every second quote closes. One that opens right after one that closes is a doubled quote in a
    cell, so a quote may stand beside a quote, a delimiter, a line end or an end of the file.
    """
    # In `a,"x ""y""",b` LF the quotes 0 to 5 open and close in turn: 1 closes and 2 opens at once,
    # which makes a quote in the cell. Left of an opening one may stand a delimiter, a line end or
    # a quote, right of a closing one the same: in `a,x"y"` the first has an x on its left.
    beside = np.zeros(256, np.bool_)
    beside[[ord(delimiter), _QUOTE, _LF, _CR]] = True
    # With an odd number before, the first of these quotes is one that closes.
    opening, closing = quotes[before % 2 :: 2], quotes[1 - before % 2 :: 2]
    left, right = opening[opening > 0] - 1, closing[closing + 1 < len(data)] + 1
    return bool(beside[data[left]].all() and beside[data[right]].all())


def _structure(starts: Offsets, lines: Offsets, length: int, line_ends: int) -> Structure:
    # Without line breaks in cells, record n has n line ends before it: no need to keep that.
    broken_cells = len(lines) > 0 and lines[-1] != len(lines) - 1
    if not len(starts) or starts[-1] != length:
        starts = np.append(starts, length)
    return Structure(starts, lines if broken_cells else None, line_ends)
