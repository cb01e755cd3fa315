"""Servers that a test starts, and that end with it."""

from collections.abc import Iterator

import pytest

from support.mail_deliveries import Serve, servers


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a starter of servers, which are stopped at the end."""
    with servers() as start:
        yield start
