"""The names of files of rows: each edition of a record has its own, by what is in it."""

import re
from pathlib import Path

_LETTERS = 12
"""So many letters of its digest are in the name."""


def row_file_name(period: str, sha256: str) -> str:
    """Return the name of a file of rows: its content is in it, so each edition has its own."""
    return f"{period}.{sha256[:_LETTERS]}.parquet"


def row_files_in(folder: Path, period: str) -> list[str]:
    """Return the names of the files in a folder that hold rows of a period."""
    name = re.compile(rf"{re.escape(period)}\.[0-9a-f]{{{_LETTERS}}}\.parquet")
    return sorted(file.name for file in folder.glob("*.parquet") if name.fullmatch(file.name))
