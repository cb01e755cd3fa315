"""Where kpicli's own time goes: its command line run under a sampling clock.

Every few milliseconds the innermost frame of kpicli on the main thread is noted, with the time that
the process has had a processor since the last note: what a library does is put down to the line of
kpicli that called it, and a busy machine adds nothing. A library that holds the interpreter for
long delays the note but loses none of the time. The run is bound to one processor, so that it
shares out no work.
"""

import json
import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from types import FrameType

EVERY = 0.002
"""Seconds between two notes."""

START_UP = ("(imports)", "")


class SamplingClock:
    """Puts the time that passes down to kpicli's functions, until it is stopped."""

    def __init__(self, package: Path) -> None:
        self._package = str(package)
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._main = threading.get_ident()
        self._done = threading.Event()
        self.seconds: Counter[tuple[str, str]] = Counter()

    def start(self) -> None:
        """Begin to take notes of the thread that calls this."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more notes."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        last = time.process_time()
        while not self._done.wait(EVERY):
            where = self._place(sys._current_frames().get(self._main))
            now = time.process_time()
            self.seconds[where] += now - last  # type: ignore[assignment] # counts are seconds here
            last = now

    def _place(self, frame: FrameType | None) -> tuple[str, str]:
        """Return module and function of the innermost frame of kpicli that is no import."""
        while frame is not None:
            file = frame.f_code.co_filename
            if file == "<frozen importlib._bootstrap>":
                return START_UP
            if file.startswith(self._package):
                module = Path(file).relative_to(self._package).with_suffix("").as_posix()
                return module, frame.f_code.co_qualname
            frame = frame.f_back
        return ("(outside kpicli)", "")


def main(report: str, *arguments: str) -> None:
    """Run kpicli with the arguments and write [module, function, seconds] to the report."""
    if hasattr(os, "sched_setaffinity"):  # one processor: nothing is done where no clock looks
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    began = time.process_time()
    from kpicli import cli

    imported = time.process_time() - began
    clock = SamplingClock(Path(cli.__file__).parents[1])
    sys.argv = ["kpicli", *arguments]
    clock.start()
    try:
        cli.main()
    finally:
        clock.stop()
        clock.seconds[START_UP] += imported  # type: ignore[assignment] # counts are seconds here
        rows = [[*place, seconds] for place, seconds in clock.seconds.most_common()]
        Path(report).write_text(json.dumps(rows), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
