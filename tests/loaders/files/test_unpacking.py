"""The bytes of a member: any of them, in any order, and each file unpacked as seldom as may be."""

import hashlib
import pickle
import threading
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import InputError
from kpicli.loaders.files import unpacking
from kpicli.loaders.files.content import HeldContent, open_content
from kpicli.loaders.files.unpacking import MemberContent, is_abnormal
from support.zips import zipped

DATA = Random(7).randbytes(50_000) + b"0" * 50_000


def member(data: bytes, method: int = zipfile.ZIP_DEFLATED) -> MemberContent:
    """Return the second member of a zip in memory."""
    archive = zipped({"first": b"1", "a.csv": data}, method=method)
    info = zipfile.ZipFile(BytesIO(archive)).infolist()[1]
    return MemberContent(HeldContent(archive), "z.zip/a.csv", info.header_offset, len(data))


@given(
    st.lists(st.tuples(st.integers(0, 100_010), st.integers(0, 100_010)), max_size=8),
    st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]),
    st.sampled_from([100, 30_000, 1 << 20]),
)
def test_any_bytes_in_any_order(spans: Sequence[tuple[int, int]], method: int, kept: int) -> None:
    """Whatever is asked for, and however little is kept, it is the bytes that were packed."""
    content = member(DATA, method)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unpacking, "_KEPT", kept)
        patch.setattr(unpacking, "_BLOCK", 4096)
        for start, stop in spans:
            assert content.read(start, stop) == DATA[start:stop]
        assert content.sha256 == hashlib.sha256(DATA).hexdigest()


def test_memory_stays_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more than what is kept and what is asked for is held at a time."""
    monkeypatch.setattr(unpacking, "_LAST", threading.local())
    monkeypatch.setattr(unpacking, "_KEPT", 10_000)
    monkeypatch.setattr(unpacking, "_BLOCK", 1000)
    content = member(DATA)
    for start in range(0, 100_000, 500):
        assert content.read(start, start + 500) == DATA[start : start + 500]
        assert len(unpacking._LAST.unpacked._bytes) <= 11_000


def test_a_member_travels(tmp_path: Path) -> None:
    """Another process unpacks it by itself: what travels is where the zip lies."""
    file = tmp_path / "z.zip"
    file.write_bytes(zipped({"a.csv": DATA}))
    content = MemberContent(open_content(file, "z.zip"), "z.zip/a.csv", 0, len(DATA))
    sent = pickle.dumps(content)
    assert len(sent) < 1000
    assert pickle.loads(sent).read(5, 9) == DATA[5:9]


def test_a_zip_that_changes(tmp_path: Path) -> None:
    """A zip that is replaced while it is read is refused, as any file is."""
    file = tmp_path / "z.zip"
    file.write_bytes(zipped({"a.csv": DATA}))
    content = MemberContent(open_content(file, "z.zip"), "z.zip/a.csv", 0, len(DATA))
    file.write_bytes(zipped({"a.csv": DATA[::-1]}))
    with pytest.raises(InputError) as caught:
        content.read(0, 5)
    assert caught.value.message.en == "z.zip: it changed while it was read"


def test_a_member_that_is_shorter_than_the_zip_says() -> None:
    """A size that is too large is damage, not blanks."""
    whole = member(DATA)
    longer = MemberContent(whole.archive, whole.label, whole.offset, whole.size + 1)
    with pytest.raises(InputError) as caught:
        longer.read(0, len(DATA) + 1)
    assert "it ends early" in caught.value.message.en


@pytest.mark.parametrize(
    ("members", "unpacked", "packed", "abnormal"),
    [
        (10_000, 1, 1, False),
        (10_001, 1, 1, True),
        (1, 64 << 20, 1, False),
        (1, (64 << 20) + 1, 1, True),
        (1, 200 << 20, 1 << 20, False),
        (1, (200 << 20) + 1, 1 << 20, True),
    ],
)
def test_bounds(members: int, unpacked: int, packed: int, *, abnormal: bool) -> None:
    """10,000 files, and 200 to 1 above 64 MiB, are the last that may be data."""
    assert is_abnormal(members, unpacked, packed) is abnormal
