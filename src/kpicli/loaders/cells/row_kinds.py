"""Which rows of a block are no data: blank rows, totals, notes, and the header once more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base import faults
from kpicli.loaders.cells.column_codes import BLANK, ReadColumn, Rows
from kpicli.loaders.cells.raw_table import Cell, RawBlock, text_of
from kpicli.loaders.cells.row_bytes import DistinctBytes
from kpicli.values.folding import fold, header_key
from kpicli.values.number_reading import COUNT, TOTAL_BEGINS, is_total

if TYPE_CHECKING:
    from kpicli.base.faults import FaultKind
    from kpicli.catalog.sources.source import Source

Mask = npt.NDArray[np.bool_]

# Compiled when the first row is suspected of being one, as in few files; `re` keeps them.
_MARKED = r"以上|以下余白|[※*]|\(?注|備考|出典|出所|資料|Copyright|Confidential|Source:|Note"
_ID = r"(?=.*[0-9])[A-Za-z0-9_./:#-]+"
_UNIT_WORD = (
    r"(?:[十百千万億]{1,2})?(?:円|件|名|人|回|点|社|店|枚|歳|才|口|個|日|月|年|時間|時|分|%)|年月日?|年齢"
    r"|年/月/日|yyyy/mm?/dd?|番号|文字列?|数値|日付|区分"
)
_UNIT = (
    rf"単位 ?[:：]?.{{0,10}}|\(単位 ?[:：]?.{{0,10}}\)|{_UNIT_WORD}"
    rf"|[(\[【〔〈<](?:{_UNIT_WORD}|[^0-9()\[\]]{{1,10}})[)\]】〕〉>]"
)
_UNIT_FIRST = "([【〔〈<単十百千万億円件名人回点社店枚歳才口個日月年時分%番文数区yY-ー~*"
_NO_UNIT = r"[-ー~*]+"
"""What stands in a row of units where a column has none."""
_FILLED = 2
"""So many cells at most make a note."""
_NOTHING = r"[(【〔]?該当(?:者|案件|事案|事項|データ)?は?(?:なし|無し|ありません)[)】〕]?。?"
_NOTHING_FIRST = "(【〔該"
_NOTHING_HOLDS = "該"
END_OF_FILE = "\x1a"
"""What old programs write behind the last row."""


class RowKinds(Struct, frozen=True):
    """Which rows are no data, and what is to be said of rows as a whole.

    `nothing` are those that say that nothing happened: 該当なし.
    """

    not_data: Mask
    remarks: tuple[tuple["FaultKind", Rows], ...]
    nothing: Rows = np.zeros(0, np.int64)


def row_kinds(block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source") -> RowKinds:
    """Return the rows that are no data, and remarks on notes, headers, units and short rows.

    Blank rows and total rows are no data in silence. A total row lacks its key: a total word, or
    a count beside one, is none. A note lacks its base date and has one cell that is no id, or two
    of which the first is marked (※, 出典, 以上): below a register only marked ones are notes. What
    stands beside the table (a remark, a formula filled down too far) does not make a row of it.
    A row that has 該当なし and no other cell, its base date aside, says that there was nothing.
    """
    if block.kinds is not None:
        return block.kinds
    not_data = _blank_and_total(block, columns, source)
    again = _header_again(block, columns, source) & ~not_data
    units = _units(block, columns, source, not_data | again)
    nothing = _nothing(block, columns, source, not_data | again | units)
    notes = _notes(block, columns, source, not_data | again | units | nothing)
    data = not_data | again | units | nothing | (notes != 0)
    short = np.array([row for row in block.short if not data[row]], np.int64)
    remarks = (
        (faults.NOTES_NOT_COUNTED, np.flatnonzero(notes == 1)),
        (faults.HEADER_AGAIN, np.flatnonzero(again)),
        (faults.UNIT_ROW, np.flatnonzero(units)),
        (faults.NOTHING_HAPPENED, np.flatnonzero(nothing)),
        (faults.SHORT_ROWS, short),
    )
    told = tuple((kind, rows) for kind, rows in remarks if len(rows))
    return RowKinds(data, told, np.flatnonzero(nothing))


def _blank_and_total(block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source") -> Mask:
    keyless = np.ones(block.rows, dtype=np.bool_)
    worded = np.zeros(block.rows, dtype=np.bool_)
    keys = [name for name in source.key if name in columns and name in block.columns]
    for name in keys:
        column = columns[name]
        totals = [i for i, text in _beginning(column, TOTAL_BEGINS) if is_total(text)]
        total = _rows_of(column, totals)
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


def _beginning(column: ReadColumn, signs: str) -> Iterator[tuple[int, str]]:
    """Yield the texts of a column with their codes; of many plain ids those that begin so alone."""
    if isinstance(column.values, DistinctBytes):
        return column.values.beginning(signs)
    return ((i, value) for i, value in enumerate(column.values) if isinstance(value, str))


def _rows_of(column: ReadColumn, values: Sequence[int]) -> Mask:
    """Return marks of the rows that hold one of some values, named by their codes."""
    if not values:  # as mostly, and numpy would look at every row for it
        return np.zeros(len(column.codes), np.bool_)
    return np.isin(column.codes, values)


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


def _header_again(block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source") -> Mask:
    """Return marks of rows whose cells are the headers: two exports were joined."""
    again = np.zeros(block.rows, dtype=np.bool_)
    name = source.base_date or next(iter(source.key or columns), "")
    header = header_key(block.headers.get(name, ""))
    column = columns.get(name)
    if column is None or not header or name not in block.columns:
        return again
    # A day is no header, and of values most begin otherwise.
    texts = _beginning(column, header[0])
    same = [i for i, text in texts if text[:1] == header[0] and header_key(text) == header]
    rows = np.flatnonzero(_rows_of(column, same)).tolist()
    rows += [row for row in column.faults if header_key(_text(block, name, row)) == header]
    for row, cells in zip(rows, block.cells(rows) if rows else (), strict=True):
        again[row] = all(
            header_key(text_of(cells[block.positions[key]])) == header_key(written)
            for key, written in block.headers.items()
            if block.positions[key] < len(cells)
        )
    return again


def _units(
    block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source", known: Mask
) -> Mask:
    """Return marks of rows of units, such as `（件）,（円）` or `-,年/月/日,名`.

    All that is filled is a unit or a dash, and one a unit at least, also under the key.
    """
    units = np.zeros(block.rows, np.bool_)
    likely = ~known
    for name in {*source.key, *([source.base_date] if source.base_date else [])} & set(columns):
        column = columns[name]
        own = [i for i, text in _beginning(column, _UNIT_FIRST) if _is_unit(text)]
        likely &= (column.codes < 0) | _rows_of(column, own)
    rows = np.flatnonzero(likely).tolist()
    for row, cells in zip(rows, block.cells(rows) if rows else (), strict=True):
        filled = [text for cell in cells if (text := fold(text_of(cell)))]
        units[row] = all(map(_is_unit, filled)) and any(map(_names_unit, filled))
    return units


def _is_unit(text: str) -> bool:
    if text[:1] not in _UNIT_FIRST:  # as nearly every value of a key
        return False
    return _names_unit(text) or bool(re.fullmatch(_NO_UNIT, text))


def _names_unit(text: str) -> bool:
    return bool(re.fullmatch(_UNIT, text, re.IGNORECASE))


def _nothing(
    block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source", known: Mask
) -> Mask:
    """Return marks of rows that say that nothing happened: 該当なし and at most a base date."""
    marks = np.zeros(block.rows, np.bool_)
    likely = ~known
    for name in set(source.key) & set(columns) - {source.base_date}:
        column = columns[name]
        own = [i for i, text in _beginning(column, _NOTHING_FIRST) if _says_nothing(text)]
        likely &= (column.codes < 0) | _rows_of(column, own)
    rows = np.flatnonzero(likely).tolist()
    dated = block.positions.get(source.base_date or "")
    for row, cells in zip(rows, block.cells(rows) if rows else (), strict=True):
        said = [fold(text_of(cell)) for cell in cells]
        if dated is not None and dated < len(said) and not _says_nothing(said[dated]):
            said.pop(dated)
        filled = [text for text in said if text]
        marks[row] = bool(filled) and all(map(_says_nothing, filled))
    return marks


def _says_nothing(text: str) -> bool:
    return _NOTHING_HOLDS in text and bool(re.fullmatch(_NOTHING, text))


def _notes(
    block: RawBlock, columns: Mapping[str, ReadColumn], source: "Source", known: Mask
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
    if base is None:  # who is in a register with nothing else filled in is in it all the same
        rows = rows[[_is_marked(block, int(row)) for row in rows]] if len(rows) else rows
    own = rows.tolist()
    for row, cells in zip(own, block.cells(own) if own else (), strict=True):
        texts = [text for cell in cells if (text := fold(text_of(cell)))]
        if texts == [END_OF_FILE]:
            kinds[row] = 2
            continue
        kinds[row] = is_note(texts, alone=base is not None)
    return kinds


def is_note(texts: Sequence[str], *, alone: bool = True) -> bool:
    """Return whether the filled cells of a row, folded, are a note.

    That is one cell that is no id, if one `alone` makes a note, or at most two, the first marked.
    """
    if not texts or len(texts) > _FILLED:
        return False
    return says_note(texts[0]) or (alone and len(texts) == 1 and not re.fullmatch(_ID, texts[0]))


def _is_marked(block: RawBlock, row: int) -> bool:
    texts = [_text(block, name, row) for name in block.columns]
    return any(says_note(text) or text == END_OF_FILE for text in texts)


def says_note(text: str) -> bool:
    """Return whether a folded cell begins like a note: `※`, `注`, `出典`."""
    return bool(re.match(_MARKED, text, re.IGNORECASE))
