"""What is read of a Parquet file's footer, and what is said where there is none to read."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from kpicli.base.errors import InputError
from kpicli.loaders.files.content import HeldContent, open_content
from kpicli.loaders.files.unpacking import RATIO_FROM
from kpicli.loaders.parquet.opened import batches, opened


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


def test_encryption() -> None:
    """An encrypted footer is named as what it is."""
    error = refused(GOOD[:-4] + b"PARE")
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
