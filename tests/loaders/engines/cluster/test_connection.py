"""A cluster is reached, or the reason why not is said."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from distributed import Client

from kpicli.base.errors import SettingsError, UsageError
from kpicli.loaders.engines.cluster import connection
from kpicli.loaders.engines.cluster.engine import Dask
from support.cluster_processes import counted, refused, running


def test_no_scheduler_there(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address where nobody listens is given up after a while."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        error = refused(config, address)
    assert (type(error), str(error)) == (UsageError, f"no scheduler answers at {address}")


@pytest.mark.parametrize("address", ["nosuch://127.0.0.1:8786", "tcp://", "tcp://127.0.0.1:x"])
def test_no_address(config: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """What is no address is refused."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 0.5)
    assert type(refused(config, address)) is UsageError


@contextmanager
def peer(said: bytes) -> Iterator[str]:
    """Give the address of a peer that says this to whoever calls, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ExitStack() as lines:

        def serve() -> None:
            with suppress(OSError):  # the test is over
                while True:
                    line = lines.enter_context(listening.accept()[0])
                    with suppress(ConnectionError):
                        line.sendall(said)

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"", "no scheduler answers at {}"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "what answers at {} is no Dask scheduler"),
        (b"220 mx.example.jp ESMTP\r\n", "what answers at {} is no Dask scheduler"),
        (b"\0" * 100, "what answers at {} is no Dask scheduler"),
        (b"\xff" * 100, "what answers at {} is no Dask scheduler"),
    ],
    ids=["silent", "web", "mail", "zeros", "ones"],
)
def test_another_peer(
    said: bytes, words: str, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A peer that is no scheduler is neither waited for without end nor taken for one."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1.0)
    with peer(said) as address:
        begun = time.monotonic()
        error = refused(config, address)
        assert time.monotonic() - begun < 5
        assert (type(error), str(error)) == (UsageError, words.format(address))


def test_a_worker_is_no_scheduler(config: Path, tmp_path: Path) -> None:
    """The address of a worker is a likely slip, and said to be one."""
    with running(tmp_path, workers=1) as cluster:
        with Client(cluster.address, set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
            (worker,) = client.nthreads()
        error = refused(config, worker)
    assert str(error) == f"what answers at {worker} is no Dask scheduler"


def test_no_workers(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler without workers is told from one that is busy."""
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 2.0)
    with running(tmp_path, workers=0) as cluster:
        assert str(refused(config, cluster.address)) == "the cluster has no workers"


def test_another_version(config: Path, tmp_path: Path) -> None:
    """A worker with another kpicli might count otherwise: it is not asked to."""
    other = tmp_path / "other"
    (other / "kpicli-9.9.dist-info").mkdir(parents=True)
    metadata = "Metadata-Version: 2.1\nName: kpicli\nVersion: 9.9\n"
    (other / "kpicli-9.9.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    with running(tmp_path, workers=0) as cluster:
        cluster.worker(ahead=str(other))
        error = refused(config, cluster.address)
        assert type(error) is SettingsError
        assert "the cluster has another kpicli" in str(error)
        assert "9.9" in str(error)
        with (
            Client(cluster.address, set_as_default=False) as client,
            pytest.raises(SettingsError, match=r"a worker: 9\.9"),
        ):
            counted(config, Dask(client))  # one that joined after all were asked
