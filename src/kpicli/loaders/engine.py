"""Who does the reading: an engine takes tasks one after the other and gives back their results."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from kpicli.loaders.duplicates import Candidates, Repeated, repeated_rows
from kpicli.loaders.keys import PieceKeys
from kpicli.loaders.spans import BLOCK

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_SMALL = 1 << 24
"""Up to so many bytes in all, sharing out the work costs more than it saves."""
AHEAD = 2
"""So many tasks per processor are taken before their results are asked for."""


class Engine(Protocol):
    """Shares out tasks."""

    @property
    def span(self) -> int:
        """Return about how many bytes of a file make a task."""
        ...

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks.

        Tasks are taken little by little. What a task raises is raised in its turn.
        """
        ...

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share.

        `keys` are those of the pieces that `map` gave back, in the order of the joined rows.
        """
        ...


class Here:
    """What gives all results back whole: repeated keys are then found by the thread that asks."""

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share."""
        return repeated_rows(keys, candidates)


class Alone(Here):
    """The thread that asks, one task after the other."""

    span = BLOCK

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks."""
        return ((task, run(task)) for task in tasks)


class Threads(Here):
    """A thread for each processor of this machine."""

    span = BLOCK

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks."""
        workers = processors()
        pool = ThreadPoolExecutor(workers, thread_name_prefix="kpicli")
        waiting: deque[tuple[_Task, Future[_Result]]] = deque()
        try:
            for task in tasks:
                waiting.append((task, pool.submit(run, task)))
                if len(waiting) > workers * AHEAD:
                    first, future = waiting.popleft()
                    yield first, future.result()
            while waiting:
                first, future = waiting.popleft()
                yield first, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def local_engine(total: int) -> Engine:
    """Return the engine for so many bytes on this machine.

    Processes where they can be forked safely, since most of the work on a large file holds
    Python's lock; threads elsewhere; and neither where there is little to do.
    """
    if total <= _SMALL or processors() == 1:
        return Alone()
    if "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1:
        from kpicli.loaders.processes import Processes

        return Processes()
    return Threads()


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
