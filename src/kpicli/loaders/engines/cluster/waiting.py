"""Waiting for what the workers of a cluster make, as long as there are any."""

import time
from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from distributed import Client, Future, KilledWorker, wait

from kpicli.loaders.engines.cluster.cluster_errors import connection_lost, kills_workers, no_workers

_Result = TypeVar("_Result")

WORKERLESS_SECONDS = 60.0
"""Seconds without any worker after which the run is given up."""
_POLL_SECONDS = 10.0


@contextmanager
def answering() -> Iterator[None]:
    """Turn what Dask raises when the scheduler, or worker after worker, is gone into our errors."""
    try:
        yield
    except KilledWorker as error:
        raise kills_workers() from error
    except (CancelledError, OSError) as error:
        raise connection_lost() from error


def result_of(client: Client, future: "Future[_Result]") -> _Result:
    """Return what a future comes to; raises `UsageError` where no worker is left to make it."""
    while True:
        wait_for(client, future)
        with suppress(TimeoutError):  # it may be lost again while it is fetched
            return future.result(timeout=WORKERLESS_SECONDS)


def wait_for(client: Client, future: "Future[_Result]") -> None:
    """Return when a future has come to something, on whichever worker."""
    last_seen = time.monotonic()
    while not future.done():
        with client.as_current(), suppress(TimeoutError):
            wait(future, timeout=_POLL_SECONDS)
            continue
        if threads(client):
            last_seen = time.monotonic()
        elif time.monotonic() - last_seen > WORKERLESS_SECONDS:
            raise no_workers()


def threads(client: Client) -> int:
    """Return how many tasks the workers can do at a time; they come and go."""
    by_worker: dict[str, int] = client.nthreads()
    return sum(by_worker.values())
