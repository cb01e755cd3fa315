"""Finding the header of a sheet: below title rows, in one row or two, under merged parents."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.loaders.cells.headers import Extra, match_headers, missing_columns, stacked_labels
from kpicli.loaders.cells.raw_table import Cell, CellError
from kpicli.loaders.workbook.sheet_cells import HEADER_ROWS, Merge, SheetCells

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source

SEARCHED_ROWS = 30
"""A header further down than this is not found."""

_TALLEST = 4


class Header(Struct, frozen=True):
    """The header in the rows `top` to `bottom`; `labels` are its texts from column 1 on.

    `positions` has, per catalogue column, its places (from 0) in `labels`.
    """

    top: int
    bottom: int
    labels: tuple[str, ...]
    positions: dict[str, list[int]]


def find_header(cells: SheetCells, source: "Source", extra: Extra = None) -> Header | None:
    """Return the first header that has every required column of `source`; None if there is none.

    Single rows are tried first, then rows in pairs. The rows merged with a header row belong to it.
    Under a merged parent a cell goes by `parent child` where that is a known header, else by its
    own text. Line breaks within a cell do not count.
    """
    finder = _Finder(cells, source, extra, _merged(cells))
    for row in range(1, SEARCHED_ROWS + 1):
        header = finder.fitting(row, row)
        if header is not None:
            return finder.widened(header)
    pairs = (finder.fitting(row, row + 1) for row in range(1, SEARCHED_ROWS))
    return next((header for header in pairs if header is not None), None)


def nearest_header(cells: SheetCells, source: "Source", extra: Extra = None) -> Header:
    """Return the row that comes nearest to a header, for the message about what is missing."""
    finder = _Finder(cells, source, extra, _merged(cells))
    rows = [finder.block(row, row) for row in range(1, SEARCHED_ROWS + 1)]
    return max(rows, key=lambda header: (len(header.positions), sum(map(bool, header.labels))))


class _Finder(Struct, frozen=True):
    cells: SheetCells
    source: "Source"
    extra: Extra
    merged: Mapping[tuple[int, int], Merge]

    def fitting(self, top: int, bottom: int) -> Header | None:
        header = self.block(top, bottom)
        return None if missing_columns(header.positions, self.source) else header

    def widened(self, header: Header) -> Header:
        """Take in the rows that merges tie to the header, and those that say more about it."""
        header = self._tied(header)
        above = self.fitting(header.top - 1, header.bottom)
        if above is not None and self._parents(above.top) and above.positions != header.positions:
            header = above
        below = self.fitting(header.top, header.bottom + 1)
        if below is not None and self._parents(header.bottom):
            return below if len(below.positions) > len(header.positions) else header
        return header

    def _tied(self, header: Header) -> Header:
        top, bottom = header.top, header.bottom
        for merge in self.cells.merges:
            touching = merge.top <= header.bottom and merge.bottom >= header.top
            if touching and merge.bottom - merge.top < _TALLEST:  # taller ones are no header cells
                top, bottom = min(top, merge.top), max(bottom, merge.bottom)
        return self.fitting(top, bottom) or header

    def _parents(self, row: int) -> bool:
        """Return whether a cell of the row is merged over several columns."""
        return any(m.top <= row <= m.bottom and m.left < m.right for m in self.cells.merges)

    def block(self, top: int, bottom: int) -> Header:
        """Return the rows as a header, whether it fits or not."""
        levels = range(top, bottom + 1)
        columns = {column for row in levels for column in self.cells.row(row)}
        last = max(columns, default=0)
        texts = [self._texts(column, levels) for column in range(1, last + 1)]
        labels = stacked_labels(texts, self.source, self.extra)
        return Header(top, bottom, labels, match_headers(labels, self.source, self.extra))

    def _texts(self, column: int, levels: Sequence[int]) -> list[str]:
        """Return the texts over and in the lowest filled cell of the column, from the top."""
        texts = [_text(self.cells.row(row).get(column)) for row in levels]
        lowest = max((i for i, text in enumerate(texts) if text), default=0)
        parents = [
            text or self._merged_over(column, row)
            for text, row in zip(texts[:lowest], levels, strict=False)
        ]
        return [*filter(None, parents), texts[lowest]]

    def _merged_over(self, column: int, row: int) -> str:
        merge = self.merged.get((row, column))
        return "" if merge is None else _text(self.cells.row(merge.top).get(merge.left))


def _merged(cells: SheetCells) -> dict[tuple[int, int], Merge]:
    """Return the merged range of every cell that has one, by row and column, near the top."""
    by_cell: dict[tuple[int, int], Merge] = {}
    for merge in cells.merges:
        for row in range(merge.top, min(merge.bottom, HEADER_ROWS) + 1):
            for column in range(merge.left, merge.right + 1):
                by_cell.setdefault((row, column), merge)
    return by_cell


def _text(cell: Cell) -> str:
    if isinstance(cell, CellError):
        return cell.text
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()  # of months, whose headers are often days shown as 4月
    return "" if cell is None else str(cell).strip()
