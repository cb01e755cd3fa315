"""Rows of overlapping exports that may be one: the same id, spelled otherwise.

Excel eats zeros (`00020` becomes `20`), adds `.0`, and makes `1月2日` of `1-2`; a sheet may
show a number as `100-0000` or `1,000,000`; another system leaves out a dash or writes `v` for `V`.
Only rows of equal base date and codes, in different
files that overlap in time, are looked at, and only where one of them has no row of its own
spelling.
"""

import re

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.loaders.cells.column_codes import day_number
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined
from kpicli.values.folding import fold

_MONTH_DAY = r"(?:[0-9]{4}[-/年])?([0-9]{1,2})[-/月]([0-9]{1,2})日?(?: 00:00:00)?"
_NUMBER = re.compile(r"([0-9]+)\.0+")
_SIGNS = re.compile(r"[\W_]+")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")
"""The zeros before a number, also behind the letters of an id."""


class MaybeSame(Struct, frozen=True):
    """A row that may be the same as an earlier `other` one of another file."""

    row: int
    other: int


def loose(text: str) -> str:
    """Return what spellings of one id have in common; "" for one without letters and digits.

    `00020`, `20` and `20.0` are `20`, `100-0000` is `1000000`, `1-2` and `1月2日` are `12`,
    `V-0001`, `v 0001` and `'V1` are `v1`.
    """
    folded = fold(text)
    day = re.fullmatch(_MONTH_DAY, folded) if folded[:1].isdigit() else None
    if day is not None:
        return f"{int(day[1])}{int(day[2])}"
    number = _NUMBER.fullmatch(folded)
    return _ZEROS.sub("", _SIGNS.sub("", number[1] if number is not None else folded).casefold())


def maybe_same(joined: Joined, kept: Mask, matched: npt.NDArray[np.int64]) -> list[MaybeSame]:
    """Return the kept rows that may be rows of another file; `matched` share their own spelling."""
    names = [name for name in joined.source.key if joined.source.columns[name].type == "id"]
    shapes = {piece.shape for part in joined.parts for piece in part.pieces if piece.rows}
    if len(shapes) == 1 and None not in shapes:
        return []  # ids of one shape are the same or are two
    rows = _overlapping(joined, kept) if names and len(joined.parts) > 1 else np.zeros(0, np.int64)
    unmatched = np.ones(len(joined), np.bool_)
    unmatched[matched] = False
    if not unmatched[rows].any():
        return []
    rows, alike = _alike(joined, rows, unmatched)
    texts = joined.texts(rows.tolist(), list(joined.source.key))
    spelled = {name: joined.identifiers(rows, name, texts[name]) for name in joined.source.key}
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, combination in enumerate(alike.tolist()):
        common = [loose(spelled[n][place]) if n in names else spelled[n][place] for n in spelled]
        if all(common):
            groups.setdefault((combination, *common), []).append(place)
    return [pair for places in groups.values() for pair in _pairs(joined, rows, places, spelled)]


def _pairs(
    joined: Joined, rows: npt.NDArray[np.int64], places: list[int], spelled: dict[str, list[str]]
) -> list[MaybeSame]:
    first, *others = places
    own = [spelled[name][first] for name in spelled]
    file = joined.file_of(int(rows[first]))
    return [
        MaybeSame(int(rows[place]), int(rows[first]))
        for place in others
        if joined.file_of(int(rows[place])) != file
        and [spelled[name][place] for name in spelled] != own
    ]


def _overlapping(joined: Joined, kept: Mask) -> npt.NDArray[np.int64]:
    """Return the kept rows whose base date lies where the dates of two files overlap."""
    base = joined.source.base_date
    if base is None:
        return np.flatnonzero(kept)
    spans = [
        None if part.base_span is None else [*map(day_number, part.base_span)]
        for part in joined.parts
    ]
    marks = np.zeros(len(joined), np.bool_)
    for number, own in enumerate(spans):
        common = [
            (max(own[0], other[0]), min(own[1], other[1]))
            for place, other in enumerate(spans)
            if own is not None and other is not None and place != number
        ]
        common = [span for span in common if span[0] <= span[1]]
        if common:
            first, after = joined.firsts[number : number + 2].tolist()
            start, end = min(span[0] for span in common), max(span[1] for span in common)
            pieces = np.searchsorted(joined.piece_firsts, [first, after]).tolist()
            days = joined.pieced[base].days(slice(*pieces))
            marks[first:after] = kept[first:after] & (days >= start) & (days <= end)
    return np.flatnonzero(marks)


def _alike(
    joined: Joined, rows: npt.NDArray[np.int64], unmatched: Mask
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the rows that agree with one of another file in base date and codes.

    One row of a group at least is unmatched. Beside them stands the number of their combination.
    """
    marks = np.zeros(len(joined), np.bool_)
    marks[rows] = True
    alike = np.zeros(len(rows), np.int64)
    for name, column in joined.source.columns.items():
        if column.type == "code" or name == joined.source.base_date:
            codes = joined.pieced[name].joined(marks).codes.astype(np.int64) + 1
            values = int(codes.max(initial=0)) + 1
            alike = numbered(alike * values + codes, (int(alike.max(initial=0)) + 1) * values)
    count = int(alike.max(initial=-1)) + 1
    files = joined.files_of(rows)
    lowest, highest = np.full(count, len(joined.parts)), np.full(count, -1)
    np.minimum.at(lowest, alike, files)
    np.maximum.at(highest, alike, files)
    some = np.bincount(alike, unmatched[rows], count) > 0
    stays = ((lowest < highest) & some)[alike]
    return rows[stays], alike[stays]


def numbered(values: npt.NDArray[np.int64], bound: int) -> npt.NDArray[np.int64]:
    """Return the place of each value among the distinct ones; they lie from 0 up to the bound."""
    if bound > 4 * len(values) + 1024:
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    # A mark per possible value: the n-th one marked has the number n - 1. Sorting takes far longer.
    marked = np.zeros(bound, np.bool_)
    marked[values] = True
    return (np.cumsum(marked) - 1)[values]


def spelling_faults(joined: Joined, pairs: list[MaybeSame]) -> list[Fault]:
    """Return a fault per pair of files, with the number of its rows and the first of them."""
    by_files: dict[tuple[int, int], list[MaybeSame]] = {}
    for pair in pairs:
        files = joined.file_of(pair.row), joined.file_of(pair.other)
        by_files.setdefault(files, []).append(pair)
    ids = [name for name in joined.source.key if joined.source.columns[name].type == "id"]
    return [
        Fault(
            faults.MAYBE_SAME,
            joined.source.id,
            joined.place(own[0].row, ids[0]),
            count=len(own),
            other=joined.place(own[0].other, ids[0]),
        )
        for own in by_files.values()
    ]
