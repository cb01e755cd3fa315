"""A progress bar on stderr, on a terminal only, and only when reading takes more than a second."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer
from typing import TYPE_CHECKING

from kpicli.cli.shared.language import say

if TYPE_CHECKING:
    from rich.progress import Progress as Display

    from kpicli.loaders.reading import Progress, Reporter

PATIENCE = 1.0
"""Seconds before anything is shown."""


@contextmanager
def reading_progress() -> "Iterator[Reporter | None]":
    """Give a reporter for the loaders; None where nobody watches."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    bar = Bar()
    try:
        yield bar.report
    finally:
        bar.wipe()


class Bar:
    """Bytes read of all bytes, rows so far and time left, in one line that is wiped at the end.

    Its clock starts with the first report: a thread before that would keep large files from being
    read by processes of their own. From then on one file may take long before the next report.
    """

    def __init__(self) -> None:
        self._last: Progress | None = None
        self._display: Display | None = None
        self._clock: Timer | None = None

    def report(self, progress: "Progress") -> None:
        """Take note of how far reading has come, and show it where the bar is in sight."""
        self._last = progress
        if self._clock is None:
            self._clock = Timer(PATIENCE, self.show)
            self._clock.daemon = True
            self._clock.start()
        if self._display is not None:
            self._update(self._display, progress)

    def show(self) -> None:
        """Show the bar; what draws it is loaded only now, since most runs end before."""
        display = _display()
        if self._last is not None:
            self._update(display, self._last)
        self._display = display
        display.start()

    def wipe(self) -> None:
        """Take the bar away, as if it had never been there."""
        if self._clock is not None:
            self._clock.cancel()
            self._clock.join()
        if self._display is not None:
            with suppress(OSError):  # the terminal may have gone
                self._display.stop()

    def _update(self, display: "Display", progress: "Progress") -> None:
        task = display.task_ids[0]
        display.update(task, total=progress.total, completed=progress.done, rows=progress.rows)


def _display() -> "Display":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    display = Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=16),
        DownloadColumn(),
        TextColumn("{task.fields[rows]:,}" + say("行", " rows")),
        TextColumn(say("残り", "left")),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
    display.add_task(say("読み込み中", "reading"), total=None, rows=0)
    return display
