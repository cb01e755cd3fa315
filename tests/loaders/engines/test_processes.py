"""Processes that die, and results that nobody wants."""

import multiprocessing
import os

from kpicli.loaders.engines.processes import Processes
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


def test_results_that_nobody_wants_are_not_waited_for() -> None:
    """Whoever stops in the middle, as Ctrl-C does, leaves no process behind."""
    results = Processes().map(double, range(1000))
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined] # a generator
    assert multiprocessing.active_children() == []
