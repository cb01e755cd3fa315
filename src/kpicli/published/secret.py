"""The secret that row digests are keyed with, and digests made with it.

It lies outside the project, so that nobody who has the frozen records alone can tell from a digest
whose row it is by trying all customer numbers.
"""

import errno
import os
import secrets
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import OutputError, SettingsError
from kpicli.base.storage import cannot_write
from kpicli.base.wording import Text
from kpicli.settings.locate import DIGEST_KEY_VARIABLE
from kpicli.settings.settings import Settings

_BYTES = 32
_BLANK = b"\x00"
_SIZES = {"row": 12, "who": 12, "cells": 6, "check": 8}


class Secret(Struct, frozen=True):
    """A key. Its `check` value tells it from another one without giving it away."""

    key: bytes

    def __repr__(self) -> str:
        return "Secret(...)"

    @property
    def check(self) -> str:
        """Return what a record remembers the secret by."""
        return self.digest("check", ("kpicli",))

    def digest(self, purpose: str, parts: Iterable[str | None]) -> str:
        """Return a digest in hex of the parts, which are told apart, None from "" too.

        `purpose` (row, who, cells, check) keeps digests of different things from being compared.
        """
        digest = blake2b(key=self.key, digest_size=_SIZES[purpose], person=purpose.encode())
        for part in parts:
            text = _BLANK if part is None else b"\x01" + part.encode("utf-8", "surrogatepass")
            digest.update(len(text).to_bytes(8, "little") + text)
        return digest.hexdigest()


def secret_path(settings: Settings) -> Path:
    """Return where the secret lies: KPICLI_SECRET_FILE, else `secret_file`, else the user's folder.

    Raises `SettingsError` for a place in the project's own folder, where it would be committed.
    """
    named = os.environ.get(DIGEST_KEY_VARIABLE) or settings.values.secret_file
    if named is None:
        from platformdirs import user_config_path

        return user_config_path("kpicli", appauthor=False) / "secret"
    path = settings.folder / Path(named).expanduser()
    if Path(os.path.realpath(path)).is_relative_to(os.path.realpath(settings.folder)):
        raise SettingsError(
            Text(
                f"秘密のファイル {path} が設定ファイルと同じフォルダーの中にあります",
                f"the secret {path} would lie in the folder of the settings file",
            ),
            Text(
                "共有もコミットもされない場所を secret_file に書いてください",
                "name a place in secret_file that is neither shared nor committed",
            ),
        )
    return path


def find_secret(settings: Settings) -> Secret | None:
    """Return the secret; None where there is none (yet, or any more).

    Raises `SettingsError` where the file cannot be read or holds none.
    """
    path = secret_path(settings)
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(
            Text(f"秘密のファイル {path} を開けません", f"cannot open {path}: {error.strerror}")
        ) from None
    return Secret(_parsed(text, path))


def _parsed(text: bytes, path: Path) -> bytes:
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise SettingsError(
            Text(
                f"秘密のファイル {path} が壊れています(16進 {2 * _BYTES} 文字ではありません)",
                f"the secret {path} is damaged: it is not {2 * _BYTES} hexadecimal digits",
            ),
            Text("控えから戻してください", "restore it from a copy"),
        )
    return key


def make_secret(settings: Settings) -> Secret:
    """Return a new secret, written so that only its user can read it.

    Raises `OutputError` where it cannot be written. An existing file is never replaced.
    """
    path = secret_path(settings)
    key = secrets.token_bytes(_BYTES)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(f"{key.hex()}\n")
    except OSError as error:
        raise _unwritable(path, error) from None
    return Secret(key)


def _unwritable(path: Path, error: OSError) -> OutputError:
    if error.errno == errno.EEXIST:
        return OutputError(
            Text(f"{path} はすでにあります", f"{path} exists already"),
            Text("もう一度実行してください", "run it again"),
        )
    return cannot_write(str(path), error)
