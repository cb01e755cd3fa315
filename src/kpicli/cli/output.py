"""Where a result goes: stdout in a known encoding, or a file, whole or not at all."""

import codecs
import os
import shutil
import stat
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from kpicli.cli.language import LANGUAGE
from kpicli.errors import OutputError, UsageError
from kpicli.renderers import FORMATS, SUFFIXES, Options, Rendered
from kpicli.wording import Text

MARKED = ("csv", "tsv")
"""Formats whose files get a byte-order mark, by which Excel knows UTF-8."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where and how to write: `file` None is stdout, `encoding` None the default of the place."""

    format: str
    file: Path | None
    encoding: str | None

    @property
    def options(self) -> Options:
        """Return what the renderer must know of the place."""
        return Options(language=LANGUAGE, width=self._width(), color=self._color())

    def _on_terminal(self) -> bool:
        return self.file is None and sys.stdout.isatty()

    def _color(self) -> bool:
        plain = "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb"
        return self._on_terminal() and not plain

    def _width(self) -> int | None:
        return shutil.get_terminal_size().columns if self._on_terminal() else None


def choose_target(format_name: str | None, file: Path | None, encoding: str | None) -> Target:
    """Return the target that the options ask for.

    The format is `format_name`, else that of the file's suffix, else a table on a terminal and csv
    in a pipe. Raises `UsageError` for a suffix or encoding that is not known.
    """
    name = format_name or _by_place(file)
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(
            Text(f"出力形式「{name}」はありません", f"there is no format {name!r}"),
            Text(f"使える形式: {known}", f"there are: {known}"),
        )
    if encoding is not None:
        _known_encoding(encoding)
    if name == "xlsx" and file is None and sys.stdout.isatty():
        raise UsageError(
            Text("xlsx は画面に出せません", "xlsx cannot be shown on a terminal"),
            Text("-o kpi.xlsx を付けてください", "add -o kpi.xlsx"),
        )
    return Target(name, file, encoding)


def _by_place(file: Path | None) -> str:
    if file is None:
        return "table" if sys.stdout.isatty() else "csv"
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UsageError(
            Text(
                f"{file.name} の拡張子から出力形式が決まりません",
                f"the suffix of {file.name} names no format",
            ),
            Text(
                f"拡張子を {known} のどれかにするか、--format を付けてください",
                f"use one of {known}, or add --format",
            ),
        )
    return SUFFIXES[suffix]


def _known_encoding(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError:
        raise UsageError(
            Text(f"文字コード「{name}」はありません", f"there is no encoding {name!r}"),
            Text("utf-8 や cp932 を指定してください", "use utf-8 or cp932, for example"),
        ) from None


def write(result: Rendered, target: Target) -> None:
    """Write a result to its target.

    Raises `OutputError` for a character that the encoding cannot carry, naming it, and for a file
    that cannot be written; `BrokenPipeError` when the reader of stdout has gone.
    """
    content = result if isinstance(result, bytes) else _encoded(result, target)
    if target.file is not None:
        write_file(target.file, content)
        return
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot_write("stdout", error) from None


def _encoded(text: str, target: Target) -> bytes:
    encoding = target.encoding
    if encoding is None and target.file is not None:
        encoding = "utf-8-sig" if target.format in MARKED else "utf-8"
    if encoding is None:
        encoding = os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"
        _known_encoding(encoding)
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        character = text[error.start]
        code = f"U+{ord(character):04X}"
        raise OutputError(
            Text(
                f"「{character}」({code}) は {encoding} で書けません",
                f"{character!r} ({code}) cannot be written in {encoding}",
            ),
            Text("--encoding utf-8 を付けてください", "add --encoding utf-8"),
        ) from None


def write_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place.

    A symbolic link stays one, an existing file keeps its permissions, and what is no regular file
    (a pipe, /dev/stdout) is written to as it is.
    """
    try:
        target = Path(os.path.realpath(file))
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise IsADirectoryError(21, os.strerror(21))
            target.write_bytes(content)
            return
        _replace(target, content)
    except OSError as error:
        raise _cannot_write(str(file), error) from None


def _replace(target: Path, content: bytes) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13))
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _cannot_write(name: str, error: OSError) -> OutputError:
    return OutputError(
        Text(f"{name} に書けません({error.strerror})", f"cannot write {name}: {error.strerror}"),
        Text(
            "フォルダーと権限と空き容量を確かめ、Excel で開いていれば閉じてください",
            "check the folder, permissions and free space, and close it in Excel",
        ),
    )
