"""Zips as Windows in Japanese, a Mac and other programs write them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO


class _Named(zipfile.ZipInfo):
    """A member whose name is written in an encoding, without saying so."""

    encoding = "cp932"

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - zipfile's own name
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


def zipped(
    members: Mapping[str, bytes],
    encoding: str | None = None,
    *,
    method: int = zipfile.ZIP_DEFLATED,
    extra: bytes = b"",
) -> bytes:
    """Return a zip; in an `encoding` its names are written so, and nothing says that they are.

    Without one they are UTF-8 and marked so. `extra` is an extra field of every member.
    """
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name) if encoding is None else _Named(name)
            if encoding is not None:
                info.encoding = encoding  # type: ignore[attr-defined] # of the class above
            info.compress_type = method
            info.extra = extra
            archive.writestr(info, content)
    return stream.getvalue()


def encrypted(content: bytes) -> bytes:
    """Return the zip with every member marked as encrypted, in both of its directories."""
    data = bytearray(content)
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(sign)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(sign, start + 4)
    return bytes(data)
