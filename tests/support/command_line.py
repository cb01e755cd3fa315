"""Running the command line in tests: in this process, in one of its own, and on a terminal."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from support.root import ROOT

TODAY = "2025-11-01"
"""The day on which every test runs; 2025H1 has ended."""

HEADER = "受付番号,受付日,商品区分,声の区分,チーム,担当者,改善日"
SETTINGS = '[exports]\nvoices = { files = "voices.csv", covers = "2024-04..2025-09" }\n'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left: its exit code, stdout as bytes, and stderr as text."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        """Return stdout as UTF-8."""
        return self.out.decode()


Run = Callable[..., Outcome]


def voices(*rows: str) -> str:
    """Return a voices export of the given rows."""
    return "\n".join((HEADER, *rows, ""))


PROJECT: Mapping[str, str] = {
    "kpicli.toml": SETTINGS,
    "voices.csv": voices("V1,2025/4/1,損保,感謝,損保-1課,S001,", "V2,2025/5/2,生保,不満,,S002,"),
}
"""A project of two voices."""


def environment(**changes: str | None) -> dict[str, str]:
    """Return an environment without what would change the output, with `changes` (None: unset)."""
    ours = {"KPICLI_LANG", "PYTHONIOENCODING", "NO_COLOR", "COLUMNS", "LINES", "PYTHONUTF8"}
    base = {name: value for name, value in os.environ.items() if name not in ours}
    base |= {"KPICLI_TODAY": TODAY, "TERM": "xterm", "PYTHONPATH": str(ROOT / "src")}
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def process(*args: str, folder: Path = ROOT, **changes: str | None) -> Outcome:
    """Run `kpicli` in a process of its own, stdout and stderr being pipes."""
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", *args],
        cwd=folder,
        env=environment(**changes),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def session(typed: str, *args: str, folder: Path = ROOT) -> Outcome:
    """Run `kpicli` in a process of its own, its streams being pipes; `typed` is all of stdin."""
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", *args],
        cwd=folder,
        env=environment(),
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def shell(script: str, folder: Path = ROOT) -> Outcome:
    """Run a shell script in which `kpicli` is the command."""
    prelude = f'set -o pipefail; kpicli() {{ "{sys.executable}" -m kpicli "$@"; }}\n'
    done = subprocess.run(
        ["/bin/bash", "-c", prelude + script],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def terminal(
    *args: str,
    columns: int = 80,
    folder: Path = ROOT,
    program: tuple[str, ...] = ("-m", "kpicli"),
    talk: bool = False,
    **changes: str | None,
) -> Outcome:
    """Run `kpicli` on a pseudo-terminal of so many columns; stdout holds what it shows.

    What goes to stderr is shown as well where `talk` asks for it.
    """
    keeper, shown = pty.openpty()
    fcntl.ioctl(shown, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    child = subprocess.Popen(
        [sys.executable, *program, *args],
        cwd=folder,
        env=environment(**changes),
        stdin=shown,
        stdout=shown,
        stderr=shown if talk else subprocess.DEVNULL,
        close_fds=True,
    )
    os.close(shown)
    content = b""
    try:
        while chunk := os.read(keeper, 65536):
            content += chunk
    except OSError:  # Linux says so when the last writer has closed its end
        pass
    finally:
        os.close(keeper)
    return Outcome(child.wait(timeout=60), content.replace(b"\r\n", b"\n"), "")
