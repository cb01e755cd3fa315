"""A text file that was read span by span, as the table that answers for its rows afterwards."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Fault, Place
from kpicli.loaders.cells.raw_table import Cell, ColumnPart, Numbers, RawBlock, Records
from kpicli.loaders.files.content import Content, read_buffered
from kpicli.loaders.text.layout import cells_of
from kpicli.loaders.text.record_index import RecordIndex, records_at
from kpicli.loaders.text.spans import BLOCK, Span
from kpicli.loaders.text.text_block import OpenText, read_column, read_span
from kpicli.loaders.text.transcoding import transcoded

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source


class TextTable(Struct, frozen=True, dict=True):
    """The rows of a text file, by what is known of each of its spans; cells are read again."""

    text: OpenText
    source: "Source"
    indexes: tuple[RecordIndex, ...]
    sheet: None = None

    @cached_property
    def _first_rows(self) -> list[int]:
        return list(accumulate((index.rows for index in self.indexes), initial=0))

    @cached_property
    def _first_lines(self) -> list[int]:
        return list(accumulate((index.line_ends for index in self.indexes), initial=0))

    @property
    def rows(self) -> int:
        """Return the number of data rows."""
        return self._first_rows[-1]

    @cached_property
    def headers(self) -> dict[str, str]:
        """Return, by the catalogue's column names, the headers as written; others are absent."""
        return self.text.headers

    @property
    def header_cells(self) -> tuple[str, ...]:
        """Return the whole header, undeclared columns included, as written."""
        return self.text.layout.cells

    @property
    def positions(self) -> Mapping[str, int]:
        """Return, by the catalogue's column names, their places (from 0) in the header."""
        return self.text.positions

    @property
    def title_rows(self) -> int:
        """Return the number of rows above the header."""
        return self.text.layout.title_rows

    @property
    def findings(self) -> tuple[Fault, ...]:
        """Return remarks on the whole file."""
        return self.text.findings

    @property
    def encoding(self) -> str:
        """Return the encoding of the file."""
        return self.text.encoding

    @property
    def _form(self) -> object:
        layout, positions = self.text.layout, tuple(sorted(self.text.positions.items()))
        return len(layout.cells), layout.delimiter, self.text.codec, positions

    def place(self, row: int, column: str | None) -> Place:
        """Return a record's number as a spreadsheet shows it, and its line in the file.

        Titles, header and empty lines count, a `sep=` line counts as a line only.
        """
        number = self._span_of(row)
        before = self._first_lines[number]
        line = 1 + before + self.indexes[number].line(row - self._first_rows[number])
        header = self.header(row, column) if column else None
        return Place(self.text.label, None, self.text.layout.row(row), line, header)

    def numbers(self) -> tuple[Numbers, Numbers]:
        """Return the record number of every row, and its line in the file."""
        before = zip(self.indexes, self._first_lines, strict=False)
        lines = [index.lines() + (1 + own) for index, own in before]
        return np.arange(self.rows) + self.text.layout.row(0), np.concatenate(
            [np.zeros(0, np.int64), *lines]
        )

    def header(self, row: int, column: str) -> str:  # noqa: ARG002 - it is the same for all rows
        """Return the header above a cell as written; of a column that is absent, its name."""
        return self.headers.get(column, column)

    def cells(self, rows: Sequence[int]) -> list[tuple[str, ...]]:
        """Return all cells of the rows as they are, undeclared columns included.

        Rows may come in any order; each span is read once.
        """
        wanted = np.asarray(rows, np.int64)
        order = np.argsort(wanted, kind="stable")
        borders = np.searchsorted(wanted[order], self._first_rows)
        records: list[bytes] = []
        for number, (start, stop) in enumerate(pairwise(borders.tolist())):
            if start < stop:
                own = wanted[order[start:stop]] - self._first_rows[number]
                records += self._records(self.indexes[number], own)
        # The records came in the order of the file: the inverse of `order` leads back.
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        cells = cells_of(records, self.text.layout.delimiter, self.text.codec)
        return [cells[place] for place in back.tolist()]

    def column_cells(self, rows: Sequence[int], columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per declared column, its cells in the rows; "" in an empty line."""
        places = [self.text.positions[column] for column in columns]
        records = self.cells(rows) if places else []
        return [[cells[p] if p < len(cells) else "" for cells in records] for p in places]

    def records(self, first: int, count: int) -> Records:
        """Return the bytes of consecutive rows."""
        stop = first + count
        parts: list[bytes] = []
        starts = [np.zeros(1, np.int64)]
        for number in range(self._span_of(first), self._span_of(stop - 1) + 1):
            index, before = self.indexes[number], self._first_rows[number]
            own = index.starts[max(first - before, 0) : min(stop - before, index.rows) + 1]
            # Where a span ends the next begins: one of both is enough.
            starts.append(own[1:] - own[0] + starts[-1][-1])
            parts.append(self._bytes(index, int(own[0]), int(own[-1])))
        return Records(b"".join(parts), np.concatenate(starts), self._form)

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:
        """Yield all rows, free text among their columns where it is asked for.

        Spans of a cluster's size are read in smaller ones: cells take several times their bytes,
        which are known to be valid.
        """
        text = replace(self.text, checked=True)
        for index in self.indexes:
            for span in _parted(index):
                yield read_span(text, span, self.source, free_text=free_text)[0]

    def column_parts(self, column: str) -> Iterator[ColumnPart]:
        """Yield, span by span, what reads a column of it again; its bytes are known to be valid."""
        text = replace(self.text, checked=True)
        for index in self.indexes:
            yield partial(read_column, text, index.span, self.source, column)

    def _span_of(self, row: int) -> int:
        return bisect_right(self._first_rows, row) - 1

    def _records(self, index: RecordIndex, rows: npt.NDArray[np.int64]) -> Iterator[bytes]:
        """Yield the bytes of rows of one span, in order; what lies between them is read too."""
        first, last = index.starts[[rows[0], rows[-1] + 1]].tolist()
        return records_at(self._bytes(index, first, last), index, rows, first)

    def _bytes(self, index: RecordIndex, first: int, last: int) -> bytes:
        """Return a part of a span, in the codec of the text."""
        content, start, pieces = self.text.content, index.span.start, index.pieces
        if pieces is None:
            return read_buffered(content, start + first, start + last)
        around = pieces.around(first, last)
        borders = [start + border for border in pieces.before]
        data = b"".join(
            _in_utf8(content, self.text.stored, borders[n], borders[n + 1]) for n in around
        )
        skipped = pieces.after[around.start]
        return data[first - skipped : last - skipped]


def _parted(index: RecordIndex) -> Iterator[Span]:
    """Yield the span of some rows in spans of whole rows, each of about the usual size."""
    if index.pieces is not None or index.span.size <= 2 * BLOCK:
        yield index.span
        return
    starts = index.starts + index.span.start
    wanted = np.arange(index.span.start + BLOCK, index.span.stop, BLOCK)
    cuts = starts[np.searchsorted(starts[:-1], wanted, side="right") - 1]
    borders = {index.span.start, *cuts[cuts > starts[0]].tolist(), index.span.stop}
    yield from (Span(start, stop) for start, stop in pairwise(sorted(borders)))


@lru_cache(maxsize=32)
def _in_utf8(content: Content, encoding: str, start: int, stop: int) -> bytes:
    """Return a piece of a file in UTF-8; kept, as rows are asked for in runs, of files in turn."""
    return transcoded(content.read(start, stop), encoding)
