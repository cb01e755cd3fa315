"""What is read nearby is what is there, in few readings."""

from dataclasses import dataclass, field
from random import Random

import pytest

from kpicli.loaders.files import nearby
from kpicli.loaders.files.nearby import read_nearby


@dataclass(frozen=True)
class Remote:
    """Content that remembers how often it was asked."""

    data: bytes
    asked: list[int] = field(default_factory=list, compare=False)

    @property
    def size(self) -> int:
        """Return how many bytes there are."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Return nothing of use."""
        return ""

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to, not including, `stop` or the end."""
        self.asked.append(start)
        return self.data[start:stop]


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearby, "_AHEAD", 64)
    monkeypatch.setattr(nearby, "_KEPT", {})


def test_any_place_of_many_files() -> None:
    """In whatever order, of more files than are kept."""
    random = Random(1)
    contents = [Remote(random.randbytes(300)) for _ in range(2 * nearby._FILES)]
    for _ in range(2000):
        content, start = random.choice(contents), random.randrange(300)
        stop = start + random.randrange(100)
        assert read_nearby(content, start, stop) == content.data[start:stop]
        assert len(nearby._KEPT) <= nearby._FILES


def test_one_place_after_the_other_is_few_readings() -> None:
    """Of two files in turn, each is read once for every stretch."""
    one, other = Remote(bytes(640)), Remote(bytes(range(256)) * 3)
    for start in range(0, 640, 8):
        read_nearby(one, start, start + 8)
        read_nearby(other, start, start + 8)
    assert len(one.asked) == len(other.asked) == 10
