"""The tables of a file, as nobody has declared them: their layout and their columns."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.intake.profiling.columns import Column, column_of
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import date_reader, read_number
from kpicli.loaders.files.content import Content, read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.plain_rows import plain_rows
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.workbook.container import kind_of, leading_bytes
from kpicli.loaders.workbook.parts import Package, read_package
from kpicli.loaders.workbook.read_cells import read_cells
from kpicli.loaders.workbook.sheet_cells import SheetCells
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

_REACH = 30
"""Rows in which a header may stand."""
_SOME = 300
_LABEL = 60
"""A header has no more characters than this."""
_FULL = 0.8
"""A header fills so much of the fullest row that could be one."""


class Table(Struct, frozen=True):
    """A table: where it stands, how it is written, and what its columns hold.

    `file` is the path as it will stand in the settings. `sheets` are the visible sheets that hold
    anything; `header_row` counts as a spreadsheet does. `digest` is that of the file.
    `merged` are the places of columns in which a cell reaches over several rows.
    """

    file: str
    digest: str
    rows: int
    header_row: int
    columns: tuple[Column, ...]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    merged: frozenset[int] = frozenset()

    @property
    def headers(self) -> tuple[str, ...]:
        """Return the headers as they are written."""
        return tuple(column.header for column in self.columns)

    @property
    def label(self) -> str:
        """Return the file, and the sheet where it has several."""
        return f"{self.file} [{self.sheet}]" if len(self.sheets) > 1 else self.file


class Unread(Struct, frozen=True):
    """A file that holds no table, or none that can be read; `error` says why."""

    file: str
    error: InputError


def tables_of(
    content: Content, label: str, vocabulary: frozenset[str] = frozenset()
) -> list[Table]:
    """Return the tables of a file: one of a text, one for each visible sheet that holds any.

    Words of the `vocabulary` are no names. Raises `InputError` for what cannot be read.
    """
    if kind_of(leading_bytes(content), label) == "workbook":
        package = read_package(read_all(content), label)
        return list(_sheets(package, label, content.sha256, vocabulary))
    text = read_encoding(ExportFile(label, label, content), None)
    plain = plain_rows(text, label)
    header = header_row(plain.rows)
    if header is None:
        return []
    below = [row for row in plain.rows[header + 1 :] if _is_data(row)]
    return [
        Table(
            file=label,
            digest=content.sha256,
            rows=len(below),
            header_row=header + 1,
            columns=_columns(plain.rows[header], below, vocabulary),
            encoding=text.encoding,
            delimiter=plain.delimiter,
        )
    ]


def _sheets(
    package: Package, label: str, digest: str, vocabulary: frozenset[str]
) -> Iterator[Table]:
    read = [(part.name, read_cells(package, part)) for part in package.sheets if part.visible]
    filled = [(name, cells) for name, cells in read if cells.last_row()]
    for name, cells in filled:
        rows = _grid(cells)
        header = header_row(rows)
        if header is not None:
            merged = _spread(rows, cells, header)
            below = [row for row in rows[header + 1 :] if _is_data(row)]
            yield Table(
                file=label,
                digest=digest,
                rows=len(below),
                header_row=header + 1,
                columns=_columns(rows[header], below, vocabulary),
                sheet=name,
                sheets=tuple(name for name, _ in filled),
                merged=merged,
            )


def _spread(rows: list[list[Cell]], cells: SheetCells, header: int) -> frozenset[int]:
    """Fill the rows over which a cell below the header is merged, and return in which columns.

    A row with nothing else in it stays blank.
    """
    places: set[int] = set()
    for merge in cells.merges:
        place, top = merge.left - 1, merge.top - 1
        if merge.left != merge.right or top <= header or merge.bottom == merge.top:
            continue
        value = rows[top][place] if top < len(rows) and place < len(rows[top]) else None
        for row in rows[top + 1 : merge.bottom]:
            if value is not None and any(cell is not None for cell in row):
                row[place] = value
                places.add(place)
    return frozenset(places)


def _grid(cells: SheetCells) -> list[list[Cell]]:
    """Return a sheet as rows of one width; numbers come as the sheet shows them."""
    width = max((max(row, default=0) for row in cells.rows.values()), default=0)
    return [
        [cells.ids.get((row, place), cells.row(row).get(place)) for place in range(1, width + 1)]
        for row in range(1, cells.last_row() + 1)
    ]


def _is_data(row: Sequence[Cell]) -> bool:
    """Return whether a row is no empty one and no total."""
    first = next((text for cell in row if (text := text_of(cell).strip())), "")
    return bool(first) and not (len(first) <= _LABEL and is_total(fold(first)))


def _columns(
    header: Sequence[Cell], rows: Sequence[Sequence[Cell]], vocabulary: frozenset[str]
) -> tuple[Column, ...]:
    labels = [shown_header(text_of(cell)) for cell in header]
    cells = (
        [row[place] if place < len(row) else "" for row in rows] for place in range(len(labels))
    )
    return tuple(
        column_of(place, label, own, vocabulary)
        for place, (label, own) in enumerate(zip(labels, cells, strict=True))
        if label
    )


def header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the place of the row that names the columns; None where no row does.

    That is the first of the first 30 rows that holds nothing but labels, each once, and fills
    nearly as many cells as the fullest of such rows, and as the rows below it.
    """
    labels = [_labels(row) for row in rows[:_REACH]]
    fullest = max(labels, default=0)
    if fullest < 2:
        return None
    typical = sorted(_filled(row) for row in rows[:_SOME] if _filled(row) > 1)
    width = max(fullest, typical[len(typical) // 2] if typical else 0)
    return next((place for place, own in enumerate(labels) if own >= _FULL * width), None)


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(text_of(cell).strip()) for cell in row)


def _labels(row: Sequence[Cell]) -> int:
    """Return how many labels a row has; 0 where a cell of it can be none."""
    texts = [text for cell in row if (text := fold(text_of(cell)))]
    if any(not isinstance(cell, str) for cell in row if cell is not None):
        return 0
    if any(len(text) > _LABEL or _is_value(text) for text in texts):
        return 0
    return len(texts) if len(set(texts)) > len(texts) / 2 else 0


def _is_value(text: str) -> bool:
    read = date_reader(UTC)(text).value
    return isinstance(read, date) or read_number(text).fault is None
