"""A real scheduler and real workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import KpicliError
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.reading import Reporter
from kpicli.model.periods import Period
from kpicli.output.formats import Options, render
from kpicli.output.summary.answer import summary_answer
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from support.command_line import environment
from support.root import ROOT
from support.small_project import TODAY

PATHS = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
"""Where the processes find kpicli, and what the tests give them to do."""
UNWATCHED = {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
"""Dask looks at what its workers do a hundred times a second, for a page that nobody opens."""
CONNECT_SECONDS = 60.0
"""Seconds in which a process must have started, or ended."""


@dataclass
class Cluster:
    """A scheduler on this machine, and the workers that it was given."""

    folder: Path
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def start(self, *program: str, **changes: str) -> "subprocess.Popen[bytes]":
        """Start one of Dask's programs; what it says goes to a file."""
        number = len(self.processes)
        with (self.folder / f"{number}.log").open("wb") as log:
            started = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", *program],
                env=environment(**{"PYTHONPATH": PATHS, **UNWATCHED, **changes}),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(started)
        return started

    @property
    def address(self) -> str:
        """Return the scheduler's address, once it has one."""
        file = self.folder / "scheduler.json"
        await_that(lambda: file.exists() and file.stat().st_size > 0)
        return str(json.loads(file.read_text(encoding="utf-8"))["address"])

    @property
    def workers(self) -> list["subprocess.Popen[bytes]"]:
        """Return the workers that live."""
        return [process for process in self.processes[1:] if process.poll() is None]

    def worker(self, ahead: str = "") -> "subprocess.Popen[bytes]":
        """Start a worker of one thread, which nobody starts again when it dies.

        It looks for modules in the folder `ahead` first.
        """
        return self.start(
            *("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny"),
            *("--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(self.folder)),
            PYTHONPATH=os.pathsep.join(filter(None, (ahead, PATHS))),
        )


def await_that(holds: Callable[[], bool]) -> None:
    """Return when it holds; fail when it takes too long."""
    end = time.monotonic() + CONNECT_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.02)


@contextmanager
def running(folder: Path, workers: int) -> Iterator[Cluster]:
    """Give a cluster of so many workers; all its processes end with it."""
    cluster = Cluster(folder)
    try:
        cluster.start(
            *("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"),
            *("--no-dashboard", "--scheduler-file", str(folder / "scheduler.json")),
        )
        for _ in range(workers):
            cluster.worker()
        yield cluster
    finally:
        for process in cluster.processes:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
            process.wait(CONNECT_SECONDS)


def counted(config: Path, engine: Engine, report: Reporter | None = None) -> str:
    """Return the whole Summary as JSON, cell values in the faults included."""
    request = Request(
        Period.parse("2025H1", today=TODAY), by="line", compare=("previous", "year_ago")
    )
    summary = summarize(read_settings(config), request, TODAY, report, engine)
    text = render("json", summary_answer(summary), Options("ja", show_values=True))
    assert isinstance(text, str)
    return text


@dataclass
class Remembering:
    """A function that tells in which process it runs, and how often it has run there."""

    count: int = 0

    def __call__(self, _: int) -> tuple[int, int]:
        """Return the process and the count."""
        self.count += 1
        return os.getpid(), self.count


def refused(config: Path, scheduler: str | None = None, engine: str = "dask") -> KpicliError:
    """Return the error that the run ends with."""
    with pytest.raises(KpicliError) as caught:
        kpicli.summarize("2025H1", config=config, engine=engine, scheduler=scheduler)
    assert caught.value.hint is not None
    return caught.value
