"""The bytes of an export, read when they are asked for: no file is held in memory as a whole."""

import hashlib
import os
import stat
from collections.abc import Callable
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text

_HASHED_AT_ONCE = 1 << 22
_READ_AHEAD = 1 << 20
_BUFFERS = 4
_BUFFERED: "dict[Content, tuple[int, bytes]]" = {}
"""Of the files last read by `read_buffered`: the offset of the buffer, and its bytes."""


class Content(Protocol):
    """Bytes that stay the same for as long as anyone asks for them."""

    def __hash__(self) -> int:
        """Return the same for equal contents, by which parts of them are kept."""
        ...

    @property
    def size(self) -> int:
        """Return how many bytes there are."""
        ...

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of all bytes in hexadecimal; reads them when it is first asked for."""
        ...

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end."""
        ...


class HeldContent(Struct, frozen=True, dict=True):
    """Bytes in memory: what a workbook or a transcoded file came to, and what tests make."""

    data: bytes

    @property
    def size(self) -> int:
        """Return how many bytes there are."""
        return len(self.data)

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of all bytes in hexadecimal."""
        return sha256_of(self)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end."""
        return self.data[start:stop]


class FileContent(Struct, frozen=True, dict=True):
    """A regular file, opened anew for every reading.

    `stamp` is its last change in nanoseconds, `identity` which file of the system it is, and when
    that was last changed in any way: one that takes its place may have size and time alike.
    """

    path: str
    label: str
    size: int
    stamp: int
    identity: tuple[int, int, int]

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of all bytes in hexadecimal."""
        return sha256_of(self)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end.

        Raises `InputError` where the file cannot be read, or has changed since it was found.
        """
        try:
            with _opened(self.path) as stream:
                self._require_same(os.fstat(stream.fileno()))
                stream.seek(start)
                data = _read_exactly(stream, max(min(stop, self.size) - start, 0))
                self._require_same(os.fstat(stream.fileno()))
        except OSError as error:
            raise unreadable(self.label, error) from None
        return data

    def _require_same(self, now: os.stat_result) -> None:
        same = (now.st_size, now.st_mtime_ns) == (self.size, self.stamp)
        if not same or _identity(now) != self.identity:
            raise changed(self.label)


def _opened(path: str) -> FileIO:
    """Open a file for reading; a pipe that has taken its place is not waited for."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    return FileIO(os.open(path, flags), "rb")


def _identity(status: os.stat_result) -> tuple[int, int, int]:
    # Windows has the time of making in ctime, which a copy in its place does not share either.
    return status.st_dev, status.st_ino, status.st_ctime_ns


def _read_exactly(stream: "_Stream", wanted: int) -> bytes:
    """Return `wanted` bytes: one reading of a large file may give fewer; at its end all fewer."""
    data = stream.read(wanted) or b""
    while len(data) < wanted and (more := stream.read(wanted - len(data))):
        data += more
    return data


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def open_content(path: Path, label: str) -> FileContent:
    """Return the content of a regular file, not read yet.

    Raises `InputError` for what cannot be read as a file: a folder, a device, a pipe, a file
    without permission.
    """
    try:
        # Asked before opening: to open a pipe would wait for its other end.
        _require_regular(path.stat().st_mode, label)
        with _opened(str(path)) as stream:
            status = os.fstat(stream.fileno())
            _require_regular(status.st_mode, label)
    except OSError as error:
        raise unreadable(label, error) from None
    stamp = status.st_mtime_ns
    return FileContent(str(path), label, status.st_size, stamp, _identity(status))


def read_all(content: Content) -> bytes:
    """Return all bytes."""
    return content.read(0, content.size)


def read_buffered(content: Content, start: int, stop: int) -> bytes:
    """Return the bytes from `start` up to, not including, `stop`, as `Content.read` does.

    Reads ahead and keeps the buffers of the last few files: rows are asked for in ascending order,
    and a request for each of them is dear where a file lies behind a URL.
    """
    if isinstance(content, HeldContent):
        return content.read(start, stop)
    begin, data = _BUFFERED.get(content, (0, b""))
    if not begin <= start <= stop <= begin + len(data):
        begin, data = start, content.read(start, max(stop, start + _READ_AHEAD))
        # A dict keeps the order in which keys were set: its first ones are the oldest buffers.
        for oldest in [content, *_BUFFERED][: len(_BUFFERED) + 2 - _BUFFERS]:
            _BUFFERED.pop(oldest, None)
        _BUFFERED[content] = begin, data
    return data[start - begin : stop - begin]


def sha256_of(content: "Content", given_up: Callable[[], bool] = lambda: False) -> str:
    """Return the SHA-256 of all bytes in hexadecimal; they are read little by little.

    Raises `CancelledError` as soon as it has been given up.
    """
    digest = hashlib.sha256()
    for start in range(0, content.size, _HASHED_AT_ONCE):
        if given_up():
            from concurrent.futures import CancelledError  # with threads alone

            raise CancelledError
        digest.update(content.read(start, start + _HASHED_AT_ONCE))
    return digest.hexdigest()


def changed(label: str) -> InputError:
    """Return the error for a file that is not what it was when the run began."""
    return InputError(
        Text(
            f"{label}: 読んでいる間に内容が変わりました",
            f"{label}: it changed while it was read",
        ),
        Text(
            "書き込みが終わってから、もう一度実行してください",
            "run again when whatever writes it has finished",
        ),
    )


def _require_regular(mode: int, label: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        inside = f"{label.rstrip('/')}/*.csv" if label else "*.csv"
        raise InputError(
            Text(f"{label or '.'} はフォルダーです", f"{label or '.'} is a folder"),
            Text(
                f'中のファイルを "{inside}" のように指定してください',
                f'name the files in it, such as "{inside}"',
            ),
        )
    raise InputError(
        Text(
            f"{label} はファイルではありません(パイプ、ソケット、装置など)",
            f"{label} is no regular file (a pipe, socket or device)",
        ),
        Text("出力したファイルを指定してください", "name the exported file itself"),
    )


def unreadable(label: str, error: OSError) -> InputError:
    """Return the error for a file that the system does not let us read."""
    reason = why_unread(error)
    hint = Text(
        "権限を確かめ、Excel などで開いていれば閉じてください",
        "check its permissions, and close it where another program has it open",
    )
    if isinstance(error, FileNotFoundError):
        hint = Text("ファイル名を確かめてください", "look whether the name is right")
    return InputError(
        Text(f"{label} を開けません({reason.ja})", f"cannot open {label}: {reason.en}"), hint
    )
