"""The bytes of a file, read when they are asked for."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files import content as content_module
from kpicli.loaders.files.content import HeldContent, open_content, read_all, read_buffered


def test_any_part_can_be_read(tmp_path: Path) -> None:
    """The first offset is read, the last is not; what lies beyond the end is not there."""
    file = tmp_path / "a.csv"
    file.write_bytes(bytes(range(100)))
    for content in (open_content(file, "a.csv"), HeldContent(bytes(range(100)))):
        assert content.size == 100
        assert content.read(10, 13) == b"\x0a\x0b\x0c"
        assert content.read(98, 1000) == b"\x62\x63"
        assert content.read(200, 300) == b""
        assert read_all(content) == bytes(range(100))
        assert content.sha256 == hashlib.sha256(bytes(range(100))).hexdigest()


@pytest.mark.parametrize("change", ["grown", "touched", "gone", "swapped", "a pipe", "rewritten"])
def test_a_file_that_changes_is_refused(change: str, tmp_path: Path) -> None:
    """What was read before and after would not belong together: the run stops and says so."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"a,b\n")
    content = open_content(file, "in/a.csv")
    assert content.read(0, 2) == b"a,"
    if change == "grown":
        file.write_bytes(b"a,b\nc,d\n")
    elif change == "touched":
        os.utime(file, ns=(1, 1))
    else:
        stamp = file.stat().st_mtime_ns
        if change == "rewritten":
            file.write_bytes(b"x,y\n")
        else:
            file.rename(tmp_path / "before.csv")
        if change == "swapped":
            file.write_bytes(b"x,y\n")
        if change == "a pipe":
            os.mkfifo(file)
        if file.is_file():  # of the same size and time
            os.utime(file, ns=(stamp, stamp))
    with pytest.raises(InputError) as caught:
        content.read(2, 4)
    assert caught.value.message.en.startswith(("in/a.csv: it changed", "cannot open in/a.csv"))
    assert caught.value.hint is not None


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


@pytest.fixture
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content_module, "_READ_AHEAD", 64)
    monkeypatch.setattr(content_module, "_BUFFERED", {})


@pytest.mark.usefixtures("_short")
def test_any_place_of_many_files() -> None:
    """In whatever order, of more files than are kept."""
    random = Random(1)
    contents = [Remote(random.randbytes(300)) for _ in range(2 * content_module._BUFFERS)]
    for _ in range(2000):
        content, start = random.choice(contents), random.randrange(300)
        stop = start + random.randrange(100)
        assert read_buffered(content, start, stop) == content.data[start:stop]
        assert len(content_module._BUFFERED) <= content_module._BUFFERS


@pytest.mark.usefixtures("_short")
def test_one_place_after_the_other_is_few_readings() -> None:
    """Of two files in turn, each is read once for every stretch."""
    one, other = Remote(bytes(640)), Remote(bytes(range(256)) * 3)
    for start in range(0, 640, 8):
        read_buffered(one, start, start + 8)
        read_buffered(other, start, start + 8)
    assert len(one.asked) == len(other.asked) == 10
