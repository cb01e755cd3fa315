"""Expanding the file names and patterns of the settings, the same way on every machine."""

import difflib
import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.folders import home, is_hidden
from kpicli.base.storage import reason_of
from kpicli.base.wording import Text
from kpicli.loaders.files.content import FileContent, open_content

COVERS = "{covers}"
"""Stands in a file's name for the period that the file covers."""
_WILD = "*?["


class Match(Struct, frozen=True):
    """A file that a pattern names: its absolute path, and the path as it is shown.

    `covers` is what stands in its name where the pattern has `{covers}`.
    """

    path: Path
    label: str
    covers: str = ""

    @property
    def identity(self) -> str:
        """Return what two names of the same file have in common."""
        return os.path.realpath(self.path)

    def content(self) -> FileContent:
        """Return the content, not read yet. Raises `InputError` where there is none to read."""
        return open_content(self.path, self.label)


def expand(pattern: str, folder: Path) -> list[Match]:
    """Return what `pattern` names, relative to `folder`: one path, or matches ordered by name.

    `*`, `?`, `[…]` and `**` (folders at any depth) are wild, unless a file of just that name is
    there. Names compare in Unicode form NFC, so that a pattern fits names made on a Mac. Wild
    patterns pass over folders and what is hidden (`is_hidden`); `~` is the home folder. The end of
    a name (`.csv`) fits in either case, on Windows all of it. `{covers}` in the last part stands
    for a period.
    Raises `InputError` where nothing is found, naming what comes near.
    """
    if COVERS in pattern:
        last = PurePath(pattern).name
        return [
            Match(match.path, match.label, covered(last, PurePath(match.label).name))
            for match in expand(pattern.replace(COVERS, "*"), folder)
        ]
    start, label, parts = _anchored(pattern, folder)
    exact = _literal(start, parts)
    if exact is not None:
        return [Match(exact, _label(label, parts, exact, folder))]
    if not any(sign in part for part in parts for sign in _WILD):
        raise _missing(pattern, start, parts)
    paths = {path: names for path, names in _walk(start, parts, ()) if not _is_folder(path)}
    if not paths:
        raise _missing(pattern, start, parts)
    matches = [Match(path, _label(label, names, path, folder)) for path, names in paths.items()]
    return sorted(matches, key=lambda match: match.label)


def covered(pattern: str, name: str) -> str:
    """Return what stands in a name for `{covers}`: as little as the pattern leaves to it."""
    around = [fnmatch.translate(part).removesuffix(r"\Z") for part in pattern.split(COVERS, 1)]
    fit = re.fullmatch(f"{around[0]}(.*){around[1]}", name, re.IGNORECASE)
    return "" if fit is None else fit[1]


def is_wild(name: str) -> bool:
    """Return whether a name is a pattern, of signs that are wild or the place of a period."""
    return COVERS in name or any(sign in name for sign in _WILD)


def _anchored(pattern: str, folder: Path) -> tuple[Path, str, tuple[str, ...]]:
    """Return the folder to start from, how it is shown, and the parts of the pattern below it."""
    pure = PurePath(pattern)
    if pure.parts[:1] == ("~",):
        own = home()
        if own is None:
            raise InputError(
                Text(
                    f"{pattern}: ホームフォルダーが不明です", f"{pattern}: no home folder is known"
                ),
                Text("絶対パスで書いてください", "write an absolute path"),
            )
        return own, "~/", pure.parts[1:]
    if pure.anchor:  # Windows has some that are no whole path: `\\folder`, `C:file`
        start = folder / pure.anchor
        return start, start.as_posix().rstrip("/") + "/", pure.parts[1:]
    return folder, "", pure.parts


def _label(start: str, parts: Sequence[str], path: Path, folder: Path) -> str:
    if start and path.is_relative_to(folder):
        start, parts = "", path.relative_to(folder).parts
    name = unicodedata.normalize("NFC", start + "/".join(parts))
    return name.encode("utf-8", "backslashreplace").decode()  # a name may be no Unicode at all


