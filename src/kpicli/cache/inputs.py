"""The files behind a summary: recognised by name, size and time first, then by their content."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.loaders.files.file_patterns import expand


class SeenFile(Struct, frozen=True):
    """A file as it was when it was counted."""

    path: str
    size: int
    changed: int
    """When it was last written, in nanoseconds."""
    sha256: str


Seen = Mapping[str, tuple[SeenFile, ...]]
"""By pattern, the files that it named, in their order."""


def seen(patterns: Iterable[str], folder: Path, digests: Mapping[str, str]) -> Seen | None:
    """Return the files that the patterns name now; `digests` has their contents' by shown path.

    None where one is no regular file or has no digest: then nothing can vouch for it.
    """
    files: dict[str, tuple[SeenFile, ...]] = {}
    for pattern in patterns:
        looked = _look(pattern, folder)
        if looked is None or any(label not in digests for label, *_ in looked):
            return None
        files[pattern] = tuple(
            SeenFile(path, size, changed, digests[label]) for label, path, size, changed in looked
        )
    return files


def unchanged(files: Seen, folder: Path) -> bool:
    """Return whether the patterns still name just these files with just these contents.

    Contents are read only where names, sizes and times all agree.
    """
    for pattern, known in files.items():
        looked = _look(pattern, folder)
        if looked is None or [(f.path, f.size, f.changed) for f in known] != [
            (path, size, changed) for _, path, size, changed in looked
        ]:
            return False
    each = {file.path: file.sha256 for known in files.values() for file in known}
    return all(_digest(path) == digest for path, digest in each.items())


def folder_state(folder: Path) -> str:
    """Return a digest of a folder's files, by name and content; "" where there is no folder.

    Raises `OSError` where one cannot be read.
    """
    if not folder.is_dir():
        return ""
    state = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        state.update(f"{path.relative_to(folder)}\0{_digest(str(path))}\0".encode())
    return state.hexdigest()


def _look(pattern: str, folder: Path) -> list[tuple[str, str, int, int]] | None:
    """Return shown path, path, size and time of each file; None where that cannot be told."""
    looked: list[tuple[str, str, int, int]] = []
    try:
        for match in expand(pattern, folder):
            status = match.path.stat()
            if not stat.S_ISREG(status.st_mode):  # to read a pipe would wait for its other end
                return None
            looked.append((match.label, str(match.path), status.st_size, status.st_mtime_ns))
    except (InputError, OSError):
        return None
    return looked


def _digest(path: str) -> str | None:
    try:
        with Path(path).open("rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return None
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
