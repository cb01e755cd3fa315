"""The faults, warnings and notes of the kept rows of a source, each with its place."""

from collections.abc import Collection, Sequence

import numpy as np
from msgspec.structs import replace

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind, Place
from kpicli.loaders.cells.column_codes import BLANK, Rows
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.resolution import Resolution
from kpicli.values.folding import fold

FEW = 5
"""So many rows without a date are told, and no more, whatever their share."""


def cell_faults(joined: Joined, kept: Mask) -> list[Fault]:
    """Return the fault of every unreadable cell of the kept rows, by file and row.

    A cell that several rows take (filled down, or a header) is one fault, with their number.
    """
    result: list[Fault] = []
    for part, first in zip(joined.parts, joined.firsts.tolist(), strict=False):
        for name in part.names():
            kinds = {first + row: kind for row, kind in part.faults(name).items()}
            rows = [row for row in kinds if kept[row]]
            by_cell: dict[tuple[str, Place], Fault] = {}
            for row, value in zip(rows, joined.texts(rows, [name])[name], strict=True):
                kind, place = kinds[row], joined.place(row, name)
                known = by_cell.get((kind.name, place))
                by_cell[kind.name, place] = (
                    Fault(kind, joined.source.id, place, value=value)
                    if known is None
                    else replace(known, count=known.count + 1)
                )
            result += by_cell.values()
    return sorted(result, key=lambda fault: (fault.place.file, fault.place.row or 0))


def row_faults(joined: Joined, kind: FaultKind, rows: Sequence[int]) -> list[Fault]:
    """Return a fault per row, at its first blank key cell; an unreadable one has its own fault."""
    result: list[Fault] = []
    for row in rows:
        for name in joined.source.key:
            blank = joined.read(np.array([row]), name) == [()]
            if blank and joined.source.columns[name].required:
                cause = joined.source.columns[name].type
                named = kind.because(cause if cause in ("date", "id") else "")
                result.append(Fault(named, joined.source.id, joined.place(row, name)))
                break
    return result


def conflicts(joined: Joined, resolution: Resolution) -> list[Fault]:
    """Return a fault for every row that shares its key with another content."""
    key = joined.source.key[0]
    values = joined.texts([row for row, _ in resolution.conflicts], [key])[key]
    return [
        Fault(
            faults.KEY_CONFLICT.because("restart" if row in resolution.restarted else ""),
            joined.source.id,
            joined.place(row, key),
            value=value,
            other=joined.place(other, key),
        )
        for (row, other), value in zip(resolution.conflicts, values, strict=True)
    ]


def changes(joined: Joined, resolution: Resolution) -> list[Fault]:
    """Return a warning where the base date or a code differs from the row that is replaced."""
    base = joined.source.base_date
    watched = [n for n, c in joined.source.columns.items() if c.type == "code" or n == base]
    changed: dict[int, tuple[str, int]] = {}
    pairs = np.array(resolution.superseded, np.int64).reshape(-1, 2)
    read = {name: [joined.read(rows, name) for rows in pairs.T] for name in watched}
    for place, (winner, replaced) in enumerate(resolution.superseded):
        differ = (name for name, (now, before) in read.items() if now[place] != before[place])
        name = next(differ, None)
        if name is not None:
            changed[replaced] = name, winner
    values: dict[int, str] = {}
    for column in watched:
        rows = [row for row, (name, _) in changed.items() if name == column]
        winners = [changed[row][1] for row in rows]
        values.update(zip(rows, joined.texts(winners, [column])[column], strict=True))
    return [
        Fault(
            faults.KEY_CHANGED,
            joined.source.id,
            joined.place(winner, name),
            value=values[replaced],
            other=joined.place(replaced, name),
        )
        for replaced, (name, winner) in changed.items()
    ]


def lost_dates(joined: Joined, pairs: Sequence[tuple[int, int]], name: str) -> list[Fault]:
    """Return a warning per pair (row that counts, row replaced) of which only one has a date."""
    return [
        Fault(
            faults.DATE_LOST,
            joined.source.id,
            joined.place(winner, name),
            other=joined.place(replaced, name),
        )
        for winner, replaced in pairs
    ]


