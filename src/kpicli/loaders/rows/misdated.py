"""Rows whose base date lies apart from the body of their file's dates, and rows that are planned.

Domain rules "Coverage" and "Row accounting".
"""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.catalog.sources import SourceTables
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
            misdated.append(Misdated(np.searchsorted(kept, apart), span))
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
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    both: npt.NDArray[np.int64] = few[many[places] == few]
    return both


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
    borders = np.searchsorted(kept, joined.firsts)
    undated: list[Misdated] = []
    for number, (start, stop) in enumerate(pairwise(borders.tolist())):
        own, part = blank[slice(*np.searchsorted(blank, (start, stop)))], joined.parts[number]
        if len(own) and lacks_dates(joined, marks, number):
            undated.append(Misdated(own, part.declared or part.base_span))
    return tuple(undated)


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
