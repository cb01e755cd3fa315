"""The folder of entries: files of the user alone, whole or not there, few and small in sum.

An entry is a line with the digest of the rest, then the rest. Whatever else is found under its name
is as good as nothing there, and so is a folder that cannot be read or written.
"""

import hashlib
import os
import stat
from contextlib import suppress
from pathlib import Path

ENTRIES, BYTES, ENTRY_BYTES = 100, 32 << 20, 4 << 20
"""The most entries, the most bytes of all, and the most of one."""

_SUFFIX, _UNFINISHED = ".summary", ".unfinished"
_MARK = b"kpicli-summary "


def cache_folder() -> Path | None:
    """Return the folder of the user's that holds the entries; None where there can be none."""
    from platformdirs import user_cache_path

    folder = user_cache_path("kpicli", appauthor=False) / "summaries"
    return folder if folder.is_absolute() else None  # without a home it would be the current one


def read_entry(name: str) -> bytes | None:
    """Return the content of an entry; None where there is none that is whole."""
    folder = cache_folder()
    if folder is None:
        return None
    file = folder / f"{name}{_SUFFIX}"
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > ENTRY_BYTES:
            return None
        head, _, content = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if head == _head(content) else None


def write_entry(name: str, content: bytes) -> None:
    """Keep an entry in the place of any of that name, and drop the oldest beyond the bounds."""
    whole = _head(content) + b"\n" + content
    folder = cache_folder()
    if folder is None or len(whole) > ENTRY_BYTES:
        return
    with suppress(OSError):  # a cache that cannot be written is no cache
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(folder / f"{name}{_SUFFIX}", whole)
        _prune(folder)


def _head(content: bytes) -> bytes:
    return _MARK + hashlib.sha256(content).hexdigest().encode()


def _replace(file: Path, content: bytes) -> None:
    import tempfile  # only what is kept needs it

    handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=file.parent)  # the user's alone: 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    """Drop the oldest entries beyond the bounds, and what runs that were killed left unfinished."""
    kept = size = 0
    for file, status in _newest_first(folder):
        kept, size = kept + 1, size + status.st_size
        if kept > ENTRIES or size > BYTES:
            file.unlink(missing_ok=True)


def _newest_first(folder: Path) -> list[tuple[Path, os.stat_result]]:
    found: list[tuple[Path, os.stat_result]] = []
    for file in folder.iterdir():
        if file.suffix in (_SUFFIX, _UNFINISHED):
            with suppress(FileNotFoundError):  # another run may have dropped it
                found.append((file, file.lstat()))
    return sorted(found, key=lambda each: each[1].st_mtime_ns, reverse=True)
