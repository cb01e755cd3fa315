"""Files that no output may replace: exports, settings, and what else must stay."""

import os
import re
from fnmatch import fnmatch
from glob import escape
from pathlib import Path
from unicodedata import normalize

from kpicli.base.folders import home

_LOCAL_URL = re.compile("(file|local)://")
_PERIOD = r"\d{4}(?:[HQ]\d)?(?:-\d\d){0,2}(?:\.\.\d{4}(?:-\d\d){0,2})?"
"""The pattern of a period's name: other files beside the narratives may be written."""


def named_by(pattern: str, folder: Path, file: Path) -> bool:
    """Return whether a path or pattern, relative to `folder`, names the file."""
    path = _path(pattern)
    own = _names(file)
    if _nfc(os.path.realpath(folder / path)) in own:
        return True
    for base in (_absolute(folder), os.path.realpath(folder)):
        wanted = str(path) if path.is_absolute() else f"{escape(base)}{os.sep}{path}"
        if any(fnmatch(_low_end(name), _low_end(_nfc(wanted))) for name in own):
            return True
    return False


def _low_end(path: str) -> str:
    """Return a path whose end is in small letters: patterns of exports find `A.CSV` by `*.csv`."""
    start, dot, end = path.rpartition(".")
    return start + dot + end.lower()


def is_file(named: str, folder: Path, file: Path) -> bool:
    """Return whether a path, relative to `folder`, is the file, by whatever name (a link)."""
    there = folder / _path(named)
    if _names(there) & _names(file):
        return True
    try:
        return there.samefile(file)
    except OSError:  # one of the two is not there
        return False


def lies_in(named: str, folder: Path, file: Path) -> bool:
    """Return whether the file lies in a folder of its own, whose path is relative to `folder`.

    In a folder that holds the settings too, only what a record or a table of values could be does.
    """
    home = _names(folder / _path(named))
    if any(Path(path).is_relative_to(each) for path in _names(folder) for each in home):
        beside = any(str(Path(path).parent) in home for path in _names(file))
        return beside and file.suffix.lower() in (".json", ".csv")
    return any(Path(path).is_relative_to(each) for path in _names(file) for each in home)


def of_a_period(named: str, folder: Path, file: Path) -> bool:
    """Return whether the file is what a path with `{period}` in it names for some period."""
    if "{period}" not in named:
        return is_file(named, folder, file)
    for path in _names(folder / named):
        wanted = _PERIOD.join(re.escape(piece) for piece in path.split("{period}"))
        if any(re.fullmatch(wanted, name) for name in _names(file)):
            return True
    return False


def _path(named: str) -> Path:
    path = Path(_LOCAL_URL.sub("", named))
    own = home() if path.parts[:1] == ("~",) else None
    return path if own is None else own.joinpath(*path.parts[1:])


def _names(file: Path) -> set[str]:
    return {_nfc(_absolute(file)), _nfc(os.path.realpath(file))}


def _absolute(path: Path) -> str:
    return os.path.normpath(path.absolute())  # links stay: a link may itself be an export


def _nfc(name: str) -> str:
    return normalize("NFC", name)
