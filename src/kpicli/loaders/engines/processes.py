"""The processors of this machine, a forked process each, for large files."""

import multiprocessing
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from kpicli.base.errors import InputError
from kpicli.loaders.engines.interface import (
    LOOKED_AT_FIRST,
    PENDING_PER_PROCESSOR,
    LocalResults,
    hash_of,
    processors,
    worth_sharing,
)
from kpicli.loaders.files.content import Content, FileContent, sha256_of
from kpicli.loaders.text.spans import BLOCK

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


class Processes(LocalResults):
    """A process for each processor: they share nothing, so none waits for another's lock."""

    span = BLOCK

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks.

        A process that dies costs time only: what it was at is done here. So is a lone task, whose
        result need not travel then. Of a sequence, which is in memory, all may be taken at once:
        nobody waits while another is long at the first of them.
        """
        ahead = len(tasks) if isinstance(tasks, Sequence) else 0
        tasks = iter(tasks)
        first = list(islice(tasks, LOOKED_AT_FIRST))
        if len(first) < 2:
            yield from ((task, run(task)) for task in first)
            return
        tasks = chain(first, tasks)
        crew = _ProcessPool(run, processors())
        try:
            yield from crew.results(tasks, max(ahead, PENDING_PER_PROCESSOR * processors()))
        finally:
            crew.close()

    @contextmanager
    def hashes(self, contents: Sequence[Content]) -> Iterator[Callable[[Content], str]]:
        """Return, as a context, a function from each content to its SHA-256 in hexadecimal.

        Files of many bytes are hashed by one more process meanwhile. It is no thread, as beside
        threads nothing more is forked.
        """
        files = worth_sharing(contents)
        if not files:
            yield hash_of
            return
        crew = _ProcessPool(_hashes_of, 1)
        try:
            hashes = crew.start(files)
            yield lambda content: _hash_among(hashes(), content)
            hashes()  # whoever asks later still gets them
        finally:
            crew.close()


def _hashes_of(files: Sequence[FileContent]) -> dict[Content, str | InputError]:
    """Return the SHA-256 of each file, or why there is none, as when it has changed."""
    hashes: dict[Content, str | InputError] = {}
    for content in files:
        try:
            hashes[content] = sha256_of(content)
        except InputError as error:
            hashes[content] = error
    return hashes


def _hash_among(hashes: Mapping[Content, str | InputError], content: Content) -> str:
    taken = hashes[content] if content in hashes else hash_of(content)
    if isinstance(taken, InputError):
        raise taken
    return taken


class _Pending(Generic[_Task, _Result]):
    """A task on its way, and what has come of it."""

    def __init__(self, task: _Task) -> None:
        self.task = task
        self.outcome: tuple[_Result] | Exception | None = None


class _ProcessPool(Generic[_Task, _Result]):
    def __init__(self, run: Callable[[_Task], _Result], size: int) -> None:
        self._run = run
        self._busy: dict[Connection, _Pending[_Task, _Result]] = {}
        self._connections: list[Connection] = []
        self._processes: list[BaseProcess] = []
        context = multiprocessing.get_context("fork")
        for _ in range(size):
            ours, theirs = context.Pipe()
            # A fork inherits every open connection. Were our end of a pipe still open in a child,
            # `recv` there would not end when this process is gone: so each closes all of them.
            others = [*self._connections, ours]
            process = context.Process(target=_work, args=(theirs, others, run), daemon=True)
            process.start()
            theirs.close()  # else a child that dies would not be noticed: the pipe would stay open
            self._processes.append(process)
            self._connections.append(ours)
        self._idle = list(self._connections)

    def results(self, tasks: Iterable[_Task], ahead: int) -> Iterator[tuple[_Task, _Result]]:
        # `waiting` are all tasks taken and not given back, in order; `unsent` the last of them.
        # Results may come in any order and wait in their slot; memory stays flat, as no more
        # tasks are taken than `ahead`.
        waiting: deque[_Pending[_Task, _Result]] = deque()
        unsent: deque[_Pending[_Task, _Result]] = deque()
        for task in tasks:
            slot: _Pending[_Task, _Result] = _Pending(task)
            waiting.append(slot)
            unsent.append(slot)
            self._send(unsent)
            while len(waiting) > ahead:
                yield self._first(waiting, unsent)
        while waiting:
            yield self._first(waiting, unsent)

    def start(self, task: _Task) -> Callable[[], _Result]:
        """Send a task off at once; return a function that waits for its result."""
        slot: _Pending[_Task, _Result] = _Pending(task)
        unsent = deque([slot])
        self._send(unsent)
        return lambda: self._first(deque([slot]), unsent)[1]

    def _first(
        self, waiting: "deque[_Pending[_Task, _Result]]", unsent: "deque[_Pending[_Task, _Result]]"
    ) -> tuple[_Task, _Result]:
        slot = waiting[0]
        while slot.outcome is None:
            self._send(unsent)
            if slot in unsent:  # nobody is left to do it
                unsent.remove(slot)
                slot.outcome = (self._run(slot.task),)
            else:
                self._receive()
        waiting.popleft()
        self._send(unsent)
        if isinstance(slot.outcome, Exception):
            raise slot.outcome
        return slot.task, slot.outcome[0]

    def _send(self, unsent: "deque[_Pending[_Task, _Result]]") -> None:
        while unsent and self._idle:
            worker = self._idle.pop()
            self._busy[worker] = unsent.popleft()
            with suppress(OSError):  # a process that is gone is found when its answer is due
                worker.send(self._busy[worker].task)

    def _receive(self) -> None:
        ready = wait(list(self._busy))
        for worker in [own for own in self._busy if own in ready]:
            slot = self._busy.pop(worker)
            try:
                slot.outcome = worker.recv()
            except (EOFError, OSError):
                # The process died, for want of memory perhaps: its task is done here, and it gets
                # no other, as its connection is not put back among the idle ones.
                worker.close()
                slot.outcome = (self._run(slot.task),)
            else:
                self._idle.append(worker)

    def close(self) -> None:
        for connection in self._connections:
            connection.close()
        for process in self._processes:
            process.terminate()  # it may be in the middle of what nobody wants any more
            process.join()


def _work(tasks: Connection, others: list[Connection], run: Callable[[_Task], _Result]) -> None:
    """Do tasks until nobody is left to send any; what they raise is an answer too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks hears it, and closes
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # which is how it closes
    for other in others:
        other.close()
    with suppress(EOFError, OSError):
        while True:
            task = tasks.recv()
            try:
                outcome: tuple[_Result] | Exception = (run(task),)
            except Exception as error:  # noqa: BLE001 - raised again where the task came from
                outcome = error
            # `send` would use an older protocol, which copies numpy's arrays once more.
            tasks.send_bytes(pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL))
