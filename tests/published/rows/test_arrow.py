"""Columns of Arrow: what numpy holds comes back, whole or from any row on."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from kpicli.published.rows import arrow

WORDS = ["生保", "", "損保"]


@given(st.lists(st.integers(-1, 2)), st.data())
def test_codes(codes: list[int], data: st.DataObject) -> None:
    """A value or none a row; pyarrow itself reads the same."""
    start = data.draw(st.integers(0, len(codes)))
    column = arrow.coded(np.array(codes, np.int32), pa.array(WORDS))
    assert column.to_pylist() == [None if code < 0 else WORDS[code] for code in codes]
    read, words = arrow.read_coded(column.slice(start))
    assert (read.tolist(), words) == (codes[start:], WORDS)


@given(st.lists(st.text()))
def test_texts(words: list[str]) -> None:
    """They are what pyarrow makes of them by itself."""
    made = arrow.texts(words)
    made.validate(full=True)
    assert made.equals(pa.array(words, pa.string()))


@given(st.lists(st.tuples(st.binary(min_size=3, max_size=3), st.booleans())), st.data())
def test_bytes_and_truths(rows: list[tuple[bytes, bool]], data: st.DataObject) -> None:
    """Bytes are of one size; where nothing is, there is none, and no truth either."""
    start = data.draw(st.integers(0, len(rows)))
    raw = np.frombuffer(b"".join(each for each, _ in rows), np.uint8).reshape(-1, 3)
    held = np.array([there for _, there in rows], np.bool_)
    column = arrow.of_bytes(raw, held)
    assert column.to_pylist() == [each if there else None for each, there in rows]
    some = column.slice(start)
    assert arrow.there(some).tolist() == held[start:].tolist()
    assert arrow.read_bytes(some).tobytes() == raw[start:].tobytes()
    marks = raw[:, 0] > 9
    truths = arrow.truths(marks, held)
    assert truths.to_pylist() == [None if not there else each[0] > 9 for each, there in rows]
    assert arrow.read_truths(truths.slice(start)).tolist() == (marks & held)[start:].tolist()


@given(st.lists(st.integers(0, 2**31 - 1)), st.data())
def test_whole_numbers(numbers: list[int], data: st.DataObject) -> None:
    """There is one in every row."""
    start = data.draw(st.integers(0, len(numbers)))
    column = arrow.whole_numbers(np.array(numbers, np.int32)).slice(start)
    assert arrow.read_whole_numbers(column).tolist() == column.to_pylist() == numbers[start:]
