"""The pass over the bytes agrees with the csv module on where records begin, or declines."""

import csv
import io

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
        b'a,x"2"\n',  # a quote inside an unquoted cell
        b'a, "b"\n',  # a space before the quote
        b'"a";b\n',  # another delimiter after the quote
        b'"""\n',  # an odd number of quotes
        b"a\rb\r",  # CR alone ends lines
        b"a\rb\n",
        b"a,b\r",
        b'"a\rb"\n',
        b"a,\0\n",
    ],
)
def test_what_is_not_simple_is_declined(content: bytes) -> None:
    """Anything but exact quoting and LF or CRLF is left to the exact reader."""
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


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=6), st.integers(1, 9))
def test_records_are_those_of_the_csv_module(rows: list[list[str]], block: int) -> None:
    """Whatever the block size, each record is what the csv module reads at that offset."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(
        [[cell.replace("\r", "") for cell in row] for row in rows]
    )
    content = out.getvalue().encode("cp932")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(structure, "_BLOCK", block)
        found = scan_structure(content, ",")
    assert found is not None
    reader = csv.reader(io.StringIO(content.decode("cp932"), newline=""), strict=True)
    line = 1
    for record, cells in enumerate(reader):
        start, end = found.starts[record : record + 2]
        text = io.StringIO(content[start:end].decode("cp932"), newline="")
        assert next(csv.reader(text)) == cells
        assert found.line(record) == line
        line = reader.line_num + 1
    assert found.records == sum(1 for _ in csv.reader(io.StringIO(out.getvalue(), newline="")))
