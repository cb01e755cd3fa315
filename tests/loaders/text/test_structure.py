"""The pass over the bytes agrees with the csv module on where records begin, or declines."""

import csv
import io
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.text import structure
from kpicli.loaders.text.structure import scan_structure

CELLS = st.text(alphabet='a1,;"\n\r\t 声①ソ', max_size=6)


def starts(content: bytes) -> list[int]:
    """Return the offsets at which records begin."""
    found = scan_structure(content, ",")
    assert found is not None
    return [int(start) for start in found.starts[:-1]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a,b\r\nc,d\r\n", [0, 5]),
        (b"a,b\nc,d", [0, 4]),
        (b"a\n\n\n", [0, 2, 3]),
        (b'"a\nb",c\n"d"', [0, 8]),
        (b'"a""\n""",b\nc', [0, 11]),
        (b'"",""\n""\n', [0, 6]),
        ("ソ,表\nソ".encode("cp932"), [0, 6]),
        (b"", []),
        (b'a,x"2"\nb,5"\n', [0, 7]),  # quotes in cells that no quote opened
        (b'a, "b\n,"c\nd"\n', [0, 6]),  # a space before the first: it opens nothing
        (b'a,b""c,"""d\n"",""\n"\n', [0]),
        (b"a\rb\r", [0, 2]),  # CR alone ends lines
        (b"a\rb\n\r\r\n\r", [0, 2, 4, 5, 7]),
        (b'"a\rb\r\n",c\r\n"d"\re', [0, 11, 15]),
        (b"a,b\r", [0]),
    ],
)
def test_records_begin_after_line_ends_outside_quotes(content: bytes, expected: list[int]) -> None:
    """Line ends within quotes begin no record; a last line end begins none either."""
    assert starts(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        b'a,"b\nc,d\n',  # never closed
        b'a,"2"x\n',  # text after the closing quote
        b'"a";b\n',  # another delimiter after the quote
        b'"""\n',  # an odd number of quotes
        b'""a,b\n',  # text after an empty cell's quotes
        b'a,5"\n"b\n""c\n',  # a quote in a cell, and one that is never closed
        b'a,x"\n"b""" c"\n',
        b"a,\0\n",
    ],
)
def test_what_is_not_simple_is_declined(content: bytes) -> None:
    """What the csv module refuses is left to the exact reader, and so is NUL."""
    assert scan_structure(content, ",") is None


def test_lines_are_counted_across_quoted_line_breaks() -> None:
    """A record's line is the file's own, also behind cells that hold line breaks."""
    found = scan_structure(b'h\n"a\nb"\n\n"c\r\n\r\nd"\ne\n', ",")
    assert found is not None
    assert [found.line(record) for record in range(found.records)] == [1, 2, 4, 5, 8]
    assert found.lines is not None


def test_no_array_of_lines_where_records_are_lines() -> None:
    """Without line breaks in cells the line follows from the record, and nothing is stored."""
    found = scan_structure(b'"a",b\nc,d\n', ",")
    assert found is not None
    assert found.lines is None
    assert found.line(1) == 2
    assert found.longest == 6


@given(st.text(alphabet='a",\n\r', max_size=24), st.integers(1, 9))
def test_any_text_is_divided_as_the_csv_module_does(text: str, block: int) -> None:
    """By another road: it reads the same records on the same lines, or refuses the text."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure, "_BLOCK", block)
        found = scan_structure(text.encode(), ",")
    lines = io.StringIO(text, newline="").readlines()
    reader = csv.reader(iter(lines), strict=True)
    lines_before = [0]
    try:
        lines_before += [reader.line_num for _ in reader]
    except csv.Error:
        assert found is None
        return
    assert found is not None
    assert found.records == len(lines_before) - 1
    lengths = list(accumulate(map(len, lines), initial=0))
    assert found.starts.tolist() == [lengths[number] for number in lines_before]
    assert [found.line(record) - 1 for record in range(found.records)] == lines_before[:-1]
    assert found.line_ends == sum(line.endswith(("\r", "\n")) for line in lines)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.integers(1, 9))
def test_records_are_those_of_the_csv_module(rows: list[list[str]], block: int) -> None:
    """Whatever the block size, each record is what the csv module reads at that offset."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    content = out.getvalue().encode("cp932")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure, "_BLOCK", block)
        found = scan_structure(content, ",")
    assert found is not None
    reader = csv.reader(io.StringIO(content.decode("cp932"), newline=""), strict=True)
    for record, cells in enumerate(reader):
        start, end = found.starts[record : record + 2]
        text = io.StringIO(content[start:end].decode("cp932"), newline="")
        assert next(csv.reader(text)) == cells
    assert found.records == sum(1 for _ in csv.reader(io.StringIO(out.getvalue(), newline="")))
