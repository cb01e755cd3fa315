"""Files that are whole or not there, whatever happens while they are written."""

import errno
import os
import re
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpicli.base.errors import OutputError
from kpicli.base.storage import (
    REASONS,
    cannot_write,
    create_private,
    exposed,
    lock,
    read_private,
    unfinished,
    why_unread,
    write_whole,
)
from kpicli.base.wording import Text
from support.command_line import environment
from support.root import ROOT

BUSY = OutputError(Text("使用中", "busy"))


def mode(path: Path) -> int:
    """Return the permissions of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    """Return the names of everything in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_written_and_replaced(tmp_path: Path) -> None:
    """A file takes the place of the old one, and nothing else is left beside it."""
    file = tmp_path / "a.csv"
    write_whole(file, b"first")
    write_whole(file, b"second")
    assert file.read_bytes() == b"second"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_permissions(mask: int, tmp_path: Path) -> None:
    """A new file has what the umask leaves, an old one keeps its own, a private one its owner's."""
    former = os.umask(mask)
    try:
        write_whole(tmp_path / "new", b"")
        (tmp_path / "old").touch()
        (tmp_path / "old").chmod(0o640)
        write_whole(tmp_path / "old", b"x")
        write_whole(tmp_path / "own" / "private", b"", private=True)
    finally:
        os.umask(former)
    assert mode(tmp_path / "new") == 0o666 & ~mask
    assert mode(tmp_path / "old") == 0o640
    assert mode(tmp_path / "own" / "private") == 0o600
    assert mode(tmp_path / "own") == 0o700


def test_a_long_name(tmp_path: Path) -> None:
    """A name that is as long as names may be can be written."""
    write_whole(tmp_path / ("n" * 255), b"x")
    assert names(tmp_path) == ["n" * 255]


def test_a_private_file_is_made_once(tmp_path: Path) -> None:
    """Whoever comes second is told so, and the first one's content stays."""
    file = tmp_path / "own" / "secret"
    create_private(file, b"first")
    with pytest.raises(FileExistsError):
        create_private(file, b"second")
    assert file.read_bytes() == b"first"
    assert (mode(file), mode(file.parent), file.stat().st_nlink) == (0o600, 0o700, 1)
    assert names(file.parent) == ["secret"]


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no hard links keeps the promises, too."""

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "hardlink_to", refused)
    create_private(tmp_path / "secret", b"first")
    with pytest.raises(FileExistsError):
        create_private(tmp_path / "secret", b"second")
    assert (tmp_path / "secret").read_bytes() == b"first"
    assert names(tmp_path) == ["secret"]


def test_a_folder_in_the_way_of_a_folder(tmp_path: Path) -> None:
    """A file where the folder should be is told as such, not as a file that exists already."""
    (tmp_path / "own").touch()
    with pytest.raises(NotADirectoryError):
        create_private(tmp_path / "own" / "secret", b"x")
    with pytest.raises(NotADirectoryError):
        write_whole(tmp_path / "own" / "entry", b"x", private=True)


def test_a_limit_of_file_sizes(tmp_path: Path) -> None:
    """Where a file would pass the limit the old one stays, and the reason has words."""
    file = tmp_path / "a.csv"
    write_whole(file, b"old")
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, former[1]))
    try:
        with pytest.raises(OSError, match="too large") as error:
            write_whole(file, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
    assert file.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]
    said = cannot_write("a.csv", error.value).message
    assert said.en == "cannot write a.csv: it would pass the limit of file sizes"
    assert said.ja == "a.csv に書けません(ファイルの大きさの上限を超えます)"


WRITING = """
import sys, time
from pathlib import Path
from kpicli.base.storage import unfinished
with unfinished(Path(sys.argv[1])) as file:
    print(file.path, flush=True)
    time.sleep(60)
"""


def writer(folder: Path) -> "subprocess.Popen[bytes]":
    """Start a process that is in the middle of writing a file, and return it when it is."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITING, str(folder)], env=environment(), stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline().startswith(str(folder).encode())
    return child


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    """What a killed run was writing is removed by the next; what a living one writes is not."""
    with writer(tmp_path) as living, writer(tmp_path) as killed:
        killed.send_signal(signal.SIGKILL)
        killed.wait(60)
        assert len(names(tmp_path)) == 2
        write_whole(tmp_path / "a.csv", b"x")
        assert len(names(tmp_path)) == 2
        living.send_signal(signal.SIGKILL)
        living.wait(60)
        write_whole(tmp_path / "b.csv", b"x")
    assert names(tmp_path) == ["a.csv", "b.csv"]


def test_only_ones_own_files_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no regular file is left alone, and so is what is another user's."""
    (tmp_path / ".kpicli-folder").mkdir()
    (tmp_path / ".kpicli-link").symlink_to(tmp_path / "target")
    (tmp_path / "target").touch()
    (tmp_path / ".kpicli-foreign").touch()
    with monkeypatch.context() as other:
        other.setattr(os, "geteuid", lambda: 54321)
        with unfinished(tmp_path):
            pass
    left = [".kpicli-folder", ".kpicli-foreign", ".kpicli-link", "target"]
    assert names(tmp_path) == left
    with unfinished(tmp_path):
        pass
    assert names(tmp_path) == [".kpicli-folder", ".kpicli-link", "target"]


