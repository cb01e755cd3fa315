"""Lines of a table without numbers that may be repeated, though cells of theirs are damaged.

Equal lines of overlapping exports are one row. Where a cell cannot be read in one export, or its
column is not there, the line equals none; it may still be the one of another export that has the
same in every other cell.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.same_key import Contents

Line = tuple[object, ...]
Gaps = npt.NDArray[np.int64]
"""Per row the columns that are damaged, a bit each."""


class DamagedLine(Struct, frozen=True):
    """A row with a damaged cell, and another file's that it may be."""

    row: int
    other: int


def damaged_lines(
    joined: Joined, kept: Mask, by_content: Mapping[Line, Mapping[int, Sequence[int]]]
) -> list[DamagedLine]:
    """Return the kept rows with a damaged cell that may be rows of another file.

    `by_content` has the rows of all lines that occur more than once, by file: what a file has as
    often as the other needs no twin. A row whose base date is damaged has no day, so that no
    figure counts it as certain.
    """
    base = joined.source.base_date
    gaps, names = _gaps(joined)
    if base is None or len(joined.parts) < 2 or not (kept & (gaps != 0)).any():
        return []
    days = joined.pieced[base].joined(slice(None)).codes
    damaged = np.flatnonzero(kept & (gaps != 0) & (days >= 0))
    others = np.flatnonzero(np.isin(days, days[damaged]) & (days >= 0) & ~joined.not_data)
    contents = Contents(joined, [others])
    places = [list(joined.source.columns).index(name) for name in names]

    def readable(row: int, gap: int) -> Line:
        line = contents.of(row)
        return tuple(line[place] for bit, place in enumerate(places) if not gap >> bit & 1)

    def lacks_twin(row: int, other: int) -> bool:
        by_file = by_content.get(contents.of(other), {other: [other]})
        own, its = joined.file_of(row), joined.file_of(other)
        return own != its and len(by_file.get(own, ())) < len(by_file.get(its, (other,)))

    return list(_pairs(damaged.tolist(), others.tolist(), gaps, readable, lacks_twin))


def _pairs(
    damaged: Sequence[int],
    others: Sequence[int],
    gaps: Gaps,
    readable: Callable[[int, int], Line],
    lacks_twin: Callable[[int, int], bool],
) -> Iterator[DamagedLine]:
    """Yield each damaged row with the first of the others that agrees in all that both can read."""
    by_gap: dict[int, list[int]] = {}
    for other in others:
        by_gap.setdefault(int(gaps[other]), []).append(other)
    indexes: dict[tuple[int, int], dict[Line, list[int]]] = {}
    for row in damaged:
        for gap, own in by_gap.items():
            both = gap | int(gaps[row])
            if (both, gap) not in indexes:
                index = indexes[both, gap] = {}
                for other in own:
                    index.setdefault(readable(other, both), []).append(other)
            alike = indexes[both, gap].get(readable(row, both), ())
            twin = next((other for other in alike if lacks_twin(row, other)), None)
            if twin is not None:
                yield DamagedLine(row, twin)
                break


def _gaps(joined: Joined) -> tuple[Gaps, list[str]]:
    """Return the damaged columns of every row, and the columns in the order of their bits."""
    gaps = np.zeros(len(joined), np.int64)
    names = [name for name in joined.source.columns if name in joined.pieced][:62]
    for bit, name in enumerate(names):
        if name in joined.unreadable:
            gaps[joined.unreadable[name]] |= 1 << bit
        for number, part in enumerate(joined.parts):
            if name not in part.table.headers:
                gaps[slice(*joined.firsts[number : number + 2])] |= 1 << bit
    return gaps, names


def damage_faults(joined: Joined, pairs: Sequence[DamagedLine]) -> list[Fault]:
    """Return a fault per pair of files, with the number of its rows and the first of them."""
    by_files: dict[tuple[int, int], list[DamagedLine]] = {}
    for pair in pairs:
        files = joined.file_of(pair.row), joined.file_of(pair.other)
        by_files.setdefault(files, []).append(pair)
    return [
        Fault(
            faults.MAYBE_SAME.because("damaged"),
            joined.source.id,
            joined.place(own[0].row, None),
            count=len(own),
            other=joined.place(own[0].other, None),
        )
        for own in by_files.values()
    ]
