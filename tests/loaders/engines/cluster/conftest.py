"""Clusters for the tests, and clients of them."""

from collections.abc import Iterator

import pytest
from distributed import Client

from support.cluster_processes import Cluster, running


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
