"""Repeatable chance: the same choices on every run, platform and version of Python."""

import random
from collections.abc import Sequence
from typing import TypeVar

SEED = 20250930

T = TypeVar("T")


class Chance:
    """A seeded source of choices with a name, so that one export's choices never move another's.

    Only `Random.random` is drawn on: it alone is promised to repeat across versions of Python.
    """

    def __init__(self, name: str) -> None:
        self._random = random.Random(f"{SEED}/{name}")  # noqa: S311 - sample data, no secrets

    def below(self, bound: int) -> int:
        """Return a whole number from 0 to `bound` - 1."""
        return int(self._random.random() * bound)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order."""
        keyed = sorted((self._random.random(), place) for place in range(len(items)))
        return [items[place] for _, place in keyed]

    def some(self, items: Sequence[T], number: int) -> list[T]:
        """Return `number` different items; raises ValueError when there are not as many."""
        if number > len(items):
            raise ValueError(f"{number} wanted, {len(items)} there")
        return self.shuffled(items)[:number]

    def dealt(self, numbers: dict[str, int]) -> list[str]:
        """Return each key as often as its number says, in a chance order."""
        return self.shuffled([key for key, number in numbers.items() for _ in range(number)])
