"""Spans are whole records, and all of them together are the file."""

import csv
import io
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import field

from kpicli.loaders.files.content import HeldContent, read_all
from kpicli.loaders.text import spans as module
from kpicli.loaders.text.spans import NotSimple, spans
from kpicli.loaders.text.structure import scan_structure


class Watched(HeldContent, frozen=True):
    """Content that remembers how many bytes it was asked for."""

    asked: list[int] = field(default_factory=list)

    def read(self, start: int, stop: int) -> bytes:
        """Return bytes, and remember."""
        self.asked.append(stop - start)
        return super().read(start, stop)


CELLS = st.text(alphabet='a,"\n\r声', max_size=8)


@given(
    st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=8),
    st.integers(1, 40),
    st.sampled_from([1, 8, 16, 1 << 18]),
)
@example([["aa\n\r声,", "a,"]], 9, 8)  # the second span begins within a cell
def test_spans_are_whole_records(rows: list[list[str]], size: int, window: int) -> None:
    """Read apart, the spans give the rows of the file, whatever line breaks its cells hold.

    Who sees too little before a span's end may err, and then a span is not simple.
    """
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(rows)
    content = HeldContent(stream.getvalue().encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WINDOW", window)
        try:
            found = list(spans(content, 0, ",", size))
        except NotSimple:
            assert window < content.size
            return
    parts = [read_all(content)[span.start : span.stop] for span in found]
    assert b"".join(parts) == read_all(content)
    assert all(parts)
    wrong = any(scan_structure(part, ",") is None for part in parts)
    assert not wrong or window < 2 * max(span.size for span in found) + size
    if not wrong:
        texts = (io.StringIO(part.decode(), newline="") for part in parts)
        assert [row for text in texts for row in csv.reader(text, strict=True)] == rows


@pytest.mark.parametrize("quote", ["", '"'])
def test_the_last_bytes_of_a_span_tell_where_it_ends(quote: str) -> None:
    """Quotes fit one way only: what lies before them need not be read."""
    record = f'V1,"助かった,\nとても ""早い"" と\nのこと",{quote}x{quote}\n'.encode()
    content = Watched(record * 1000)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WINDOW", 2 * len(record))
        found = list(spans(content, 0, ",", 100 * len(record) + 7))
    assert [span.size for span in found] == [100 * len(record)] * 10
    assert set(content.asked) == {2 * len(record)}


def test_a_cell_longer_than_one_sees_is_not_cut_unnoticed() -> None:
    """Line ends inside it look like ends of records; its quotes are odd in number then."""
    content = HeldContent(b'a,b\n"' + b"c\n" * 5000 + b'",d\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_WINDOW", 64)
        first = next(spans(content, 0, ",", 4096))
    assert first.stop < content.size
    sure = list(spans(content, 0, ",", 4096, scan_all=True))
    assert scan_structure(content.read(first.start, first.stop), ",") is None
    assert [span.stop for span in sure] == [4, content.size]


def test_spans_are_about_as_long_as_asked() -> None:
    """A span ends with the last record that fits; where none does, it grows."""
    content = HeldContent(b"aaaa\nbb\n" + b"c" * 20 + b"\nd\n" + b"e" * 60)
    found = [(span.start, span.size) for span in spans(content, 0, ",", 10)]
    assert found == [(0, 8), (8, 23), (31, 60)]
    assert [span.start for span in spans(content, 8, ",", 100)] == [8]


def test_a_record_without_end_is_not_simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that is never closed is not looked for through gigabytes."""
    monkeypatch.setattr(module, "LONGEST_CELL", 64)
    with pytest.raises(NotSimple):
        list(spans(HeldContent(b'a\n"' + b"b\n" * 200), 0, ",", 16))


def ends_by_csv(text: str, delimiter: str) -> list[int]:
    """Return where the records of the longest readable beginning end, as the csv module has it."""
    taken: list[str] = []
    ends: list[int] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    with suppress(csv.Error):
        for _ in csv.reader(lines(), delimiter=delimiter, strict=True):
            ends.append(len("".join(taken)))
    return ends


def ends_by_signs(text: str, delimiter: str, *, inside: bool) -> list[int] | None:
    """Return where records end, sign by sign; None where text follows a closing quote.

    Whether a CR at the very end is followed by LF is not known, so that it ends nothing.
    """
    ends: list[int] = []
    state = "quoted" if inside else "start"
    for place, sign in enumerate(text):
        if state == "quoted":
            state = "closed" if sign == '"' else "quoted"
        elif sign == '"' and state in {"start", "closed"}:
            state = "quoted"
        elif sign == "\r" and text[place + 1 : place + 2] in {"", "\n"}:
            continue
        elif sign in "\r\n":
            ends.append(place + 1)
            state = "start"
        elif sign == delimiter:
            state = "start"
        elif state == "closed":
            return None
        else:
            state = "cell"
    return ends


@given(st.text(alphabet='a";\n\r', max_size=40), st.booleans())
def test_the_end_of_the_last_record(text: str, inside: bool) -> None:
    """By another road: the last one that is found sign by sign."""
    expected = ends_by_signs(text, ";", inside=inside)
    if expected is None:
        with pytest.raises(NotSimple):
            module._record_end(text.encode(), ";", inside=inside)
    else:
        found = module._record_end(text.encode(), ";", inside=inside)
        assert found == (expected[-1] if expected else None)


@given(
    st.text(alphabet='a",\n\r', max_size=60),
    st.text(alphabet='a",\n\r', max_size=30),
)
def test_the_middle_of_a_file_tells_where_records_end_or_nothing(before: str, seen: str) -> None:
    """Whatever came before: where the end is not in doubt it is one, if the file is readable.

    A window without a quote may lie in a cell as a whole; it is taken for lines of cells.
    """
    found = module._end_in_window(seen.encode(), ",")
    if found is None or '"' not in seen[seen.find("\n") + 1 :]:
        return
    try:
        list(csv.reader(io.StringIO(before + seen, newline=""), strict=True))
    except csv.Error:
        return
    ends = ends_by_csv(before + seen, ",")
    assert len(before) + found in ends


def test_lines_inside_quotes_are_passed_over_at_once() -> None:
    """Ten million of them, again and again, as where a quote is never closed."""
    data = b'V1,"' + b"x\n" * 10_000_000
    started = time.process_time()
    for _ in range(5):
        assert module._record_end(data, ",") is None
    assert time.process_time() - started < 2
