"""A table in which a line is not a row, made into one of rows."""

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind, Place
from kpicli.loaders.cells.column_codes import Rows
from kpicli.loaders.cells.headers import shown_header
from kpicli.loaders.cells.raw_table import Cell, HeldTable, RawColumn, text_of
from kpicli.loaders.cells.readers import read_number
from kpicli.loaders.cells.row_kinds import RowKinds
from kpicli.loaders.shapes.fill import Mask, may_be_total
from kpicli.loaders.shapes.known_lines import KnownLines, known_lines
from kpicli.loaders.shapes.lines import Lines, Reader, read_lines
from kpicli.loaders.shapes.shaped_rows import Numbers, ShapedRows, rows_of
from kpicli.values.dates import UnreadableDate
from kpicli.values.fiscal import FiscalYear, first_day_of, month_number
from kpicli.values.folding import fold, header_key
from kpicli.values.months import parse_year
from kpicli.values.number_reading import is_total

if TYPE_CHECKING:
    from kpicli.loaders.cells.columns import ColumnReaders
    from kpicli.loaders.cells.coverage import Span
    from kpicli.loaders.files.export_file import ExportFile
    from kpicli.settings.tables.shapes import Shape

_ALIKE = 0.6
"""So much of `#月分` and `#月` is the same, but not of `月額` and `#月`."""
_DIGITS = re.compile("[0-9]+")
_MONTH = re.compile("(.*年度)?(0?[1-9]|1[0-2])月")


def reshaped(
    file: "ExportFile",
    readers: "ColumnReaders",
    shape: "Shape",
    covers: "Span | None",
    read: Reader,
) -> HeldTable:
    """Return the rows that the lines of a file make.

    With `unpivot` a line of data makes a row for each of the columns, of which those with a blank
    cell are no data; without it each line is a row. Lines that are no data are rows that are none.
    A month without its year is that of the span that the file `covers`, where one alone is.
    """
    lines = read_lines(file, readers.source, shape, read)
    known = known_lines(lines, readers, shape, file.label)
    every, numbers = rows_of(known.data, None if shape.unpivot is None else len(lines.names))
    made = {name: readers.source.columns[name].headers[0] for name in shape.made}
    rows = ShapedRows(
        lines.table, shape, every, numbers, lines.names, known.origins, made, known.numbers
    )
    columns = {
        name: _spread(cells, known.origins.get(name), every) for name, cells in known.cells.items()
    }
    if shape.line is not None and known.numbers is not None:
        columns[shape.line] = _spread([*map(str, known.numbers.tolist())], None, every)
    blank = np.zeros(len(every), np.bool_)
    if shape.unpivot is not None:
        names = tuple(lines.names.values())
        if readers.source.columns[shape.unpivot.name].is_dating:
            names = tuple(month_with_year(name, covers, readers.fiscal) for name in names)
        columns[shape.unpivot.name] = _named(names, numbers)
        value = columns[shape.unpivot.value] = _values(lines, every, numbers)
        blank = known.data[every] & _is_blank(value, readers, shape.unpivot.value, known.epoch_1904)
    return HeldTable(
        rows=len(every),
        columns=columns,
        headers=rows.headers,
        header_cells=rows.header_cells,
        positions=rows.positions,
        title_rows=lines.table.title_rows,
        place=rows.place,
        cells=rows.cells,
        encoding=lines.table.encoding,
        sheet=lines.table.sheet,
        epoch_1904=known.epoch_1904,
        findings=(
            *lines.table.findings,
            *known.findings,
            *_totals_left(lines, readers.source.id, file.label),
            *_columns_left(lines, readers.source.id, file.label),
        ),
        kinds=RowKinds(
            ~known.data[every] | blank,
            tuple(_remarks(known, every, blank)),
            np.searchsorted(every, known.nothing),
        ),
    )


def _spread(cells: Sequence[Cell], origins: Numbers | None, lines: Numbers) -> RawColumn:
    """Return the column of the rows of these lines, of a cell per line."""
    column = _coded(cells)
    codes = column.codes if origins is None else column.codes[origins]
    return RawColumn(codes[lines], column.distinct)


def _coded(cells: Sequence[Cell]) -> RawColumn:
    index: dict[tuple[type, Cell], int] = {}  # True, 1 and 1.0 are equal but not the same cell
    codes = [index.setdefault((type(cell), cell), len(index)) for cell in cells]
    return RawColumn(np.array(codes, np.int32), tuple(cell for _, cell in index))


