"""Clusters for the tests, and clients of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from support.cluster_processes import Cluster, running
from support.command_line import PROJECT


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Return a cluster of two workers that all tests share: none of them may harm it."""
    with running(tmp_path_factory.mktemp("cluster"), workers=2) as started:
        yield started


@pytest.fixture
def client(cluster: Cluster) -> Iterator[Client]:
    """Return a client of the shared cluster."""
    with Client(cluster.address, set_as_default=False) as connected:
        connected.wait_for_workers(2, timeout=30)
        yield connected


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Return the settings of a project of two voices."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path / "kpicli.toml"
