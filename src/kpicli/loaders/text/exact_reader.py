"""The exact reader of text files: slow, and certain about what is wrong and where.

It reads what the fast reader may not, and says of a broken file on which line it is broken.
"""

import csv
import io
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from kpicli.base.faults import Place
from kpicli.loaders.cells.column_positions import column_positions, repeated_findings
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import HeldTable, RawColumn
from kpicli.loaders.text import structure_errors as errors
from kpicli.loaders.text.layout import Layout, records
from kpicli.loaders.text.row_width import MOST_LINES, RowWidth, is_empty_line, too_many_empty

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.files.export_file import ExportFile
    from kpicli.loaders.text.encoding import EncodedText


def read_exact(
    file: "ExportFile", source: "Source", text: "EncodedText", layout: Layout
) -> HeldTable:
    """Return the rows below the header, read by the standard library's csv module, strictly.

    Shorter rows are filled with blanks, which programs leave out at a row's end. Raises
    `InputError` (file, line and record named) for a row that is longer than the header, save blank
    surplus cells and totals, for an unclosed quote, for text after a closing quote, for a NUL byte,
    and for a cell beyond 67 million characters.
    """
    positions = column_positions(layout.cells, source, file.label, file.headers)
    keys = tuple(positions[name] for name in source.key if name in positions)
    width = RowWidth(layout.cells, keys)
    short: list[int] = []
    columns = {name: _Column(position) for name, position in positions.items()}
    lines = array("q")
    for number, (line, cells) in enumerate(numbered_records(file.label, text, layout.delimiter)):
        if number > layout.header:
            if len(cells) != len(layout.cells):
                fitted = width.fitted(cells)
                if fitted is None:
                    row, expected = number + 1 - layout.hidden, len(layout.cells)
                    raise errors.width(file.label, line, row, len(cells), expected)
                if width.is_short(cells):
                    short.append(len(lines))
                cells = fitted
            lines.append(line)
            for column in columns.values():
                column.add(cells[column.position])

    rows = _Rows(file.label, text, layout, positions, lines)
    return HeldTable(
        rows=len(lines),
        columns={name: column.raw() for name, column in columns.items()},
        headers=rows.headers,
        header_cells=layout.cells,
        positions=positions,
        title_rows=layout.title_rows,
        place=rows.place,
        cells=rows.cells,
        encoding=text.encoding,
        findings=repeated_findings(layout.cells, source, Place(file.label), file.headers),
        short=short,
    )


class _Rows(Struct, frozen=True):
    """Where the rows stand: `lines` has the line on which each begins."""

    label: str
    text: "EncodedText"
    layout: Layout
    positions: Mapping[str, int]
    lines: "array[int]"

    @property
    def headers(self) -> dict[str, str]:
        cells = self.layout.cells
        return {name: shown_header(cells[place]) for name, place in self.positions.items()}

    def place(self, row: int, column: str | None) -> Place:
        header = self.headers.get(column, column) if column else None
        return Place(self.label, None, self.layout.row(row), self.lines[row], header)

    def cells(self, rows: Sequence[int]) -> list[tuple[str, ...]]:
        wanted = {row + self.layout.header + 1 for row in rows}
        by_number = {
            number: tuple(cells)
            for number, (_, cells) in enumerate(
                numbered_records(self.label, self.text, self.layout.delimiter)
            )
            if number in wanted
        }
        return [by_number[row + self.layout.header + 1] for row in rows]


class _Column(Struct):
    """Collects one column: a code per row, and each distinct value once."""

    position: int
    codes: "array[int]" = field(default_factory=lambda: array("i"))
    known: dict[str, int] = {}

    def add(self, cell: str) -> None:
        self.codes.append(self.known.setdefault(cell, len(self.known)))

    def raw(self) -> RawColumn:
        return RawColumn(np.array(self.codes, np.int32), tuple(self.known))


class _TooManyLinesError(Exception):
    """A record has more lines than any cell may have."""


def check_records(label: str, text: "EncodedText", delimiter: str) -> None:
    """Raise `InputError` at the first line whose quoting, or a NUL byte, breaks the file."""
    for _ in numbered_records(label, text, delimiter):
        pass


def numbered_records(
    label: str, text: "EncodedText", delimiter: str
) -> Iterator[tuple[int, list[str]]]:
    """Yield every record of the file with the 1-based line on which it begins.

    Raises `InputError` at the first line whose quoting, or a NUL byte, breaks the file, at a record
    of an abnormal number of lines, and where hardly anything but empty lines is in the file.
    """
    if b"\0" in text.content:
        raise errors.nul(label, 1 + _line_ends(text.content.partition(b"\0")[0]))
    stream = io.TextIOWrapper(io.BytesIO(text.content), encoding=text.codec, newline="")
    pending: list[str] = []
    reader = records(_remembered(stream, pending), delimiter, strict=True)
    line = 1
    empty = 0
    try:
        for cells in reader:
            empty += is_empty_line(cells)
            if too_many_empty(empty):
                raise errors.empty_lines(label)
            yield line, cells
            line += len(pending)
            pending.clear()
    except _TooManyLinesError:
        raise errors.too_many_lines(label, line) from None
    except csv.Error as error:
        record = "".join(pending)
        start, end = _faulty_quote(record, delimiter)
        opened = line + _line_ends(record[:start].encode())
        if "limit" in str(error):
            raise errors.too_long(label, opened) from None
        if end is None:
            raise errors.unclosed(label, opened) from None
        raise errors.after_quote(label, line + _line_ends(record[:end].encode()), opened) from None


def _remembered(stream: io.TextIOBase, pending: list[str]) -> Iterator[str]:
    for line in stream:
        if len(pending) == MOST_LINES:  # the lines of a quote that is never closed fill memory
            raise _TooManyLinesError
        pending.append(line)
        yield line


def _faulty_quote(record: str, delimiter: str) -> tuple[int, int | None]:
    """Return where the quoted cell that breaks `record` opens, and where it closes, if it does."""
    start = 0
    while start >= 0:
        if record[start : start + 1] != '"':
            end = record.find(delimiter, start)
        else:
            end = _closing(record, start + 1)
            if end < 0:
                return start, None
            if record[end + 1 : end + 2] != delimiter:
                return start, end
            end += 1
        start = end + 1 if end >= 0 else -1
    return 0, None


def _closing(record: str, position: int) -> int:
    """Return where the quote closes that opened before `position`, or -1 if it does not."""
    while (position := record.find('"', position)) >= 0:
        if record[position + 1 : position + 2] != '"':
            return position
        position += 2
    return -1


def _line_ends(text: bytes) -> int:
    return text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
