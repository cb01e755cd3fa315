"""The cheap pass over the bytes: whether quoting is whole, and where every record begins.

The fast reader is not to be trusted with structure, so whatever it returns has to agree with this.

Example: the bytes `a,"x` LF `y",5"` LF `d,e,f` LF have line ends at 4, 10 and 16, and quotes at 2,
6 and 9. The first opens a cell, so that the line end at 4 lies in it; the second closes it; the
third stands in a cell that no quote opened, and is a sign like any other. The records begin at 0
and 11.
"""

import re

import numpy as np
import numpy.typing as npt
from msgspec import Struct

_BLOCK = 1 << 20
_FEW = 512
_QUOTE, _LF, _CR = 34, 10, 13
_QUOTES = re.compile(rb'"*')

Offsets = npt.NDArray[np.int64]
Marks = npt.NDArray[np.bool_]


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


class QuoteRuns(Struct, frozen=True):
    """Runs of quotes side by side, or one by one: the offsets of the first and last of each.

    `inside` says whether what follows each run lies in a quoted cell. It has one entry more than
    there are runs: its first is for what stands before all of them.
    """

    first: Offsets
    last: Offsets
    inside: Marks

    def within(self, offsets: Offsets) -> Marks:
        """Return which offsets, none of them a quote, lie in quoted cells."""
        return self.inside[np.searchsorted(self.first, offsets)]


def scan_structure(content: bytes, delimiter: str, *, plain: bool = False) -> Structure | None:
    """Return the structure of `content`, or None where only the exact reader may read it.

    Simple is a text without NUL in which each quoted cell is closed, and ends where it is closed.
    `content` is UTF-8 or cp932. That it is `plain`, without NUL and with CR only before LF, may be
    known beforehand.
    """
    if not plain and b"\0" in content:
        return None
    data = np.frombuffer(content, np.uint8)
    ends_before = begin = 0
    inside = False
    starts = [np.zeros(min(1, len(data)), np.int64)]
    lines = [np.zeros(min(1, len(data)), np.int64)]
    while begin < len(data):
        # Quotes side by side belong together: none of them is left to the next block.
        stop = _past_quotes(content, min(begin + _BLOCK, len(data)))
        ends = _line_ends(data, begin, stop, plain=plain)
        # The record after a line end begins with as many line ends before it as the end's number.
        numbers = np.arange(ends_before + 1, ends_before + 1 + len(ends))
        ends_before += len(ends)
        quotes = _quotes(content, begin, stop)
        if len(quotes) or inside:
            runs = quote_runs(data, quotes, delimiter, inside=inside)
            if runs is None:
                return None
            outside = ~runs.within(ends)
            ends, numbers = ends[outside], numbers[outside]
            inside = bool(runs.inside[-1])
        starts.append(ends + 1)
        lines.append(numbers)
        begin = stop
    if inside:
        return None
    return _structure(np.concatenate(starts), np.concatenate(lines), len(data), ends_before)


def _past_quotes(content: bytes, stop: int) -> int:
    run = _QUOTES.match(content, stop)
    return stop if run is None else run.end()


def _line_ends(data: npt.NDArray[np.uint8], begin: int, stop: int, *, plain: bool) -> Offsets:
    """Return the offsets of line feeds and, unless it is `plain`, of each CR without one."""
    block = data[begin:stop]
    ends = np.flatnonzero(block == _LF) + begin
    if plain:
        return ends
    returns = np.flatnonzero(block == _CR) + begin
    next_ones = data[np.minimum(returns + 1, len(data) - 1)]  # a CR that is the last has none
    alone = returns[next_ones != _LF]
    return np.sort(np.concatenate((ends, alone))) if len(alone) else ends


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


def quote_runs(
    data: npt.NDArray[np.uint8], quotes: Offsets, delimiter: str, *, inside: bool
) -> QuoteRuns | None:
    """Return the runs of quotes, before the first of which one is `inside` a quoted cell or not.

    None where text follows a closing quote. The data begin where a cell or a run of quotes may
    begin, and end where any of them may end.
    """
    border = np.zeros(256, np.bool_)
    border[[ord(delimiter), _LF, _CR]] = True
    if _all_open_and_close(data, quotes, border, inside=inside):
        return QuoteRuns(quotes, quotes, (np.arange(len(quotes) + 1) + inside) % 2 == 1)
    # A run of 1, 3, 5 ... quotes, doubled ones aside, is one quote. At the start of a cell it opens
    # or, in a quoted cell that has a delimiter just there, closes: it turns the state over. Else it
    # closes in a quoted cell, and is a sign like others in one that is not: the state is "outside"
    # after it. A run of 2, 4 ... changes nothing. Who knows the last run of the second kind, and
    # how many of the first have come since, knows the state.
    starts = np.flatnonzero(np.diff(quotes, prepend=-2) != 1)
    first = quotes[starts]
    last = quotes[np.append(starts[1:], len(quotes)) - 1] if len(quotes) else first
    begins = border[data[first - 1]] | (first == 0)
    ends = border[data[np.minimum(last + 1, len(data) - 1)]] | (last == len(data) - 1)
    odd = (last - first) % 2 == 0
    turned = np.cumsum(odd & begins)
    known = np.maximum.accumulate(np.where(odd & ~begins, np.arange(len(first)), -1))
    before = np.where(known >= 0, turned[known], -int(inside)) if len(first) else turned
    after = np.concatenate(([inside], (turned - before) % 2 == 1))
    closing = np.where(odd, after[:-1], begins & ~after[:-1])
    if (closing & ~ends).any():
        return None
    return QuoteRuns(first, last, after)


def _all_open_and_close(
    data: npt.NDArray[np.uint8], quotes: Offsets, border: Marks, *, inside: bool
) -> bool:
    """Return whether every second quote opens a cell and the others close one, as in most files.

    A doubled quote closes and opens at once: so a quote may stand beside a quote.
    """
    border = border.copy()
    border[_QUOTE] = True
    opening, closing = quotes[int(inside) :: 2], quotes[1 - int(inside) :: 2]
    left, right = opening[opening > 0] - 1, closing[closing + 1 < len(data)] + 1
    return bool(border[data[left]].all() and border[data[right]].all())


def _structure(starts: Offsets, lines: Offsets, length: int, line_ends: int) -> Structure:
    # Without line breaks in cells, record n has n line ends before it: no need to keep that.
    broken_cells = len(lines) > 0 and lines[-1] != len(lines) - 1
    if not len(starts) or starts[-1] != length:
        starts = np.append(starts, length)
    return Structure(starts, lines if broken_cells else None, line_ends)