def against_holds(joined: Joined, kept: Mask) -> list[Fault]:
    """Return, per file and column, the kept rows of values that `holds` says are not there."""
    result: list[Fault] = []
    for number, part in enumerate(joined.parts):
        first, after = joined.firsts[number : number + 2].tolist()
        for name, values in sorted(part.holds):
            column = joined.pieced[name]
            rows = [
                start + np.flatnonzero(np.isin(codes, _others(own, values)))
                for start, codes, own in zip(
                    joined.piece_firsts.tolist(), column.codes, column.values, strict=False
                )
                if first <= start < after
            ]
            against = np.concatenate([np.zeros(0, np.int64), *rows])
            against = against[kept[against]]
            if len(against):
                place = joined.place(int(against[0]), name)
                result.append(Fault(faults.NOT_HELD, joined.source.id, place, count=len(against)))
    return result


def _others(own: Sequence[object], values: Collection[str]) -> list[int]:
    folded = {fold(value) for value in values}
    return [code for code, value in enumerate(own) if fold(str(value)) not in folded]


def remarks(joined: Joined, kept: Mask) -> list[Fault]:
    """Return, per file and column, each remark with its number of kept rows and the first place."""
    base = joined.source.base_date
    blank = kept if base is None else joined.pieced[base].marks(BLANK)
    result: list[Fault] = []
    for number, part in enumerate(joined.parts):
        first = int(joined.firsts[number])
        for name in part.names():
            for kind, rows in part.remarks(name):
                rows = rows[kept[first + rows]]
                if len(rows):
                    place = joined.place(first + int(rows[0]), name)
                    result.append(Fault(kind, joined.source.id, place, count=len(rows)))
            if name == base:
                result += _undated(joined, blank, kept, number)
    return result


def lacks_dates(joined: Joined, blank: Mask, number: int) -> bool:
    """Return whether so many rows of a file lack their base date that it is the file that lacks it.

    That is all of its data rows, repeated and superseded ones too, or more than half where they
    are more than a few. `blank` marks the joined rows whose base date is blank.
    """
    rows = slice(*joined.firsts[number : number + 2].tolist())
    data = ~joined.not_data[rows]
    undated, every = int((blank[rows] & data).sum()), int(data.sum())
    return undated > 0 and (undated == every or (undated > FEW and undated * 2 > every))


def mixed_units(joined: Joined, kept: Mask) -> list[Fault]:
    """Return a warning per number column whose kept rows count in several units.

    It names the first row of the rarest unit, against the first of the commonest, and how many
    rows do not have that one. A plain 0 is the same in every unit.
    """
    result: list[Fault] = []
    for name, column in joined.source.columns.items():
        by_unit = _by_unit(joined, name, kept) if column.type == "number" else []
        if len(by_unit) > 1:
            *others, commonest = sorted(by_unit, key=len)
            place, other = (joined.place(int(rows[0]), name) for rows in (others[0], commonest))
            count = sum(map(len, others))
            result.append(
                Fault(faults.MIXED_UNITS, joined.source.id, place, count=count, other=other)
            )
    return result


def _by_unit(joined: Joined, name: str, kept: Mask) -> list[Rows]:
    """Return the kept rows of each unit of a number column, of plain numbers too."""
    rows: dict[str, list[Rows]] = {}
    for part, first in zip(joined.parts, joined.firsts.tolist(), strict=False):
        for unit, own in part.units(name):
            rows.setdefault(unit, []).append((own + first)[kept[own + first]])
    if not rows:
        return []
    named = [np.concatenate(own) for own in rows.values()]
    plain = joined.pieced[name].marks_of(bool) & kept
    plain[np.concatenate(named)] = False
    return [own for own in (*named, np.flatnonzero(plain)) if len(own)]


def _undated(joined: Joined, blank: Mask, kept: Mask, number: int) -> list[Fault]:
    """Return a warning where kept rows of a file have no base date."""
    first, after = joined.firsts[number : number + 2].tolist()
    rows = np.flatnonzero(blank[first:after] & kept[first:after])
    if not len(rows):
        return []
    kind = faults.NO_BASE_DATE.because("most" if lacks_dates(joined, blank, number) else "")
    place = joined.place(first + int(rows[0]), joined.source.base_date)
    return [Fault(kind, joined.source.id, place, count=len(rows))]
