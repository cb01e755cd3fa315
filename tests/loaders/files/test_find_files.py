import hashlib
import os
import socket
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files.content import read_all
from kpicli.loaders.files.find_files import FoundFiles, find_files


def make(folder: Path, *names: str) -> None:
    """Write each name as a file whose content is the name."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def label(found: FoundFiles) -> list[str]:
    """Return the files as they are shown, in order."""
    return [file.label for file in found.files]


def refused(pattern: str, folder: Path) -> InputError:
    """Return the error that looking for the pattern ends with."""
    with pytest.raises(InputError) as caught:
        find_files([pattern], folder, "voices")
    assert caught.value.hint is not None
    return caught.value


def test_one_file(tmp_path: Path) -> None:
    """A file comes with its bytes, their SHA-256, its paths and the options of its entry."""
    make(tmp_path, "data/声.csv")
    extra = {"category": ("種類",)}
    (file,) = find_files(
        ["data/声.csv"], tmp_path, "voices", encoding="cp932", sheet="声", headers=extra
    ).files
    content = "data/声.csv".encode()
    assert read_all(file.content) == content
    assert file.content.sha256 == hashlib.sha256(content).hexdigest()
    assert file.path == os.path.realpath(tmp_path / "data" / "声.csv")
    assert (file.label, file.encoding, file.sheet) == ("data/声.csv", "cp932", "声")
    assert file.headers == extra


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


def test_folder_and_pipe(tmp_path: Path) -> None:
    """A folder, a pipe, a socket or a device is refused without waiting for it."""
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    assert "is a folder" in refused("data", tmp_path).message.en
    assert "no regular file" in refused("pipe.csv", tmp_path).message.en
    assert "no regular file" in refused("*.csv", tmp_path).message.en
    assert "no regular file" in refused("/dev/null", tmp_path).message.en
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(tmp_path / "s"))
        assert "no regular file" in refused("s", tmp_path).message.en


def test_dead_link(tmp_path: Path) -> None:
    """A link to nothing is refused, named or matched."""
    (tmp_path / "a.csv").symlink_to(tmp_path / "gone.csv")
    assert "cannot open a.csv" in refused("a.csv", tmp_path).message.en
    assert "cannot open a.csv" in refused("*.csv", tmp_path).message.en


def test_links_in_a_circle(tmp_path: Path) -> None:
    """A link that leads back up does not keep `**` going round."""
    make(tmp_path, "x/a.csv")
    (tmp_path / "x" / "up").symlink_to(tmp_path)
    assert label(find_files(["**/*.csv"], tmp_path, "voices")) == ["x/a.csv"]


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, or a folder, without permission is refused."""
    make(tmp_path, "a.csv")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", denied)
        assert refused("a.csv", tmp_path).message.en == "cannot open a.csv: Permission denied"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", denied)
        assert "cannot open the folder" in refused("*.csv", tmp_path).message.en


def test_file_that_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is written to while it is read is refused."""
    make(tmp_path, "a.csv")
    stat = os.fstat
    states: list[os.stat_result] = []

    def growing(descriptor: int) -> os.stat_result:
        if states:
            with (tmp_path / "a.csv").open("ab") as stream:
                stream.write(b"more")
        states.append(stat(descriptor))
        return states[-1]

    monkeypatch.setattr(os, "fstat", growing)
    (file,) = find_files(["a.csv"], tmp_path, "voices").files
    with pytest.raises(InputError) as caught:
        read_all(file.content)
    assert "changed while it was read" in caught.value.message.en
    assert len(states) == 2


def test_repeated_files(tmp_path: Path) -> None:
    """The same path, a link to it or a copy of it is one file, told with both its names."""
    make(tmp_path, "a.csv", "b.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    (tmp_path / "copy.csv").write_bytes((tmp_path / "b.csv").read_bytes())
    found = find_files(["a.csv", "*.csv"], tmp_path, "voices")
    assert label(found) == ["a.csv", "b.csv"]
    told = [(f.kind.code, f.source, f.place.file, f.other and f.other.file) for f in found.repeated]
    assert told == [
        ("D310", "voices", "a.csv", "a.csv"),
        ("D310", "voices", "copy.csv", "b.csv"),
        ("D310", "voices", "link.csv", "a.csv"),
    ]


def test_files_of_other_entries(tmp_path: Path) -> None:
    """A file that another entry has named is not read again; another sheet of it is."""
    make(tmp_path, "a.xlsx", "b.xlsx")
    known = find_files(["a.xlsx"], tmp_path, "elderly", sheet="生損保").files
    again = find_files(["*.xlsx"], tmp_path, "elderly", sheet="生損保", known=known)
    assert (label(again), [f.place.file for f in again.repeated]) == (["b.xlsx"], ["a.xlsx"])
    other = find_files(["a.xlsx"], tmp_path, "elderly", sheet="団体", known=known)
    assert (label(other), other.repeated) == (["a.xlsx"], ())
