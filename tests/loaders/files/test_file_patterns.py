"""Names and patterns of files mean the same on every machine."""

import unicodedata
from pathlib import Path, PureWindowsPath
from typing import Literal, cast

import pytest

from kpicli.loaders.files import file_patterns
from kpicli.loaders.files.find_files import find_files
from support.export_files import label, make, refused


def test_patterns(tmp_path: Path) -> None:
    """Matches come in the order of their names, entries in the order given, folders left out."""
    make(tmp_path, "い.csv", "あ.csv", "b.csv", "B.csv", "x/う.csv", "x/y/え.csv", "z.txt")
    (tmp_path / "folder.csv").mkdir()

    def names(*patterns: str) -> list[str]:
        return label(find_files(patterns, tmp_path, "voices"))

    assert names("*.csv") == ["B.csv", "b.csv", "あ.csv", "い.csv"]
    assert names("?.csv", "z.txt") == ["B.csv", "b.csv", "あ.csv", "い.csv", "z.txt"]
    assert names("[bz].*") == ["b.csv", "z.txt"]
    assert names("x/**/*.csv") == ["x/y/え.csv", "x/う.csv"]
    assert names("x/**") == ["x/y/え.csv", "x/う.csv"]
    assert names("**/え.csv") == ["x/y/え.csv"]
    assert names("x/*/え.csv", "./x/う.csv") == ["x/y/え.csv", "x/う.csv"]
    assert names("x/../z.*") == ["x/../z.txt"]


def test_hidden_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    """Excel's lock files and hidden files never match a wild pattern."""
    make(tmp_path, "a.xlsx", "~$a.xlsx", "._a.xlsx", ".git/b.xlsx")
    assert label(find_files(["**/*.xlsx"], tmp_path, "voices")) == ["a.xlsx"]
    assert label(find_files(["*"], tmp_path, "voices")) == ["a.xlsx"]


def test_wild_signs_in_a_name(tmp_path: Path) -> None:
    """A file of just the name written is meant, though the name looks like a pattern."""
    make(tmp_path, "声[1].csv", "声1.csv")
    assert label(find_files(["声[1].csv"], tmp_path, "voices")) == ["声[1].csv"]


@pytest.mark.parametrize("pattern", ["データ/ガイド.csv", "データ/ガ*.csv", "デ*/ガイド.csv"])
@pytest.mark.parametrize("disk", ["NFC", "NFD"])
@pytest.mark.parametrize("written", ["NFC", "NFD"])
def test_names_from_a_mac(
    tmp_path: Path, pattern: str, disk: Literal["NFC", "NFD"], written: Literal["NFC", "NFD"]
) -> None:
    """A name matches whether disk or pattern spell ガ as one character or as two."""
    make(tmp_path, unicodedata.normalize(disk, "データ/ガイド.csv"))
    asked = unicodedata.normalize(written, pattern)
    assert label(find_files([asked], tmp_path, "voices")) == ["データ/ガイド.csv"]


def test_absolute_paths_and_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is shown relative to the settings where it lies below them, else as it was given."""
    project, home = tmp_path / "project", tmp_path / "home"
    make(project, "data/a.csv")
    make(home, "exports/b.csv", "c.csv")
    monkeypatch.setattr(Path, "home", lambda: home)
    inside = str(project / "data" / "*.csv")
    found = find_files([inside, "~/exports/*.csv", str(home / "c.csv")], project, "voices")
    assert label(found) == ["data/a.csv", "~/exports/b.csv", (home / "c.csv").as_posix()]


def test_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no home folder is known, `~` is refused."""

    def unknown() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", unknown)
    assert "home folder" in refused("~/a.csv", tmp_path).message.en


def test_missing_file(tmp_path: Path) -> None:
    """A file that is not there is an error that names what comes near."""
    make(tmp_path, "data/お客様の声_2025.csv", "data/meetings.csv", "data/~$x.xlsx")
    error = refused("data/お客様の声2025.csv", tmp_path)
    assert error.message.ja == "data/お客様の声2025.csv がありません"
    assert error.hint is not None
    assert error.hint.ja.endswith(f"{tmp_path / 'data'} にあるもの: お客様の声_2025.csv …")


def test_pattern_without_match(tmp_path: Path) -> None:
    """A pattern that matches nothing is an error that names files of that folder."""
    make(tmp_path, "data/voices.csv")
    error = refused("data/お客様*.csv", tmp_path)
    assert error.message.en == "no file matches data/お客様*.csv"
    assert error.hint is not None
    assert error.hint.en.endswith("voices.csv")


def test_missing_folder(tmp_path: Path) -> None:
    """Where a folder of the path is missing, the names beside it are told."""
    make(tmp_path, "exports/a.csv")
    error = refused("export/*.csv", tmp_path)
    assert error.hint is not None
    assert error.hint.en == f"correct the exports in kpicli.toml. In {tmp_path}: exports"
    (tmp_path / "empty").mkdir()
    empty = refused("empty/*.csv", tmp_path).hint
    assert empty is not None
    assert empty.ja.endswith("空")


def test_links_in_a_circle(tmp_path: Path) -> None:
    """A link that leads back up does not keep `**` going round."""
    make(tmp_path, "x/a.csv")
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    assert label(find_files(["**/*.csv"], tmp_path, "voices")) == ["x/a.csv"]


@pytest.mark.parametrize("pattern", ["**/*.csv", "*.csv", "*.csv/*"])
def test_what_cannot_be_looked_at(pattern: str, tmp_path: Path) -> None:
    """What may be a folder of exports or an export, but cannot be known, is not left out."""
    make(tmp_path, "a/a.csv")
    (tmp_path / "b.csv").symlink_to("x" * 300)  # longer than any name may be
    error = refused(pattern, tmp_path)
    assert error.message.en.startswith(f"cannot open the folder {tmp_path / 'b.csv'}: ")


@pytest.mark.parametrize(
    ("pattern", "start", "shown", "parts"),
    [
        (r"C:\exports\*.csv", r"C:\\", "C:/", ("exports", "*.csv")),
        ("C:/exports/*.csv", r"C:\\", "C:/", ("exports", "*.csv")),
        (r"\\server\share\声\*.csv", r"\\server\share\\", "//server/share/", ("声", "*.csv")),
        ("//server/share/a.csv", r"\\server\share\\", "//server/share/", ("a.csv",)),
        (r"\exports\a.csv", r"D:\\", "D:/", ("exports", "a.csv")),
        ("D:a.csv", r"D:\desk", "D:/desk/", ("a.csv",)),
        (r"exports\a.csv", r"D:\desk", "", ("exports", "a.csv")),
        ("exports/**/a.csv", r"D:\desk", "", ("exports", "**", "a.csv")),
    ],
)
def test_paths_of_windows(
    pattern: str,
    start: str,
    shown: str,
    parts: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Drives, shares and either slash: where a search starts there, and how that is shown."""
    monkeypatch.setattr(file_patterns, "PurePath", PureWindowsPath)
    folder = cast("Path", PureWindowsPath(r"D:\desk"))
    begins, label, rest = file_patterns._anchored(pattern, folder)
    assert (PureWindowsPath(begins), label, rest) == (PureWindowsPath(start), shown, parts)
