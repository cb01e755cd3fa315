"""A project that mails by way of a server of the tests, and what its journal holds."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from support.command_line import PROJECT
from support.mail_server import Mailbox, Server

SEPTEMBER = ("mail", "--period", "2025-09")
HEAD = """
[mail]
sender = "kpi@example.co.jp"
to = ["fd@example.co.jp"]
journal = "journal.sqlite3"
lock_wait = 0.2
[mail.smtp]
host = "127.0.0.1"
attempts = 3
retry_wait = 0
timeout = 20
"""


def project(port: int, *lines: str) -> Mapping[str, str]:
    """Return a project that mails by way of a port of this machine."""
    smtp = "\n".join((f"port = {port}", *lines, ""))
    return {**PROJECT, "kpicli.toml": PROJECT["kpicli.toml"] + HEAD + smtp}


Serve = Callable[..., Server]


def states(folder: Path) -> list[tuple[str, str]]:
    """Return recipient and state of every event in the journal, by SQLite alone."""
    with closing(sqlite3.connect(folder / "journal.sqlite3")) as base:
        return list(base.execute("SELECT recipient, state FROM event ORDER BY number"))


OPEN = 'security = "none"'


@contextmanager
def servers() -> Iterator[Serve]:
    """Give a starter of servers, which are stopped at the end."""
    running: list[Server] = []

    def start(mailbox: Mailbox, *args: object, **options: object) -> Server:
        server = Server(mailbox, *args, **options)  # type: ignore[arg-type] # handed through
        server.start()
        running.append(server)
        return server

    yield start
    for server in running:
        server.stop()
