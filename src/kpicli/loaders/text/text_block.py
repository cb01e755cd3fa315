"""One span of a text file through pyarrow: bytes in, codes of distinct cells out.

What pyarrow returns has to agree with the structure that the bytes have; where it does not, and
wherever the structure is not simple, another reader has to read the file.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace
from pyarrow import csv as arrow_csv

from kpicli.loaders.cells.column_codes import codes_in
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import LONGEST_CELL, RawBlock, RawColumn
from kpicli.loaders.cells.row_bytes import DistinctBytes, RowBytes
from kpicli.loaders.text import structure_errors as errors
from kpicli.loaders.text.cp932 import is_plain_cp932, utf8_cell, worth_pyarrow
from kpicli.loaders.text.layout import Layout, cells_of
from kpicli.loaders.text.record_index import RecordIndex, index_of, records_at
from kpicli.loaders.text.row_width import MOST_LINES, Filled, RowWidth, filled, too_many_empty
from kpicli.loaders.text.spans import BLOCK, NotSimple, Span, spans
from kpicli.loaders.text.structure import Structure, scan_structure
from kpicli.loaders.text.transcoding import (
    BadByte,
    Pieces,
    first_bad_byte,
    transcoded_in_pieces,
)
from kpicli.values.dates import TIME_OF_DAY

if TYPE_CHECKING:
    from kpicli.base.faults import Fault
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.files.content import Content

_ESCAPED = re.compile(rb"\x1b[$(]")
_LINE_ENDS = np.frombuffer(b"\r\n", np.uint8)
_MANY = 2048
"""From so many distinct dates on, it pays to load what cuts their times of day off.

So many distinct ids stay bytes.
"""
_TIMED = rf"^([0-9]{{4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}})[ T]{TIME_OF_DAY}$"


class OpenText(Struct, frozen=True):
    """A text file whose header is found.

    `content` is `stored` in an encoding; its records begin at `start`, after a byte-order mark.
    Where it is not stored in `codec`, spans come out of `read` in UTF-8 all the same. `encoding` is
    the file's own, as the Summary names it. `checked` tells that every byte is known to be valid.
    `positions` are those of the declared columns; `findings` are remarks on its header.
    """

    label: str
    content: "Content"
    start: int
    encoding: str
    stored: str
    codec: Literal["utf-8", "cp932"]
    layout: Layout
    positions: Mapping[str, int]
    checked: bool = False
    findings: tuple["Fault", ...] = ()

    @property
    def is_transcoded(self) -> bool:
        """Return whether the bytes of its spans are others than those of the content."""
        return self.stored != self.codec

    def spans(self, size: int = BLOCK, *, scan_all: bool = False) -> Iterator[Span]:
        """Yield its spans, each of about `size` bytes."""
        sign = self.layout.delimiter
        return spans(self.content, self.start, sign, size, encoding=self.stored, scan_all=scan_all)

    def read(self, span: Span) -> tuple[bytes, Pieces | None]:
        """Return a span in `codec`, and of what pieces it was made where it was transcoded.

        Raises `NotSimple` where a byte is not valid.
        """
        data = self.content.read(span.start, span.stop)
        if not self.is_transcoded:
            return data, None
        try:
            return transcoded_in_pieces(data, self.stored)
        except BadByte:
            raise NotSimple from None

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of the declared columns as written."""
        cells = self.layout.cells
        return {name: shown_header(cells[place]) for name, place in self.positions.items()}


def read_column(text: OpenText, span: Span, source: "Source", column: str) -> RawColumn:
    """Return the cells of a span's rows in a column that the file has; raises as `read_span`."""
    return read_span(text, span, source, only=column)[0].columns[column]


def read_span(
    text: OpenText,
    span: Span,
    source: "Source",
    *,
    free_text: bool = False,
    only: str | None = None,
) -> tuple[RawBlock, RecordIndex]:
    """Return the rows of a span, with free text only where it is asked for, or `only` one column.

    Raises `NotSimple` where a byte is not valid in the file's codec, where ISO-2022-JP might be
    meant, and where quoting and line ends are not plain or a row is too wide.
    """
    data, pieces = text.read(span)
    asked = text.codec == "cp932" and not text.checked and worth_pyarrow(len(data))
    plain = asked and is_plain_cp932(data)
    if not plain and _is_wrong(data, text):
        raise NotSimple
    if text.codec == "cp932" and not text.checked and utf8_cell(data) is not None:
        raise NotSimple
    structure = scan_structure(data, text.layout.delimiter, plain=plain)
    if structure is None or structure.longest > LONGEST_CELL or structure.most_lines > MOST_LINES:
        raise NotSimple
    skipped = text.layout.header + 1 if span.start == text.start else 0
    if structure.records < skipped:
        raise NotSimple  # the header does not end where it was found to end
    index = index_of(structure, span, skipped)
    empty = _empty_lines(data, structure, skipped)
    if too_many_empty(empty):
        raise errors.empty_lines(text.label)
    wanted = {
        name: position
        for name, position in text.positions.items()
        if name == only
        or (only is None and (free_text or source.columns[name].type != "free_text"))
    }
    parsed = _columns(text, data, source, structure, skipped, wanted)
    columns, short = parsed.columns, parsed.short
    index = replace(index, empty=max(empty, parsed.empty), pieces=pieces)

    def cells(rows: Sequence[int]) -> list[tuple[str, ...]]:
        own = list(records_at(data, index, np.asarray(rows, np.int64)))
        return cells_of(own, text.layout.delimiter, text.codec)

    block = RawBlock(index.rows, columns, cells, text.positions, headers=text.headers, short=short)
    return block, index


