"""The user's own folders, with and without a home."""

from pathlib import Path
from typing import Literal

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.folders import home, in_zip, is_hidden, named_path, user_folder

KINDS: tuple[tuple[Literal["cache", "config", "state"], str], ...] = (
    ("cache", ".cache"),
    ("config", ".config"),
    ("state", ".local/state"),
)
ALL = tuple(kind for kind, _ in KINDS)


@pytest.mark.parametrize(("kind", "below"), KINDS)
def test_below_the_home(
    kind: Literal["cache", "config", "state"],
    below: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A folder lies where the system keeps its kind, or where its XDG variable says."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    assert user_folder(kind) == tmp_path / below / "kpicli"
    monkeypatch.setenv(f"XDG_{kind.upper()}_HOME", str(tmp_path / "own"))
    assert user_folder(kind) == tmp_path / "own" / "kpicli"


@pytest.mark.usefixtures("no_home")
def test_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HOME and without an entry for the user there is no folder, unless XDG names one."""
    assert home() is None
    assert [user_folder(kind) for kind, _ in KINDS] == [None, None, None]
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert user_folder("state") == tmp_path / "kpicli"
    assert user_folder("config") is None


def test_a_home_that_is_no_absolute_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative HOME never makes a relative folder, which would be another one in every place."""
    monkeypatch.setenv("HOME", "somewhere")
    for kind, _ in KINDS:
        monkeypatch.delenv(f"XDG_{kind.upper()}_HOME", raising=False)
    assert home() is None
    assert all(folder is None or folder.is_absolute() for folder in map(user_folder, ALL))


def test_paths_of_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is relative to the settings' folder, absolute, or below a home."""
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert named_path("a/b", tmp_path) == tmp_path / "a" / "b"
    assert named_path("/a/b", tmp_path) == Path("/a/b")
    assert named_path("~/a", tmp_path) == tmp_path / "me" / "a"


@pytest.mark.usefixtures("no_home")
@pytest.mark.parametrize("named", ["~/a", "~no-such-user/a"])
def test_a_path_below_nobodys_home(named: str, tmp_path: Path) -> None:
    """`~` without a home is an error of the settings that names the path."""
    with pytest.raises(SettingsError, match="no such home folder") as error:
        named_path(named, tmp_path)
    assert named in error.value.message.ja


@pytest.mark.parametrize(
    ("pattern", "outer", "inner"),
    [
        ("声.csv", "声.csv", ""),
        ("月次.zip", "月次.zip", ""),
        ("月次.ZIP/声_*.csv", "月次.ZIP", "声_*.csv"),
        ("~/a/*.zip/4月/**/声.csv", "~/a/*.zip", "4月/**/声.csv"),
        ("/a.zip.d/b.csv", "/a.zip.d/b.csv", ""),
        ("a\\b.zip\\c.csv", "a/b.zip", "c.csv"),
        ("s3://b/a.zip/c.zip/d.csv", "s3://b/a.zip", "c.zip/d.csv"),
    ],
)
def test_what_lies_in_a_zip(pattern: str, outer: str, inner: str) -> None:
    """A zip among the folders of a path parts it: the file, and what is named in it."""
    assert in_zip(pattern) == (outer, inner)


def test_names_that_nobody_means() -> None:
    """Hidden files, locks of open workbooks, and what Windows and macOS leave; no other names."""
    hidden = (
        ".DS_Store",
        "._声.csv",
        ".git",
        "~$声.xlsx",
        "Thumbs.db",
        "desktop.ini",
        "Desktop.ini",
    )
    assert all(map(is_hidden, hidden))
    assert not any(map(is_hidden, ("声.csv", "Thumbs.csv", "$声.xlsx", "~声.csv", "a.db")))
