"""Where the rows of a span begin, and on which line, in a few bytes a row."""

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.text.record_index import RecordIndex, index_of, records_at
from kpicli.loaders.text.spans import Span
from kpicli.loaders.text.structure import scan_structure

ROWS = st.lists(
    st.lists(st.text(alphabet='a,"\n', min_size=1, max_size=4), min_size=2, max_size=2), min_size=1
)


def written(rows: list[list[str]]) -> bytes:
    """Return the rows as csv."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def indexed(data: bytes, skipped: int) -> RecordIndex:
    """Return the index of a whole file below so many records."""
    structure = scan_structure(data, ",")
    assert structure is not None
    return index_of(structure, Span(0, len(data)), skipped)


@given(ROWS, st.integers(0, 3))
def test_every_row_is_found_with_its_line(rows: list[list[str]], skipped: int) -> None:
    """The bytes of each row are read back by csv as that row; its line is that of csv's reader."""
    skipped = min(skipped, len(rows))
    data = written(rows)
    index = indexed(data, skipped)
    assert index.rows == len(rows) - skipped
    parts = list(records_at(data, index, np.arange(index.rows)))
    assert [next(csv.reader(io.StringIO(p.decode(), newline=""))) for p in parts] == rows[skipped:]
    reader, ends = csv.reader(io.StringIO(data.decode(), newline="")), [0]
    ends += [reader.line_num for _ in reader]
    assert [index.line(row) for row in range(index.rows)] == ends[skipped:-1]
    assert index.lines().tolist() == ends[skipped:-1]
    assert index.line_ends == ends[-1]


def test_rows_can_be_asked_for_in_any_order_and_from_a_part() -> None:
    """`first` says from where on the bytes are there."""
    data = b"h\na\nbb\nccc\n"
    index = indexed(data, 1)
    assert index.starts.tolist() == [2, 4, 7, 11]
    assert list(records_at(data, index, np.array([2, 0]))) == [b"ccc\n", b"a\n"]
    assert list(records_at(data[4:], index, np.array([1, 2]), first=4)) == [b"bb\n", b"ccc\n"]


def test_long_rows_have_wider_numbers() -> None:
    """A row of 65,536 bytes and more is as exact as a short one."""
    long = b"x" * 70_000
    index = indexed(b"h\na\n" + long + b"\nb\n", 1)
    assert index.lengths.dtype == np.uint32
    assert index.lengths.tolist() == [2, 70_001, 2]
    assert indexed(b"h\na\n", 1).lengths.dtype == np.uint16
