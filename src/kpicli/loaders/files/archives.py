"""Zips of exports: which of their members a pattern names, and the names as they were written."""

import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import PurePath, PurePosixPath

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.folders import is_hidden
from kpicli.base.wording import Text
from kpicli.loaders.files.content import Content
from kpicli.loaders.files.file_patterns import COVERS, covered, fits, is_wild, near_names
from kpicli.loaders.files.unpacking import (
    METHODS,
    MemberContent,
    damaged_zip,
    is_abnormal,
    open_zip,
)

_READ = (".csv", ".tsv", ".xlsx", ".xlsm", ".parquet")
"""What is taken of a zip that is named alone, by the ends of names."""
_UTF_8 = 0x800
_ENCRYPTED = 0x1
_UNICODE_PATH = 0x7075


class Member(Struct, frozen=True):
    """A file in a zip, as a pattern names it: a file of an export like any other."""

    identity: str
    label: str
    covers: str
    held: MemberContent

    def content(self) -> MemberContent:
        """Return the content, which is unpacked when it is read."""
        return self.held


class Members(Struct, frozen=True):
    """The members of a zip that a pattern names, and the names of the others in sight."""

    read: tuple[Member, ...]
    others: tuple[str, ...]


def is_zip(name: str) -> bool:
    """Return whether a name is that of a zip."""
    return PurePath(name).suffix.lower() == ".zip"


def members_of(content: Content, identity: str, label: str, pattern: str, covers: str) -> Members:
    """Return the members of a zip that `pattern` names, ordered by name; "" names all tables.

    Folders in it are parts of names, as on a disk, `**` included. Hidden files, Excel's lock files
    and what a Mac puts beside each file (`__MACOSX`) are passed over unless they are named.
    `covers` is the period in the zip's own name; `{covers}` in the pattern goes before it. Raises
    `InputError` for a zip that is damaged or would unpack to an abnormal size, and for members that
    are encrypted.
    """
    with open_zip(content, label) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
    named = {member_name(info): info for info in infos}
    if len(named) < len(infos):
        raise damaged_zip(label, Text("同じ名前のファイルが二つあります", "two files of one name"))
    wanted = tuple(PurePosixPath(unicodedata.normalize("NFC", pattern)).parts)
    names = [name for name in sorted(named) if _is_named(name, wanted)]
    _require_readable(label, [named[name] for name in names], content.size, len(infos))
    read = [
        Member(
            f"{identity}!{name}",
            f"{label}/{name}",
            _covers(pattern, name) or covers,
            MemberContent(
                content, f"{label}/{name}", named[name].header_offset, named[name].file_size
            ),
        )
        for name in names
    ]
    others = (name for name in sorted(named) if name not in names and not _is_hidden(name))
    return Members(tuple(read), tuple(others))


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member with `/` between folders, in Unicode form NFC.

    It is UTF-8 where the zip says so, also in the field that Info-ZIP and WinRAR add. Other names
    are bytes of whoever made the zip: UTF-8 where they are valid in it, else cp932, as Windows in
    Japanese writes them.
    """
    name = info.orig_filename
    if not info.flag_bits & _UTF_8:
        raw = name.encode("cp437")  # which is what zipfile reads them by, each byte a sign
        name = _unicode_path(info.extra, raw) or _decoded(raw) or name
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8", "cp932"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in the extra field 0x7075; "" where it is none of this very name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == _UNICODE_PATH and field[:1] == b"\1" and len(field) > 5:
            (crc,) = struct.unpack("<L", field[1:5])
            return field[5:].decode("utf-8", "ignore") if crc == zlib.crc32(raw) else ""
    return ""


def _is_named(name: str, wanted: Sequence[str]) -> bool:
    if not wanted:
        return PurePosixPath(name).suffix.lower() in _READ and not _is_hidden(name)
    return name == "/".join(wanted) or _fits_path(name.split("/"), wanted)


def _fits_path(names: Sequence[str], wanted: Sequence[str]) -> bool:
    """Return whether the parts of a name fit those of a pattern; a wild one fits no hidden name."""
    if not wanted or not names:
        return not wanted and not names
    if wanted[0] == "**":
        rest = wanted[1:] or ("*",)
        below = not _is_hidden(names[0]) and len(names) > 1 and _fits_path(names[1:], wanted)
        return below or _fits_path(names, rest)
    part = wanted[0].replace(COVERS, "*")
    if is_wild(part) and _is_hidden(names[0]):
        return False
    return fits(names[0], part) and _fits_path(names[1:], wanted[1:])


def _is_hidden(name: str) -> bool:
    parts = name.split("/")
    return "__MACOSX" in parts or any(is_hidden(part) for part in parts)


def _covers(pattern: str, name: str) -> str:
    last = PurePosixPath(pattern).name
    return covered(last, PurePosixPath(name).name) if COVERS in last else ""


def _require_readable(
    label: str, infos: Sequence[zipfile.ZipInfo], packed: int, members: int
) -> None:
    """Raise `InputError` where a member is encrypted or packed in another way, or all too much."""
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise InputError(
            Text(
                f"{label}: zip がパスワードで暗号化されています",
                f"{label}: the zip is encrypted with a password",
            ),
            Text(
                "展開して中のファイルを指定するか、パスワードなしで zip にし直してください",
                "unpack it and name the files inside, or make it anew without a password",
            ),
        )
    if any(info.compress_type not in METHODS for info in infos):
        raise damaged_zip(
            label,
            Text(
                "Windows の知らない方法で圧縮されています",
                "it is compressed in a way unknown to Windows",
            ),
        )
    unpacked = sum(info.file_size for info in infos)
    if is_abnormal(members, unpacked, packed):
        size = f"{packed:,} → {unpacked:,} bytes"
        raise InputError(
            Text(
                f"{label}: 展開すると異常に大きくなるため、読みません({size})",
                f"{label}: refused, since it unpacks to an abnormal size ({size})",
            ),
            Text(
                "出所を確かめ、展開して中のファイルを指定してください",
                "check where it comes from, unpack it, and name the files inside",
            ),
        )


def no_member(label: str, pattern: str, names: Sequence[str]) -> InputError:
    """Return the error for a zip in which a pattern names nothing, with the nearest names."""
    near = near_names(PurePosixPath(pattern).name, names)
    listed = "、".join(near) + (" …" if len(names) > len(near) else "")
    message = (
        Text(f"{label} の中に {pattern} がありません", f"{label} holds no {pattern}")
        if pattern
        else Text(
            f"{label} の中に CSV も xlsx も Parquet もありません",
            f"{label} holds no CSV, xlsx or Parquet",
        )
    )
    return InputError(
        message,
        Text(
            f"kpicli.toml の exports を直してください。zip の中にあるもの: {listed or '空'}",
            f"correct the exports in kpicli.toml. In the zip: {listed or 'nothing'}",
        ),
    )
