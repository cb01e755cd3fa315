"""Spans are whole records, and all of them together are the file."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders import spans as module
from kpicli.loaders.content import HeldContent, whole
from kpicli.loaders.spans import NotSimple, spans

CELLS = st.text(alphabet='a,"\n\r声', max_size=8)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8), st.integers(1, 40))
def test_spans_are_whole_records(rows: list[list[str]], size: int) -> None:
    """Read apart, the spans give the rows of the file, whatever line breaks its cells hold."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    content = HeldContent(stream.getvalue().encode())
    parts = [whole(content)[span.start : span.stop] for span in spans(content, 0, size)]
    assert b"".join(parts) == whole(content)
    assert all(parts)
    texts = (io.StringIO(part.decode(), newline="") for part in parts)
    assert [row for text in texts for row in csv.reader(text, strict=True)] == rows


def test_spans_are_about_as_long_as_asked() -> None:
    """A span ends with the last record that fits; where none does, it grows."""
    content = HeldContent(b"aaaa\nbb\n" + b"c" * 20 + b"\nd\n" + b"e" * 60)
    found = [(span.start, span.size) for span in spans(content, 0, 10)]
    assert found == [(0, 8), (8, 23), (31, 60)]
    assert [span.start for span in spans(content, 8, 100)] == [8]


def test_a_record_without_end_is_not_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that is never closed is not looked for through gigabytes."""
    monkeypatch.setattr(module, "LONGEST_CELL", 64)
    with pytest.raises(NotSimple):
        list(spans(HeldContent(b'a\n"' + b"b\n" * 200), 0, 16))
