"""A worker that dies costs time, not correctness."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import pytest
from distributed import Client

from kpicli.base.errors import InputError, UsageError
from kpicli.loaders.engines.cluster import waiting
from kpicli.loaders.engines.cluster.engine import Dask
from kpicli.loaders.engines.local import SingleThread
from kpicli.loaders.reading import Progress
from messy.exports import write_exports
from support.cluster_processes import Cluster, await_that, counted, running

SPAN = 10_000


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the settings of a messy project and what this machine counts in it."""
    folder = tmp_path_factory.mktemp("messy")
    write_exports(folder, 4)
    config = folder / "kpicli.toml"
    return config, counted(config, SingleThread())


@pytest.fixture(scope="module")
def restarted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return a cluster whose workers may die: its scheduler outlives them."""
    with running(tmp_path_factory.mktemp("restarted"), workers=0) as started:
        yield started


@pytest.fixture
def mortal(restarted: Cluster) -> Cluster:
    """Return a cluster of two workers, which a test may kill."""
    while len(restarted.workers) < 2:
        restarted.worker()
    return restarted


@pytest.fixture
def mortal_client(mortal: Cluster) -> Iterator[Client]:
    """Return a client of that cluster."""
    with Client(mortal.address, set_as_default=False) as connected:
        connected.wait_for_workers(2, timeout=30)
        yield connected


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End a process at once: it can say no goodbye."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait(30)


def once(after: float, act: Callable[[], None]) -> Callable[[Progress], None]:
    """Return a reporter that acts when so large a part of the bytes has been read."""
    waiting = [act]

    def report(progress: Progress) -> None:
        if waiting and progress.done >= after * progress.total:
            waiting.pop()()

    return report


@pytest.mark.parametrize("after", [0.3, 0.999], ids=["while reading", "before keys are compared"])
def test_one_of_two(
    mortal: Cluster, mortal_client: Client, messy: tuple[Path, str], after: float
) -> None:
    """What a killed worker was at, and the keys that it held, are made again by the other."""
    victim = mortal.workers[0]

    def act() -> None:
        kill(victim)
        await_that(lambda: len(mortal_client.nthreads()) == 1)

    found = counted(messy[0], Dask(mortal_client, SPAN), once(after, act))
    assert victim.returncode == -signal.SIGKILL
    assert found == messy[1]


def test_all_and_a_new_one(mortal: Cluster, mortal_client: Client, messy: tuple[Path, str]) -> None:
    """When every worker dies, one that comes later does all that was lost."""

    def act() -> None:
        for victim in mortal.workers:
            kill(victim)
        await_that(lambda: not mortal_client.nthreads())
        mortal.worker()

    found = counted(messy[0], Dask(mortal_client, SPAN), once(0.5, act))
    assert found == messy[1]


def test_nobody_left(
    mortal: Cluster, mortal_client: Client, messy: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When every worker dies and none comes, the run ends in words."""
    monkeypatch.setattr(waiting, "_POLL_SECONDS", 0.1)
    monkeypatch.setattr(waiting, "WORKERLESS_SECONDS", 1.0)

    def act() -> None:
        for victim in mortal.workers:
            kill(victim)

    with pytest.raises(UsageError, match="the cluster has no workers"):
        counted(messy[0], Dask(mortal_client, SPAN), once(0.2, act))


def test_the_scheduler_is_gone(tmp_path: Path, messy: tuple[Path, str]) -> None:
    """When the scheduler dies, the run ends in words."""
    with (
        running(tmp_path, workers=1) as cluster,
        dask.config.set({"distributed.comm.timeouts.connect": "2s"}),
        Client(cluster.address, set_as_default=False) as client,
        pytest.raises(InputError, match="connection to the scheduler is lost"),
    ):
        counted(
            messy[0],
            Dask(client, SPAN),
            once(0.2, lambda: kill(cluster.processes[0])),
        )
