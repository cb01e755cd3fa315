"""The distinct cells of a column's piece as parts, one for each kind and style of cell.

Values are checked here and made only when they are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from msgspec import Struct

from kpicli.loaders.cells.column_codes import codes_in
from kpicli.loaders.cells.raw_table import Codes
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.workbook.manifest import MAIN
from kpicli.loaders.workbook.number_formats import as_stored
from kpicli.loaders.workbook.shared_texts import unescaped
from kpicli.loaders.workbook.sheet.each_cell import (
    stored_cell,
    stored_number,
    stored_other,
    stored_text,
)
from kpicli.loaders.workbook.sheet.xml_rows import SheetHandlers, XmlRow
from kpicli.loaders.workbook.sheet_cells import CellColumn, Cells, Flags, StoredCell
from kpicli.loaders.workbook.xml_bounds import parse

if TYPE_CHECKING:
    from kpicli.loaders.workbook.parts import Package

_TEXT = r"[^<>&\x00-\x08\x0b-\x1f]"
_FORMULA = r"[^<>&\x00-\x1f\x7f-\xff]"
_BORDERS: Final = np.array([0, 1], np.int32)
_SPACE: Final = pa.Array.from_buffers(
    pa.binary(), 1, [None, pa.py_buffer(_BORDERS), pa.py_buffer(b" ")]
)[0]
"""A space as pyarrow takes it: bare bytes would load pandas to look at them."""
_PLAIN: Final = (
    r'^(?: s="(?P<style>[0-9]{1,9})")?(?: t="(?P<kind>n|s|str|inlineStr|b|e|d)")?>'
    rf"(?:(?:<f>{_FORMULA}*</f>)?<v>(?P<value>{_TEXT}+)</v>"
    rf'|<is><t(?: xml:space="preserve")?>(?P<inline>{_TEXT}+)</t></is>)</c>$'
)
_INDEX, _NUMBER = "^[0-9]{1,9}$", r"^-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"
_NO_CHARACTER = r"\xef\xbf[\xbe\xbf]"
"""U+FFFE and U+FFFF, which no XML may hold, as they stand in UTF-8."""
_REMEMBERED = 1 << 16


class NotPlainError(Exception):
    """The XML is not in the plain form, or contradicts itself."""


class PlainCells:
    """A reader of cells as bytes, from behind their reference (` t="s"><v>5</v></c>`)."""

    def __init__(self, package: "Package") -> None:
        self._package = package
        self._listed = _strings(package.texts)
        self._known: dict[bytes, StoredCell] = {}

    def read(self, bodies: pa.BinaryArray) -> tuple[Codes, list[Cells], Flags]:
        """Return a code for each cell, the parts through which these count, and which are filled.

        Raises `NotPlainError`, `ValueError` or `LookupError` for what is no cell.
        """
        coded = bodies.dictionary_encode()
        distinct = coded.dictionary
        taken = pc.extract_regex(distinct, _PLAIN)
        kinds, styles = (pc.struct_field(taken, name) for name in ("kind", "style"))
        joined = pc.binary_join_element_wise(kinds, styles, _SPACE)
        groups = joined.dictionary_encode(null_encoding="encode")
        of_group, names = codes_in(groups.indices), groups.dictionary.to_pylist()
        parts: list[Cells] = []
        order: list[npt.NDArray[np.int64]] = []
        for number, group in enumerate(names):
            if group is None:
                continue
            places = np.flatnonzero(of_group == number)
            kind, style = group.decode().split(" ")
            field = "inline" if kind == "inlineStr" else "value"
            texts = taken.field(field).take(indices_of(places))
            if not pc.min(pc.binary_length(texts)).as_py():
                raise NotPlainError
            parts.append(self._part(kind or "n", style or "0", texts))
            order.append(places)
        odd = np.flatnonzero(of_group == (names.index(None) if None in names else len(names)))
        cells = self._parsed(distinct.take(indices_of(odd)).to_pylist())
        parts.append(cells)
        order.append(odd)
        new = np.empty(len(distinct), np.int32)
        new[np.concatenate(order)] = np.arange(len(distinct), dtype=np.int32)
        filled = np.ones(len(distinct), np.bool_)
        filled[len(distinct) - len(odd) :] = [cell.value is not None for cell in cells]
        codes = new[codes_in(coded.indices)]
        return codes, parts, filled[codes]

    def _part(self, kind: str, style: str, texts: pa.BinaryArray) -> Cells:
        package = self._package
        if kind == "s":
            _require(texts, _INDEX)
            indexes = texts.cast(pa.string()).cast(pa.int64())
            if pc.max(indexes).as_py() >= len(self._listed):
                raise NotPlainError
            stored_text("", style, package)  # raises for an unknown style
            return _Texts(self._listed.take(indexes), style, package)
        if kind == "n":
            _require(texts, _NUMBER)
            numbers = texts.cast(pa.string()).cast(pa.float64())
            if not pc.all(pc.is_finite(numbers)).as_py():
                raise NotPlainError
            stored_number(0, style, package)
            return _Numbers(numbers, style, package)
        if pc.any(pc.match_substring_regex(texts, _NO_CHARACTER)).as_py():
            raise NotPlainError
        strings = texts.cast(pa.string())  # raises for what is no UTF-8
        if kind in ("str", "inlineStr"):
            stored_text("", style, package)
            if pc.any(pc.match_substring(strings, "_x00")).as_py():
                return _Texts(_strings(map(unescaped, strings.to_pylist())), style, package)
            return _Texts(strings.cast(pa.large_string()), style, package)
        return [stored_other(kind, text, style, package) for text in strings.to_pylist()]

    def _parsed(self, bodies: Sequence[bytes]) -> list[StoredCell]:
        """Return the cells that are otherwise (empty, rich, with entities), by an XML parser."""
        new = [body for body in bodies if body not in self._known]
        xml = b"".join(b'<row><c r="A1"%s</row>' % body for body in new)
        if b"<!" in xml or b"<?" in xml:
            raise NotPlainError
        # A cell can neither end the row around it nor hold a row, a merged range or another cell
        # beside it: there would be more of them.
        rows: list[XmlRow] = []
        merges: list[str] = []
        whole = b'<x xmlns="%s">%s</x>' % (MAIN[1:-1].encode(), xml)
        parse(BytesIO(whole), SheetHandlers(rows.append, merges.append))
        if merges or [len(row.cells) for row in rows] != [1] * len(new):
            raise NotPlainError
        read = [stored_cell(row.cells[0], self._package) for row in rows]
        known = dict(zip(new, read, strict=True))
        cells = [known[body] if body in known else self._known[body] for body in bodies]
        if len(self._known) < _REMEMBERED:
            self._known.update(known)
        return cells


def indices_of(places: npt.NDArray[np.int64]) -> pa.Int64Array:
    """Return places as what `take` takes; `pa.array` would load pandas to look at them."""
    buffer = pa.py_buffer(np.ascontiguousarray(places, np.int64))
    return pa.Array.from_buffers(pa.int64(), len(places), [None, buffer])


def _strings(texts: Iterable[str]) -> pa.LargeStringArray:
    """Return texts as pyarrow has them; `pa.array` would load pandas to look at them."""
    own = texts if isinstance(texts, RowBytes) else RowBytes.of(texts)
    buffers = [None, pa.py_buffer(own.offsets), pa.py_buffer(own.data)]
    return pa.Array.from_buffers(pa.large_string(), len(own), buffers)


def texts_of(column: CellColumn, codes: Codes) -> RowBytes | None:
    """Return the text of each row of a column of texts that was read in bulk; None for any other.

    `codes` are those of `CellColumn.between`: what stands nowhere is empty.
    """
    strings = [_strings(("",))]
    for part in column.parts:
        if isinstance(part, _Texts):
            strings.append(part.strings)
            continue
        values = [] if isinstance(part, _Numbers) else [cell.value for cell in part]
        texts = [value or "" for value in values if value is None or isinstance(value, str)]
        if len(texts) < len(part):
            return None
        strings.append(_strings(texts))
    taken = pa.concat_arrays(strings).take(indices_of(codes.astype(np.int64)))
    _, offsets, data = taken.buffers()
    borders = np.frombuffer(offsets, np.int64)[: len(taken) + 1]
    return RowBytes(np.frombuffer(data, np.uint8)[: int(borders[-1])], borders, "utf-8")


def _require(texts: pa.BinaryArray, pattern: str) -> None:
    if not pc.all(pc.match_substring_regex(texts, pattern)).as_py():
        raise NotPlainError


class _Texts(Struct, frozen=True):
    strings: pa.LargeStringArray
    style: str
    package: "Package"

    def __len__(self) -> int:
        return len(self.strings)

    def __getitem__(self, place: int) -> StoredCell:
        return stored_text(self.strings[place].as_py(), self.style, self.package)

    def __iter__(self) -> Iterator[StoredCell]:
        for text in self.strings.to_pylist():
            yield stored_text(text, self.style, self.package)


class _Numbers(Struct, frozen=True):
    numbers: pa.DoubleArray
    style: str
    package: "Package"

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, place: int) -> StoredCell:
        return stored_number(as_stored(self.numbers[place].as_py()), self.style, self.package)

    def __iter__(self) -> Iterator[StoredCell]:
        for number in self.numbers.to_pylist():
            yield stored_number(as_stored(number), self.style, self.package)
