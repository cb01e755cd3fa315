"""Rows whose base date lies apart from the body of their file's dates, and rows that are planned.

Domain rules "Coverage" and "Row accounting".
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import BLANK, day_number
from kpicli.loaders.cells.parts import FilePart
from kpicli.loaders.rows.dataset import Misdated
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.row_faults import lacks_dates

_NAMED = 10
"""So many rows of a file are named one by one; of more the first, with their number."""


def find_misdated(
    joined: Joined, kept: npt.NDArray[np.integer]
) -> tuple[tuple[Misdated, ...], list[Fault]]:
    """Return the kept rows whose base date lies apart, file by file, and the warnings.

    `kept` are places among the joined rows, in order; the rows returned count among them.
    """
    base = joined.source.base_date
    misdated: list[Misdated] = []
    warnings: list[Fault] = []
    for number, part in enumerate(joined.parts if base is not None else ()):
        apart = in_both(_apart(joined, number, base or ""), kept)
        planned = _planned(joined, apart, part, base or "")
        if planned.any():
            first = joined.place(int(apart[planned][0]), base)
            warnings.append(
                Fault(faults.PLANNED, joined.source.id, first, count=int(planned.sum()))
            )
            apart = apart[~planned]
        if not len(apart):
            continue
        spans = [span for span in (part.base_span, part.declared) if span is not None]
        if spans:
            span = min(start for start, _ in spans), max(end for _, end in spans)
            misdated.append(Misdated(_places_of(apart, kept), span))
        named = apart.tolist() if len(apart) <= _NAMED else [int(apart[0])]
        count = 1 if len(apart) <= _NAMED else len(apart)
        values = joined.texts(named, [base or ""])[base or ""]
        warnings += [
            Fault(faults.FAR_DATE, joined.source.id, joined.place(row, base), value, count)
            for row, value in zip(named, values, strict=True)
        ]
    return tuple(misdated), warnings


def in_both(few: npt.NDArray[np.int64], many: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return what both hold, in order; `many` is in order, and each holds nothing twice.

    `numpy.intersect1d` would sort all of the many once more, for a handful of rows.
    """
    if not len(many):
        return few[:0]
    few = np.sort(few)
    places = np.minimum(_places_of(few, many), len(many) - 1)
    both: npt.NDArray[np.int64] = few[many[places] == few]
    return both


