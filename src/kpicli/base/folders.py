"""The user's own folders, on systems and for users that have none as well."""

from pathlib import Path, PurePosixPath
from typing import Literal

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text

_OF_EXPLORER = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows puts into folders of its own accord."""


def home() -> Path | None:
    """Return the user's home; None where HOME is not set and the system knows no such user."""
    try:
        folder = Path.home()
    except (KeyError, RuntimeError):
        return None
    return folder if folder.is_absolute() else None


def user_folder(kind: Literal["cache", "config", "state"]) -> Path | None:
    """Return the user's own folder for kpicli's files of a kind; None where there is no home.

    The system says where it is, unless XDG_CACHE_HOME, XDG_CONFIG_HOME or XDG_STATE_HOME does. It
    need not exist.
    """
    import platformdirs  # only what is kept needs it

    folders = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }
    try:
        folder = folders[kind]("kpicli", appauthor=False)
    except (KeyError, RuntimeError):  # no HOME, and no user of this number
        return None
    return folder if folder.is_absolute() else None


def named_path(named: str | Path, folder: Path) -> Path:
    """Return a path as settings name it: relative to `folder`, `~` being a user's home.

    Raises `SettingsError` where nobody knows that home.
    """
    try:
        return folder / Path(named).expanduser()
    except (KeyError, RuntimeError):
        raise SettingsError(
            Text(f"{named}: ホームフォルダーが不明です", f"{named}: no such home folder is known"),
            Text(
                "絶対パスで書くか、HOME を設定してください", "write an absolute path, or set HOME"
            ),
        ) from None


def in_zip(pattern: str) -> tuple[str, str]:
    """Return the part of a path or pattern that names a file, and the one that names what is in it.

    `月次.zip/声_*.csv` is `月次.zip` and `声_*.csv`. Without a zip among its folders nothing is.
    """
    parts = pattern.replace("\\", "/").split("/")
    for place, part in enumerate(parts[:-1], 1):
        if PurePosixPath(part).suffix.lower() == ".zip":
            return "/".join(parts[:place]), "/".join(parts[place:])
    return pattern, ""


def is_hidden(name: str) -> bool:
    """Return whether nobody means a file of this name by a pattern.

    It begins with a dot, as what macOS puts beside files does, or is the lock of a workbook that
    is open (`~$…`), or what Windows keeps in folders.
    """
    return name.startswith((".", "~$")) or name.lower() in _OF_EXPLORER
