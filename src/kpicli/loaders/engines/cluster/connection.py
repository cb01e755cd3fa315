"""Reaching a Dask cluster: one that a scheduler's address names, or one of this machine's own."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from distributed import Client, LocalCluster
from distributed.comm.addressing import resolve_address
from distributed.comm.core import connect

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.loaders.engines.cluster.cluster_errors import no_workers, other_version
from kpicli.loaders.engines.cluster.tasks import own_version
from kpicli.loaders.engines.interface import processors

CONNECT_SECONDS = 10.0
"""Seconds in which a scheduler must answer, and have a worker."""

_NO_ADDRESS = Text(
    "dask scheduler が起動時に示す tcp://ホスト:ポート を指定してください",
    "give the tcp://host:port that `dask scheduler` shows when it starts",
)


@contextmanager
def connected(scheduler: str | None) -> Iterator[Client]:
    """Return, as a context, a client of the scheduler, or of a local cluster that ends with it.

    That one has a process for each processor of this machine and listens to this machine alone.
    Raises `UsageError` where no scheduler answers at the address or none of its workers does, and
    `SettingsError` where a machine of the cluster lacks this version of kpicli.
    """
    if scheduler is None:
        with _local() as cluster, Client(cluster, set_as_default=False) as client:
            yield client
        return
    with _quiet(), _reached(scheduler) as client:
        _require_workers(client)
        _require_version(client)
        yield client


def _local() -> LocalCluster:
    return LocalCluster(
        n_workers=processors(),
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # any free port: there may be another cluster
        silence_logs=logging.CRITICAL,
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask's log from the screen: what goes wrong is said by the error that ends the run."""
    handlers = [(own, own.level) for own in logging.getLogger("distributed").handlers]
    for handler, _ in handlers:
        handler.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for handler, level in handlers:
            handler.setLevel(level)


def _reached(scheduler: str) -> Client:
    try:
        resolve_address(scheduler)
        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own in this one
            thread.submit(asyncio.run, _greet(scheduler)).result()
        return _client(scheduler)
    except OSError as error:  # TimeoutError among them
        raise UsageError(
            Text(
                f"スケジューラー {scheduler} につながりません",
                f"no scheduler answers at {scheduler}",
            ),
            Text(
                f"起動しているか、{_NO_ADDRESS.ja}",
                f"see that it runs, and {_NO_ADDRESS.en}",
            ),
        ) from error
    except (ValueError, TypeError, ImportError) as error:
        raise UsageError(
            Text(
                f"--scheduler の {scheduler} は使えません: {error}",
                f"--scheduler {scheduler} cannot be used: {error}",
            ),
            _NO_ADDRESS,
        ) from error


async def _greet(scheduler: str) -> None:
    """Return once a peer greets as Dask's programs do.

    A client waits for that greeting without end, and takes the first bytes of any other peer, such
    as a web server, for the length of one. Raises `OSError` where none comes in time.
    """
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            comm = await connect(scheduler, timeout=CONNECT_SECONDS)
            await comm.close()
    except (OSError, TypeError, ImportError):
        raise
    except Exception as error:  # whatever comes of bytes that were never meant for Dask
        raise _no_scheduler(scheduler) from error


def _client(scheduler: str) -> Client:
    try:
        return Client(scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
    except TypeError as error:  # a worker, which greets alike, cannot answer a client
        raise _no_scheduler(scheduler) from error


def _no_scheduler(scheduler: str) -> UsageError:
    return UsageError(
        Text(
            f"{scheduler} で答えるのは Dask のスケジューラーではありません",
            f"what answers at {scheduler} is no Dask scheduler",
        ),
        _NO_ADDRESS,
    )


def _require_workers(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise no_workers() from None


def _require_version(client: Client) -> None:
    """Ask every worker there is, and the scheduler, which unpacks tasks too, for its version.

    A worker that dies before it answers is none of its concern.
    """
    answers: dict[str, object] = dict(client.run(own_version, on_error="return"))
    try:
        answers["the scheduler"] = client.run_on_scheduler(own_version)
    except (ImportError, AttributeError) as error:
        answers["the scheduler"] = error
    expected = own_version()
    for where, answer in answers.items():
        if isinstance(answer, (ImportError, AttributeError)):
            raise other_version(where, "-", expected) from answer
        if isinstance(answer, str) and answer != expected:
            raise other_version(where, answer, expected)