def _places_of(few: npt.NDArray[np.int64], many: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return where few rows stand among many that are in order.

    Numpy makes both of one type: all of the many, unless the few are of theirs.
    """
    return np.searchsorted(many, few.astype(many.dtype))


def find_undated(joined: Joined, kept: npt.NDArray[np.integer]) -> tuple[Misdated, ...]:
    """Return the kept rows without a base date of every file in which most rows have none.

    Nothing is known of them: in a file that is declared to cover a span they may belong anywhere
    in it, in another anywhere between its dates, or at any time where it has none.
    """
    base = joined.source.base_date
    if base is None:
        return ()
    marks = joined.pieced[base].marks(BLANK)
    blank = np.flatnonzero(marks[kept])
    borders = _places_of(joined.firsts, kept)
    undated: list[Misdated] = []
    for number, (start, stop) in enumerate(pairwise(borders.tolist())):
        own, part = blank[slice(*np.searchsorted(blank, (start, stop)))], joined.parts[number]
        if len(own) and lacks_dates(joined, marks, number):
            undated.append(Misdated(own, part.declared or part.base_span))
    return tuple(undated)


def find_copies(
    joined: Joined,
    kept: npt.NDArray[np.integer],
    far: npt.NDArray[np.integer],
    faulty: npt.NDArray[np.integer],
) -> tuple[Misdated, ...]:
    """Return the kept rows that rows of other files without their base date may repeat.

    Those have one that is `far` off, or are `faulty` as it cannot be read. Where it is part of the
    key it hides which row is repeated: it may be any with the rest of the key. Such a row may have
    been replaced, and is in doubt on its own day.
    """
    base, key = joined.source.base_date, joined.source.key
    rest = [name for name in key if name != base]
    if base not in key or joined.source.by_row or not rest or not len(far) + len(faulty):
        return ()
    undated = [row for row, (day,) in _cells(joined, faulty, [base]) if day is None]
    lost = np.union1d(far, np.array(undated, np.int64))
    files: dict[tuple[object, ...], set[int]] = {}
    for row, cells in _cells(joined, lost, rest):
        files.setdefault(cells, set()).add(joined.file_of(row))
    first = {cells[0] for cells in files} - {None}
    alike = np.setdiff1d(in_both(_rows_with(joined, rest[0], first), kept), lost)
    copies = [
        row
        for row, cells in _cells(joined, alike, rest)
        if files.get(cells, set()) - {joined.file_of(row)}
    ]
    by_day: dict[date, list[int]] = {}
    for row, (day,) in _cells(joined, np.array(copies, np.int64), [base]):
        if isinstance(day, date):
            by_day.setdefault(day, []).append(row)
    return tuple(
        Misdated(_places_of(np.array(rows), kept), (day, day)) for day, rows in by_day.items()
    )


def _cells(
    joined: Joined, rows: npt.NDArray[np.integer], names: Sequence[str]
) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Yield rows with what is read in columns; None for what is blank or unreadable."""
    own = rows.astype(np.int64)
    columns = [[c[0] if c else None for c in joined.read(own, name)] for name in names]
    return zip(own.tolist(), zip(*columns, strict=True), strict=True)


def _rows_with(joined: Joined, name: str, cells: set[object]) -> npt.NDArray[np.int64]:
    column, marks = joined.pieced[name], [np.zeros(0, np.bool_)]
    for codes, values in zip(column.codes, column.values, strict=True):
        marks.append(np.isin(codes, [code for code, value in enumerate(values) if value in cells]))
    return np.flatnonzero(np.concatenate(marks))


def unread_numerals(joined: Joined, tables: SourceTables, rows: Sequence[int]) -> None:
    """Mark the circled numerals of rows whose base date slipped as unreadable.

    What a numeral means depends on that day (domain rule "Circled numerals").
    """
    for name in joined.source.columns if rows else ():
        codes = tables.codes_of(joined.source, name)
        if codes is None or not codes.numerals or name not in joined.pieced:
            continue
        texts = joined.texts(rows, [name])[name]
        signs = {sign for table in codes.numerals for sign in table.meanings}
        marked = [row for row, text in zip(rows, texts, strict=True) if signs & set(text)]
        if marked:
            marks = joined.unreadable.setdefault(name, np.zeros(len(joined), np.bool_))
            marks[marked] = True


def _apart(joined: Joined, number: int, base: str) -> npt.NDArray[np.int64]:
    """Return the rows of a file whose base date is not within the body of its dates."""
    body = joined.parts[number].body or (1, 0)  # nothing lies within
    first, after = np.searchsorted(joined.piece_firsts, joined.firsts[number : number + 2]).tolist()
    rows = [np.zeros(0, np.int64)]
    for piece in range(first, after):
        column = joined.pieced[base]
        days = [_day(value) for value in column.values[piece]]
        far = [code for code, day in enumerate(days) if not body[0] <= day <= body[1]]
        if far:
            own = np.flatnonzero(np.isin(column.codes[piece], far))
            rows.append(own + joined.piece_firsts[piece])
    return np.concatenate(rows)


def _planned(
    joined: Joined, rows: npt.NDArray[np.int64], part: FilePart, base: str
) -> npt.NDArray[np.bool_]:
    """Mark rows that are yet to come: after today, in a declared span of what is planned ahead.

    What a continuous source logs has happened, so that there a day to come is a slip.
    """
    if part.declared is None or joined.source.rhythm != "sparse":
        return np.zeros(len(rows), np.bool_)
    today, end = day_number(part.today), day_number(part.declared[1])
    days = (_day(value) for cells in joined.read(rows, base) for value in cells or ())
    return np.array([today < day <= end for day in days], np.bool_)


def _day(value: object) -> int:
    if not isinstance(value, date):
        raise TypeError(f"a base date that is {type(value).__name__}")
    return day_number(value)
