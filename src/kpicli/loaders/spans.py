"""Dividing a text file into spans of whole records, so that each can be read by itself."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from kpicli.loaders.content import Content
from kpicli.loaders.layout import LONGEST_CELL

BLOCK = 1 << 23
"""About so many bytes make a span: small enough to stay in memory many times over."""

_QUOTE = 34


class NotSimple(Exception):
    """The file is not one that the fast reader may read; whoever asked reads it another way."""


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes from `start` up to, not including, `stop`: one record or more, all of them whole."""

    start: int
    stop: int

    @property
    def size(self) -> int:
        """Return the number of bytes."""
        return self.stop - self.start


def spans(content: Content, start: int, size: int = BLOCK) -> Iterator[Span]:
    """Yield the spans that make up the content from `start` on, each of about `size` bytes.

    A record ends at a line feed with an even number of quotes before it; whether every quote
    stands where it may is for the reader of the span to find. Raises `NotSimple` where a record
    is longer than any cell may be.
    """
    while start < content.size:
        wanted = size
        while (stop := _last_record_end(content, start, start + wanted)) is None:
            wanted *= 2
            if wanted > 2 * LONGEST_CELL:
                raise NotSimple
        yield Span(start, stop)
        start = stop


def _last_record_end(content: Content, start: int, stop: int) -> int | None:
    """Return where the last record that ends before `stop` ends; None where none does."""
    if stop >= content.size:
        return content.size
    data = content.read(start, stop)
    quotes = int(np.count_nonzero(np.frombuffer(data, np.uint8) == _QUOTE))
    end = len(data)
    while (line := data.rfind(b"\n", 0, end)) >= 0:
        quotes -= data.count(b'"', line, end)
        if quotes % 2 == 0:
            return start + line + 1
        end = line
    return None
