"""Names of sheets: what a spreadsheet allows, each once."""

from collections.abc import Iterable
from unicodedata import normalize

from kpicli.output.page.safety import plain

LONGEST = 31
"""Counted as Excel counts, in UTF-16 units."""

_FORBIDDEN = str.maketrans("[]:*?/\\", "［］：＊？／＼")
_RESERVED = ("history", "履歴")
"""Names that Excel keeps for itself."""


def sheet_names(titles: Iterable[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a sheet name for each title, none twice and none of those `taken`.

    A forbidden sign becomes its full-width form; what is too long is cut, what is there already
    gets a number: `お客様の声 (2)`. Names that differ by case or width alone count as the same.
    """
    used = {_key(name) for name in (*taken, *_RESERVED)}
    names = []
    for title in titles:
        name = _free(_allowed(title), used)
        used.add(_key(name))
        names.append(name)
    return tuple(names)


def _allowed(title: str) -> str:
    name = plain(title).translate(_FORBIDDEN).strip()
    name = f"’{name[1:]}" if name.startswith("'") else name
    return _ended(_cut(name, LONGEST)) or "_"


def _free(name: str, used: set[str]) -> str:
    candidate, number = name, 1
    while _key(candidate) in used:
        number += 1
        suffix = f" ({number})"
        candidate = _cut(name, LONGEST - len(suffix)) + suffix
    return candidate


def _ended(name: str) -> str:
    name = name.strip()
    return f"{name[:-1]}’" if name.endswith("'") else name


def _cut(name: str, units: int) -> str:
    while len(name.encode("utf-16-le")) // 2 > units:
        name = name[:-1]
    return name


def _key(name: str) -> str:
    return normalize("NFKC", name).casefold()
