"""A session on a pseudo-terminal: questions answered one by one, or ended by Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys
import threading
from pathlib import Path

from msgspec import Struct

from support.command_line import environment

_PROMPT = b"Enter = "
_SECONDS = 60


class Session(Struct, frozen=True):
    """How a session ended: its exit code, how often it asked, and all that it showed."""

    code: int
    asked: int
    shown: str


def _interrupt(child: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C, and once more where it came just before the program began to wait for input."""
    for _ in range(9):
        child.send_signal(signal.SIGINT)
        try:
            child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            continue
        return


def on_a_terminal(*args: str, folder: Path, stop_at: int | None = None) -> Session:
    """Run `kpicli` on a pseudo-terminal; every question is answered by Enter alone.

    At the question of number `stop_at`, from 1, Ctrl-C is pressed instead.
    """
    keeper, shown = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "kpicli", *args],
        cwd=folder,
        env=environment(COLUMNS="80"),
        stdin=shown,
        stdout=shown,
        stderr=shown,
        close_fds=True,
    )
    os.close(shown)
    alarm = threading.Timer(_SECONDS, child.kill)  # whatever hangs ends, and fails its test
    alarm.start()
    content, asked = b"", 0
    try:
        while chunk := os.read(keeper, 65536):
            content += chunk
            if content.count(_PROMPT) > asked and content.rstrip().endswith(b"]:"):
                asked = content.count(_PROMPT)
                if asked == stop_at:
                    threading.Thread(target=_interrupt, args=(child,), daemon=True).start()
                else:
                    os.write(keeper, b"\n")
    except OSError:  # Linux says so when the last writer has closed its end
        pass
    finally:
        alarm.cancel()
        os.close(keeper)
    return Session(child.wait(timeout=_SECONDS), asked, content.decode().replace("\r\n", "\n"))
