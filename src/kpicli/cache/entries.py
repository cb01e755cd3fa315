"""The folder of entries: files of the user alone, whole or not there, few and small in sum.

An entry is a line with the digest of the rest, then the rest. Whatever else is found under its name
is as good as nothing there, and so is a folder that cannot be read or written. What others could
have put there, or could change, is neither believed nor touched.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from kpicli.base.folders import user_folder
from kpicli.base.storage import exposed, read_private, write_whole

ENTRIES, BYTES, ENTRY_BYTES = 100, 32 << 20, 4 << 20
"""The most entries, the most bytes of all, and the most of one."""

_SUFFIX = ".summary"
_MARK = b"kpicli-summary "


def cache_folder() -> Path | None:
    """Return the folder of the user's that holds the entries; None where there can be none."""
    folder = user_folder("cache")
    return None if folder is None else folder / "summaries"


def exposed_place(name: str) -> Path | None:
    """Return the folder or entry that is another user's or that others may write; None if none is.

    The entries' folder, the one above it, and the entry of that name are looked at.
    """
    folder = cache_folder()
    if folder is None:
        return None
    for place in (folder.parent, folder, folder / f"{name}{_SUFFIX}"):
        with suppress(OSError):  # what is not there is nobody's
            if exposed(place.stat()):
                return place
    return None


def read_entry(name: str) -> bytes | None:
    """Return the content of an entry; None where there is none that is whole and the user's own."""
    folder = cache_folder()
    if folder is None or exposed_place(name) is not None:
        return None
    file = folder / f"{name}{_SUFFIX}"
    try:
        whole = None if file.is_symlink() else read_private(file, ENTRY_BYTES + 1)
    except OSError:
        return None
    if whole is None or len(whole) > ENTRY_BYTES:
        return None
    head, _, content = whole.partition(b"\n")
    return content if head == _head(content) else None


def write_entry(name: str, content: bytes) -> None:
    """Keep an entry in the place of any of that name, and drop the oldest beyond the bounds."""
    whole = _head(content) + b"\n" + content
    folder = cache_folder()
    if folder is None or len(whole) > ENTRY_BYTES or exposed_place(name) is not None:
        return
    with suppress(OSError):  # a cache that cannot be written is no cache
        write_whole(folder / f"{name}{_SUFFIX}", whole, private=True, durable=False)
        _prune(folder)


def _head(content: bytes) -> bytes:
    return _MARK + hashlib.sha256(content).hexdigest().encode()


def _prune(folder: Path) -> None:
    """Drop the oldest entries beyond the bounds."""
    kept = size = 0
    for file, status in _newest_first(folder):
        kept, size = kept + 1, size + status.st_size
        if kept > ENTRIES or size > BYTES:
            file.unlink(missing_ok=True)


def _newest_first(folder: Path) -> list[tuple[Path, os.stat_result]]:
    entries: list[tuple[Path, os.stat_result]] = []
    for file in folder.iterdir():
        if file.suffix == _SUFFIX:
            with suppress(FileNotFoundError):  # another run may have dropped it
                entries.append((file, file.lstat()))
    return sorted(entries, key=lambda each: each[1].st_mtime_ns, reverse=True)
