"""What a cluster cannot do ends in words that say what to do."""

import socket
import sys
from pathlib import Path

import fsspec
import pytest
from distributed import Client

import kpicli
from kpicli.base.errors import InputError, KpicliError, SettingsError, UsageError
from kpicli.loaders.engines.cluster import connection
from kpicli.loaders.engines.cluster.engine import Dask
from support.cluster_processes import Cluster, counted, running
from support.command_line import PROJECT, process


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a project of two voices."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "kpicli.toml"


def refused(config: Path, scheduler: str | None = None, engine: str = "dask") -> KpicliError:
    """Return the error that the run ends with."""
    with pytest.raises(KpicliError) as caught:
        kpicli.summarize("2025H1", config=config, engine=engine, scheduler=scheduler)
    assert caught.value.hint is not None
    return caught.value


def test_what_does_not_go_together(config: Path) -> None:
    """An unknown engine, and a scheduler for this machine's own, are refused."""
    assert str(refused(config, engine="spark")) == "there is no engine 'spark'"
    assert str(refused(config, "tcp://x:1", "local")) == "--scheduler needs --engine dask"


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


def test_a_file_that_workers_do_not_see(client: Client, config: Path) -> None:
    """A file that is here but not where the workers are is not taken for a broken one."""
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/here/voices.csv", PROJECT["voices.csv"].encode())
    config.write_text('[exports]\nvoices = "memory://here/*.csv"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"a worker cannot read it: cannot open memory://here"):
        counted(config, Dask(client))
    memory.rm("/here", recursive=True)


@pytest.mark.usefixtures("client")
def test_a_broken_file(cluster: Cluster, config: Path) -> None:
    """What is wrong with a file is said in the words of this machine's own engine."""
    (config.parent / "voices.csv").write_bytes(b'"V1,2025/4/1\n')
    asked = ("--config", str(config), "--lang", "en", "summarize", "-p", "2025H1")
    here = process(*asked)
    assert here.code == 4
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here
    (config.parent / "voices.csv").write_bytes(b"PK\x03\x04 no workbook")
    here = process(*asked)
    assert here.code == 4
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here


def test_dask_is_not_installed(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Dask the error says what to install."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    error = refused(config)
    assert (type(error), str(error)) == (SettingsError, "Dask is not installed")
    assert error.hint is not None
    assert error.hint.en == 'pip install "kpicli[dask]"'
