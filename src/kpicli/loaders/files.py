"""Finding the files of an export and reading their bytes, once."""

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kpicli import faults
from kpicli.errors import InputError
from kpicli.faults import Fault, Place
from kpicli.loaders.file_patterns import Match, expand
from kpicli.loaders.interface import ExportFile
from kpicli.wording import Text


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """The files of an entry, in the order of their first mention; `repeated` tells of the others.

    A file is repeated when its content, and the sheet asked for, were named before.
    """

    files: tuple[ExportFile, ...]
    repeated: tuple[Fault, ...] = ()


def find_files(
    patterns: Sequence[str],
    folder: Path,
    source: str,
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    headers: Mapping[str, tuple[str, ...]] | None = None,
    known: Sequence[ExportFile] = (),
) -> FoundFiles:
    """Return the files that `patterns` name, relative to `folder`, with their bytes.

    `encoding`, `sheet` and `headers` are passed on with each file. `known` are the files that other
    entries of the same source have named: they are not returned again, but told as repeated.
    Raises `InputError` for a pattern that names nothing, and for what cannot be read as a file:
    a folder, a device, a pipe, a file without permission, or one that changes meanwhile.
    """
    by_content = {_identity(file): file.shown for file in known}
    by_path = {(file.path, file.sheet): file.shown for file in known}
    files: list[ExportFile] = []
    repeated: list[Fault] = []
    for match in (match for pattern in patterns for match in expand(pattern, folder)):
        path = os.path.realpath(match.path)
        if (path, sheet) not in by_path:
            content = _read(match)
            digest = hashlib.sha256(content).hexdigest()
            file = ExportFile(path, match.shown, content, digest, encoding, sheet, headers)
            new = _identity(file) not in by_content
            by_path[path, sheet] = by_content.setdefault(_identity(file), file.shown)
            if new:
                files.append(file)
                continue
        place, other = Place(match.shown), Place(by_path[path, sheet])
        repeated.append(Fault(faults.REPEATED_FILE, source, place, other=other))
    return FoundFiles(tuple(files), tuple(repeated))


def _identity(file: ExportFile) -> tuple[str, str | None]:
    return file.sha256, file.sheet


def _read(match: Match) -> bytes:
    try:
        # Asked before opening: to open a pipe would wait for its other end.
        _require_regular(match.path.stat().st_mode, match.shown)
        with match.path.open("rb") as stream:
            return _read_unchanged(stream, match.shown)
    except OSError as error:
        raise _unreadable(match.shown, error) from None


def _read_unchanged(stream: BinaryIO, shown: str) -> bytes:
    before = os.fstat(stream.fileno())
    content = stream.read()
    after = os.fstat(stream.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(
        content
    ) != after.st_size:
        raise InputError(
            Text(
                f"{shown}: 読んでいる間に内容が変わりました",
                f"{shown}: it changed while it was read",
            ),
            Text(
                "書き込みが終わってから、もう一度実行してください",
                "run again when whatever writes it has finished",
            ),
        )
    return content


def _require_regular(mode: int, shown: str) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise InputError(
            Text(f"{shown} はフォルダーです", f"{shown} is a folder"),
            Text(
                f'中のファイルを "{shown}/*.csv" のように指定してください',
                f'name the files in it, such as "{shown}/*.csv"',
            ),
        )
    raise InputError(
        Text(
            f"{shown} はファイルではありません(パイプ、ソケット、装置など)",
            f"{shown} is no regular file (a pipe, socket or device)",
        ),
        Text("出力したファイルを指定してください", "name the exported file itself"),
    )


def _unreadable(shown: str, error: OSError) -> InputError:
    return InputError(
        Text(f"{shown} を開けません({error.strerror})", f"cannot open {shown}: {error.strerror}"),
        Text(
            "権限を確かめ、Excel などで開いていれば閉じてください",
            "check its permissions, and close it where another program has it open",
        ),
    )
