"""Dates whose year, month and day stand in columns apart, read as one column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.sources.columns import Column
from kpicli.loaders.cells.raw_table import (
    Cell,
    CellError,
    RawBlock,
    RawColumn,
    Rows,
    text_of,
)
from kpicli.loaders.shapes.over_table import OverTable
from kpicli.values.folding import fold, header_key

if TYPE_CHECKING:
    from kpicli.base.faults import Place
    from kpicli.catalog.sources.columns import ColumnType
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.files.export_file import ExportFile

_NUMBER = r"(?:#[1-9][0-9]*)?"
_ERA = rf".*(?:元号|年号|和暦){_NUMBER}|(?:.*[ _])?era{_NUMBER}"
_YEAR = rf".*年{_NUMBER}|(?:.*[ _])?year{_NUMBER}"
_MONTH = rf".*月{_NUMBER}|(?:.*[ _])?month{_NUMBER}"
_DAY = rf".*日{_NUMBER}|(?:.*[ _])?day{_NUMBER}"
_FORMS: "Mapping[ColumnType, tuple[str, ...]]" = {
    "date": (_YEAR, _MONTH, _DAY),
    "month": (_YEAR, _MONTH),
}
_SIGNS = ("年", "月", "日")

_Of = TypeVar("_Of")


class Apart(Struct, frozen=True):
    """How a file is read in which columns stand apart.

    `parts` has, per column of the catalogue, the names of those columns of `source` that make it;
    `file` says under which headers.
    """

    source: "Source"
    file: "ExportFile"
    parts: Mapping[str, tuple[str, ...]]

    def by_column(self, values: Mapping[str, _Of]) -> dict[str, _Of]:
        """Return values by columns of the catalogue: of one that stands apart, its first part's.

        Where a part is not there, the column is not.
        """
        first = {own[0]: name for name, own in self.parts.items() if set(own) <= values.keys()}
        hidden = {part for own in self.parts.values() for part in own}
        return {
            first.get(name, name): value
            for name, value in values.items()
            if name in first or name not in hidden
        }

    def block(self, block: RawBlock) -> RawBlock:
        """Return rows with the columns of the catalogue.

        The header of a first part stands for all: in a line of headers its cell says the same.
        """
        columns, headers = self.by_column(block.columns), self.by_column(block.headers)
        for name, own in self.parts.items():
            if name in columns:
                parts = [block.columns[part] for part in own]
                columns[name] = _joined(parts, headers[name])
        positions = self.by_column(block.positions)
        return replace(block, columns=columns, positions=positions, headers=headers)


class ApartTable(OverTable, frozen=True):
    """A table in which columns stand apart, with the columns of the catalogue."""

    apart: Apart

    @property
    def headers(self) -> Mapping[str, str]:
        """Return the headers as written, those of parts side by side: `年・月・日`."""
        written = self.table.headers
        headers = self.apart.by_column(written)
        for name, own in self.apart.parts.items():
            if name in headers:
                headers[name] = "・".join(written[part] for part in own)
        return headers

    @property
    def positions(self) -> Mapping[str, int]:
        """Return the places of the columns in the header, the first part's of one apart."""
        return self.apart.by_column(self.table.positions)

    def place(self, row: int, column: str | None) -> "Place":
        """Return where a row, and a column, stands."""
        own = self.apart.parts.get(column or "")
        if own is None:
            return self.table.place(row, column)
        return replace(self.table.place(row, own[0]), column=self.headers.get(column or ""))

    def header(self, row: int, column: str) -> str | None:
        """Return the header above a cell; of what stands apart, all of its headers."""
        own = column in self.apart.parts
        return self.headers.get(column) if own else self.table.header(row, column)

    def column_cells(self, rows: Rows, columns: Sequence[str]) -> list[list[Cell]]:
        """Return, per column that the file has, its cells in the rows; those of parts as one."""
        parts = self.apart.parts
        every = list(dict.fromkeys(part for name in columns for part in parts.get(name, (name,))))
        cells = dict(zip(every, self.table.column_cells(rows, every), strict=True))
        for name in columns:
            if name in parts:
                own = zip(*(cells[part] for part in parts[name]), strict=True)
                cells[name] = [_cell(row, "") for row in own]
        return [cells[name] for name in columns]

    def blocks(self, *, free_text: bool) -> Iterator[RawBlock]:
        """Yield all rows."""
        return map(self.apart.block, self.table.blocks(free_text=free_text))


def apart_in(file: "ExportFile", source: "Source") -> Apart | None:
    """Return how the columns of a file that stand apart are read; None where none do.

    They are those date columns whose headers, of the file or else of the catalogue, are one of a
    year, one of a month and one of a day, in this order; one of an era may stand before them, and a
    column of months has no day.
    """
    extra = dict(file.headers or {})
    headers = {
        name: extra.get(name, column.headers)
        for name, column in source.columns.items()
        if _are_parts(extra.get(name, column.headers), column.type)
    }
    if not headers:
        return None
    parts = {name: tuple(f"{name} {each}" for each in own) for name, own in headers.items()}
    columns: dict[str, Column] = {}
    for name, column in source.columns.items():
        if name not in parts:
            columns[name] = column
            continue
        extra.pop(name, None)
        for part, header in zip(parts[name], headers[name], strict=True):
            columns[part] = Column(headers=(header,), type="text", required=column.required)
            if re.search(r"#[1-9][0-9]*\Z", header):
                extra[part] = (header,)
    return Apart(source.with_columns(columns, parts), replace(file, headers=extra or None), parts)


def _are_parts(headers: Sequence[str], kind: "ColumnType") -> bool:
    forms = _FORMS.get(kind, ())
    if forms and len(headers) == len(forms) + 1:
        forms = (_ERA, *forms)
    return (
        bool(forms)
        and len(headers) == len(forms)
        and all(
            re.fullmatch(form, fold(header), re.IGNORECASE)
            for form, header in zip(forms, headers, strict=True)
        )
    )


def _joined(parts: Sequence[RawColumn], header: str) -> RawColumn:
    """Return one column of several; each of their combinations is joined once."""
    combined = np.zeros(len(parts[0].codes), np.int64)
    for part in parts:
        combined = combined * max(len(part.distinct), 1) + part.codes
    _, firsts, codes = np.unique(combined, return_index=True, return_inverse=True)
    places = zip(*(part.codes[firsts].tolist() for part in parts), strict=True)
    every = [part.distinct for part in parts]
    cells = [
        _cell([own[place] for own, place in zip(every, row, strict=True)], header) for row in places
    ]
    return RawColumn(codes.astype(np.int32), cells)


def _cell(cells: Sequence[Cell], header: str) -> Cell:
    """Return the cells of an era (if there is one), a year, a month and a day as one.

    What is not there stays out (`2025年4月`), so that the reading tells what lacks. The first cell
    stands for all where it is an error, or the column's `header` once more.
    """
    error = next((cell for cell in cells if isinstance(cell, CellError)), None)
    if error is not None:
        return error
    texts = [fold(text_of(cell)) for cell in cells]
    if header and header_key(texts[0]) == header_key(header):
        return texts[0]
    era, texts = ("", texts) if len(texts) <= len(_SIGNS) else (texts[0], texts[1:])
    named = zip(texts, _SIGNS, strict=False)
    return era + "".join(text.removesuffix(sign).rstrip() + sign for text, sign in named if text)
