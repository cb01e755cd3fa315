"""Text files are read fast where their structure is simple, and always as csv reads them."""

import csv
import io
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import EncodingError, InputError
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.text import delimited, encoding
from kpicli.loaders.text.delimited import read_delimited
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.text.exact_reader import read_exact
from kpicli.loaders.text.layout import find_layout
from kpicli.loaders.text.spans import NotSimple
from kpicli.loaders.text.text_block import OpenText
from support.delimited_texts import NAMES, SOURCE, by_spans, column, export
from support.encodings import ENCODERS, declared


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_encoding_and_delimiter_gives_the_same_rows(encoding: str, delimiter: str) -> None:
    """Rows come out as text in file order; ids keep their zeros and `NA` is a value."""
    rows = [NAMES, ["001", "2025/4/1", "①感謝", "助かった", "x"], ["NA", "", "null", "", ""]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    table = read_delimited(export(text.encode(encoding)), SOURCE)
    assert column(table, "voice_id") == ["001", "NA"]
    assert column(table, "received_on") == ["2025/4/1", ""]
    assert column(table, "category") == ["①感謝", "null"]
    assert column(table, "content") == ["助かった", ""]
    assert "score" not in table.headers
    assert table.headers["category"] == "声の区分"
    assert table.encoding == encoding
    assert table.cells([1, 0]) == [tuple(rows[2]), tuple(rows[1])]


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize(
    ("end", "blank"), [("", 0), ("\r\n", 0), ("\r\n\r\n", 1), ("\r\n" * 4, 3), ("\n\n", 1)]
)
def test_empty_lines_at_the_end_are_blank_rows(end: str, blank: int) -> None:
    """The last line end begins no row; each empty line after it is a row of blanks."""
    text = "受付番号,受付日\r\nV1,2025/4/1" + end
    assert (
        column(read_delimited(export(text.encode()), SOURCE), "voice_id") == ["V1"] + [""] * blank
    )


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_without_rows_has_its_columns(end: str) -> None:
    """A header alone gives no rows, but the columns that it has."""
    table = read_delimited(export(("受付番号,受付日" + end).encode()), SOURCE)
    assert table.rows == 0
    assert list(table.headers) == ["voice_id", "received_on"]
    assert column(table, "voice_id") == []


@pytest.mark.slow
@pytest.mark.usefixtures("fast")
def test_records_longer_than_a_block_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell longer than any block and many short rows are read by blocks without a seam."""
    monkeypatch.setattr(OpenText.spans, "__defaults__", (1 << 16,))
    cell = "声,\n" * 50_000
    rows = "".join(f"V{i},2025/4/{i % 30},感謝,c{i}\n" for i in range(20_000))
    text = f'受付番号,受付日,声の区分,内容\nV,,,"{cell}"\n{rows}'
    table = read_delimited(export(text.encode("cp932")), SOURCE)
    assert len(list(table.blocks(free_text=False))) > 3
    assert column(table, "content")[0] == cell
    assert column(table, "voice_id")[1:] == [f"V{i}" for i in range(20_000)]
    assert column(table, "received_on")[1:] == [f"2025/4/{i % 30}" for i in range(20_000)]
    (last,) = (b.columns["content"] for b in list(table.blocks(free_text=True))[-1:])
    assert last.distinct[-2:] == ["c19998", "c19999"]


def test_an_empty_file_is_refused() -> None:
    """No bytes at all is an input error."""
    with pytest.raises(InputError, match="empty"):
        read_delimited(export(b""), SOURCE)


def test_undecodable_bytes_in_an_unread_column_are_refused() -> None:
    """Every byte is validated, also where no declared column stands."""
    content = "受付番号,受付日,備考\nV1,a,".encode() + b"\xff\n"
    with pytest.raises(EncodingError, match="line 2"):
        read_delimited(export(content), SOURCE)


CELLS = st.text(alphabet='ab0 ,;\t"\r\n①ソ声ｱ', max_size=5).map(
    lambda cell: cell.replace("\n", "\r\n")
)
ROWS = st.lists(st.lists(CELLS, min_size=5, max_size=5) | st.just([]), max_size=8)


def _written(
    rows: Sequence[Sequence[str]], delimiter: str, end: str, *, all_quoted: bool, closed: bool
) -> str:
    quoting: Literal[0, 1] = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return out.getvalue() if closed else out.getvalue().removesuffix(end)


@settings(max_examples=300)
@given(
    rows=ROWS,
    delimiter=st.sampled_from(",\t;"),
    end=st.sampled_from(["\n", "\r\n"]),
    all_quoted=st.booleans(),
    closed=st.booleans(),
    encoding=st.sampled_from(sorted(ENCODERS)),
    size=st.integers(1, 60),
)
def test_fast_and_exact_reader_agree_with_the_csv_module(
    rows: list[list[str]],
    delimiter: str,
    end: str,
    all_quoted: bool,
    closed: bool,
    encoding: str,
    size: int,
) -> None:
    """Whatever cells, delimiters, quotes, line ends and spans: all read the same rows."""
    text = _written([NAMES, *rows], delimiter, end, all_quoted=all_quoted, closed=closed)
    file = export(ENCODERS[encoding](text), declared(encoding))
    layout = find_layout(text, SOURCE)
    assert layout is not None
    slow = read_exact(file, SOURCE, read_encoding(file, SOURCE), layout)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "read_exact", lambda *_: sys.exit("not fast"))
        quick = read_delimited(file, SOURCE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    expected = list(reader)[1:]
    spanned = by_spans(file, size)
    for table in (quick, slow, spanned):
        assert table.rows == len(expected)
        assert table.cells(range(table.rows)) == [tuple(row) for row in expected]
        for place, name in enumerate(["voice_id", "received_on", "category", "content"]):
            assert column(table, name) == ["".join(row[place : place + 1]) for row in expected]
    for row in range(quick.rows):
        assert quick.place(row, "content") == slow.place(row, "content")
        assert spanned.place(row, "content") == slow.place(row, "content")


@settings(max_examples=400)
@given(
    body=st.text(alphabet='ab,"\n\r\0 \\声計合ਊ', max_size=60),
    encoding=st.sampled_from(["utf-8", "cp932", "utf-16", "utf-16-be", "iso2022_jp", "euc_jp"]),
    size=st.integers(1, 80),
)
def test_messy_files_are_read_like_the_csv_module_or_refused(
    body: str, encoding: str, size: int
) -> None:
    """Of any text either the csv module's own rows come out, or an input error; spans or not.

    A span that is refused makes the reader take the whole file; U+0A0A has two bytes of line feeds.
    """
    if not encoding.startswith("utf"):
        body = body.replace("ਊ", "")
    text = "受付番号,受付日\n" + body
    file = export(ENCODERS[encoding](text), declared(encoding))
    tables: list[RawTable] = []
    with suppress(NotSimple):
        tables.append(by_spans(file, size))
    try:
        tables.append(read_delimited(file, SOURCE))
    except InputError:
        assert not tables
        return
    expected = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    for table in tables:
        assert table.cells(range(table.rows)) == [tuple(row) for row in expected]
        assert column(table, "voice_id") == [row[0] if row else "" for row in expected]
        assert column(table, "received_on") == [row[1] if len(row) > 1 else "" for row in expected]
    for row in range(len(expected)):
        assert len({table.place(row, "voice_id") for table in tables}) == 1


@pytest.mark.usefixtures("fast")
def test_quotes_in_cells_and_lone_returns_need_no_exact_reader() -> None:
    """Inches, apostrophes, backslashes and returns of old Macs are cells like any other."""
    cells = ['5"', 'a"b"c', 'x"', "x\\", '\\"', "'a'", 'x""', "'"]
    rows = [f"V{number},2025/4/1,感謝,{cell},z" for number, cell in enumerate(cells)]
    rows += ['V20,2025/4/1,感謝,"a\rb",z', 'V21,,"感\r\n謝","x ""y""\r",z\r', "V22,,,,"]
    text = "\r".join([",".join(NAMES), *rows]) + "\r"
    table = read_delimited(export(text.encode("cp932")), SOURCE)
    expected = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    assert table.cells(range(table.rows)) == [tuple(row) for row in expected]
    assert column(table, "content")[:8] == cells
    assert column(table, "content")[8:] == ["a\rb", 'x "y"\r', "", ""]


@pytest.mark.parametrize("end", [b"\n", b"\r"])
@pytest.mark.parametrize("before", [0, 1, 30])
def test_a_line_without_end_is_refused_before_it_is_in_memory(
    before: int, end: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In whatever block of the file it begins and ends; lines of half that length are none."""
    monkeypatch.setattr(encoding, "LONGEST_LINE", 200)
    monkeypatch.setattr(encoding, "_BLOCK", 64)
    header = "受付番号,受付日,内容".encode() + end
    short = b"V1,2025/4/1," + b"x" * 90 + end
    with pytest.raises(InputError, match=f"line {before + 2} is too long"):
        read_delimited(export(header + short * before + b"V2,a," + b"x" * 300), SOURCE)
    assert read_delimited(export(header + short * 30 + short[:-1]), SOURCE).rows == 31
