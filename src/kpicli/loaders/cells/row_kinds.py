"""Which rows of a block are no data: blank rows, totals, notes, and the header once more."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import FaultKind
from kpicli.catalog.sources import Source
from kpicli.loaders.cells.column_codes import BLANK, ReadColumn, Rows
from kpicli.loaders.cells.raw_table import Cell, RawBlock, text_of
from kpicli.values.folding import fold, header_key
from kpicli.values.total_words import COUNT, is_total

Mask = npt.NDArray[np.bool_]

_MARKED = re.compile(
    r"以上|以下余白|[※*]|\(?注|備考|出典|出所|資料|Copyright|Confidential|Source:|Note",
    re.IGNORECASE,
)
_ID = re.compile(r"[A-Za-z0-9_./:#-]+")
_FILLED = 2
"""So many cells at most make a note."""
_END_OF_FILE = "\x1a"
"""What old programs write behind the last row."""


class RowKinds(Struct, frozen=True):
    """Which rows are no data, and what is to be said of rows as a whole."""

    not_data: Mask
    remarks: tuple[tuple[FaultKind, Rows], ...]


def row_kinds(block: RawBlock, columns: Mapping[str, ReadColumn], source: Source) -> RowKinds:
    """Return the rows that are no data, and remarks on notes, headers and short rows.

    Blank rows and total rows are no data in silence. A total row lacks its key: a total word, or
    a count beside one, is none. A note lacks its base date and has one cell that is no id, or two
    of which the first is marked (※, 出典, 以上): below a roster only marked ones are notes. What
    stands beside the table (a remark, a formula filled down too far) does not make a row of it.
    """
    not_data = _blank_and_total(block, columns, source)
    again = _header_again(block, columns, source) & ~not_data
    notes = _notes(block, columns, source, not_data | again)
    data = not_data | again | (notes != 0)
    short = np.array([row for row in block.short if not data[row]], np.int64)
    remarks = (
        (faults.NOTES_NOT_COUNTED, np.flatnonzero(notes == 1)),
        (faults.HEADER_AGAIN, np.flatnonzero(again)),
        (faults.SHORT_ROWS, short),
    )
    return RowKinds(data, tuple((kind, rows) for kind, rows in remarks if len(rows)))


def _blank_and_total(block: RawBlock, columns: Mapping[str, ReadColumn], source: Source) -> Mask:
    keyless = np.ones(block.rows, dtype=np.bool_)
    worded = np.zeros(block.rows, dtype=np.bool_)
    keys = [name for name in source.key if name in columns and name in block.columns]
    for name in keys:
        column = columns[name]
        totals = [i for i, value in enumerate(column.values) if is_total(str(value))]
        total = np.isin(column.codes, totals)
        for row in column.faults:  # a total word where a date should be
            total[row] = is_total(_text(block, name, row))
        worded |= total
        keyless &= (column.codes == BLANK) | total
    for row in np.flatnonzero(worded & ~keyless).tolist():
        texts = [_text(block, name, row) for name in keys]
        keyless[row] = all(not t or is_total(t) or COUNT.fullmatch(t) for t in texts)
    not_data = np.zeros(block.rows, dtype=np.bool_)
    rows = np.flatnonzero(keyless).tolist()
    for row, cells in zip(rows, block.cells(rows) if rows else (), strict=True):
        worded[row] = any(is_total(fold(text_of(cell))) for cell in cells)
        not_data[row] = worded[row] or _is_blank(row, cells, block, columns)
    return not_data


def _text(block: RawBlock, name: str, row: int) -> str:
    raw = block.columns[name]
    return fold(text_of(raw.distinct[int(raw.codes[row])]))


def _is_blank(
    row: int, cells: Sequence[Cell], block: RawBlock, columns: Mapping[str, ReadColumn]
) -> bool:
    if any(column.codes[row] != BLANK for column in columns.values()):
        return False
    unread = [place for name, place in block.positions.items() if name not in columns]
    return not any(fold(text_of(cells[place])) for place in unread if place < len(cells))


def _header_again(block: RawBlock, columns: Mapping[str, ReadColumn], source: Source) -> Mask:
    """Return marks of rows whose cells are the headers: two exports were joined."""
    again = np.zeros(block.rows, dtype=np.bool_)
    name = source.base_date or source.key[0]
    header = header_key(block.headers.get(name, ""))
    column = columns.get(name)
    if column is None or not header or name not in block.columns:
        return again
    same = [i for i, value in enumerate(column.values) if header_key(str(value)) == header]
    rows = np.flatnonzero(np.isin(column.codes, same)).tolist()
    rows += [row for row in column.faults if header_key(_text(block, name, row)) == header]
    for row, cells in zip(rows, block.cells(rows) if rows else (), strict=True):
        again[row] = all(
            header_key(text_of(cells[block.positions[key]])) == header_key(written)
            for key, written in block.headers.items()
            if block.positions[key] < len(cells)
        )
    return again


def _notes(
    block: RawBlock, columns: Mapping[str, ReadColumn], source: Source, known: Mask
) -> npt.NDArray[np.int8]:
    """Return 1 for every note, 2 for the sign at the end of a file, 0 for all else."""
    kinds = np.zeros(block.rows, np.int8)
    base = columns.get(source.base_date) if source.base_date else None
    if source.base_date is not None and base is None:
        return kinds
    lacking = np.ones(block.rows, np.bool_) if base is None else base.codes < 0
    rows = np.flatnonzero(lacking & ~known)
    filled = np.zeros(len(rows), np.int64)
    for column in columns.values():
        filled += column.codes[rows] != BLANK
    rows = rows[filled <= (1 if base is None else _FILLED)]
    if base is None:  # who is in a roster with nothing else filled in is in it all the same
        rows = rows[[_is_marked(block, source, int(row)) for row in rows]] if len(rows) else rows
    own = rows.tolist()
    for row, cells in zip(own, block.cells(own) if own else (), strict=True):
        texts = [text for cell in cells if (text := fold(text_of(cell)))]
        if texts == [_END_OF_FILE]:
            kinds[row] = 2
            continue
        marked = bool(texts) and len(texts) <= _FILLED and bool(_MARKED.match(texts[0]))
        alone = len(texts) == 1 and base is not None and not _ID.fullmatch(texts[0])
        kinds[row] = marked or alone
    return kinds


def _is_marked(block: RawBlock, source: Source, row: int) -> bool:
    texts = [_text(block, name, row) for name in source.key if name in block.columns]
    return any(_MARKED.match(text) or text == _END_OF_FILE for text in texts)
