"""Files: written whole or not at all, locked, private; and why one cannot be written."""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import KpicliError, OutputError
from kpicli.base.windows_names import refuse_windows_names
from kpicli.base.wording import Text

if sys.platform != "win32":
    import fcntl

REASONS = {
    errno.ENOENT: Text("フォルダーがありません", "no such folder"),
    errno.ENOTDIR: Text("フォルダーではありません", "not a folder"),
    errno.EISDIR: Text("フォルダーです", "it is a folder"),
    errno.EBADF: Text("閉じています", "it is closed"),
    errno.EACCES: Text("権限がありません", "permission denied"),
    errno.EPERM: Text("権限がありません", "permission denied"),
    errno.EROFS: Text("書き込み禁止の場所です", "read-only place"),
    errno.ENOSPC: Text("空き容量がありません", "no space left"),
    errno.EDQUOT: Text("割り当てられた容量を使い切りました", "the disk quota is used up"),
    errno.EFBIG: Text("ファイルの大きさの上限を超えます", "it would pass the limit of file sizes"),
    errno.EIO: Text("読み書きに失敗しました", "input or output failed"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.ELOOP: Text("リンクが自分に戻っています", "its links lead back to themselves"),
    errno.EINVAL: Text(
        "この名前や操作は、ここでは使えません", "no such name or operation is possible there"
    ),
    errno.EMFILE: Text("開いているファイルが多すぎます", "too many files are open"),
    errno.EBUSY: Text("ほかのプログラムが使っています", "another program uses it"),
}

_DENIED_OR_OPEN = Text(
    "権限がないか、ほかのプログラムが開いています",
    "permission denied, or another program has it open",
)
"""The reason of `EACCES` on Windows, where a file that is open cannot be replaced."""
_UNFINISHED = ".kpicli-"
"""How the names of files begin that are being written: what is whole goes by another name."""
_ABANDONED = 3600.0
"""Seconds after which, on Windows, nobody is going to give an unfinished file its name."""


def write_whole(
    target: Path, content: bytes, *, private: bool = False, durable: bool = True
) -> None:
    """Put a file in the place of `target` whole or not at all: it is written beside it first.

    An existing one keeps its permissions. A `private` one is its owner's alone, and so is its
    folder, which is made where it is missing. A `durable` one is on the disk when this returns.
    Raises `OSError` where it cannot be written, and leaves nothing behind; `UsageError` for a name
    that no file can have there.
    """
    refuse_windows_names(target)
    mode = 0o600 if private else _mode_of(target)
    if private:
        private_folder(target.parent)
    with unfinished(target.parent, 0o666 if mode is None else 0o600) as file:
        _write(file.handle, content, durable=durable)
        if mode is not None:
            file.path.chmod(mode)
        file.put(target)
    if durable:
        sync_folder(target.parent)


def create_private(target: Path, content: bytes) -> None:
    """Make a private file whole or not at all where there is none.

    Raises `FileExistsError` where there is one, whoever has made it meanwhile, and `OSError`.
    """
    private_folder(target.parent)
    with unfinished(target.parent) as file:
        _write(file.handle, content, durable=True)
        try:
            target.hardlink_to(file.path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links; there a race may be lost
            if os.path.lexists(target):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST)) from None
            file.put(target)
    sync_folder(target.parent)


def private_folder(folder: Path) -> None:
    """Make a folder that is its owner's alone, and those above it that are missing; `OSError`."""
    if not folder.parent.exists():
        private_folder(folder.parent)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None


class Unfinished(Struct, frozen=True):
    """A file that is being written, under a name that says so, by whoever holds its lock."""

    path: Path
    handle: int

    def put(self, target: Path) -> None:
        """Give the file its own name, in the place of whatever has it."""
        if sys.platform == "win32":  # there a file that is open cannot be renamed
            os.close(self.handle)
        self.path.replace(target)


@contextmanager
def unfinished(folder: Path, mode: int = 0o600) -> Iterator[Unfinished]:
    """Give a new file in `folder`, to be written and put in its place; else it is gone at the end.

    What killed runs have left in the folder goes too: a writer holds a lock on such a file, which
    ends with the process.
    """
    _sweep(folder)
    file = _locked_file(folder, mode)
    try:
        yield file
    finally:
        with suppress(OSError):  # Windows: closed already, and open files are not removed
            os.close(file.handle)
        file.path.unlink(missing_ok=True)


