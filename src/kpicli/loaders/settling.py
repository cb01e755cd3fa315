"""Deciding where every joined row goes: usable, duplicate, superseded, not data or faulty."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from kpicli import faults
from kpicli.distinct_values import tally
from kpicli.faults import Fault
from kpicli.figures import InputFile, SourceAccounting
from kpicli.loaders.columns import BLANK, UNREADABLE
from kpicli.loaders.content import Content
from kpicli.loaders.dataset import Mask
from kpicli.loaders.duplicates import Resolution, State, States, resolve
from kpicli.loaders.findings import cell_faults, changes, conflicts, remarks, row_faults
from kpicli.loaders.joining import Joined
from kpicli.loaders.repeats import Contents, alike
from kpicli.loaders.shared_keys import RepeatFinder


def settle(joined: Joined, repeated_rows: RepeatFinder) -> tuple[States, list[Fault]]:
    """Return the state of every row, and the faults and warnings of the rows that are kept.

    `repeated_rows` is asked for the rows whose key others share.
    """
    states = np.full(len(joined), State.USABLE, np.int8)
    states[joined.not_data] = State.NOT_DATA
    keyless = _keyless(joined) & (states == State.USABLE)
    repeated = repeated_rows(joined.keys, (states == State.USABLE) & ~keyless)
    same = alike(joined, repeated)
    states[repeated.rows[same.later]] = State.DUPLICATE
    resolution = _resolve(joined, repeated.groups(~same.groups))
    for row, state in resolution.dropped.items():
        states[row] = state
    kept = states == State.USABLE
    found = [
        *cell_faults(joined, kept),
        *row_faults(joined, faults.BLANK_KEY, np.flatnonzero(keyless).tolist()),
        *conflicts(joined, resolution),
    ]
    faulty = keyless & kept
    for name in joined.codes:
        faulty |= kept & (joined.codes[name] == UNREADABLE)
    faulty[[row for row, _ in resolution.conflicts]] = True
    states[faulty] = State.FAULTY
    return states, [*found, *changes(joined, resolution), *remarks(joined, kept)]


def _keyless(joined: Joined) -> Mask:
    """Mark rows where a key column is blank (unless it may be) or cannot be read."""
    keyless = np.zeros(len(joined), dtype=np.bool_)
    for name in joined.source.key:
        codes = joined.codes[name]
        keyless |= codes == UNREADABLE
        if joined.source.columns[name].required:
            keyless |= codes == BLANK
    return keyless


def _resolve(joined: Joined, groups: Sequence[npt.NDArray[np.int64]]) -> Resolution:
    newest = [part.newest for part in joined.parts]
    updated = joined.codes.get("updated_on")
    update_days = joined.values.get("updated_on", ())

    def rank_of(row: int) -> tuple[int, int]:
        code = -1 if updated is None else int(updated[row])
        update = update_days[code] if code >= 0 else None
        day = 0 if update is None or isinstance(update, str) else int(update.toordinal())  # type: ignore[union-attr] # updated_on is a date column
        return day, newest[joined.file_of(row)]

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


def input_files(
    joined: Joined, states: States, sha256: Callable[[Content], str]
) -> tuple[InputFile, ...]:
    """Return what the Summary records of each file."""
    return tuple(
        InputFile(
            source=joined.source.id,
            path=part.file.shown,
            sha256=sha256(part.file.content),
            encoding=part.table.encoding,
            sheet=part.table.sheet,
            accounting=account(joined, states, number),
        )
        for number, part in enumerate(joined.parts)
    )
