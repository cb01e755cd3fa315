"""The files of an export: each once, with its bytes, or refused by name."""

import hashlib
import os
import socket
from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files.content import read_all
from kpicli.loaders.files.find_files import find_files
from support.export_files import label, make, refused


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


def test_folder_and_pipe(tmp_path: Path) -> None:
    """A folder, a pipe, a socket or a device is refused without waiting for it."""
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for folder, inside in (("data", "data/*.csv"), ("data/", "data/*.csv"), (".", "*.csv")):
        error = refused(folder, tmp_path)
        assert "is a folder" in error.message.en
        assert error.hint is not None
        assert error.hint.en == f'name the files in it, such as "{inside}"'
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


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, or a folder, without permission is refused."""
    make(tmp_path, "a.csv")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", denied)
        assert refused("a.csv", tmp_path).message.en == "cannot open a.csv: permission denied"
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
    told = [(f.kind.code, f.source, f.place.file, f.other and f.other.file) for f in found.findings]
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
    assert (label(again), [f.place.file for f in again.findings]) == (["b.xlsx"], ["a.xlsx"])
    other = find_files(["a.xlsx"], tmp_path, "elderly", sheet="団体", known=known)
    assert (label(other), other.findings) == (["a.xlsx"], ())
