"""Entries of the cache: whole or not there, of the user alone, few and small."""

import os
import stat
import threading
from pathlib import Path

import pytest

from kpicli.cache import entries
from kpicli.cache.entries import cache_folder, read_entry, write_entry


def file_of(folder: Path, name: str) -> Path:
    """Return the file of an entry."""
    return folder / f"{name}.summary"


def test_kept(cache_folder: Path) -> None:
    """What was written is read, in the folder that the system has for it, by its user alone."""
    write_entry("a", b'{"x": 1}\n\xff')
    assert read_entry("a") == b'{"x": 1}\n\xff'
    assert entries.cache_folder() == cache_folder
    assert stat.S_IMODE(file_of(cache_folder, "a").stat().st_mode) == 0o600
    assert stat.S_IMODE(cache_folder.stat().st_mode) == 0o700
    assert [file.name for file in cache_folder.iterdir()] == ["a.summary"]


def test_written_again(cache_folder: Path) -> None:
    """A new entry takes the place of the old one of its name, of a damaged one too."""
    write_entry("a", b"old")
    write_entry("a", b"new")
    assert read_entry("a") == b"new"
    file_of(cache_folder, "a").write_bytes(b"damaged")
    write_entry("a", b"newer")
    assert read_entry("a") == b"newer"


@pytest.mark.parametrize("at", [0, 20, 79, 80, 83, -1])
def test_a_damaged_byte(at: int, cache_folder: Path) -> None:
    """An entry in which one byte changed is not there."""
    write_entry("a", b"content")
    file = file_of(cache_folder, "a")
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)
    assert read_entry("a") is None


@pytest.mark.parametrize("length", [0, 1, 40, 80, 81, 86])
def test_a_cut_entry(length: int, cache_folder: Path) -> None:
    """An entry that breaks off is not there."""
    write_entry("a", b"content")
    file = file_of(cache_folder, "a")
    file.write_bytes(file.read_bytes()[:length])
    assert read_entry("a") is None


def test_what_is_no_file(cache_folder: Path, tmp_path: Path) -> None:
    """A folder, a pipe or a link in the place of an entry is not read; a pipe does not block."""
    cache_folder.mkdir(parents=True)
    file_of(cache_folder, "folder").mkdir()
    os.mkfifo(file_of(cache_folder, "pipe"))
    write_entry("real", b"content")
    (tmp_path / "elsewhere").write_bytes(file_of(cache_folder, "real").read_bytes())
    file_of(cache_folder, "link").symlink_to(tmp_path / "elsewhere")
    assert [read_entry(name) for name in ("folder", "pipe", "link", "none")] == [None] * 4
    write_entry("folder", b"content")
    assert read_entry("folder") is None


def test_bounded_in_number(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most entries the oldest goes."""
    monkeypatch.setattr(entries, "ENTRIES", 3)
    for age, name in enumerate("abcde"):
        write_entry(name, b"x")
        os.utime(file_of(cache_folder, name), (1000 + age, 1000 + age))
    write_entry("f", b"x")
    assert sorted(file.stem for file in cache_folder.iterdir()) == ["d", "e", "f"]


def test_bounded_in_bytes(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the most bytes the oldest goes, and what alone is too large is never kept."""
    monkeypatch.setattr(entries, "BYTES", 1000)
    monkeypatch.setattr(entries, "ENTRY_BYTES", 600)
    for age, name in enumerate("abc"):
        write_entry(name, b"x" * 400)
        os.utime(file_of(cache_folder, name), (1000 + age, 1000 + age))
    assert sorted(file.stem for file in cache_folder.iterdir()) == ["b", "c"]
    write_entry("huge", b"x" * 600)
    assert read_entry("huge") is None
    assert read_entry("c") is not None


def test_only_its_own(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a killed run left unfinished is swept; a file of another kind is left alone."""
    monkeypatch.setattr(entries, "ENTRIES", 1)
    cache_folder.mkdir(parents=True)
    for name in (".kpicli-0123456789abcdef", "notes.txt"):
        (cache_folder / name).write_bytes(b"x")
        os.utime(cache_folder / name, (1, 1))
    write_entry("a", b"x")
    assert sorted(file.name for file in cache_folder.iterdir()) == ["a.summary", "notes.txt"]


def test_nowhere_to_write(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the folder cannot be, nothing is kept and nothing fails."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    write_entry("a", b"x")
    assert read_entry("a") is None


@pytest.mark.parametrize("call", ["mkdir", "replace", "iterdir"])
def test_a_system_that_refuses(
    call: str, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that is read-only or full fails nothing and leaves nothing half written."""

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    cache_folder.mkdir(parents=True)
    with monkeypatch.context() as patch:
        patch.setattr(Path, call, refused)
        write_entry("a", b"x")
    assert [file.name for file in cache_folder.iterdir() if file.suffix == ".unfinished"] == []


def test_interrupted(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while an entry is written goes on up and leaves nothing behind."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write_entry("a", b"x")
    assert list(cache_folder.iterdir()) == []


def test_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an absolute folder nothing is kept: never in the current one."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: Path("~/.cache/kpicli"))
    assert cache_folder() is None
    write_entry("a", b"x")
    assert read_entry("a") is None
    assert not Path("~").exists()


def test_many_at_once(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs that write and read the same entries at once see whole ones, or none."""
    monkeypatch.setattr(entries, "ENTRIES", 2)
    contents = {bytes([letter]) * 50_000 for letter in b"abcd"}
    wrong: list[bytes] = []

    def work(content: bytes) -> None:
        for turn in range(40):
            write_entry(f"entry{turn % 3}", content)
            found = read_entry(f"entry{(turn + 1) % 3}")
            if found is not None and found not in contents:
                wrong.append(found)

    threads = [threading.Thread(target=work, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(list(cache_folder.iterdir())) <= 3
