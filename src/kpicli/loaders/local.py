"""Reading on this machine: alone, with a thread for each processor, or with a process for each."""

import multiprocessing
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from kpicli.loaders.engine import AHEAD, Engine, Here, processors
from kpicli.loaders.spans import BLOCK

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_SMALL = 1 << 24
"""Up to so many bytes in all, sharing out the work costs more than it saves."""


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
        from kpicli.loaders.processes import Processes  # what small files never need

        return Processes()
    return Threads()
