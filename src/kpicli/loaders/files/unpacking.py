"""The bytes of a file in a zip, unpacked little by little as they are read; nothing is written."""

import io
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Final

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.files.content import Content, sha256_of

MEMBERS: Final = 10_000
"""The most files that a zip may hold, a workbook too; real ones have tens."""
RATIO, RATIO_FROM = 200, 64 << 20
"""Above 64 MiB unpacked, more than 200 to 1 is no data: exports and sheets pack 10 to 50 to 1."""
METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What Windows and Excel unpack; LZMA would take as much memory as a zip says."""

_KEPT = 1 << 26
"""So many bytes of the last file are kept, so that most files are unpacked once."""
_BLOCK = 1 << 20
_LAST = threading.local()
"""The file that this thread has unpacked last."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
)


def is_abnormal(members: int, unpacked: int, packed: int) -> bool:
    """Return whether a zip of so many files and bytes is none that holds data."""
    return members > MEMBERS or (unpacked > RATIO_FROM and unpacked > RATIO * packed)


def damaged_zip(label: str, reason: Text) -> InputError:
    """Return the error for a zip that is broken or contradictory."""
    return InputError(
        Text(
            f"{label}: zip を読めません({reason.ja})", f"{label}: the zip is damaged ({reason.en})"
        ),
        Text(
            "もう一度出力するか、展開して中のファイルを指定してください",
            "export it again, or unpack it and name the files inside",
        ),
    )


@contextmanager
def open_zip(content: Content, label: str) -> Iterator[zipfile.ZipFile]:
    """Return a zip as a context; raises `InputError` where it, or what is read of it, is broken."""
    try:
        with zipfile.ZipFile(io.BufferedReader(_Stream(content), _BLOCK)) as archive:
            yield archive
    except _BROKEN:
        raise damaged_zip(label, Text("内容が壊れています", "its content is broken")) from None


class MemberContent(Struct, frozen=True, dict=True):
    """A file in a zip: `offset` is where its entry begins, `size` its length unpacked."""

    archive: Content
    label: str
    offset: int
    size: int

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of all bytes, unpacked, in hexadecimal."""
        return sha256_of(self)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end.

        Raises `InputError` where the zip cannot be read, has changed, or is shorter than it says.
        """
        stop = min(stop, self.size)
        if start >= stop:
            return b""
        last: _Unpacked | None = getattr(_LAST, "unpacked", None)
        if last is None or last.content != self or last.first > start:
            last = _LAST.unpacked = _Unpacked(self)
        return last.read(start, stop)


class _Unpacked:
    """A member as far as it is unpacked: the last bytes of it, from `first` on."""

    def __init__(self, content: MemberContent) -> None:
        self.content = content
        self.first = 0
        self._bytes = bytearray()
        self._pieces = self._unpack()

    def read(self, start: int, stop: int) -> bytes:
        while self.first + len(self._bytes) < stop:
            piece = next(self._pieces, b"")
            if not piece:
                raise damaged_zip(self.content.label, Text("途中で終わっています", "it ends early"))
            self._bytes += piece
            # What lies before `start` may go, but for so much that reading back a little is free.
            surplus = min(len(self._bytes) - _KEPT, start - self.first)
            if surplus > 0:
                del self._bytes[:surplus]
                self.first += surplus
        return bytes(self._bytes[start - self.first : stop - self.first])

    def _unpack(self) -> Iterator[bytes]:
        offset = self.content.offset
        with open_zip(self.content.archive, self.content.label) as archive:
            info = next(info for info in archive.infolist() if info.header_offset == offset)
            with archive.open(info) as stream:
                while piece := stream.read(_BLOCK):
                    yield piece


def stream_of(content: Content) -> io.RawIOBase:
    """Return a content as a stream that can be read from anywhere."""
    return _Stream(content)


class _Stream(io.RawIOBase):
    """A content as a stream, such as `zipfile` and pyarrow read."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._content.size}[whence]
        self._place = start + offset
        if self._place < 0:
            raise ValueError("before the beginning")
        return self._place

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._content.read(self._place, self._place + len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)
