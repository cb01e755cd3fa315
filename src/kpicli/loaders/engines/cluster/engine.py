"""The engine that reads on the workers of a Dask cluster and leaves the keys of rows with them."""

import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np
from distributed import Client, Future
from msgspec import Struct

from kpicli.base.errors import InputError, KpicliError
from kpicli.loaders.cells.keys import Keys, PieceKeys, RemoteKeys
from kpicli.loaders.engines.cluster import tasks as worker
from kpicli.loaders.engines.cluster.cluster_errors import unreadable_on_worker
from kpicli.loaders.engines.cluster.waiting import answering, result_of, threads, wait_for
from kpicli.loaders.engines.interface import PENDING_PER_PROCESSOR, hash_of
from kpicli.loaders.files.content import Content
from kpicli.loaders.rows.shared_keys import (
    Candidates,
    Numbered,
    Repeated,
    repeated_among,
    repeated_rows,
)

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

SPAN = 1 << 25
"""A task travels: it is larger than one that stays on the machine."""
BUCKET = 1 << 22
"""About so many rows are compared for repeated keys by one worker at a time."""
_SENT_AT_ONCE = 1 << 18


class _PendingTask(Struct, Generic[_Task, _Result], frozen=True):
    """A task on its way: what comes back of it, and the keys that stay.

    `read` is what both are made of: held until they are, lest it has to be read twice.
    """

    task: _Task
    read: "Future[_Result | KpicliError]"
    result: "Future[_Result | KpicliError]"
    keys: "Future[Keys]"


class Dask:
    """The workers of a cluster; a worker that dies costs time only.

    What it had is computed again: every result is a function of what was sent. All that is given
    to a run goes to a worker once.
    """

    def __init__(self, client: Client, span: int | None = None) -> None:
        self.span = SPAN if span is None else span
        self._client = client
        self._runs: list[Future[object]] = []
        self._kept: dict[str, Future[Keys]] = {}

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result, in the order of the tasks.

        The keys of a piece stay with the workers until `repeated` is asked about it.
        """
        # As a task of its own it can be made again, which scattered data cannot.
        sent = self._client.submit(worker.unpacked, pickle.dumps(run), pure=False)
        self._runs.append(sent)
        waiting: deque[_PendingTask[_Task, _Result]] = deque()
        for task in tasks:
            with answering():
                waiting.append(self._submitted(sent, task))
            while len(waiting) > self._window():
                yield self._first(run, waiting)
        while waiting:
            yield self._first(run, waiting)

    def _submitted(self, run: "Future[object]", task: _Task) -> "_PendingTask[_Task, _Result]":
        expected = worker.own_version()
        read: Future[_Result | KpicliError] = self._client.submit(
            worker.read, run, task, expected, pure=False
        )
        keys = self._client.submit(worker.keys_of, read, pure=False)
        result: Future[_Result | KpicliError] = self._client.submit(
            worker.without_keys, read, keys.key, pure=False
        )
        return _PendingTask(task, read, result, keys)

    def _window(self) -> int:
        """Return how many tasks may be under way."""
        with answering():
            return PENDING_PER_PROCESSOR * max(threads(self._client), 1)

    def _first(
        self, run: Callable[[_Task], _Result], waiting: "deque[_PendingTask[_Task, _Result]]"
    ) -> tuple[_Task, _Result]:
        first = waiting.popleft()
        with answering():
            result = result_of(self._client, first.result)
            wait_for(self._client, first.keys)
        if isinstance(result, InputError):
            run(first.task)  # what is wrong with a file is wrong here as well
            raise unreadable_on_worker(result)
        if isinstance(result, KpicliError):
            raise result
        if worker.is_piece(result):
            self._kept[str(first.keys.key)] = first.keys
        return first.task, result

    @contextmanager
    def hashes(self, contents: Sequence[Content]) -> Iterator[Callable[[Content], str]]:
        """Return, as a context, a function from each content to the SHA-256 that a worker took."""
        yield dict(self.map(hash_of, contents)).__getitem__

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share.

        The workers compare the keys, each worker some of them, and send back the repeated ones.
        """
        if not any(isinstance(own, RemoteKeys) for own in keys):
            return repeated_rows(keys, candidates)
        buckets = 1 + len(candidates) // BUCKET
        with answering():
            held, firsts = self._held(keys)
            futures = [self._bucket(held, firsts, number, buckets) for number in range(buckets)]
            numbered = [result_of(self._client, future) for future in futures]
        return repeated_among(worker.together(numbered), candidates)

    def _held(self, keys: Sequence[PieceKeys]) -> "tuple[list[Future[Keys]], list[int]]":
        """Return futures of all keys in order, and the number of the first row of each."""
        futures: list[Future[Keys]] = []
        lengths: list[int] = []
        for own in keys:
            if isinstance(own, RemoteKeys):
                futures.append(self._kept.pop(own.name))
                lengths.append(own.rows)
                continue
            for start in range(0, len(own), _SENT_AT_ONCE):
                some = own[start : start + _SENT_AT_ONCE]
                futures.append(self._submit_keys(some))
                lengths.append(len(some))
        return futures, list(accumulate(lengths, initial=0))[:-1]

    def _submit_keys(self, keys: Keys) -> "Future[Keys]":
        return self._client.submit(np.frombuffer, keys.tobytes(), np.uint64, pure=False)

    def _bucket(
        self, held: "Sequence[Future[Keys]]", firsts: Sequence[int], number: int, buckets: int
    ) -> "Future[Numbered]":
        chosen = partial(worker.bucket, number=number, buckets=buckets)
        parts = self._client.map(chosen, held, firsts, pure=False)
        return self._client.submit(worker.repeated_in, parts, pure=False)
