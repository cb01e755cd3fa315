"""Who does the reading: an engine takes tasks one after the other and gives back their results."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

from kpicli.loaders.content import Content
from kpicli.loaders.keys import PieceKeys
from kpicli.loaders.shared_keys import Candidates, Repeated, repeated_rows

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_MUCH = 1 << 24
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

    def hashes(
        self, contents: Sequence[Content]
    ) -> AbstractContextManager[Callable[[Content], str]]:
        """Give what returns the SHA-256 of each content; it may be taken while others work."""
        ...

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share.

        `keys` are those of the pieces that `map` gave back, in the order of the joined rows.
        """
        ...


class Here:
    """What gives all results back whole: repeated keys are then found by the thread that asks."""

    @contextmanager
    def hashes(self, contents: Sequence[Content]) -> Iterator[Callable[[Content], str]]:
        """Give what returns the SHA-256 of each content.

        Those of many bytes are taken by threads meanwhile: neither reading nor hashing holds
        Python's lock.
        """
        if sum(content.size for content in contents) < _MUCH:
            yield hash_of
            return
        from concurrent.futures import ThreadPoolExecutor  # what small files never need

        with ThreadPoolExecutor(max(processors() - 1, 1), "kpicli") as pool:
            taken = {content: pool.submit(hash_of, content) for content in contents}
            try:
                yield lambda content: taken[content].result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share."""
        return repeated_rows(keys, candidates)


def hash_of(content: Content) -> str:
    """Return the SHA-256 of a content."""
    return content.sha256


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
