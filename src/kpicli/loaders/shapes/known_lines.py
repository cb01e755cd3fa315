"""The lines of a file before they make rows: which are data, and what they take from others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind, Place
from kpicli.loaders.cells.column_codes import Rows
from kpicli.loaders.cells.columns import read_column, read_columns
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, RawBlock, text_of
from kpicli.loaders.cells.row_kinds import END_OF_FILE, RowKinds, row_kinds, says_note
from kpicli.loaders.shapes.fill import (
    Mask,
    Origins,
    blanks,
    filled_from,
    further_totals,
    group_totals,
    may_be_total,
    nested_origins,
)
from kpicli.loaders.shapes.lines import Lines
from kpicli.loaders.shapes.records import of_records_alone, record_lines
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

if TYPE_CHECKING:
    from kpicli.loaders.cells.columns import ColumnReaders
    from kpicli.settings.tables.shapes import Shape

Remarks = Sequence[tuple[FaultKind, Rows]]


class KnownLines(Struct, frozen=True):
    """What is known of lines: their cells by column, those that are data, and remarks on others.

    `origins` have, per column that takes values from above, the line whose cell each line has;
    `numbers` are the numbers of lines in their records, None where there are none; `nothing` are
    the lines that say that nothing happened.
    """

    cells: Mapping[str, Sequence[Cell]]
    data: Mask
    origins: Mapping[str, Origins]
    remarks: Remarks
    epoch_1904: bool = False
    findings: tuple[Fault, ...] = ()
    numbers: Origins | None = None
    nothing: Rows = np.zeros(0, np.int64)


def known_lines(lines: Lines, readers: "ColumnReaders", shape: "Shape", label: str) -> KnownLines:
    """Return what is known of the lines of the file that is shown as `label`."""
    table = lines.table
    kept = [name for name in table.headers if name not in lines.names]
    cells = dict(zip(kept, table.column_cells(range(table.rows), kept), strict=True))
    if shape.parents is None:
        return _of_groups(lines, cells, readers, shape, label)
    return _of_records(lines, cells, readers, shape, label)


def _of_groups(
    lines: Lines,
    cells: Mapping[str, Sequence[Cell]],
    readers: "ColumnReaders",
    shape: "Shape",
    label: str,
) -> KnownLines:
    """Return the lines of a table of groups.

    No data is what is none in any table, a total, and a line that has nothing but the names of
    groups that those below it belong to.
    """
    table = lines.table
    blocks = list(table.blocks(free_text=False))
    own = replace(readers, source=lines.source, _known={})
    not_data, told, nothing = _kinds(blocks, own)
    filled = {name: cells[name] for name in table.positions if name in shape.filled}
    named = {name: cells[name] for name in (*shape.filled, *lines.source.key) if name in cells}
    raw = table.cells(range(table.rows))
    headings = _headings(raw, {table.positions[name] for name in filled})
    headings[nothing] = False
    totals = group_totals(named, not_data & ~headings)
    totals |= further_totals(raw, totals | not_data)
    headings &= ~totals
    # A lone cell below the last line of data names no group: it is the note that it looks like.
    last = np.flatnonzero(~(not_data | totals | headings))[-1:]
    headings &= ~not_data | (np.arange(table.rows) < (last[0] if len(last) else 0))
    not_data = not_data & ~headings
    passed = not_data | totals
    for line in np.flatnonzero(not_data).tolist():
        totals[line] = any(is_total(fold(text_of(cell))) for cell in raw[line])
    again = np.zeros(table.rows, np.bool_)
    for kind, rows in told:
        again[rows] |= kind is faults.HEADER_AGAIN
    data = ~(passed | headings)
    maybe = np.zeros(table.rows, np.bool_)
    for column in named.values():
        maybe |= np.array([may_be_total(fold(text_of(cell))) for cell in column], np.bool_)
    return KnownLines(
        cells,
        data,
        nested_origins(filled, passed, again),
        [
            *((kind, rows[~headings[rows]]) for kind, rows in told),
            (faults.GROUP_LINES, np.flatnonzero(totals | headings)),
            (faults.MAYBE_TOTALS, np.flatnonzero(maybe & data)),
        ],
        any(block.epoch_1904 for block in blocks),
        tuple(_maybe_totals(lines, readers.source.id, label)),
        nothing=nothing,
    )


def _headings(raw: Sequence[Sequence[Cell]], filled: Collection[int]) -> Mask:
    """Return marks of lines with nothing but what may be names, in columns filled down."""
    headings = np.zeros(len(raw), np.bool_)
    for line, cells in enumerate(raw if filled else ()):
        texts = {place: text for place, cell in enumerate(cells) if (text := fold(text_of(cell)))}
        named = bool(texts) and set(filled) >= texts.keys()
        headings[line] = named and not any(
            is_total(text) or says_note(text) or text == END_OF_FILE for text in texts.values()
        )
    return headings


def _maybe_totals(lines: Lines, source: str, label: str) -> Iterator[Fault]:
    """Yield a warning for unpivoted columns that may be totals, at their first header."""
    headers = [lines.table.headers[name] for name in lines.names]
    maybe = [header for header in headers if may_be_total(fold(header))]
    if maybe:
        place = Place(label, lines.table.sheet, lines.table.title_rows + 1, column=maybe[0])
        yield Fault(faults.MAYBE_TOTALS, source, place, count=len(maybe), detail="、".join(maybe))


def _kinds(blocks: Sequence[RawBlock], readers: "ColumnReaders") -> tuple[Mask, Remarks, Rows]:
    """Return marks of lines that are no data in any table, remarks, and those that say 該当なし."""
    kinds = [_kinds_of(block, readers) for block in blocks]
    firsts = np.cumsum([0, *(block.rows for block in blocks)]).tolist()
    not_data = np.concatenate([np.zeros(0, np.bool_), *(own.not_data for own in kinds)])
    placed = list(zip(firsts, kinds, strict=False))
    nothing = [np.zeros(0, np.int64), *(own.nothing + first for first, own in placed)]
    told = [(kind, rows + first) for first, own in placed for kind, rows in own.remarks]
    return not_data, told, np.concatenate(nothing)


def _kinds_of(block: RawBlock, readers: "ColumnReaders") -> RowKinds:
    columns, lone = read_columns(block, readers), readers.source.lone_key
    if lone is not None and lone in block.columns:
        columns[lone] = read_column(block, lone, readers)
    return row_kinds(block, columns, readers.source)


def _of_records(
    lines: Lines,
    cells: Mapping[str, Sequence[Cell]],
    readers: "ColumnReaders",
    shape: "Shape",
    label: str,
) -> KnownLines:
    """Return the lines of records with a table.

    Where records make the rows, the lines below their first are no data; where the lines of the
    table do, those without a cell of it. Totals and notes are none in such a file.
    """
    table, parents = lines.table, [name for name in shape.parents or () if name in cells]
    records = record_lines(table, [cells[name] for name in parents])
    own = {name: cells[name] for name in cells if name not in shape.taken}
    own |= dict(
        zip(lines.names, table.column_cells(range(table.rows), list(lines.names)), strict=True)
    )
    blank = np.ones(table.rows, np.bool_)
    for column in own.values():
        blank &= blanks(column)
    by_record = set(readers.source.key) <= {*parents}
    left = records.later if by_record else ~records.aside & blank & bool(own)
    kind = faults.TABLE_LINES if by_record else faults.EMPTY_TABLES
    filled = {name: cells[name] for name in shape.filled if name in cells}
    origins = {name: records.origins(cells[name]) for name in parents}
    origins |= {name: filled_from(blanks(column), records.aside) for name, column in filled.items()}
    alone = () if by_record else of_records_alone(own, records)
    headers = [shown_header(table.headers[name]) for name in alone]
    place, detail = Place(label, sheet=table.sheet), "、".join(headers)
    warning = Fault(
        faults.RECORD_COLUMNS, readers.source.id, place, count=len(headers), detail=detail
    )
    return KnownLines(
        cells,
        ~(records.aside | left),
        origins,
        [(kind, np.flatnonzero(left)), (faults.HEADER_AGAIN, np.flatnonzero(records.again))],
        any(block.epoch_1904 for block in table.blocks(free_text=False)),
        (warning,) if headers else (),
        records.numbers,
    )
