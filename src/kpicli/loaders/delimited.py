"""The fast reader of text files (CSV, TSV): bytes through pyarrow, only distinct values decoded.

What pyarrow returns has to agree with the structure that the bytes have; where it does not, and
wherever the structure is not simple, the exact reader reads the file or says what is wrong with it.
"""

import codecs
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from kpicli.catalog.sources import Source
from kpicli.faults import Place
from kpicli.loaders.encoding import EncodedText, read_encoding
from kpicli.loaders.exact import check_records, read_exact
from kpicli.loaders.headers import match_headers, settle_headers
from kpicli.loaders.interface import Codes, ExportFile, RawColumn, RawTable
from kpicli.loaders.layout import (
    HEAD,
    LONGEST_CELL,
    Layout,
    find_layout,
    nearest_layout,
    records,
)
from kpicli.loaders.structure import Structure, scan_structure
from kpicli.loaders.structure_errors import no_header

_BLOCK = 1 << 22


def read_delimited(file: ExportFile, source: Source) -> RawTable:
    """Return the rows of a comma-, tab- or semicolon-separated file, whatever its encoding.

    The header may stand below title rows or a `sep=,` line. `place` gives the record's number as a
    spreadsheet shows it (titles, header and empty lines count, a `sep=` line does not) and the
    line of the file. A file without data rows has `rows` 0. Raises `InputError` when the structure
    is broken or a required column missing, `EncodingError` when the bytes or the header do not
    fit the encoding.
    """
    text = read_encoding(file, source)
    head = text.content[:HEAD].decode(text.codec, "ignore")  # the cut may split a character
    layout = find_layout(head, source, file.headers)
    if layout is None:
        layout = nearest_layout(head, source, file.headers)
        # A broken quote can hide the header: then that is what has to be told.
        check_records(file.shown, text, layout.delimiter)
        if any(map(str.strip, layout.cells)) and not match_headers(
            layout.cells, source, file.headers
        ):
            raise no_header(file.shown, source)
    positions = settle_headers(layout.cells, source, file.shown, file.headers)
    structure = scan_structure(text.content, layout.delimiter)
    if structure is not None:
        columns = _read_columns(text, source, layout, structure, positions)
        if columns is not None:
            return _table(file, text, layout, structure, positions, columns)
    return read_exact(file, source, text, layout)


def _read_columns(
    text: EncodedText,
    source: Source,
    layout: Layout,
    structure: Structure,
    positions: Mapping[str, int],
) -> dict[str, RawColumn] | None:
    """Return the columns as pyarrow reads them, or None where it refuses or counts otherwise."""
    rows = structure.records - layout.header - 1
    if rows == 0:
        return {name: RawColumn(np.zeros(0, np.int32), ()) for name in positions}
    start = int(structure.starts[layout.header + 1])
    # pyarrow drops a byte-order mark where its data begins, and reads cells of any length.
    if text.content.startswith(codecs.BOM_UTF8, start) or structure.longest > LONGEST_CELL:
        return None
    types = {
        str(position): pa.binary()
        if source.columns[name].type == "free_text"
        else pa.dictionary(pa.int32(), pa.binary())
        for name, position in positions.items()
    }
    data = pa.py_buffer(text.content).slice(start)
    try:
        table = _parsed(data, layout, types, max(_BLOCK, 2 * structure.longest))
    except pa.ArrowInvalid:
        return None
    if table.num_rows != rows:
        return None
    return {
        name: _column(table.column(str(position)), text.codec, source.columns[name].type)
        for name, position in positions.items()
    }


def _parsed(
    data: pa.Buffer, layout: Layout, types: Mapping[str, pa.DataType], block: int
) -> pa.Table:
    return arrow_csv.read_csv(
        data,
        read_options=arrow_csv.ReadOptions(
            column_names=[str(position) for position in range(len(layout.cells))],
            block_size=block,
        ),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter, newlines_in_values=True, ignore_empty_lines=False
        ),
        convert_options=arrow_csv.ConvertOptions(
            include_columns=list(types),
            column_types=types,
            check_utf8=False,
            strings_can_be_null=False,
        ),
    )


def _column(column: pa.ChunkedArray, codec: str, kind: str) -> RawColumn:
    if kind == "free_text":  # hardly ever looked at: every row is its own value, decoded on demand
        return RawColumn(np.arange(len(column), dtype=np.int32), DecodedOnDemand(column, codec))
    codes: list[Codes] = []
    distinct: list[str] = []
    for chunk in column.chunks:  # each block has its own few values: repeats cost less than merging
        codes.append(chunk.indices.to_numpy(zero_copy_only=False) + np.int32(len(distinct)))
        distinct += _decoded(chunk.dictionary, codec)
    return RawColumn(np.concatenate(codes), tuple(distinct))


def _decoded(values: pa.BinaryArray, codec: str) -> list[str]:
    """Decode all values in one go; in cp932 joined by NUL, which a simple file does not hold."""
    data = values.buffers()[2]
    if codec == "utf-8" or data is None or memoryview(data).tobytes().isascii():
        return list(values.cast(pa.string()).to_pylist())
    return b"\0".join(values.to_pylist()).decode(codec).split("\0")


class DecodedOnDemand(Sequence[str]):
    """The cells of one column, kept as bytes and decoded each time they are asked for."""

    def __init__(self, column: pa.ChunkedArray, codec: str) -> None:
        self._column = column
        self._codec = codec

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return str(self._column[int(index)].as_py(), self._codec)

    def __iter__(self) -> Iterator[str]:
        for chunk in self._column.chunks:
            yield from _decoded(chunk, self._codec)


def _table(
    file: ExportFile,
    text: EncodedText,
    layout: Layout,
    structure: Structure,
    positions: Mapping[str, int],
    columns: Mapping[str, RawColumn],
) -> RawTable:
    first = layout.header + 1
    headers = {name: layout.cells[position] for name, position in positions.items()}

    def place(row: int, column: str | None) -> Place:
        header = headers.get(column, column) if column else None
        return Place(file.shown, None, layout.row(row), structure.line(first + row), header)

    def cells(rows: Sequence[int]) -> list[tuple[str, ...]]:
        found = []
        for record in (first + row for row in rows):
            start, end = structure.starts[record : record + 2]
            lines = io.StringIO(text.content[start:end].decode(text.codec), newline="")
            found.append(tuple(next(records(lines, layout.delimiter, strict=True))))
        return found

    return RawTable(
        rows=structure.records - first,
        columns=columns,
        headers=headers,
        title_rows=layout.title_rows,
        place=place,
        cells=cells,
        encoding=text.encoding,
    )
