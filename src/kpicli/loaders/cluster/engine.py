"""The engine that reads on the workers of a Dask cluster and leaves the keys of rows with them."""

import pickle
import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np
from distributed import Client, Future, KilledWorker, wait
from distributed.comm.core import CommClosedError

from kpicli.errors import InputError, KpicliError
from kpicli.loaders.cluster import tasks as worker
from kpicli.loaders.cluster.connection import no_workers
from kpicli.loaders.duplicates import Candidates, Numbered, Repeated, repeated_among, repeated_rows
from kpicli.loaders.engine import AHEAD
from kpicli.loaders.keys import Elsewhere, Keys, PieceKeys
from kpicli.wording import Text

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

SPAN = 1 << 25
"""A task travels: it is larger than one that stays on the machine."""
BUCKET = 1 << 22
"""About so many rows are compared for repeated keys by one worker at a time."""
DESERTED = 60.0
"""Seconds without any worker after which the run is given up."""
_GLANCE = 10.0
_SENT_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class _Underway(Generic[_Task, _Result]):
    """A task on its way: what comes back of it, and the keys that stay."""

    task: _Task
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
        waiting: deque[_Underway[_Task, _Result]] = deque()
        for task in tasks:
            waiting.append(self._submitted(sent, task))
            while len(waiting) > self._window():
                yield self._first(run, waiting)
        while waiting:
            yield self._first(run, waiting)

    def _submitted(self, run: "Future[object]", task: _Task) -> "_Underway[_Task, _Result]":
        expected = worker.own_version()
        read: Future[_Result | KpicliError] = self._client.submit(
            worker.read, run, task, expected, pure=False
        )
        keys = self._client.submit(worker.keys_of, read, pure=False)
        result: Future[_Result | KpicliError] = self._client.submit(
            worker.without_keys, read, keys.key, pure=False
        )
        return _Underway(task, result, keys)

    def _window(self) -> int:
        """Return how many tasks may be under way; workers come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return AHEAD * max(sum(threads.values()), 1)

    def _first(
        self, run: Callable[[_Task], _Result], waiting: "deque[_Underway[_Task, _Result]]"
    ) -> tuple[_Task, _Result]:
        first = waiting.popleft()
        result = self._outcome(first.result)
        if isinstance(result, InputError):
            run(first.task)  # what is wrong with a file is wrong here as well
            raise _seen_otherwise(result)
        if isinstance(result, KpicliError):
            raise result
        if isinstance(result, tuple) and isinstance(result[0].keys, Elsewhere):
            self._kept[result[0].keys.name] = first.keys
        return first.task, result

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share.

        The workers compare the keys, each worker some of them, and send back the repeated ones.
        """
        if not any(isinstance(own, Elsewhere) for own in keys):
            return repeated_rows(keys, candidates)
        held, firsts = self._held(keys)
        rows = len(candidates)
        buckets = 1 + rows // BUCKET
        found = [self._bucket(held, firsts, number, buckets) for number in range(buckets)]
        del held
        numbered = [self._outcome(future) for future in found]
        return repeated_among(worker.together(numbered), candidates)

    def _held(self, keys: Sequence[PieceKeys]) -> "tuple[list[Future[Keys]], list[int]]":
        """Return futures of all keys in order, and the number of the first row of each."""
        futures: list[Future[Keys]] = []
        lengths: list[int] = []
        for own in keys:
            if isinstance(own, Elsewhere):
                futures.append(self._kept.pop(own.name))
                lengths.append(own.rows)
                continue
            for start in range(0, len(own), _SENT_AT_ONCE):
                some = own[start : start + _SENT_AT_ONCE]
                futures.append(self._lent(some))
                lengths.append(len(some))
        return futures, list(accumulate(lengths, initial=0))[:-1]

    def _lent(self, keys: Keys) -> "Future[Keys]":
        return self._client.submit(np.frombuffer, keys.tobytes(), np.uint64, pure=False)

    def _bucket(
        self, held: "Sequence[Future[Keys]]", firsts: Sequence[int], number: int, buckets: int
    ) -> "Future[Numbered]":
        chosen = partial(worker.bucket, number=number, buckets=buckets)
        parts = self._client.map(chosen, held, firsts, pure=False)
        return self._client.submit(worker.repeated_in, parts, pure=False)

    def _outcome(self, future: "Future[_Result]") -> _Result:
        """Return what a future comes to, or raise what has become of the cluster."""
        last_seen = time.monotonic()
        try:
            while True:
                try:
                    with self._client.as_current():
                        wait(future, timeout=_GLANCE)
                    return future.result(timeout=DESERTED)
                except TimeoutError:
                    if self._client.nthreads():
                        last_seen = time.monotonic()
                    elif time.monotonic() - last_seen > DESERTED:
                        raise no_workers() from None
        except KilledWorker as error:
            raise _deadly() from error
        except (CancelledError, CommClosedError) as error:
            raise _lost() from error


def _seen_otherwise(error: InputError) -> InputError:
    message = error.message
    return InputError(
        Text(f"ワーカーで読めません: {message.ja}", f"a worker cannot read it: {message.en}"),
        Text(
            "このマシンでは読めます。ファイルは、どのワーカーからも同じパスで見える場所に置いてください",
            "this machine can: put the files where every worker sees them under the same path",
        ),
    )


def _deadly() -> InputError:
    return InputError(
        Text(
            "同じ作業でワーカーが何度も止まりました",
            "one task has ended several workers",
        ),
        Text(
            "ワーカーのメモリを増やしてください(dask worker --memory-limit)",
            "give the workers more memory (dask worker --memory-limit)",
        ),
    )


def _lost() -> InputError:
    return InputError(
        Text("スケジューラーとの接続が切れました", "the connection to the scheduler is lost"),
        Text("スケジューラーを起動して、もう一度実行してください", "start it, and run again"),
    )
