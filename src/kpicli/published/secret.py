"""The secret that row digests are keyed with, and digests made with it.

It lies outside the project, so that nobody who has the frozen records alone can tell from a digest
whose row it is by trying all customer numbers.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.errors import OutputError, SettingsError
from kpicli.base.folders import named_path, user_folder
from kpicli.base.storage import cannot_write, create_private, read_private, reason_of
from kpicli.base.wording import Text
from kpicli.published.rows.columns import CELLS_BYTES, KEY_BYTES, WHO_BYTES
from kpicli.published.rows.digests import Digests
from kpicli.settings.locate import DIGEST_KEY_VARIABLE

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


_BYTES = 32
_DISTINCT = 8
"""32 bytes with fewer different ones are no chance: zeros, say, or one key held down."""
_LONGEST = 1024
_BLANK = b"\x00"
_SIZES = {
    "row": KEY_BYTES,
    "who": WHO_BYTES,
    "cells": CELLS_BYTES,
    "check": 8,
    "part": 32,
    "seal": 32,
}


class Secret(Struct, frozen=True, dict=True):
    """A key. Its `check` value tells it from another one without giving it away."""

    key: bytes

    def __repr__(self) -> str:
        return "Secret(...)"

    @cached_property
    def _begun(self) -> Mapping[str, blake2b]:
        """Return a begun digest for each purpose: to copy one is quicker than to key it anew."""
        return {
            purpose: blake2b(key=self.key, digest_size=size, person=purpose.encode())
            for purpose, size in _SIZES.items()
        }

    @property
    def check(self) -> str:
        """Return what a record remembers the secret by."""
        return self.digest("check", ("kpicli",))

    def of_kpi(self, kpi: str) -> "Secret":
        """Return the key for the persons of one KPI, so that nobody is the same one in two KPIs."""
        derived = blake2b(kpi.encode("utf-8"), key=self.key, digest_size=_BYTES, person=b"kpi")
        return Secret(derived.digest())

    def digest(self, purpose: str, parts: Iterable[str | None]) -> str:
        """Return a digest in hex of the parts, which are told apart, None from "" too.

        `purpose`, a name of `_SIZES`, keeps digests of different things from being compared.
        """
        return self.digests(purpose, (b"".join(map(framed, parts)),)).hex(0)

    def digests(self, purpose: str, rows: Iterable[bytes], before: Iterable[str] = ()) -> Digests:
        """Return the `digest` of each row's `framed` parts, after those that come `before` all."""
        begun = self._begun[purpose].copy()
        begun.update(b"".join(map(framed, before)))
        made: list[bytes] = []
        for parts in rows:
            digest = begun.copy()
            digest.update(parts)
            made.append(digest.digest())
        return Digests.of_bytes(b"".join(made), _SIZES[purpose])


def framed(part: str | None) -> bytes:
    """Return a part as bytes behind their number, so that none runs into the next."""
    text = _BLANK if part is None else b"\x01" + part.encode("utf-8", "surrogatepass")
    return len(text).to_bytes(8, "little") + text


def secret_path(settings: "Settings") -> Path | None:
    """Return where the secret lies: KPICLI_SECRET_FILE, else `secret_file`, else the user's folder.

    None where none of them says so, as without HOME. Raises `SettingsError` for a place in the
    project's own folder, where it would be committed.
    """
    named = os.environ.get(DIGEST_KEY_VARIABLE) or settings.values.secret_file
    if named is None:
        folder = user_folder("config")
        return None if folder is None else folder / "secret"
    path = named_path(named, settings.folder)
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


def find_secret(settings: "Settings") -> Secret | None:
    """Return the secret; None where there is none (yet, or any more).

    Raises `SettingsError` where the file holds none, or others than its owner may read or write it.
    """
    path = secret_path(settings)
    if path is None:
        return None
    try:
        text = read_private(path, _LONGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        reason = reason_of(error)
        raise SettingsError(
            Text(
                f"秘密のファイル {path} を開けません({reason.ja})",
                f"cannot open the secret {path}: {reason.en}",
            ),
            Text(
                "持ち主と権限を確かめてください(secret_file で別の場所も書けます)",
                "check its owner and permissions (secret_file may name another place)",
            ),
        ) from None
    if text is None:
        raise SettingsError(
            Text(
                f"秘密のファイル {path} は、本人だけが読み書きできる普通のファイルではありません",
                f"the secret {path} is no regular file that its owner alone can read and write",
            ),
            Text(
                f"実行する利用者の持ち物にして、chmod 600 {path} としてください。"
                "他の人が読めたのなら、その人は記録の行が誰のものか調べられます",
                f"let it belong to the user who runs kpicli, and chmod 600 {path}; whoever could "
                "read it can find out whose rows the records speak of",
            ),
        )
    return Secret(_parsed(text, path))


def _parsed(text: bytes, path: Path) -> bytes:
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES or len(set(key)) < _DISTINCT:
        raise SettingsError(
            Text(
                f"秘密のファイル {path} が壊れています(16進 {2 * _BYTES} 文字の乱数ではありません)",
                f"the secret {path} is damaged: it is not {2 * _BYTES} random hexadecimal digits",
            ),
            Text("控えから戻してください", "restore it from a copy"),
        )
    return key


def check_secret_place(settings: "Settings") -> Path:
    """Return where the secret lies, or will lie; `OutputError` where there is no place for it."""
    path = secret_path(settings)
    if path is None:
        raise OutputError(
            Text(
                "HOME がないので、秘密の置き場所が決まりません",
                "without HOME there is no place to keep the secret of frozen records",
            ),
            Text(
                f"{DIGEST_KEY_VARIABLE} か kpicli.toml の secret_file に書いてください",
                f"name one in {DIGEST_KEY_VARIABLE}, or as secret_file in kpicli.toml",
            ),
        )
    return path


def make_secret(settings: "Settings") -> Secret:
    """Return the secret, made whole or not at all where there is none; only its user can read it.

    An existing file is never replaced: where another run was the first, its secret is the one.
    Raises `OutputError` where none can be kept, and what `find_secret` raises.
    """
    path = check_secret_place(settings)
    try:
        create_private(path, f"{secrets.token_bytes(_BYTES).hex()}\n".encode("ascii"))
    except FileExistsError:
        pass
    except OSError as error:
        raise cannot_write(str(path), error) from None
    secret = find_secret(settings)
    if secret is None:  # gone again
        raise cannot_write(str(path), FileNotFoundError())
    return secret
