"""Files that an answer rests on: any change of them is seen."""

import hashlib
import os
from pathlib import Path

import pytest

from kpicli.cache import inputs
from kpicli.cache.inputs import Seen, seen, unchanged

PATTERNS = ("お客様の声*.csv", "meetings.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of three exports."""
    for name in ("お客様の声1.csv", "お客様の声2.csv", "meetings.csv"):
        (tmp_path / name).write_text(f"content of {name}", encoding="utf-8")
        os.utime(tmp_path / name, ns=(10**18, 10**18))
    return tmp_path


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file by its name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def as_seen(folder: Path) -> Seen:
    """Return the files as they are now."""
    found = seen(PATTERNS, folder, digests(folder))
    assert found is not None
    return found


def test_unchanged(folder: Path) -> None:
    """Files that nobody touched are the same, and each is named under its pattern."""
    files = as_seen(folder)
    assert [len(files[pattern]) for pattern in PATTERNS] == [2, 1]
    assert unchanged(files, folder)


def test_another_content(folder: Path) -> None:
    """Another content of the same length and time is seen."""
    files, file = as_seen(folder), folder / "meetings.csv"
    before = file.stat()
    file.write_bytes(file.read_bytes()[::-1])
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not unchanged(files, folder)


@pytest.mark.parametrize("name", ["お客様の声3.csv", "お客様の声0.csv"])
def test_a_new_file(name: str, folder: Path) -> None:
    """A file that a pattern names now, and did not before, is seen."""
    files = as_seen(folder)
    (folder / "other.csv").touch()
    assert unchanged(files, folder)
    (folder / name).touch()
    assert not unchanged(files, folder)


def test_a_missing_file(folder: Path) -> None:
    """A file that has gone is seen, one of a pattern or one by its name."""
    for name in ("お客様の声2.csv", "meetings.csv"):
        files, file = as_seen(folder), folder / name
        content = file.read_bytes()
        file.unlink()
        assert not unchanged(files, folder)
        file.write_bytes(content)


def test_a_change_costs_no_reading(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a size, a time or a name differs, no content is read."""
    files = as_seen(folder)
    monkeypatch.setattr(inputs, "_digest", lambda path: pytest.fail(f"read {path}"))
    os.utime(folder / "meetings.csv", ns=(10**18, 10**18 + 1))
    assert not unchanged(files, folder)
    os.utime(folder / "meetings.csv", ns=(10**18, 10**18))
    (folder / "お客様の声1.csv").write_bytes(b"longer by far than it was before")
    assert not unchanged(files, folder)


def test_nothing_vouches(folder: Path) -> None:
    """Without a digest of each file, or where one is no regular file, nothing is known."""
    known = digests(folder)
    assert seen(PATTERNS, folder, {**known, "extra.csv": "0"}) is not None
    known.pop("お客様の声2.csv")
    assert seen(PATTERNS, folder, known) is None
    assert seen(("nothing*.csv",), folder, known) is None
    os.mkfifo(folder / "pipe.csv")
    assert seen(("pipe.csv",), folder, {"pipe.csv": "0"}) is None


def test_a_pipe_in_the_place_of_a_file(folder: Path) -> None:
    """A pipe where a file was is seen, and not read."""
    files, file = as_seen(folder), folder / "meetings.csv"
    file.unlink()
    os.mkfifo(file)
    assert not unchanged(files, folder)


def test_a_file_that_cannot_be_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that can be looked at and not read has changed."""
    files = as_seen(folder)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refused)
    assert not unchanged(files, folder)
