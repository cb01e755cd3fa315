"""A mail server, and a project that is mailed by it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.mail_deliveries import Serve, servers
from support.mail_server import Mailbox, Server
from support.mailed import MailedProject


@pytest.fixture
def mailbox() -> Mailbox:
    """Return what the server took, and how it is to fail."""
    return Mailbox()


@pytest.fixture
def mailed(tmp_path: Path, mailbox: Mailbox) -> Iterator[MailedProject]:
    """Return a project beside a running server."""
    server = Server(mailbox)
    server.start()
    yield MailedProject(tmp_path, server.port)
    server.stop()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return a starter of servers, which are stopped at the end."""
    with servers() as start:
        yield start
