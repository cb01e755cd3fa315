"""kpicli run as its own code finds Python on Windows: `python like_windows.py ARGUMENTS`.

What Windows lacks is hidden from kpicli's modules alone, as the libraries here are those of Linux.
As there, a file that this process has open is neither renamed, nor replaced, nor removed. SIGUSR1,
which Windows lacks, stands for Ctrl-Break.
"""

import builtins
import errno
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

MISSING = frozenset({"fcntl", "grp", "pty", "pwd", "readline", "resource", "termios", "tty"})


class Without(ModuleType):
    """A module without some of its names, and with others instead."""

    def __init__(self, real: ModuleType, absent: str = "", **other: object) -> None:
        super().__init__(real.__name__)
        self.__dict__.update(other)
        self._real, self._absent = real, frozenset(absent.split())

    def __getattr__(self, name: str) -> object:
        """Return what the module itself has of the name."""
        if name in self._absent:
            raise AttributeError(f"Windows has no {self._real.__name__}.{name}")
        return getattr(self._real, name)


SEEN = {
    "os": Without(
        os,
        "O_NOCTTY O_NONBLOCK chown fork geteuid getuid killpg mkfifo pread sched_getaffinity "
        "setsid statvfs sysconf ttyname uname",
    ),
    "signal": Without(
        signal,
        "SIGALRM SIGCHLD SIGHUP SIGKILL SIGPIPE SIGQUIT SIGUSR1 alarm",
        SIGBREAK=signal.SIGUSR1,
    ),
    "sys": Without(sys, platform="win32"),
    "multiprocessing": Without(multiprocessing, get_all_start_methods=lambda: ["spawn"]),
}

_import = builtins.__import__


def importing(
    name: str,
    globals: Mapping[str, Any] | None = None,
    locals: Mapping[str, Any] | None = None,
    fromlist: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """Import a module, for kpicli as Windows has it."""
    importer = str((globals or {}).get("__name__", ""))
    if level == 0 and importer.partition(".")[0] == "kpicli":
        if name in MISSING:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in SEEN:
            return SEEN[name]
    return _import(name, globals, locals, fromlist or (), level)


def open_files() -> set[str]:
    """Return the paths of the files that this process has open."""
    paths = set()
    for handle in Path("/proc/self/fd").iterdir():
        try:
            paths.add(str(handle.readlink()))
        except FileNotFoundError:  # the one by which the folder itself was listed
            continue
    return paths


def refuse_open_files(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise `PermissionError` where a file that is open would be renamed, replaced or removed."""
    if event in {"os.remove", "os.rename"}:
        paths = arguments[: 2 if event == "os.rename" else 1]
        if open_files() & {os.path.realpath(path) for path in paths}:
            raise PermissionError(errno.EACCES, "it is open", str(paths[-1]))


if __name__ == "__main__":
    builtins.__import__ = importing
    sys.addaudithook(refuse_open_files)
    from kpicli.cli import main

    main()