def _literal(start: Path, parts: Sequence[str]) -> Path | None:
    """Return the path of just these names, if it is there; on the disk they may be in NFD."""
    path = start
    for part in parts:
        below = path / part
        if not os.path.lexists(below):
            wanted = unicodedata.normalize("NFC", part)
            same = (n for n in _names(path) if unicodedata.normalize("NFC", n) == wanted)
            name = next(same, None)
            if name is None:
                return None
            below = path / name
        path = below
    return path


def _walk(
    folder: Path, parts: Sequence[str], above: tuple[str, ...]
) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the paths that fit `parts` below `folder`, and their names from the start on."""
    if not parts:
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _walk(folder, rest or ("*",), above)
        for name in _fitting(folder, "*"):
            below = folder / name
            if _is_folder(below) and not below.is_symlink():  # a link may lead round in a circle
                yield from _walk(below, parts, (*above, name))
        return
    if not any(sign in part for sign in _WILD):
        exact = _literal(folder, (part,))
        names = [] if exact is None else [exact.name if part != ".." else part]
    else:
        names = _fitting(folder, part)
    for name in names:
        below = folder / name
        if not rest:
            yield below, (*above, name)
        elif _is_folder(below):
            yield from _walk(below, rest, (*above, name))


def _fitting(folder: Path, pattern: str) -> list[str]:
    wanted = unicodedata.normalize("NFC", pattern)
    return [
        name
        for name in _names(folder)
        if not is_hidden(name) and fits(unicodedata.normalize("NFC", name), wanted)
    ]


def fits(name: str, wanted: str) -> bool:
    """Return whether a name fits a pattern; `.CSV` is the same end as `.csv`."""
    if fnmatch.fnmatch(name, wanted):
        return True
    own, asked = PurePath(name), PurePath(wanted)
    return own.suffix.lower() == asked.suffix.lower() != "" and fnmatch.fnmatch(
        own.stem, asked.stem
    )


def _names(folder: Path) -> list[str]:
    """Return the names in a folder in the order of their characters; none where it is no folder."""
    try:
        return sorted(entry.name for entry in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise _no_access(folder, error) from None


def _is_folder(path: Path) -> bool:
    """Return whether there is a folder; raises `InputError` where that cannot be known.

    What cannot be looked at may hold exports, and none is left out in silence.
    """
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _no_access(path, error) from None


def _no_access(folder: Path, error: OSError) -> InputError:
    reason = reason_of(error)
    return InputError(
        Text(
            f"フォルダー {folder} を開けません({reason.ja})",
            f"cannot open the folder {folder}: {reason.en}",
        ),
        Text("フォルダーの権限を確かめてください", "check the permissions of the folder"),
    )


def _missing(pattern: str, start: Path, parts: Sequence[str]) -> InputError:
    """Return the error for a pattern that names nothing, with the nearest names there are."""
    folder = start
    for part in parts[:-1]:
        below = _literal(folder, (part,))
        if below is None or not _is_folder(below):
            break
        folder = below
    else:
        part = parts[-1] if parts else ""
    names = [unicodedata.normalize("NFC", name) for name in _names(folder)]
    names = [name for name in names if not is_hidden(name)]
    near = near_names(part, names)
    wild = any(sign in pattern for sign in _WILD)
    message = (
        Text(f"{pattern} に合うファイルがありません", f"no file matches {pattern}")
        if wild
        else Text(f"{pattern} がありません", f"{pattern} does not exist")
    )
    listed = "、".join(near) + (" …" if len(names) > len(near) else "")
    return InputError(
        message,
        Text(
            f"kpicli.toml の exports を直してください。{folder} にあるもの: {listed or '空'}",
            f"correct the exports in kpicli.toml. In {folder}: {listed or 'nothing'}",
        ),
    )


def near_names(part: str, names: Sequence[str]) -> list[str]:
    """Return the names that come near to one, the first few where none does."""
    wanted = unicodedata.normalize("NFC", part)
    return difflib.get_close_matches(wanted, names, n=5, cutoff=0.4) or list(names[:5])
