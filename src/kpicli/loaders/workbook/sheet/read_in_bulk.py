"""The cells of a large sheet in bulk: for bytes in the plain form that nearly all programs write.

    <row r="2" spans="1:3"><c r="A2" s="1" t="s"><v>5</v></c><c r="B2"><v>3</v></c></row>

A piece of whole rows is cut at every `<row r="` and `<c r="`. The numbers behind these are read
for all cells at once; what follows a cell's number is the same for equal cells, so that only the
distinct ones of each column are looked at, by `stored_parts`. That takes no Python object a cell.

Nothing is believed of the XML: each byte of a row is either compared with the plain form or, in a
distinct cell, given to an XML parser; the bytes before and after the rows go through the reader of
single cells. Whatever is otherwise (prefixes, white space between tags, another encoding, rows out
of order, anything damaged) makes the whole sheet go there, which reads it or says what is wrong.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO, TYPE_CHECKING
from xml.etree.ElementTree import ParseError

import numpy as np
import pyarrow as pa
from defusedxml.common import DefusedXmlException
from msgspec import Struct

from kpicli.loaders.cells.column_codes import codes_in, small_type
from kpicli.loaders.cells.raw_table import Codes
from kpicli.loaders.workbook.shared_texts import Bytes, Places, stands
from kpicli.loaders.workbook.sheet.each_cell import (
    LAST_COLUMN,
    LAST_ROW,
    SheetElements,
    read_each_cell,
)
from kpicli.loaders.workbook.sheet.stored_parts import NotPlainError, PlainCells, indices_of
from kpicli.loaders.workbook.sheet_cells import (
    CellColumn,
    Cells,
    Flags,
    SheetCells,
    StoredCell,
)
from kpicli.loaders.workbook.xml_bounds import (
    PROLOG,
    STRETCH,
    WHOLE_BYTES,
    BrokenPartError,
    utf8_declared,
)

if TYPE_CHECKING:
    from kpicli.loaders.workbook.parts import Package

_PIECE = 8 << 20
_START, _END = b"<sheetData>", b"</sheetData>"
_ROW, _CELL, _ROW_END = b'<row r="', b'<c r="', b"</row>"
_ATTRIBUTES = re.compile(rb'"(?: [A-Za-z0-9:]+="[^"<>&\x00-\x1f\x7f-\xff]*")*/?>')
_FORMS = 10_000
"""The most forms of rows (heights, styles): real sheets have tens."""
_DIGITS = 7
_COLUMNS = 512
"""The most columns: in wider sheets a column is too short for the work to be done at once."""

_NOT_PLAIN = (
    NotPlainError,
    BrokenPartError,
    ParseError,
    DefusedXmlException,
    LookupError,
    ValueError,  # pa.ArrowInvalid is one
    ArithmeticError,
)
"""All but a damaged zip: the other way says it better, or reads the sheet after all."""


def read_in_bulk(xml: IO[bytes], package: "Package") -> SheetCells | None:
    """Return the cells of a sheet; None where its XML is not in the plain form throughout.

    Raises what `reading` turns into an `InputError` where the zip is damaged.
    """
    try:
        return _read(xml, package)
    except _NOT_PLAIN:
        return None


def _read(xml: IO[bytes], package: "Package") -> SheetCells:
    rows = _Rows(package)
    head = xml.read(PROLOG)
    start = head.find(_START) + len(_START)
    before, buffer = head[:start], head[start:]
    if start < len(_START) or b"<!" in before or not utf8_declared(before):
        raise NotPlainError
    while (end := buffer.find(_END)) < 0:
        cut = max(buffer.rfind(_ROW), 0)
        rows.add(buffer[:cut])
        more = xml.read(_PIECE)
        buffer = buffer[cut:] + more
        if not more or len(buffer) > STRETCH:
            raise NotPlainError
    rows.add(buffer[:end])
    after = buffer[end:] + xml.read(WHOLE_BYTES)
    if xml.read(1):
        raise NotPlainError
    return rows.sheet(before, after)


class _Rows:
    """The rows that were read so far, column by column."""

    def __init__(self, package: "Package") -> None:
        self._package = package
        self._forms: dict[bytes, int] = {}
        self._numbers: list[Codes] = []
        self._form_of_row: list[Codes] = []
        self._columns: dict[int, _Pieces] = {}
        self._plain = PlainCells(package)
        self._last = 0

    def add(self, piece: bytes) -> None:
        """Take in whole rows; `NotPlainError` where they are not in the plain form."""
        if not piece:
            return
        cut = _cut(piece)
        rows = cut.numbers[cut.columns == 0]
        if rows[0] <= self._last or (np.diff(rows) <= 0).any():
            raise NotPlainError
        self._last = int(rows[-1])
        self._numbers.append(rows)
        self._form_of_row.append(self._numbered_forms(cut))
        for column, row, bodies in cut.by_column():
            pieces = self._columns.setdefault(column, _Pieces())
            codes, parts, filled = self._plain.read(bodies)
            pieces.rows.append(row[filled])
            pieces.codes.append(codes[filled] + pieces.distinct)
            pieces.parts.extend(parts)

    def _numbered_forms(self, cut: "_Cut") -> Codes:
        coded = cut.rests_of(np.flatnonzero(cut.columns == 0)).dictionary_encode()
        forms: list[bytes] = coded.dictionary.to_pylist()
        if len(forms) + len(self._forms) > _FORMS or not all(map(_ATTRIBUTES.fullmatch, forms)):
            raise NotPlainError
        numbers = [self._forms.setdefault(form, len(self._forms)) for form in forms]
        closed = np.array([form.endswith(b"/>") for form in forms])
        of_row = codes_in(coded.indices)
        if (closed[of_row] != cut.empty).any():
            raise NotPlainError
        form_of: Codes = np.array(numbers, np.int32)[of_row]
        return form_of

    def sheet(self, before: bytes, after: bytes) -> SheetCells:
        """Return the sheet; what stands around its rows is read as that of other sheets is.

        There a row stands for each form of rows, and one with a cell, which must turn out as such:
        so these names mean here what they mean in the plain form.
        """
        probe = b'<row r="1"><c r="A1" t="str"><v>x</v></c></row>'
        forms = b"".join(
            b'<row r="%d%s' % (number, form if form.endswith(b"/>") else form + _ROW_END)
            for number, form in enumerate(self._forms, 2)
        )
        read = _around(before + probe + forms + after, self._package)
        hidden = np.array([form + 2 in read.hidden for form in range(len(self._forms))], np.bool_)
        out_of_sight = frozenset(
            row
            for numbers, forms_of in zip(self._numbers, self._form_of_row, strict=True)
            for row in numbers[hidden[forms_of]].tolist()
        )
        if read.rows != set(range(1, len(self._forms) + 2)):
            raise NotPlainError
        every = np.concatenate([np.zeros(0, np.int32), *self._numbers])
        filled = {n: own for n, own in self._columns.items() if any(map(len, own.rows))}
        columns = {n: own.column(every) for n, own in filled.items()}
        return SheetCells(columns, out_of_sight, read.merges)


def _around(xml: bytes, package: "Package") -> SheetElements:
    read = read_each_cell(BytesIO(xml), package)
    cells = {number: (own.rows, [*own.index]) for number, own in read.columns.items()}
    if cells != {1: ([1], [(str, StoredCell("x"))])}:
        raise NotPlainError
    return read


class _Pieces(Struct, frozen=True):
    """The cells of one column, a run of rows in each piece; codes count through all `parts`."""

    rows: list[Codes] = []
    codes: list[Codes] = []
    parts: list[Cells] = []

    @property
    def distinct(self) -> int:
        return sum(map(len, self.parts))

    def column(self, every: Codes) -> CellColumn:
        """Return the column; one that is filled in all rows of the sheet, `every`, shares these."""
        rows = np.concatenate(self.rows)
        codes = np.concatenate(self.codes).astype(small_type(self.distinct))
        return CellColumn(every if np.array_equal(rows, every) else rows, codes, self.parts)


class _Cut(Struct, frozen=True):
    """A piece, cut where rows and cells begin.

    `numbers` has the row of each, `columns` the column, 0 for rows; `rests` is what follows these
    numbers: attributes, and of a cell its content too. Of the rows, `empty` ones have no end tag.
    """

    numbers: Codes
    columns: Codes
    rests: pa.BinaryArray
    empty: Flags

    def rests_of(self, places: Places) -> pa.BinaryArray:
        """Return the rests of some of the rows or cells."""
        return self.rests.take(indices_of(2 * places))

    def by_column(self) -> Iterator[tuple[int, Codes, pa.BinaryArray]]:
        """Yield each column with the rows and rests of its cells, in their order."""
        cells = np.flatnonzero(self.columns)
        cells = cells[np.argsort(self.columns[cells].astype(np.int16), kind="stable")]
        own = self.columns[cells]
        starts = np.flatnonzero(np.diff(own)) + 1  # `np.unique` would load masked arrays
        if len(starts) >= _COLUMNS:
            raise NotPlainError
        for places in np.split(cells, starts) if len(cells) else ():
            yield int(self.columns[places[0]]), self.numbers[places], self.rests_of(places)


def _cut(piece: bytes) -> _Cut:
    """Return a piece of whole rows, cut; `NotPlainError` where it is not in the plain form."""
    data = np.frombuffer(piece + bytes(2 * len(_ROW)), np.uint8)  # so that all reach to its end
    tags = np.flatnonzero(data == ord("<"))
    first = data[tags + 1]
    row_tag = (first == ord("r")) & (data[tags + 2] == ord("o"))
    chosen = row_tag | (first == ord("c"))
    starts, rows = tags[chosen], row_tag[chosen]
    if not len(starts) or starts[0] != 0 or not rows[0]:
        raise NotPlainError
    _require(data, starts[rows], _ROW)
    _require(data, starts[~rows], _CELL)
    columns, after = _columns(data, starts + np.where(rows, len(_ROW), len(_CELL)), rows)
    numbers, after = _numbers(data, after)
    row_numbers = numbers[rows]
    ends = np.append(starts[1:], len(piece))
    last = np.append(rows[1:], True)  # the piece ends where a row would begin
    closed = last.copy()
    closed[last] = stands(data, ends[last] - len(_ROW_END), _ROW_END)
    ends = ends - len(_ROW_END) * closed
    after = np.where(rows, after, after + 1)
    in_order = rows[1:] | rows[:-1] | (columns[1:] > columns[:-1])
    plain = (
        (numbers == row_numbers[np.cumsum(rows) - 1]).all()
        and in_order.all()
        and (rows | ~last | closed).all()
        and (after <= ends).all()
    )
    if not plain:
        raise NotPlainError
    borders = np.column_stack((after, ends)).ravel().astype(np.int32)
    buffers = [None, pa.py_buffer(borders), pa.py_buffer(data)]
    rests = pa.Array.from_buffers(pa.binary(), len(borders) - 1, buffers)
    return _Cut(numbers, columns, rests, (last & ~closed)[rows])


def _require(data: Bytes, places: Places, text: bytes) -> None:
    if not stands(data, places, text).all():
        raise NotPlainError


def _columns(data: Bytes, places: Places, rows: Flags) -> tuple[Codes, Places]:
    """Return the columns whose letters stand there, 0 for rows, and the places behind these."""
    columns, going = np.zeros(len(places), np.int32), ~rows
    for _ in range(3):
        letters = data[places]
        going = going & (letters >= ord("A")) & (letters <= ord("Z"))
        columns = np.where(going, columns * 26 + letters - (ord("A") - 1), columns)
        places = places + going
    if (rows != (columns == 0)).any() or (columns > LAST_COLUMN).any():
        raise NotPlainError
    return columns.astype(np.int32), places


def _numbers(data: Bytes, places: Places) -> tuple[Codes, Places]:
    """Return the row numbers that stand there before a quote, and the places of the quotes."""
    numbers, going = np.zeros(len(places), np.int32), np.ones(len(places), np.bool_)
    for _ in range(_DIGITS):
        digits = data[places]
        going = going & (digits >= ord("0")) & (digits <= ord("9"))
        numbers = np.where(going, numbers * 10 + digits - ord("0"), numbers)
        places = places + going
    if (data[places] != ord('"')).any() or (numbers < 1).any() or (numbers > LAST_ROW).any():
        raise NotPlainError
    return numbers.astype(np.int32), places