def _empty_lines(data: bytes, structure: Structure, skipped: int) -> int:
    """Return how many records are a line end and nothing else."""
    starts = structure.starts[skipped:-1]
    return int(np.isin(np.frombuffer(data, np.uint8)[starts], _LINE_ENDS).sum())


def _is_wrong(data: bytes, text: OpenText) -> bool:
    """Return whether a byte is not valid, or ISO-2022-JP might be meant."""
    if b"\x1b" in data and _ESCAPED.search(data):
        return True
    return not text.checked and first_bad_byte(data, text.codec) is not None


class _Parsed(Struct, frozen=True):
    """The columns of a span, the rows that are short, and blank lines that are not quite empty."""

    columns: dict[str, RawColumn]
    short: Sequence[int] = ()
    empty: int = 0


def _columns(
    text: OpenText,
    data: bytes,
    source: "Source",
    structure: Structure,
    skipped: int,
    wanted: Mapping[str, int],
) -> "_Parsed":
    rows = structure.records - skipped
    if rows == 0:
        return _Parsed({name: RawColumn(np.zeros(0, np.int32), ()) for name in wanted})
    start = int(structure.starts[skipped])
    if data.startswith(codecs.BOM_UTF8, start):  # pyarrow would drop it
        raise NotSimple
    binary = {
        name
        for name in wanted
        if name == source.lone_key or source.columns[name].type == "free_text"
    }
    short: Sequence[int] = ()
    empty = 0
    try:
        table = _parsed(text, pa.py_buffer(data).slice(start), wanted, binary)
    except pa.ArrowInvalid:  # rows of another width, most likely
        made = _filled(text, data[start:], structure.starts[skipped:] - start, source)
        short, empty = made.short, made.empty
        try:
            table = _parsed(text, pa.py_buffer(made.data), wanted, binary)
        except pa.ArrowInvalid:
            raise NotSimple from None
    if table.num_rows != rows:
        raise NotSimple
    columns = {
        name: _each(_whole(table.column(str(position))), text.codec)
        if name in binary
        else _dictionary(_whole(table.column(str(position))), text.codec, source.columns[name].type)
        for name, position in wanted.items()
    }
    return _Parsed(columns, short, empty)


def _filled(text: OpenText, data: bytes, starts: npt.NDArray[np.int64], source: "Source") -> Filled:
    """Return the records as wide as the header; raises `NotSimple` where one is too wide."""
    keys = tuple(text.positions[name] for name in source.key if name in text.positions)
    width = RowWidth(text.layout.cells, keys)
    try:
        made = filled(data, starts, width, text.layout.delimiter, text.codec)
    except csv.Error:
        raise NotSimple from None
    if made is None:
        raise NotSimple
    if too_many_empty(made.empty):
        raise errors.empty_lines(text.label)
    return made


def _parsed(
    text: OpenText, data: pa.Buffer, wanted: Mapping[str, int], binary: set[str]
) -> pa.Table:
    types: dict[str, pa.DataType] = {
        str(position): pa.dictionary(pa.int32(), pa.binary())
        for name, position in wanted.items()
        if name not in binary
    }
    types.update({str(wanted[name]): pa.binary() for name in binary})
    return arrow_csv.read_csv(
        data,
        read_options=arrow_csv.ReadOptions(
            column_names=[str(position) for position in range(len(text.layout.cells))],
            block_size=len(data) + 1,
            use_threads=False,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=text.layout.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(types),
            column_types=types,
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _dictionary(column: pa.Array, codec: str, kind: str) -> RawColumn:
    if not isinstance(column, pa.DictionaryArray):  # it is another column's too, of ids
        column = column.dictionary_encode()
    codes, values = codes_in(column.indices), column.dictionary
    if kind == "date" and worth_pyarrow(len(values), _MANY):
        from pyarrow import compute

        # A valid time of day never changes what day it is: without it few values are left.
        cut = compute.replace_substring_regex(values, pattern=_TIMED, replacement=r"\1")
        cut = compute.dictionary_encode(cut)
        codes, values = codes_in(cut.indices)[codes], cut.dictionary
    if kind == "id" and len(values) >= _MANY:
        return RawColumn(codes, DistinctBytes(*_bytes_of(values), codec))
    return RawColumn(codes, _decoded(values, codec))


def _decoded(values: pa.BinaryArray, codec: str) -> list[str]:
    """Decode all values in one go, joined by NUL, which a simple file does not hold."""
    return b"\0".join(values.to_pylist()).decode(codec).split("\0") if len(values) else []


def _each(column: pa.BinaryArray, codec: str) -> RawColumn:
    cells = RowBytes(*_bytes_of(column), codec)
    return RawColumn(np.arange(len(column), dtype=np.int32), cells)


def _bytes_of(
    column: pa.BinaryArray,
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """Return the bytes of all values, and where each begins; the last of these is where all end."""
    _, offsets, data = column.buffers()
    held = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    first, last = int(held[0]), int(held[-1])
    own = np.frombuffer(data or b"", np.uint8)[first:last]
    return own, held.astype(np.int64) - first
