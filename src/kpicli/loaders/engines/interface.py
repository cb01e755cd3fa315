"""The interface of engines, which take tasks one after the other and give back their results."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

from kpicli.loaders.cells.keys import PieceKeys
from kpicli.loaders.files.content import Content, FileContent, sha256_of
from kpicli.loaders.rows.shared_keys import Candidates, Repeated, repeated_rows

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

_MUCH = 1 << 24
"""From so many bytes on, hashing is left to threads."""
PENDING_PER_PROCESSOR = 2
"""So many tasks per processor are taken before their results are asked for."""
LOOKED_AT_FIRST = 2
"""So many tasks an engine may take before it starts what works on them."""


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
        """Return, as a context, a function from each content to its SHA-256 in hexadecimal.

        The hashes may be taken while others work.
        """
        ...

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share.

        `keys` are those of the pieces that `map` gave back, in the order of the joined rows.
        """
        ...


class LocalResults:
    """Base of engines whose results, keys included, are in this process: repeats are found here."""

    @contextmanager
    def hashes(self, contents: Sequence[Content]) -> Iterator[Callable[[Content], str]]:
        """Return, as a context, a function from each content to its SHA-256 in hexadecimal.

        Files of many bytes are hashed by threads meanwhile, which neither reading nor hashing
        keeps from each other.
        """
        files = worth_sharing(contents)
        if not files:
            yield hash_of
            return
        import threading  # what small files never need
        from concurrent.futures import ThreadPoolExecutor, wait

        given_up = threading.Event()
        with ThreadPoolExecutor(max(processors() - 1, 1), "kpicli") as pool:
            taken = {content: pool.submit(sha256_of, content, given_up.is_set) for content in files}
            try:
                yield (
                    lambda content: (
                        taken[content].result() if content in taken else hash_of(content)
                    )
                )
                wait(taken.values())  # here, where Ctrl-C ends it
            except BaseException:
                given_up.set()
                raise

    def repeated(self, keys: Sequence[PieceKeys], candidates: Candidates) -> Repeated:
        """Return the candidate rows whose key others share."""
        return repeated_rows(keys, candidates)


def worth_sharing(contents: Sequence[Content]) -> list[FileContent]:
    """Return the files, each once, if they are so large that others hash them meanwhile."""
    files = [c for c in dict.fromkeys(contents) if isinstance(c, FileContent)]
    return files if sum(content.size for content in files) >= _MUCH else []


def hash_of(content: Content) -> str:
    """Return the SHA-256 of a content."""
    return content.sha256


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