def test_what_a_killed_run_left_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There locks do not tell who lives: what nobody has touched for an hour is removed."""
    monkeypatch.setattr("kpicli.base.storage.sys", SimpleNamespace(platform="win32"))
    for name, age in ((".kpicli-old", 3700), (".kpicli-new", 3500)):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_whole(tmp_path / "a.csv", b"x")
    assert names(tmp_path) == [".kpicli-new", "a.csv"]


def test_a_file_that_is_open_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows says of an open workbook that access is denied: both reasons are named."""
    denied = PermissionError(errno.EACCES, "Access is denied")
    assert cannot_write("kpi.xlsx", denied).message.en.endswith(": permission denied")
    monkeypatch.setattr("kpicli.base.storage.sys", SimpleNamespace(platform="win32"))
    error = cannot_write("kpi.xlsx", denied)
    assert "ほかのプログラムが開いています" in error.message.ja
    assert error.message.en.endswith("permission denied, or another program has it open")
    assert error.hint is not None
    assert "Excel で開いていれば閉じてください" in error.hint.ja


MANY = """
import sys
from pathlib import Path
from kpicli.base.storage import write_whole
for number in range(200):
    write_whole(Path(sys.argv[1]) / sys.argv[2], sys.argv[2].encode() * 50, durable=False)
"""


def test_writers_that_sweep_do_not_take_each_others_files(tmp_path: Path) -> None:
    """Several processes that write and sweep one folder at once all succeed."""
    children = [
        subprocess.Popen(
            [sys.executable, "-c", MANY, str(tmp_path), name],
            env=environment(),
            stderr=subprocess.PIPE,
        )
        for name in "abcd"
    ]
    said = [child.communicate(timeout=120)[1] for child in children]
    assert [(child.returncode, err) for child, err in zip(children, said, strict=True)] == [
        (0, b"")
    ] * 4
    assert {name: (tmp_path / name).read_text() for name in names(tmp_path)} == {
        name: name * 50 for name in "abcd"
    }


HOLDING = """
import sys, time
from pathlib import Path
from kpicli.base.errors import OutputError
from kpicli.base.storage import lock
from kpicli.base.wording import Text
release = lock(Path(sys.argv[1]), 5, OutputError(Text("", "")))
print("held", flush=True)
time.sleep(60)
"""


def test_one_at_a_time_has_a_lock(tmp_path: Path) -> None:
    """Another process waits in vain while it is held, and has it when its holder is killed."""
    file = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(file)], env=environment(), stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        began = time.monotonic()
        with pytest.raises(OutputError, match="busy"):
            lock(file, 0.2, BUSY)
        assert time.monotonic() - began < 5
        holder.send_signal(signal.SIGKILL)
        holder.wait(60)
    lock(file, 5, BUSY)()
    lock(file, 5, BUSY)()  # it was given back


@pytest.mark.parametrize(("folder", "file"), [(0o700, 0o600), (0o755, 0o644), (0o775, 0o664)])
def test_who_may_take_a_lock(folder: int, file: int, tmp_path: Path) -> None:
    """Whoever may write to the folder may take its lock, too, and nobody else."""
    tmp_path.chmod(folder)
    lock(tmp_path / "lock", 5, BUSY)()
    assert mode(tmp_path / "lock") == file


def test_a_lock_where_nothing_can_be_written(tmp_path: Path) -> None:
    """Where the lock's file cannot be, that is said as of any file."""
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        lock(tmp_path / "file" / "lock", 0.1, BUSY)
    with pytest.raises(FileNotFoundError):
        lock(tmp_path / "nowhere" / "lock", 0.1, BUSY)


@pytest.mark.parametrize(
    ("bits", "to_writers", "to_readers"),
    [
        (0o600, False, False),
        (0o700, False, False),
        (0o644, False, True),
        (0o750, False, True),
        (0o620, True, True),
        (0o602, True, True),
        (0o777, True, True),
    ],
)
def test_exposed(bits: int, to_writers: bool, to_readers: bool, tmp_path: Path) -> None:
    """Whether others may change a file, or even read it, is told by its bits."""
    file = tmp_path / "a"
    file.touch()
    file.chmod(bits)
    assert exposed(file.stat()) is to_writers
    assert exposed(file.stat(), to_readers=True) is to_readers


def test_another_users_file_is_exposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another user owns is exposed whatever its bits."""
    (tmp_path / "a").touch(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert exposed((tmp_path / "a").stat())


def test_a_private_file_is_read_in_part(tmp_path: Path) -> None:
    """No more than is asked for is read; what is not there raises as usual."""
    create_private(tmp_path / "a", b"x" * 5000)
    assert read_private(tmp_path / "a", 1024) == b"x" * 1024
    with pytest.raises(FileNotFoundError):
        read_private(tmp_path / "b", 1024)


def test_nothing_else_writes_files() -> None:
    """No other module of the program makes files of its own or looks for the user's folders."""
    makers = ("tempfile", "mkstemp", "platformdirs", "expanduser", "Path.home", "write_text(")
    here = {"base/storage.py", "base/folders.py"}
    root = ROOT / "src" / "kpicli"
    assert [
        (path.relative_to(root).as_posix(), maker)
        for path in sorted(root.rglob("*.py"))
        for maker in makers
        if maker in path.read_text(encoding="utf-8")
        and path.relative_to(root).as_posix() not in here
    ] == []


@pytest.mark.parametrize("number", sorted(REASONS))
def test_every_reason_is_said_in_both_languages(number: int) -> None:
    """No word of the system stands in a Japanese message."""
    reason = why_unread(OSError(number, os.strerror(number)))
    assert os.strerror(number) not in reason.ja
    assert not re.search("[a-z]{3}", reason.ja)


def test_no_module_puts_the_words_of_the_system_into_a_message() -> None:
    """Whoever says why a file cannot be read or written asks for the reason here."""
    sources = (ROOT / "src" / "kpicli").rglob("*.py")
    using = [path.name for path in sources if "error.strerror" in path.read_text("utf-8")]
    assert using == ["storage.py"]
