"""A cluster is reached, or the reason why not is said."""

import socket
from pathlib import Path

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
