"""Exports under a URL such as s3://bucket/folder/*.csv, reached through fsspec."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from kpicli.base.errors import InputError, KpicliError, SettingsError
from kpicli.base.folders import is_hidden
from kpicli.base.wording import Text
from kpicli.loaders.files.content import changed, sha256_of

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PASSWORD = re.compile(r"(?<=://)[^/@]*@")
_STAMPS = ("ETag", "etag", "version_id", "generation", "content_md5", "md5Hash", "checksum")
_TIMES = ("LastModified", "last_modified", "mtime", "updated", "modified", "created")
_INSTALL = 'pip install "kpicli[dask]"'


def is_url(pattern: str) -> bool:
    """Return whether a pattern of the settings is a URL rather than a path."""
    return _URL.match(pattern) is not None


class RemoteContent(Struct, frozen=True, dict=True):
    """A file on a filesystem of fsspec's, opened anew for every reading.

    `stamp` is what the filesystem tells of its version (an ETag, or the time of its last change);
    None where it tells nothing. The filesystem travels with its options, a password in the URL
    too; what it takes from the environment is each machine's own.
    """

    filesystem: Any
    path: str
    label: str
    size: int
    stamp: str | None

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of all bytes in hexadecimal."""
        return sha256_of(self)

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end.

        Raises `InputError` where the file cannot be read, or has changed since it was found.
        """
        stop = min(stop, self.size)
        with _errors_as_input_error(self.label):
            data = b""
            if start < stop:
                data = bytes(self.filesystem.cat_file(self.path, start=start, end=stop))
            info = self.filesystem.info(self.path)
        if (info["size"], _stamp(info)) != (self.size, self.stamp) or len(data) != max(
            stop - start, 0
        ):
            raise changed(self.label)
        return data


class RemoteMatch(Struct, frozen=True):
    """A file that a URL names, and the URL as it is shown: without a password."""

    filesystem: Any
    path: str
    label: str

    @property
    def identity(self) -> str:
        """Return what two names of the same file have in common."""
        return f"{hash(self.filesystem):x}:{self.path}"

    def content(self) -> RemoteContent:
        """Return the content, not read yet. Raises `InputError` where there is none to read."""
        with _errors_as_input_error(self.label):
            info = self.filesystem.info(self.path)
        if info["type"] != "file" or info["size"] is None:
            raise InputError(
                Text(f"{self.label} はファイルではありません", f"{self.label} is no file"),
                Text("出力したファイルを指定してください", "name the exported file itself"),
            )
        return RemoteContent(
            self.filesystem, self.path, self.label, int(info["size"]), _stamp(info)
        )


def expand_url(pattern: str) -> list[RemoteMatch]:
    """Return the files that a URL names: one, or where it has `*`, `?`, `[…]` or `**`, all matches.

    They come by name, hidden files and Excel's lock files left out. Raises `SettingsError` where
    fsspec, or what it needs for the URL, is not installed, and `InputError` where nothing is found.
    """
    label = _PASSWORD.sub("", pattern)
    filesystem, path = _filesystem(pattern, label)
    prefix = label[: -len(path)] if label.endswith(path) else f"{label.partition('://')[0]}://"
    with _errors_as_input_error(label):
        if filesystem.exists(path):
            paths = [path]
        elif any(sign in path for sign in "*?["):
            matches: Mapping[str, Mapping[str, object]] = filesystem.glob(path, detail=True)
            paths = [own for own, info in matches.items() if info["type"] == "file"]
            paths = sorted(own for own in paths if not _hidden(own, path))
        else:
            paths = []
    if not paths:
        raise InputError(
            Text(f"{label} に合うファイルがありません", f"no file matches {label}"),
            Text("kpicli.toml の exports を直してください", "correct the exports in kpicli.toml"),
        )
    return [RemoteMatch(filesystem, own, prefix + own) for own in paths]


def _hidden(path: str, pattern: str) -> bool:
    """Return whether a name that a wild part stands for is hidden."""
    wild = next(n for n, part in enumerate(PurePosixPath(pattern).parts) if set(part) & set("*?["))
    return any(is_hidden(name) for name in PurePosixPath(path).parts[wild:])


def _filesystem(pattern: str, label: str) -> tuple[Any, str]:
    if "::" in pattern:
        raise SettingsError(
            Text(f"{label}: 「::」で URL をつなげません", f"{label}: URLs cannot be chained"),
            Text("ファイルそのものの URL を書いてください", "write the URL of the files"),
        )
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise SettingsError(
            Text(f"{label} を読むには fsspec が要ります", f"{label} needs fsspec"),
            Text(_INSTALL, _INSTALL),
        ) from None
    try:
        # A listing remembered from before would hide that a file has changed.
        filesystem, path = url_to_fs(pattern, use_listings_cache=False)
    except ImportError as error:
        raise SettingsError(
            Text(f"{label} を読む部品が入っていません", f"{label} needs another package"),
            Text(str(error), str(error)),
        ) from None
    except ValueError:
        scheme = label.partition("://")[0]
        raise SettingsError(
            Text(f"{label}: {scheme}:// は読めません", f"{label}: {scheme}:// is not known"),
            Text(
                "s3://、gs://、file:// などが使えます", "there are s3://, gs://, file:// and more"
            ),
        ) from None
    return filesystem, str(path)


def _stamp(info: Mapping[str, object]) -> str | None:
    return next((str(info[key]) for key in (*_STAMPS, *_TIMES) if info.get(key)), None)


@contextmanager
def _errors_as_input_error(label: str) -> Iterator[None]:
    """Turn what the libraries behind a filesystem raise, each in its own way, into our error."""
    try:
        yield
    except KpicliError:
        raise
    except Exception as error:
        reason = _PASSWORD.sub("", str(error))
        raise InputError(
            Text(
                f"{label} を開けません({reason or '理由は不明です'})",
                f"cannot open {label}: {reason or 'no reason was given'}",
            ),
            Text("URL と権限を確かめてください", "check the URL and the permissions"),
        ) from error
