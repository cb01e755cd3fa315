"""Reading TOML files of the user's own."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kpicli.base.errors import SettingsError
from kpicli.base.problems import Problem, joined
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text
from kpicli.catalog.validation.problems import InvalidSettings

_BOM = b"\xef\xbb\xbf"
_OTHER_ENCODINGS = {
    "utf-16": Text("UTF-16(メモ帳の「Unicode」)", "UTF-16 (Notepad's “Unicode”)"),
    "cp932": Text("Shift_JIS(メモ帳の「ANSI」)", "Shift_JIS (cp932, Notepad's “ANSI”)"),
}
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_PATHS = (
    *("files", "include", "holidays", "published", "secret_file"),
    *("narrative", "logo", "css", "template", "principles"),
    *("journal", "password_file", "ca_file"),
)
"""Keys whose texts name files, in which no tab and no line break is meant."""


class TomlFiles:
    """The files that settings are made of, as they were read.

    `instead` has other contents for some of them, so that a correction can be tried.
    """

    def __init__(self, instead: Mapping[Path, bytes] | None = None) -> None:
        self._instead = instead or {}
        self.contents: dict[Path, bytes] = {}

    def tables(self, file: Path) -> dict[str, Any]:
        """Return the tables of a file; `SettingsError` says why it cannot be read."""
        content = self._instead[file] if file in self._instead else _read(file)
        self.contents[file] = content
        tables = _parsed(content, file)
        problems = list(_hidden_characters(tables))
        if problems:
            raise InvalidSettings(str(file), problems)
        return tables


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes().removeprefix(_BOM)
    except FileNotFoundError:
        raise SettingsError(
            Text(f"設定ファイル {file} がありません", f"the settings file {file} does not exist")
        ) from None
    except OSError as error:
        reason = why_unread(error)
        raise SettingsError(
            Text(
                f"設定ファイル {file} を開けません({reason.ja})",
                f"cannot open {file}: {reason.en}",
            )
        ) from None


def _parsed(content: bytes, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except UnicodeDecodeError as error:
        raise not_utf8(file, error) from None
    except tomllib.TOMLDecodeError as error:
        from kpicli.settings.toml.slips import no_toml  # few files are none

        raise no_toml(file, content.decode(), error) from None
    except (RecursionError, ValueError):  # nested without end, digits without end
        raise SettingsError(
            Text(
                f"{file} には深すぎる入れ子か、桁数の多すぎる数があります",
                f"{file} has brackets nested too deeply, or a number of too many digits",
            )
        ) from None


def _hidden_characters(value: object, path: str = "", key: str = "") -> Iterator[Problem]:
    """Yield the texts that hold NUL, or as the name of a file what a backslash made."""
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _hidden_characters(below, joined(path, name), name)
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _hidden_characters(below, joined(path, str(number)), key)
    elif isinstance(value, str) and "\0" in value:
        yield Problem(
            path,
            Text(
                "NUL 文字があります。\\u0000 を消してください",
                "it holds a NUL character: take \\u0000 out of it",
            ),
        )
    elif isinstance(value, str) and key in _PATHS and any(sign < " " for sign in value):
        yield Problem(
            path,
            Text(
                "\"…\" の中の \\t や \\n はタブや改行になります。Windows のパスは '…' で囲むか、"
                "/ で区切ってください",
                'within "…" \\t is a tab and \\n a line break: put a path of Windows into '
                "'…', or write / in it",
            ),
            remedy="literal",
        )


def not_utf8(file: Path, error: UnicodeDecodeError) -> SettingsError:
    """Return the error for a file of the user's own words that is not UTF-8.

    It names the line, and the encoding that it was saved in where that can be told.
    """
    content: bytes = error.object
    line = content.count(b"\n", 0, error.start) + 1
    ja = f"{file} は UTF-8 ではありません({error.start} バイト目、{line} 行目)"
    en = f"{file} is not UTF-8 (byte {error.start}, line {line})"
    saved_as = _encoding_of(content)
    if saved_as is not None:
        ja, en = f"{ja}。{saved_as.ja}で保存されています", f"{en}; it was saved as {saved_as.en}"
    return SettingsError(
        Text(ja, en),
        Text(
            "UTF-8 で保存し直してください(メモ帳: 名前を付けて保存 → 文字コード UTF-8)",
            "save it as UTF-8 (Notepad: Save as, encoding UTF-8)",
        ),
    )


def _encoding_of(content: bytes) -> Text | None:
    """Return the usual encoding in which the file was saved; None where none can be told."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _OTHER_ENCODINGS["utf-16"]
    try:
        text = content.decode("cp932")
    except UnicodeDecodeError:
        return None
    # damaged UTF-8 reads as half-width katakana, which nobody writes settings in
    return None if _HALF_WIDTH.search(text) else _OTHER_ENCODINGS["cp932"]
