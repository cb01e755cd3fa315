"""What is read of a Parquet file's footer, and what is said where there is none to read."""

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet
from pyarrow.parquet import encryption

from kpicli.base.errors import InputError
from kpicli.loaders.files.content import HeldContent, open_content
from kpicli.loaders.files.unpacking import RATIO_FROM
from kpicli.loaders.parquet.opened import batches, opened
from kpicli.loaders.parquet.parquet_table import read_grid


def written(columns: Mapping[str, Sequence[object]], **options: object) -> bytes:
    """Return a table of these columns as a file."""
    target = BytesIO()
    parquet.write_table(pa.table(dict(columns)), target, **options)
    return target.getvalue()


GOOD = written({"受付番号": ["V1", "V2", "V3"], "声の区分": ["感謝", "不満", None]})


def refused(content: bytes) -> InputError:
    """Return the error that reading all of a file ends with."""
    with pytest.raises(InputError) as caught:
        list(batches(HeldContent(content), "v.parquet", (0, 1)))
    assert caught.value.hint is not None
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(GOOD[:-9], id="without its end"),
        pytest.param(GOOD[:80], id="the beginning alone"),
        pytest.param(b"PAR1", id="the first word alone"),
        pytest.param(GOOD[:-8] + b"\xff\xff\xff\x7fPAR1", id="a footer longer than the file"),
        pytest.param(GOOD[:60] + bytes(b ^ 0xFF for b in GOOD[60:90]) + GOOD[90:], id="a page"),
        pytest.param(GOOD[:-200] + b"\0" * 150 + GOOD[-50:], id="the footer"),
    ],
)
def test_damage(content: bytes) -> None:
    """A file that is cut off, or broken anywhere, is one plain error in both languages."""
    error = refused(content)
    assert error.message.ja == "v.parquet: Parquet ファイルが壊れているか、途中で切れています"
    assert error.message.en == "v.parquet: the Parquet file is damaged or cut off"


class _Keys(encryption.KmsClient):  # type: ignore[misc] # pyarrow has no types
    """A keeper of keys that hides nothing."""

    def wrap_key(self, key_bytes: bytes, _: str) -> bytes:
        return base64.b64encode(key_bytes)

    def unwrap_key(self, wrapped_key: bytes, _: str) -> bytes:
        return base64.b64decode(wrapped_key)


def encrypted(*, plaintext_footer: bool) -> bytes:
    """Return a file with an encrypted column, under a footer that is so too or not."""
    keys = {"key": ["声の区分"]}
    asked = encryption.EncryptionConfiguration(
        footer_key="key", column_keys=keys, plaintext_footer=plaintext_footer
    )
    factory = encryption.CryptoFactory(lambda _: _Keys())
    properties = factory.file_encryption_properties(encryption.KmsConnectionConfig(), asked)
    return written({"受付番号": ["V1"], "声の区分": ["感謝"]}, encryption_properties=properties)


@pytest.mark.parametrize("plaintext_footer", [True, False])
def test_encryption(plaintext_footer: bool) -> None:
    """A file with an encrypted footer, or one such column, is named as what it is."""
    error = refused(encrypted(plaintext_footer=plaintext_footer))
    assert error.message.ja == "v.parquet: 暗号化された Parquet です"
    assert error.message.en == "v.parquet: the Parquet file is encrypted"


def test_a_bomb() -> None:
    """A page that unpacks to an abnormal size is refused before it is unpacked."""
    bomb = written(
        {"a": ["a" * (RATIO_FROM + 1)], "b": ["b"]}, use_dictionary=False, compression="zstd"
    )
    assert len(bomb) < RATIO_FROM / 200
    assert "abnormal size" in refused(bomb).message.en


def test_a_changed_file_is_its_own_error(tmp_path: Path) -> None:
    """What the content says of itself while it is read is not taken for damage."""
    path = tmp_path / "v.parquet"
    path.write_bytes(GOOD)
    content = open_content(path, "v.parquet")
    path.write_bytes(GOOD + b"more")
    with pytest.raises(InputError) as caught, opened(content, "v.parquet"):
        pass
    assert caught.value.message.en == "v.parquet: it changed while it was read"


def test_columns_by_place() -> None:
    """Columns come by their place: two of one name are two, and `No` is not `No.`."""
    table = pa.Table.from_arrays(
        [pa.array([own]) for own in "abcd"], names=["No", "No.", "区分", "区分"]
    )
    target = BytesIO()
    parquet.write_table(table, target)
    for places in ((0,), (1,), (2, 3), (3, 0), (3, 2, 1, 0)):
        (read,) = batches(HeldContent(target.getvalue()), "v.parquet", places)
        assert [own.to_pylist() for own in read] == [["abcd"[place]] for place in places]


def test_row_groups() -> None:
    """All rows come once, in order, however they are grouped; a group can be read alone."""
    content = HeldContent(written({"a": list(range(10))}, row_group_size=3))
    assert [c.to_pylist() for (c,) in batches(content, "v", (0,), (3,))] == [[9]]
    rows = [n for (column,) in batches(content, "v", (0,)) for n in column.to_pylist()]
    assert rows == list(range(10))


@given(st.data())
def test_any_damage_is_one_error(data: st.DataObject) -> None:
    """Whatever bytes are changed, reading ends with all rows that the footer names or an error."""
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    held = HeldContent(bytes(content))
    with suppress(InputError):
        grid = read_grid(held, "v.parquet")
        with opened(held, "v.parquet") as read:
            groups = [read.metadata.row_group(n).num_rows for n in range(read.num_row_groups)]
            assert len(grid) == 1 + sum(groups)
