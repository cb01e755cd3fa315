"""The bytes of a file, read when they are asked for."""

import hashlib
import os
from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files.content import HeldContent, open_content, whole


def test_any_part_can_be_read(tmp_path: Path) -> None:
    """The first offset is read, the last is not; what lies beyond the end is not there."""
    file = tmp_path / "a.csv"
    file.write_bytes(bytes(range(100)))
    for content in (open_content(file, "a.csv"), HeldContent(bytes(range(100)))):
        assert content.size == 100
        assert content.read(10, 13) == b"\x0a\x0b\x0c"
        assert content.read(98, 1000) == b"\x62\x63"
        assert content.read(200, 300) == b""
        assert whole(content) == bytes(range(100))
        assert content.sha256 == hashlib.sha256(bytes(range(100))).hexdigest()


@pytest.mark.parametrize("change", ["grown", "touched", "gone"])
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
        file.unlink()
    with pytest.raises(InputError) as caught:
        content.read(2, 4)
    assert caught.value.message.en.startswith(("in/a.csv: it changed", "cannot open in/a.csv"))
    assert caught.value.hint is not None
