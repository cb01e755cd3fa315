"""Reading on this machine: alone, with a thread for each processor, or with a process for each."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from kpicli.loaders.engines.interface import PENDING_PER_PROCESSOR, Engine, LocalResults, processors
from kpicli.loaders.text.spans import BLOCK

if TYPE_CHECKING:  # what small files never need is loaded when large ones come
    from concurrent.futures import Future

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_SMALL = 1 << 24
"""Up to so many bytes in all, sharing out the work costs more than it saves."""
_FEW = 1 << 22
"""Up to so many rows in all KPIs, one after the other is counted as soon."""


class SingleThread(LocalResults):
    """The thread that asks, one task after the other."""

    span = BLOCK

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks."""
        return ((task, run(task)) for task in tasks)


class Threads(LocalResults):
    """A thread for each processor of this machine."""

    span = BLOCK

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks."""
        from concurrent.futures import ThreadPoolExecutor

        workers = processors()
        pool = ThreadPoolExecutor(workers, thread_name_prefix="kpicli")
        waiting: deque[tuple[_Task, Future[_Result]]] = deque()
        try:
            for task in tasks:
                waiting.append((task, pool.submit(run, task)))
                if len(waiting) > workers * PENDING_PER_PROCESSOR:
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
        return SingleThread()
    return _forking() or Threads()


def counting_engine(rows: int) -> Engine:
    """Return the engine that counts KPIs whose rows are so many in all, those of each its own.

    Processes as in `local_engine`; no threads, as all would write to what datasets keep.
    """
    if rows <= _FEW or processors() == 1:
        return SingleThread()
    return _forking() or SingleThread()


def _forking() -> Engine | None:
    """Return processes where they can be forked safely.

    That is not so on macOS, whose own libraries start threads that a fork breaks, nor beside other
    threads.
    """
    import multiprocessing
    import sys
    import threading

    from pyarrow import compute  # noqa: F401 - once for all processes, as there is much to read

    forks = "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
    if not forks or threading.active_count() > 1:
        return None
    from kpicli.loaders.engines.processes import Processes

    return Processes()
