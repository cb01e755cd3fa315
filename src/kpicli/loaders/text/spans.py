"""Dividing a text file into spans of whole records, so that each can be read by itself."""

from collections.abc import Iterator
from contextlib import suppress

import numpy as np
from msgspec import Struct

from kpicli.loaders.cells.raw_table import LONGEST_CELL
from kpicli.loaders.files.content import Content
from kpicli.loaders.text.structure import quote_runs
from kpicli.loaders.text.transcoding import outline, unit_size

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
    content: Content,
    start: int,
    delimiter: str,
    size: int = BLOCK,
    *,
    encoding: str = "utf-8",
    scan_all: bool = False,
) -> Iterator[Span]:
    """Yield the spans that make up the content from `start` on, each of about `size` bytes.

    A record ends at a line end outside quotes. To know whether one is, the last `_WINDOW` bytes of
    a span mostly do; `scan_all` looks at all from its start. A span may be cut wrongly without
    `scan_all`, where a cell is longer than the window: its last quote is then never closed, and its
    reader has to refuse it. Whether every quote stands where it may is for that reader to find too.
    The bytes are in the `encoding`; a span begins at a character, in ISO-2022-JP with ASCII. Raises
    `NotSimple` where a record is longer than any cell may be, and mostly behind such a wrong cut.
    """
    unit = unit_size(encoding)
    # A span grows until a record ends in it: of one cell of 20 MB it is doubled to 32 MB.
    while start < content.size:
        wanted = size + size % unit
        seen = wanted if scan_all else _WINDOW
        while (end := _last_record_end(content, start, wanted, delimiter, encoding, seen)) is None:
            wanted *= 2
            seen *= 2
            if wanted > 2 * LONGEST_CELL:
                raise NotSimple
        yield Span(start, end)
        start = end


def _last_record_end(
    content: Content, start: int, wanted: int, delimiter: str, encoding: str, seen: int
) -> int | None:
    """Return where the last record ends that does so in the `wanted` bytes; None where none does.

    So many of the last bytes are `seen` at first.
    """
    if start + wanted >= content.size:
        return content.size
    stop, unit = start + wanted, unit_size(encoding)
    # The last 64 KiB mostly do, and 8 MB need not be read twice: here and by the span's reader.
    begin = max(start, stop - seen - seen % unit)
    data = outline(content.read(begin, stop), encoding)
    end = _record_end(data, delimiter) if begin == start else _end_in_window(data, delimiter)
    if end is None and begin > start:
        # Both ways fit, or no record ends there: from the start there is no doubt.
        begin, data = start, outline(content.read(start, stop), encoding)
        end = _record_end(data, delimiter)
    return None if end is None else begin + end * unit


def _end_in_window(data: bytes, delimiter: str) -> int | None:
    """Return the end of the last record in the middle of a file; None where it is in doubt.

    Whether its first line begins in a quoted cell is not known, so both are tried. Mostly one way
    has text behind a closing quote, or both come to the same: after `5",` one is in no quotes.
    """
    first = data.find(b"\n") + 1
    rest = data[first:]
    if b'"' not in rest:  # or it is one cell as far as one can see
        end = _record_end(rest, delimiter)
        return first + end if first and end is not None else None
    ends: set[int | None] = set()
    for inside in (False, True):
        with suppress(NotSimple):
            ends.add(_record_end(rest, delimiter, inside=inside))
    end = ends.pop() if first and len(ends) == 1 else None
    return None if end is None else first + end


def _record_end(data: bytes, delimiter: str, *, inside: bool = False) -> int | None:
    """Return the end of the last record in bytes that begin with a line; None where none ends.

    Raises `NotSimple` where text follows a closing quote.
    """
    array = np.frombuffer(data, np.uint8)
    runs = quote_runs(array, np.flatnonzero(array == _QUOTE), delimiter, inside=inside)
    if runs is None:
        raise NotSimple
    # From the end backward: between two runs all line ends are in a quoted cell, or none is.
    stops = [*runs.first.tolist(), len(data)]
    starts = [0, *(runs.last + 1).tolist()]
    for start, stop, quoted in zip(
        reversed(starts), reversed(stops), runs.inside[::-1].tolist(), strict=True
    ):
        end = 0 if quoted else _line_end(data, start, stop)
        if end:
            return end
    return None


def _line_end(data: bytes, start: int, stop: int) -> int:
    """Return the end of the last line in a part of the data; 0 where none ends.

    A CR ends a line where no LF follows it; of one that comes last that is not known.
    """
    last_return = data.rfind(b"\r", start, min(stop, len(data) - 1))
    return 1 + max(data.rfind(b"\n", start, stop), last_return)
