"""Who does the reading: an engine takes tasks one after the other and gives back their results."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from kpicli.loaders.keys import PieceKeys
from kpicli.loaders.shared_keys import Candidates, Repeated, repeated_rows

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

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


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
