"""Whether the work is shared out on this machine."""

import sys
import threading

import pytest

from kpicli.loaders.engines.interface import processors
from kpicli.loaders.engines.local import SingleThread, local_engine


def test_little_work_is_not_shared_out() -> None:
    """Sharing out costs more than reading a few megabytes; where one may not fork, threads do."""
    assert isinstance(local_engine(1000), SingleThread)
    assert isinstance(local_engine(1 << 30), SingleThread) is (processors() == 1)


@pytest.mark.parametrize(("platform", "name"), [("linux", "Processes"), ("darwin", "Threads")])
def test_macos_is_not_forked(platform: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several processors are, Linux forks; macOS, which has forks too, gets threads."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr("kpicli.loaders.engines.local.processors", lambda: 2)
    assert type(local_engine(1 << 30)).__name__ == name