def lock(file: Path, wait: float, busy: KpicliError) -> Callable[[], None]:
    """Take the lock of a name, which only one process at a time has, and return what releases it.

    It ends with the process, too. Raises `busy` where another process has it for longer than
    `wait` seconds, and `OSError`.
    """
    from filelock import FileLock, Timeout

    folder = file.parent.stat().st_mode
    if not stat.S_ISDIR(folder):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    # whoever may write to the folder takes turns, and nobody else
    held = FileLock(file, timeout=wait, mode=folder & 0o666)
    try:
        held.acquire()
    except Timeout:
        raise busy from None
    except NotImplementedError:  # the file system has no locks
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP)) from None
    return held.release


def sync_folder(folder: Path) -> None:
    """Return once the names of a folder's files are on the disk, where the system can tell."""
    with suppress(OSError):  # not every system opens folders
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def exposed(status: os.stat_result, *, to_readers: bool = False) -> bool:
    """Tell whether a file or folder is another user's, or others may write (or read) it."""
    if sys.platform == "win32":  # there access is a matter of lists of its own
        return False
    others = 0o077 if to_readers else 0o022
    return _foreign(status) or bool(status.st_mode & others)


def read_private(file: Path, most: int) -> bytes | None:
    """Return at most so many bytes of a file; None where it is no regular one, or exposed.

    A pipe or a device is not waited for. Raises `OSError` where it cannot be opened.
    """
    handle = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or exposed(status, to_readers=True):
            return None
        return os.read(handle, most)
    finally:
        os.close(handle)


def cannot_write(name: str, error: OSError) -> OutputError:
    """Return the error that says what could not be written, and why."""
    reason = reason_of(error)
    return OutputError(
        Text(f"{name} に書けません({reason.ja})", f"cannot write {name}: {reason.en}"),
        Text(
            "フォルダーと権限と空き容量を確かめ、Excel で開いていれば閉じてください",
            "check the folder, permissions and free space, and close it in Excel",
        ),
    )


def reason_of(error: OSError) -> Text:
    """Return why a file could not be read or written."""
    if sys.platform == "win32" and error.errno == errno.EACCES:
        return _DENIED_OR_OPEN
    unknown = Text("理由は不明です", "no reason was given")
    other = Text(error.strerror, error.strerror) if error.strerror else unknown
    return REASONS.get(error.errno or 0, other)


def why_unread(error: OSError) -> Text:
    """Return why a file could not be read: what is not there is the file, not its folder."""
    if error.errno == errno.ENOENT:
        return Text("ファイルがありません", "there is no such file")
    return reason_of(error)


def _mode_of(target: Path) -> int | None:
    """Return the permissions of an existing file, None where there is none; `OSError` if shut."""
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        return None
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return mode


def _write(handle: int, content: bytes, *, durable: bool) -> None:
    with os.fdopen(handle, "wb", closefd=False) as stream:
        stream.write(content)
        stream.flush()
        if durable:
            os.fsync(handle)


def _locked_file(folder: Path, mode: int) -> Unfinished:
    while True:  # a run that sweeps may have taken the file before it was locked
        # without the target's name, with which a long one would grow too long
        path = folder / f"{_UNFINISHED}{os.urandom(8).hex()}"
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, mode)
        with suppress(OSError):  # without locks it is never swept
            _lock(handle, wait=True)
        if _is_at(handle, path):
            return Unfinished(path, handle)
        os.close(handle)


def _foreign(status: os.stat_result) -> bool:
    return sys.platform != "win32" and status.st_uid != os.geteuid()


def _sweep(folder: Path) -> None:
    """Remove the unfinished files of this user that no process is writing."""
    with suppress(OSError):  # whoever may not look there will hear of it when writing
        for path in folder.glob(f"{_UNFINISHED}*"):
            with suppress(OSError):
                _sweep_file(path)


def _sweep_file(path: Path) -> None:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or _foreign(status):
        return
    if sys.platform == "win32":
        # There the handle that is needed for a look would keep the file from being removed. One
        # that its writer holds open is not removed anyway, and one just closed gets its name soon.
        if time.time() - status.st_mtime > _ABANDONED:
            path.unlink()
        return
    handle = os.open(path, os.O_RDWR)
    try:
        _lock(handle, wait=False)  # raises while its writer lives
        if _is_at(handle, path):
            path.unlink()
    finally:
        os.close(handle)


def _lock(handle: int, *, wait: bool) -> None:
    if sys.platform != "win32":  # there nobody can remove a file that is open
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
