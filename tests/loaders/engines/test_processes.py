"""Processes that die, and results that nobody wants."""

import hashlib
import multiprocessing
import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kpicli.loaders.engines import interface, processes
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.files.content import open_content
from support.engines import double


def test_a_process_that_dies_costs_time_only() -> None:
    """What it was at is done by whoever asked; the others go on."""
    assert [result for _, result in Processes().map(double, range(19, 30))] == [
        2 * number for number in range(19, 30)
    ]


def test_processes_that_all_die_leave_the_work_to_the_one_who_asked() -> None:
    """Nobody waits for an answer that cannot come."""
    assert [result for _, result in Processes().map(double, [21] * 8)] == [42] * 8


def test_a_lone_task_is_done_by_the_one_who_asked() -> None:
    """Its result need not travel; two tasks are done by others."""
    here = os.getpid()
    assert [*Processes().map(pid_of, ["a"])] == [("a", here)]
    assert here not in [pid for _, pid in Processes().map(pid_of, ["a", "b"])]


def pid_of(_: str) -> int:
    """Return the process that does a task."""
    return os.getpid()


def test_a_long_task_keeps_nobody_from_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of tasks that are all there the other process does the last while the first goes on."""
    monkeypatch.setattr(processes, "processors", lambda: 2)

    def done(place: int) -> bool:
        (tmp_path / str(place)).touch()
        until = time.monotonic() + 20
        while place == 0 and not (tmp_path / "11").exists() and time.monotonic() < until:
            time.sleep(0.01)
        return (tmp_path / "11").exists() or place != 0

    assert [*Processes().map(done, range(12))] == [(place, True) for place in range(12)]


def test_results_that_nobody_wants_are_not_waited_for() -> None:
    """Whoever stops in the middle, as Ctrl-C does, leaves no process behind."""
    results = Processes().map(double, range(1000))
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined] # a generator
    assert multiprocessing.active_children() == []


def test_hashing_meanwhile_starts_no_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So others can be forked beside it; who gives up leaves no process behind."""
    monkeypatch.setattr(interface, "_MUCH", 0)
    (tmp_path / "a.csv").write_bytes(bytes(1 << 20))
    content = open_content(tmp_path / "a.csv", "a.csv")
    before = threading.enumerate()
    with Processes().hashes([content]) as sha256:
        assert threading.enumerate() == before
        assert len(multiprocessing.active_children()) == 1
        assert sha256(content) == hashlib.sha256(bytes(1 << 20)).hexdigest()
    assert multiprocessing.active_children() == []
    assert sha256(content) == hashlib.sha256(bytes(1 << 20)).hexdigest()
    with suppress(KeyboardInterrupt), Processes().hashes([content]):
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
