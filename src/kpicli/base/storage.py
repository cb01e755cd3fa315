"""Writing a file whole or not at all, and saying in words why one cannot be written."""

import errno
import os
import stat
from pathlib import Path

from kpicli.base.errors import OutputError
from kpicli.base.wording import Text

REASONS = {
    errno.ENOENT: Text("フォルダーがありません", "no such folder"),
    errno.ENOTDIR: Text("フォルダーではありません", "not a folder"),
    errno.EBADF: Text("閉じています", "it is closed"),
    errno.EACCES: Text("権限がありません", "permission denied"),
    errno.EPERM: Text("権限がありません", "permission denied"),
    errno.EROFS: Text("書き込み禁止の場所です", "read-only place"),
    errno.ENOSPC: Text("空き容量がありません", "no space left"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
}


def replace_file(target: Path, content: bytes) -> None:
    """Write a regular file beside its place, then put it there; an old one keeps its permissions.

    Raises `OSError` where that cannot be, and leaves nothing behind.
    """
    import tempfile  # only a file needs it

    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask()
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # the name is not part of it: with it a long one would grow too long
    handle, name = tempfile.mkstemp(prefix=".kpicli-", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def cannot_write(name: str, error: OSError) -> OutputError:
    """Return the error that says what could not be written, and why."""
    other = Text(error.strerror or "", error.strerror or "")
    reason = REASONS.get(error.errno or 0, other)
    return OutputError(
        Text(f"{name} に書けません({reason.ja})", f"cannot write {name}: {reason.en}"),
        Text(
            "フォルダーと権限と空き容量を確かめ、Excel で開いていれば閉じてください",
            "check the folder, permissions and free space, and close it in Excel",
        ),
    )
