"""De-duplication: every joined row is usable, duplicate, superseded, not data or faulty."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.loaders.cells.column_codes import BLANK, NO_DAY
from kpicli.loaders.files.content import Content
from kpicli.loaders.rows.dataset import Mask
from kpicli.loaders.rows.joining import Joined
from kpicli.loaders.rows.resolution import UNKNOWN_RANK, Resolution, State, States, resolve
from kpicli.loaders.rows.restarts import UPDATED_ON, without_restarts
from kpicli.loaders.rows.row_faults import (
    FEW,
    against_holds,
    cell_faults,
    changes,
    conflicts,
    lost_dates,
    mixed_units,
    remarks,
    row_faults,
)
from kpicli.loaders.rows.same_key import Contents, exact_duplicates
from kpicli.loaders.rows.shared_keys import Repeated, RepeatFinder
from kpicli.loaders.rows.spelled_ids import maybe_same, spelling_faults
from kpicli.model.accounting import SourceAccounting
from kpicli.model.summary import InputFile
from kpicli.values.distinct_values import tally


def deduplicate(joined: Joined, find_repeats: RepeatFinder) -> tuple[States, list[Fault]]:
    """Return the state of every row, and the faults and warnings of the rows that are kept.

    `find_repeats` is asked for the rows whose key others share.
    """
    states = np.full(len(joined), State.USABLE, np.int8)
    states[joined.not_data] = State.NOT_DATA
    keyless = _keyless(joined) & (states == State.USABLE)
    repeated = find_repeats(joined.keys, (states == State.USABLE) & ~keyless)
    if joined.source.by_row:
        return _row_by_row(joined, states, repeated)
    same = exact_duplicates(joined, repeated)
    states[repeated.rows[same.later]] = State.DUPLICATE
    shared = _in_several_files(joined, repeated)
    resolution = without_restarts(joined, _resolve(joined, repeated.groups(~same.groups)), shared)
    for row, state in resolution.dropped.items():
        states[row] = state
    kept = states == State.USABLE
    row_faults_found = [
        *cell_faults(joined, kept),
        *row_faults(joined, faults.BLANK_KEY, np.flatnonzero(keyless).tolist()),
        *conflicts(joined, resolution),
    ]
    faulty = keyless & kept
    faulty[[row for row, _ in resolution.conflicts]] = True
    spelled = maybe_same(joined, kept & ~faulty, shared)
    faulty[[pair.row for pair in spelled]] = True
    states[faulty] = State.FAULTY
    lost = keep_dates(joined, resolution.superseded)
    return states, [
        *row_faults_found,
        *spelling_faults(joined, spelled),
        *changes(joined, resolution),
        *lost,
        *against_holds(joined, kept),
        *remarks(joined, kept),
        *mixed_units(joined, kept),
        *_lines_again(joined, repeated, states),
    ]


def _lines_again(joined: Joined, repeated: Repeated, states: States) -> list[Fault]:
    """Return a warning per file that repeats lines which no id tells apart.

    Where each line is a thing that happened, equal lines are two of them, and `key = "row"` is
    what is meant. Lines that two exports share are an overlap and none of its business.
    """
    columns = joined.source.columns
    if not len(repeated.rows) or any(columns[n].type == "id" for n in joined.source.key):
        return []
    files = joined.files_of(repeated.rows)
    again = states[repeated.rows] == State.DUPLICATE
    again[1:] &= files[1:] == files[:-1]
    again[repeated.starts] = False
    rows = np.sort(repeated.rows[again])
    return [
        Fault(
            faults.LINES_AGAIN,
            joined.source.id,
            joined.place(int(rows[places[0]]), None),
            count=len(places),
        )
        for _, places, _ in joined.by_file(rows)
    ]


def _in_several_files(joined: Joined, repeated: Repeated) -> npt.NDArray[np.int64]:
    """Return the repeated rows whose key number another file has, too, not their own alone."""
    if not len(repeated.rows):
        return repeated.rows
    files = joined.files_of(repeated.rows)
    spread = np.maximum.reduceat(files, repeated.starts) > np.minimum.reduceat(
        files, repeated.starts
    )
    sizes = np.diff(np.append(repeated.starts, len(repeated.rows)))
    return repeated.rows[np.repeat(spread, sizes)]


def _row_by_row(joined: Joined, states: States, repeated: Repeated) -> tuple[States, list[Fault]]:
    """Return what `deduplicate` does where each line of a file is a row of its own.

    Of equal lines as many count as the file has that has most of them, and they are that file's.
    A line with a damaged cell that may be another file's is faulty.
    """
    from kpicli.loaders.rows.damaged_lines import damage_faults, damaged_lines

    groups = repeated.groups() if len(joined.parts) > 1 else []
    contents = Contents(joined, groups)
    by_content: dict[tuple[object, ...], dict[int, list[int]]] = {}
    for row in sorted(int(row) for group in groups for row in group):
        own = by_content.setdefault(contents.of(row), {})
        own.setdefault(joined.file_of(row), []).append(row)
    for by_file in by_content.values():
        most = max(by_file, key=lambda file: (len(by_file[file]), -file))
        for file, rows in by_file.items():
            if file != most:
                states[rows] = State.DUPLICATE
    kept = states == State.USABLE
    damaged = damaged_lines(joined, kept, by_content)
    states[[pair.row for pair in damaged]] = State.FAULTY
    return states, [
        *cell_faults(joined, kept),
        *damage_faults(joined, damaged),
        *against_holds(joined, kept),
        *remarks(joined, kept),
        *mixed_units(joined, kept),
    ]


def keep_dates(joined: Joined, superseded: Sequence[tuple[int, int]]) -> list[Fault]:
    """Return a warning for every date that a blank of a later export would overwrite.

    `superseded` are pairs (row that counts, row that it replaces). The blank is marked as
    unreadable: figures that ask for it are in doubt. Where the later export is declared not to know
    the column (`absent`) the date of the newest row replaced is put in its place.
    """
    result: list[Fault] = []
    pairs = np.array(superseded, np.int64).reshape(-1, 2)
    for name, column in joined.source.columns.items():
        if not column.is_dating or name not in joined.pieced or not len(pairs):
            continue
        now, before = (joined.read(rows, name) for rows in pairs.T)
        blank = [
            pair
            for pair, own, old in zip(superseded, now, before, strict=True)
            if own == () and old and name in joined.part_of(pair[0]).table.headers
        ]
        unknown = [pair for pair in blank if name in joined.part_of(pair[0]).absent]
        lost = [pair for pair in blank if name not in joined.part_of(pair[0]).absent]
        _restore(joined, name, unknown)
        if lost:
            marks = joined.unreadable.setdefault(name, np.zeros(len(joined), np.bool_))
            marks[[winner for winner, _ in lost]] = True
            result += lost_dates(joined, lost, name)
    return result


def _restore(joined: Joined, name: str, pairs: Sequence[tuple[int, int]]) -> None:
    """Put the date of a replaced row in the place of the blank in the row that counts."""
    rank = {number: part.newest for number, part in enumerate(joined.parts)}
    ordered = sorted(pairs, key=lambda pair: rank[joined.file_of(pair[1])])
    known = dict(ordered)
    if known:
        dates = joined.read(np.array(list(known.values())), name)
        values = [read[0] for read in dates if read]
        joined.pieced[name] = joined.pieced[name].filled(
            dict(zip(known, values, strict=True)), joined.piece_firsts
        )


def _keyless(joined: Joined) -> Mask:
    """Return marks of rows where a key column is blank (unless it may be) or cannot be read."""
    keyless = np.zeros(len(joined), dtype=np.bool_)
    if joined.source.by_row:
        return keyless
    for name in joined.source.key:
        if name in joined.unreadable:
            keyless |= joined.unreadable[name]
        if joined.source.columns[name].required:
            keyless |= joined.pieced[name].marks(BLANK)
    return keyless


def _hidden_dates(joined: Joined, newest: Sequence[int]) -> list[bool]:
    """Return, per file, whether it has more than a few base dates, of which none can be read."""
    marks = joined.unreadable.get(joined.source.base_date or "")
    if marks is None:
        return [False] * len(newest)
    borders = zip(joined.firsts[:-1].tolist(), joined.firsts[1:].tolist(), strict=True)
    pairs = zip(newest, borders, strict=True)
    return [day == NO_DAY and int(marks[first:after].sum()) > FEW for day, (first, after) in pairs]


def _resolve(joined: Joined, groups: Sequence[npt.NDArray[np.int64]]) -> Resolution:
    newest = [part.newest for part in joined.parts]
    hidden = _hidden_dates(joined, newest)

    def rank_of(row: int) -> tuple[int, int]:
        read = joined.read(np.array([row]), UPDATED_ON)[0] if UPDATED_ON in joined.pieced else None
        day = read[0].toordinal() if read and isinstance(read[0], date) else 0
        file = joined.file_of(row)
        return (day, newest[file]) if day or not hidden[file] else UNKNOWN_RANK

    contents = Contents(joined, groups)
    exact = [own for group in groups for own in contents.by_key(group)]
    exact.sort(key=lambda rows: int(rows[0]))
    return resolve(exact, joined.file_of, contents.of, rank_of)


def account(joined: Joined, states: States, number: int | None = None) -> SourceAccounting:
    """Return the row accounting of one file, or of the whole source where `number` is None."""
    parts = joined.parts if number is None else (joined.parts[number],)
    own = states if number is None else states[slice(*joined.firsts[number : number + 2])]
    counts = tally(own, len(State))
    titles = sum(part.table.title_rows for part in parts)
    return SourceAccounting(
        read=len(own) + titles,
        usable=counts[State.USABLE],
        duplicate=counts[State.DUPLICATE],
        superseded=counts[State.SUPERSEDED],
        not_data=counts[State.NOT_DATA] + titles,
        faulty=counts[State.FAULTY],
    )


def files_once_hashed(
    joined: Joined, states: States, sha256: Callable[[Content], str]
) -> Callable[[], tuple[InputFile, ...]]:
    """Return a function that hashes the files and returns what the Summary records of each."""
    source = joined.source.id
    files = [(part.file, part.table.encoding, part.table.sheet) for part in joined.parts]
    accounts = [account(joined, states, number) for number in range(len(files))]

    def hashed() -> tuple[InputFile, ...]:
        return tuple(
            InputFile(source, file.label, sha256(file.content), encoding, sheet, accounting)
            for (file, encoding, sheet), accounting in zip(files, accounts, strict=True)
        )

    return hashed
