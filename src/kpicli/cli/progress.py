"""A progress bar on stderr, on a terminal only, and only when reading takes more than a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

from kpicli.cli.language import say

if TYPE_CHECKING:
    from kpicli.loaders.reading import Progress, Reporter

PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def reading_progress() -> "Iterator[Reporter | None]":
    """Give a reporter for the loaders; None where nobody watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task(say("読み込み中", "reading"), total=None)

    def report(progress: "Progress") -> None:
        bar.update(task, total=progress.total, completed=progress.done)

    timer = Timer(PATIENCE, bar.start)  # one large file may take long before it reports
    timer.daemon = True
    timer.start()
    try:
        yield report
    finally:
        timer.cancel()
        timer.join()
        bar.stop()
