"""Where a result goes and how it is to be written, as the options and the place decide."""

import codecs
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from glob import escape
from pathlib import Path
from unicodedata import normalize

from kpicli.cli.language import LANGUAGE
from kpicli.errors import OutputError, UsageError
from kpicli.renderers import FORMATS, SUFFIXES, Options
from kpicli.settings_file import FILE_NAME
from kpicli.wording import Text

_NOT_FOR_TEXT = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}


_LOCAL_URL = re.compile("(file|local)://")
STDOUT = ("-", "/dev/stdout")


@dataclass(frozen=True, slots=True)
class Target:
    """Where and how to write: `file` None is stdout, `encoding` None the default of the place."""

    format: str
    file: Path | None
    encoding: str | None
    show_values: bool = False

    @property
    def options(self) -> Options:
        """Return what the renderer must know of the place."""
        to_terminal = self.file is None and on_terminal()
        return Options(
            language=LANGUAGE,
            width=shutil.get_terminal_size().columns if to_terminal else None,
            color=to_terminal and not _is_plain(),
            show_values=self.show_values,
        )


def choose_target(
    format_name: str | None, file: Path | None, encoding: str | None, show_values: bool = False
) -> Target:
    """Return the target that the options ask for.

    The format is `format_name`, else that of the file's suffix, else a table on a terminal and csv
    in a pipe. Raises `UsageError` for a format, suffix or encoding that is not known, and
    `OutputError` for a folder. `-` and /dev/stdout are stdout.
    """
    if file is not None and str(file) in STDOUT:
        file = None
    if file is not None and file.is_dir():
        raise OutputError(
            Text(f"{file} はフォルダーです", f"{file} is a folder"),
            Text(f"{file / 'kpi.csv'} のように書いてください", f"write {file / 'kpi.csv'} or so"),
        )
    name = format_name or _by_place(file)
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(
            Text(f"出力形式「{name}」はありません", f"there is no format {name!r}"),
            Text(f"使える形式: {known}", f"there are: {known}"),
        )
    if encoding is not None:
        check_encoding(encoding)
    if name == "xlsx" and file is None and on_terminal():
        raise UsageError(
            Text("xlsx は画面に出せません", "xlsx cannot be shown on a terminal"),
            Text("-o kpi.xlsx を付けてください", "add -o kpi.xlsx"),
        )
    return Target(name, file, encoding, show_values)


def require_format(target: Target, command: str, formats: Sequence[str]) -> None:
    """Raise `UsageError` where the command cannot be written in the target's format."""
    if target.format not in formats:
        known = ", ".join(formats)
        raise UsageError(
            Text(
                f"{command} は {target.format} で出せません", f"{command} cannot be {target.format}"
            ),
            Text(f"使える形式: {known}", f"there are: {known}"),
        )


def refuse_inputs(target: Target, folder: Path, patterns: Sequence[str]) -> None:
    """Raise `UsageError` where the target is, or would count as, one of the exports.

    These are what `patterns` name, relative to the settings' `folder`. The settings file in it is
    no place for a result either.
    """
    if target.file is None:
        return
    if _names(FILE_NAME, folder, target.file):
        raise UsageError(
            Text(f"{target.file} は設定ファイルです", f"{target.file} holds the settings"),
            Text("別のファイル名にしてください", "write to another file"),
        )
    if any(_names(pattern, folder, target.file) for pattern in patterns):
        raise UsageError(
            Text(
                f"{target.file} は kpicli.toml の [exports] が指す入力ファイルです",
                f"{target.file} is an input: [exports] in kpicli.toml names it",
            ),
            Text("別のファイル名にしてください", "write to another file"),
        )


def _names(pattern: str, folder: Path, file: Path) -> bool:
    path = Path(_LOCAL_URL.sub("", pattern))
    if path.parts[:1] == ("~",):
        path = Path.home().joinpath(*path.parts[1:])
    own = {_nfc(_absolute(file)), _nfc(os.path.realpath(file))}
    if _nfc(os.path.realpath(folder / path)) in own:
        return True
    for base in (_absolute(folder), os.path.realpath(folder)):
        wanted = str(path) if path.is_absolute() else f"{escape(base)}{os.sep}{path}"
        if any(fnmatch(name, _nfc(wanted)) for name in own):
            return True
    return False


def _absolute(path: Path) -> str:
    return os.path.normpath(path.absolute())  # links stay: a link may itself be an export


def _nfc(name: str) -> str:
    return normalize("NFC", name)


def on_terminal() -> bool:
    """Tell whether stdout is a terminal; it may also be closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def stdout_encoding() -> str:
    """Return the encoding of stdout: PYTHONIOENCODING, else UTF-8, whatever the locale says."""
    return os.environ.get("PYTHONIOENCODING", "").partition(":")[0] or "utf-8"


def check_encoding(name: str) -> None:
    """Raise `UsageError` where there is no text encoding of that name."""
    try:
        "".encode(name)
        known = codecs.lookup(name).name not in _NOT_FOR_TEXT
    except (LookupError, UnicodeError):
        known = False
    if not known:
        raise UsageError(
            Text(f"文字コード「{name}」はありません", f"there is no encoding {name!r}"),
            Text("utf-8 や cp932 を指定してください", "use utf-8 or cp932, for example"),
        )


def _by_place(file: Path | None) -> str:
    if file is None:
        return "table" if on_terminal() else "csv"
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


def _is_plain() -> bool:
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