def _named(names: Sequence[str], numbers: Numbers) -> RawColumn:
    """Return the column that the headers make; a line without a column has none."""
    return RawColumn(np.where(numbers < 0, len(names), numbers).astype(np.int32), (*names, ""))


def month_with_year(name: str, covers: "Span | None", fiscal: FiscalYear) -> str:
    """Return `4月` as `2025年4月` where one such month alone lies in a span; others as they are.

    `2025年度 1月` is the January of that fiscal year, whatever the span.
    """
    fit = _MONTH.fullmatch(header_key(name))
    if fit is None:
        return name
    if fit[1]:
        try:
            first = month_number(parse_year(fit[1], fiscal, None))
        except UnreadableDate:
            return name
        last = first + 11
    elif covers is None:
        return name
    else:
        first, last = map(month_number, covers)
    days = [first_day_of(month) for month in range(first, last + 1)]
    years = [day.year for day in days if day.month == int(fit[2])]
    return f"{years[0]}年{fit[2]}月" if len(years) == 1 else name


def _values(lines: Lines, every: Numbers, numbers: Numbers) -> RawColumn:
    """Return the column of the unpivoted cells; a line without a column has a blank one."""
    columns = lines.table.column_cells(range(lines.table.rows), list(lines.names))
    pairs = zip(every.tolist(), numbers.tolist(), strict=True)
    return _coded([columns[number][line] if number >= 0 else "" for line, number in pairs])


def _is_blank(value: RawColumn, readers: "ColumnReaders", name: str, epoch_1904: bool) -> Mask:
    """Return marks of the rows whose cell says that there is nothing, in words too."""
    readings = readers.readings(name, value.distinct, 0, epoch_1904)
    nothing = [reading.value is None and reading.fault is None for reading in readings]
    return np.array([*nothing, False], np.bool_)[value.codes]


def _remarks(known: KnownLines, every: Numbers, blank: Mask) -> Iterator[tuple[FaultKind, Rows]]:
    by_kind: dict[FaultKind, list[Rows]] = {}
    for kind, lines in known.remarks:
        by_kind.setdefault(kind, []).append(np.searchsorted(every, lines))
    by_kind[faults.BLANK_CELLS] = [np.flatnonzero(blank)]
    for kind, rows in by_kind.items():
        joined = np.concatenate(rows)
        if len(joined):
            yield kind, joined


def _totals_left(lines: Lines, source: str, label: str) -> Iterator[Fault]:
    if lines.totals:
        place, detail = Place(label, sheet=lines.table.sheet), "、".join(lines.totals)
        yield Fault(faults.TOTAL_COLUMNS, source, place, count=len(lines.totals), detail=detail)


def _columns_left(lines: Lines, source: str, label: str) -> Iterator[Fault]:
    """Yield a warning for columns that no pattern fits, though they are like those that one does.

    Their headers are, and all that is in them can be read as a number.
    """
    table, known = lines.table, set(lines.table.positions.values())
    headers = [table.headers[name] for name in lines.names]
    free = (
        (place, header) for place, header in enumerate(table.header_cells) if place not in known
    )
    alike = {place: shown_header(header) for place, header in free if _is_alike(header, headers)}
    rows = table.cells(range(table.rows)) if alike else ()
    left = [
        header
        for place, header in alike.items()
        if _holds_numbers([line[place] for line in rows if place < len(line)])
    ]
    if left:
        place, detail = Place(label, sheet=table.sheet), "、".join(left)
        yield Fault(faults.COLUMNS_LEFT, source, place, count=len(left), detail=detail)


def _is_alike(header: str, others: Sequence[str]) -> bool:
    """Return whether a header, no total's, has much in common with one of others but for digits."""
    key = header_key(header)
    if not key or is_total(key) or may_be_total(key):
        return False
    forms = {_DIGITS.sub("#", header_key(other)) for other in others}
    return bool(difflib.get_close_matches(_DIGITS.sub("#", key), forms, n=1, cutoff=_ALIKE))


def _holds_numbers(cells: Sequence[Cell]) -> bool:
    filled = [cell for cell in dict.fromkeys(cells) if fold(text_of(cell))]
    return bool(filled) and all(read_number(cell).fault is None for cell in filled)
