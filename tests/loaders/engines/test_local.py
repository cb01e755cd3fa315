"""Whether the work is shared out on this machine."""

import sys
import threading

import pytest

from kpicli.loaders.engines.interface import processors
from kpicli.loaders.engines.local import SingleThread, Threads, counting_engine, local_engine


def test_little_work_is_not_shared_out() -> None:
    """Sharing out costs more than reading a few megabytes; where one may not fork, threads do."""
    assert isinstance(local_engine(1000), SingleThread)
    assert isinstance(local_engine(1 << 30), SingleThread) is (processors() == 1)


@pytest.mark.parametrize(("platform", "name"), [("linux", "Processes"), ("darwin", "Threads")])
def test_macos_is_not_forked(platform: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where several processors are, Linux forks; macOS, which has forks too, gets threads.

    They read alone: counting is one thread's there.
    """
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr("kpicli.loaders.engines.local.processors", lambda: 2)
    assert type(local_engine(1 << 30)).__name__ == name
    counting = type(counting_engine(1 << 30)).__name__
    assert counting == ("Processes" if platform == "linux" else "SingleThread")
    assert isinstance(counting_engine(1000), SingleThread)


def test_beside_other_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that another thread holds would stay locked in a fork."""
    monkeypatch.setattr("kpicli.loaders.engines.local.processors", lambda: 2)
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert isinstance(local_engine(1 << 30), Threads)
        assert isinstance(counting_engine(1 << 30), SingleThread)
    finally:
        ended.set()
        other.join()
