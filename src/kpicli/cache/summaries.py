"""Summaries kept by request: found again only where everything that could change them is the same.

That is kpicli itself, the built-in catalogue and the settings byte by byte, the words of the
request, the day, the content of every file that the patterns of the settings name, and what was
published of other periods.
"""

import hashlib
import json
import os
import stat
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import astuple

from kpicli.base.clock import today_in
from kpicli.base.faults import REPEATED_FILE, SEAL_NOT_CHECKED
from kpicli.cache.codec import decoded, encoded
from kpicli.cache.entries import read_entry, write_entry
from kpicli.cache.inputs import Seen, folder_state, seen, unchanged
from kpicli.model.summary import Summary
from kpicli.settings.locate import settings_in_force
from kpicli.settings.request import WrittenRequest
from kpicli.version import VERSION

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings

_PACKAGE = Path(__file__).parents[1]
"""The folder of kpicli's own files."""


class Key(Struct, frozen=True):
    """The key of a summary: a request as it is written, under the settings in force.

    `config` is the settings file that is named, None the nearest; `name` the digest of all that
    the summary depends on and that is known without reading an export.
    """

    config: Path | None
    request: WrittenRequest
    name: str


class Entry(Struct, frozen=True):
    """A kept summary with all that it depends on. It holds on one day, in `zone`."""

    key: str
    day: date
    zone: str
    folder: str
    patterns: tuple[str, ...]
    files: Seen
    published: str
    """The folder of what was published."""
    published_state: str
    own: tuple[tuple[str, str], ...]
    cells_left_out: bool
    summary: Summary


class KeptSummary(Struct, frozen=True):
    """A summary as it was counted, and the files (`patterns` in `folder`) that are inputs.

    `own` are the other places that no result may overwrite (`Settings.protected_paths`).
    """

    summary: Summary
    folder: Path
    patterns: tuple[str, ...]
    own: tuple[tuple[str, str], ...]


def key_of(config: Path | None, request: WrittenRequest) -> Key | None:
    """Return the key of a request; None where no summary can be kept.

    A settings file that is no regular one (a pipe) can be read only once, and is left alone. What
    may name persons is not kept.
    """
    try:
        file = settings_in_force(config)
        if file is None or request.show_personal or not stat.S_ISREG(file.stat().st_mode):
            return None
        program = _program()
        if not program:  # as in a zip, where kpicli cannot tell one state of itself from another
            return None
        parts = (
            VERSION,
            *program,
            str(file.absolute()),
            hashlib.sha256(file.read_bytes()).hexdigest(),
            *astuple(request),
        )
    except OSError:
        return None
    return Key(config, request, hashlib.sha256(json.dumps(parts).encode()).hexdigest())


def find(key: Key, *, show_values: bool = False) -> KeptSummary | None:
    """Return the summary kept under a key; None where there is none that still holds.

    With `show_values` one whose faults have lost their cells does not hold.
    """
    content = read_entry(key.name)
    if content is None:
        return None
    try:
        entry = decoded(Entry, json.loads(content))
        holds = entry.key == key.name and _holds(entry, show_values)
    except (ValueError, LookupError, OSError, RecursionError):  # not ours, or of an unknown zone
        return None
    if not holds:
        return None
    return KeptSummary(entry.summary, Path(entry.folder), entry.patterns, entry.own)


def keep(key: Key, settings: "Settings", today: date, summary: Summary) -> None:
    """Keep the summary of a request under its key as it was before, asked on the day `today`.

    Nothing is kept where the settings have changed meanwhile, nor where a file cannot be vouched
    for. The cells of faults are left out.
    """
    if key_of(key.config, key.request) != key:
        return
    if any(fault.kind is SEAL_NOT_CHECKED for fault in summary.faults):
        return  # it may be checked the next time: the secret is none of the files that are compared
    with suppress(TypeError):  # what has no plain form is not kept
        _keep(key.name, settings, today, summary)


def _keep(key: str, settings: "Settings", today: date, summary: Summary) -> None:
    exports = settings.values.exports
    named = {
        pattern: None
        for source in summary.sources
        for export in exports.get(source.id, ())
        for pattern in export.files
    }
    named |= dict.fromkeys((*settings.values.include, *settings.parts))
    digests = _digests(summary)
    if digests is None:
        return
    files = seen(named, settings.folder, {**digests, **settings.parts})
    if files is None:
        return
    entry = Entry(
        key,
        today,
        settings.values.timezone,
        str(settings.folder),
        settings.patterns,
        files,
        str(settings.published),
        folder_state(settings.published),
        settings.protected_paths,
        any(fault.value is not None for fault in summary.faults),
        summary,
    )
    write_entry(key, json.dumps(encoded(entry), separators=(",", ":")).encode())


def _holds(entry: Entry, show_values: bool) -> bool:
    return (
        not (show_values and entry.cells_left_out)
        and today_in(ZoneInfo(entry.zone)) == entry.day
        and folder_state(Path(entry.published)) == entry.published_state
        and unchanged(entry.files, Path(entry.folder))
    )


def _program() -> list[str]:
    """Return the state of this kpicli: its files by name, size and time, and its data.

    A version may be changed without a new number.
    """
    state: list[str] = []
    for folder, below, names in os.walk(_PACKAGE):
        below[:] = sorted(name for name in below if name != "__pycache__")
        for name in sorted(names):
            status = (Path(folder) / name).stat()
            state.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
            if name.endswith(".toml"):
                state.append(hashlib.sha256((Path(folder) / name).read_bytes()).hexdigest())
    return state


def _digests(summary: Summary) -> dict[str, str] | None:
    """Return the digest of every file by its shown path; None where one was read in two states.

    A file that repeats another was not read as an input: its content is the other's.
    """
    digests: dict[str, str] = {}
    for file in summary.files:
        if digests.setdefault(file.path, file.sha256) != file.sha256:
            return None
    for fault in summary.faults:
        if fault.kind is REPEATED_FILE and fault.other is not None:
            digest = digests.get(fault.other.file)
            if digest is None or digests.setdefault(fault.place.file, digest) != digest:
                return None
    return digests
