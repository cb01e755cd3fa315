"""Opening a Parquet file: its footer, and what is wrong where there is none to read."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pyarrow as pa
from pyarrow.parquet import ParquetFile

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.files.content import Content, read_all
from kpicli.loaders.files.unpacking import MemberContent, is_abnormal, stream_of

_BROKEN = (
    pa.ArrowException,
    OSError,
    ValueError,
    OverflowError,
    MemoryError,
    NotImplementedError,
)
_ROWS = 1 << 17
"""So many rows are read at a time, however large a row group is."""
_EXPORT_AGAIN = Text("もう一度出力してください", "export it again")


@contextmanager
def opened(content: Content, label: str) -> Iterator[ParquetFile]:
    """Return a Parquet file as a context, its footer read.

    Raises `InputError` where the footer, or what is read within the context, is broken or
    encrypted, and where the columns would unpack to what is no data.
    """
    try:
        with ParquetFile(_stream(content), coerce_int96_timestamp_unit="us") as file:
            moments = filter(pa.types.is_timestamp, file.schema_arrow.types)
            _ = [kind.tz for kind in moments]  # raises where the name of a zone is no text
            metadata = file.metadata
            groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
            unpacked = sum(group.total_byte_size for group in groups)
            if is_abnormal(1, unpacked, content.size):
                raise _abnormal(label, f"{content.size:,} → {unpacked:,} bytes")
            yield file
    except _BROKEN as error:
        raise _encrypted(label) if _needs_key(error) else damaged(label) from None


def batches(
    content: Content, label: str, positions: Sequence[int], groups: Sequence[int] | None = None
) -> Iterator[list[pa.Array]]:
    """Yield the columns at `positions`, some rows at a time, in order; of these row groups alone.

    Raises what `opened` raises, also where there are fewer or more rows than the footer says.
    """
    with opened(content, label) as file:
        wanted_groups = range(file.num_row_groups) if groups is None else groups
        left = sum(file.metadata.row_group(number).num_rows for number in wanted_groups)
        names = file.schema_arrow.names
        wanted = sorted({names[position] for position in positions})
        read = file.iter_batches(_ROWS, groups, wanted, use_threads=False)
        for batch in read:
            left -= batch.num_rows
            if left < 0:
                raise damaged(label)
            yield [_column(batch, names, position) for position in positions]
        if left:
            raise damaged(label)


def _column(batch: pa.RecordBatch, names: Sequence[str], position: int) -> pa.Array:
    """Return a column by its place in the file: to ask for a name gives all columns of it."""
    before = names[:position].count(names[position])
    own = [place for place, name in enumerate(batch.schema.names) if name == names[position]]
    return batch.column(own[before])


def _stream(content: Content) -> io.RawIOBase | pa.NativeFile:
    # The footer stands at the end: a file in a zip would be unpacked anew for each column.
    if isinstance(content, MemberContent):
        return pa.BufferReader(read_all(content))
    return stream_of(content)


def _needs_key(error: BaseException) -> bool:
    words = str(error).lower()
    return "encrypt" in words or "decrypt" in words


def damaged(label: str) -> InputError:
    """Return the error for a file whose footer or pages cannot be read."""
    return InputError(
        Text(
            f"{label}: Parquet ファイルが壊れているか、途中で切れています",
            f"{label}: the Parquet file is damaged or cut off",
        ),
        _EXPORT_AGAIN,
    )


def _encrypted(label: str) -> InputError:
    return InputError(
        Text(f"{label}: 暗号化された Parquet です", f"{label}: the Parquet file is encrypted"),
        Text("暗号化しないで出力してください", "export it without encryption"),
    )


def _abnormal(label: str, size: str) -> InputError:
    return InputError(
        Text(
            f"{label}: 展開すると異常に大きくなるため、読みません({size})",
            f"{label}: refused, since it unpacks to an abnormal size ({size})",
        ),
        Text(
            "出所を確かめ、必要な行と列だけを出力してください",
            "check where it comes from, and export the rows and columns needed",
        ),
    )
