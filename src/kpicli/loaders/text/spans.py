"""Dividing a text file into spans of whole records, so that each can be read by itself."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from kpicli.loaders.cells.raw_table import LONGEST_CELL
from kpicli.loaders.files.content import Content
from kpicli.loaders.text.structure import quotes_fit

BLOCK = 1 << 23
"""About so many bytes make a span: small enough to stay in memory many times over."""

_QUOTE = 34
_WINDOW = 1 << 16
"""So many bytes before a span's end mostly tell where its last record ends."""


class NotSimple(Exception):
    """The file is not one that the fast reader may read; whoever asked reads it another way."""


class Span(Struct, frozen=True):
    """Bytes from `start` up to, not including, `stop`: one record or more, all of them whole."""

    start: int
    stop: int

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return self.stop - self.start


def spans(
    content: Content, start: int, delimiter: str, size: int = BLOCK, *, scan_all: bool = False
) -> Iterator[Span]:
    """Yield the spans that make up the content from `start` on, each of about `size` bytes.

    A record ends at a line feed with an even number of quotes before it. To know whether that
    number is even, the last `_WINDOW` bytes of a span mostly do; `scan_all` counts from its start.
    A span may be cut wrongly without `scan_all`, in a file that is not simple or has a cell longer
    than the window: its quotes are then odd in number, and its reader has to refuse it. Whether
    every quote stands where it may is for that reader to find too. Raises `NotSimple` where a
    record is longer than any cell may be.
    """
    # A span grows until a record ends in it: of one cell of 20 MB it is doubled to 32 MB.
    while start < content.size:
        wanted = size
        seen = wanted if scan_all else _WINDOW
        while (stop := _last_record_end(content, start, start + wanted, delimiter, seen)) is None:
            wanted *= 2
            seen *= 2
            if wanted > 2 * LONGEST_CELL:
                raise NotSimple
        yield Span(start, stop)
        start = stop


def _last_record_end(
    content: Content, start: int, stop: int, delimiter: str, seen: int
) -> int | None:
    """Return where the last record that ends before `stop` ends; None where none does.

    So many bytes before `stop` are `seen` at first.
    """
    if stop >= content.size:
        return content.size
    # The last 64 KiB mostly do, and 8 MB need not be read twice: here and by the span's reader.
    begin = max(start, stop - seen)
    data = content.read(begin, stop)
    odd = False if begin == start else _begins_in_quotes(data, delimiter)
    end = None if odd is None else _record_end(data, odd=odd)
    if end is None and begin > start:
        # Both ways fit, or no record ends there: from the start, quotes are counted for certain.
        begin, data = start, content.read(start, stop)
        end = _record_end(data, odd=False)
    return None if end is None else begin + end


def _begins_in_quotes(data: bytes, delimiter: str) -> bool | None:
    """Return whether bytes out of the middle of a file begin inside quotes; None where both may be.

    Of a simple file, quotes fit one way only, unless there are hardly any: `あ","い` LF begins
    inside quotes, since the first quote, right behind a letter, can close but not open.
    """
    array = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(array == _QUOTE)
    if not len(quotes):
        return False  # or it is one cell as far as one can see
    inside, outside = (quotes_fit(array, quotes, before, delimiter) for before in (1, 0))
    return None if inside == outside else inside


def _record_end(data: bytes, *, odd: bool) -> int | None:
    """Return the end of the last record in bytes before which the number of quotes is known."""
    # From the end backward: the quotes before a line feed are all those counted so far, less those
    # that stand after it.
    odd = (odd + data.count(b'"')) % 2 == 1
    end = len(data)
    while (quote := data.rfind(b'"', 0, end)) >= 0:
        # Behind the last quote all line ends are inside quotes, or none is: where they are, those
        # before it come next, however many lines there are.
        line = -1 if odd else data.rfind(b"\n", quote, end)
        if line >= 0:
            return line + 1
        odd, end = not odd, quote
    line = -1 if odd else data.rfind(b"\n", 0, end)
    return line + 1 if line >= 0 else None
