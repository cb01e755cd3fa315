"""The files in a folder that may be exports, by their names alone."""

import os
from collections.abc import Iterator
from pathlib import Path

from kpicli.base.errors import InputError
from kpicli.base.folders import is_hidden
from kpicli.base.wording import Text
from kpicli.loaders.files.archives import is_zip

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".parquet")
"""The ends of the names of files that are looked at, in folders and in zips."""
_OLD = ".xls"
"""Workbooks of the old kind, or text under their name: none can be read, and each is named."""


def files_in(path: Path) -> Iterator[Path]:
    """Yield a file itself, or the files of a folder and those below it that may be exports.

    Raises `InputError` where there is nothing at `path`.
    """
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise InputError(
            Text(f"{path} がありません", f"{path} does not exist"),
            Text("出力の入ったフォルダーを指定してください", "name the folder of the exports"),
        )
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for name in sorted(names):
            if not is_hidden(name) and (
                Path(name).suffix.lower() in (*SUFFIXES, _OLD) or is_zip(name)
            ):
                yield Path(folder, name)
