"""Text files are read fast where their structure is simple, and always as csv reads them."""

import csv
import io
import sys
from collections.abc import Sequence
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import EncodingError, InputError
from kpicli.catalog.sources import Column, Source
from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.files.content import HeldContent, read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text import delimited, text_block
from kpicli.loaders.text.delimited import open_text, read_delimited
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.text.exact_reader import read_exact
from kpicli.loaders.text.layout import find_layout
from kpicli.loaders.text.spans import Span, spans
from kpicli.loaders.text.text_block import read_span
from kpicli.loaders.text.text_table import TextTable

SOURCE = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "category": Column(headers=("声の区分",), type="code", codes="category"),
        "content": Column(headers=("内容",), type="free_text"),
        "score": Column(headers=("点数",), type="number"),
    },
)
NAMES = ["受付番号", "受付日", "声の区分", "内容", "備考"]


def export(content: bytes) -> ExportFile:
    """Return a file of these bytes."""
    return ExportFile("/in/v.csv", "v.csv", HeldContent(content))


def column(table: RawTable, name: str) -> list[object]:
    """Return the cells of one column, row by row, which blocks and single rows agree on."""
    cells: list[object] = list(table.column_cells(range(table.rows), [name])[0])
    blocks = list(table.blocks(free_text=True))
    columns = [block.columns[name] for block in blocks]
    assert cells == [raw.distinct[int(code)] for raw in columns for code in raw.codes]
    return cells


def by_spans(file: ExportFile, size: int) -> TextTable:
    """Return the file read as it lies there, its rows in spans of `size` bytes or little more."""
    text = open_text(file, SOURCE)
    assert text is not None
    rows = read_all(file.content).find(b"\n") + 1 or file.content.size
    parts = [Span(text.start, rows), *spans(file.content, rows, text.layout.delimiter, size)]
    return TextTable(text, SOURCE, tuple(read_span(text, span, SOURCE)[1] for span in parts))


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid the exact reader: what the test reads has to be read by the fast one."""

    def forbidden(*_: object) -> RawTable:
        raise AssertionError("the file fell through to the exact reader")

    monkeypatch.setattr(delimited, "read_exact", forbidden)


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
def test_empty_lines_between_rows_keep_the_numbers() -> None:
    """An empty line inside is a row of blanks, so that the rows below keep their numbers."""
    table = read_delimited(export("受付番号,受付日\nV1,a\n\nV2,b\n".encode()), SOURCE)
    assert column(table, "voice_id") == ["V1", "", "V2"]
    assert table.cells([1]) == [()]
    assert table.place(2, None).row == 4


@pytest.mark.usefixtures("fast")
def test_title_rows_and_a_sep_line_stand_above_the_header() -> None:
    """Titles count as rows, a `sep=` line only as a line; the column is the header as written."""
    text = 'sep=;\nお客様の声 一覧\n\n受付番号;"受付日\n";内容\nV1;2025/4/1;"a\n\nb;"\nV2;;c\n'
    table = read_delimited(export(text.encode("cp932")), SOURCE)
    assert table.title_rows == 2
    assert column(table, "content") == ["a\n\nb;", "c"]
    places = [table.place(row, "received_on") for row in range(2)]
    assert [(place.row, place.line) for place in places] == [(4, 6), (5, 9)]
    assert places[0].column == "受付日\n"


def test_row_numbers_agree_between_the_readers() -> None:
    """Fast and exact reader name the same row and line behind titles and broken cells."""
    text = 'sep=,\n題\n受付番号,受付日\nV1,"a\r\nb"\n\nV2,c\n'
    quick = read_delimited(export(text.encode()), SOURCE)
    slow = read_delimited(export((text + "合計\n").encode()), SOURCE)
    for row in range(3):
        assert quick.place(row, "voice_id") == slow.place(row, "voice_id")
    assert quick.place(2, None).line == 7


@pytest.mark.usefixtures("fast")
@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_without_rows_has_its_columns(end: str) -> None:
    """A header alone gives no rows, but the columns that it has."""
    table = read_delimited(export(("受付番号,受付日" + end).encode()), SOURCE)
    assert table.rows == 0
    assert list(table.headers) == ["voice_id", "received_on"]
    assert column(table, "voice_id") == []


@pytest.mark.usefixtures("fast")
def test_records_longer_than_a_block_are_read() -> None:
    """A cell of several megabytes and many short rows are read by blocks without a seam."""
    cell = "声,\n" * 2_000_000
    rows = "".join(f"V{i},2025/4/{i % 30},感謝,c{i}\n" for i in range(200_000))
    text = f'受付番号,受付日,声の区分,内容\nV,,,"{cell}"\n{rows}'
    table = read_delimited(export(text.encode("cp932")), SOURCE)
    assert column(table, "content")[0] == cell
    assert column(table, "voice_id")[1:] == [f"V{i}" for i in range(200_000)]
    assert column(table, "received_on")[1:] == [f"2025/4/{i % 30}" for i in range(200_000)]
    (last,) = (b.columns["content"] for b in list(table.blocks(free_text=True))[-1:])
    assert last.distinct[-2:] == ["c199998", "c199999"]


def test_cp932_trail_bytes_do_not_split_cells() -> None:
    """Characters whose second byte is a backslash or a bar (ソ表) are no special signs."""
    content = '受付番号,受付日,声の区分\nソ,表,"能ポ"\n'.encode("cp932")
    table = read_delimited(export(content), SOURCE)
    assert [column(table, name) for name in table.headers] == [["ソ"], ["表"], ["能ポ"]]


def test_what_pyarrow_would_misread_is_refused() -> None:
    """An unclosed quote in the last column and text after a quote stop the run, by line."""
    head = "受付番号,受付日\n"
    with pytest.raises(InputError, match="quote that opens on line 3 is never closed"):
        read_delimited(export(f'{head}V1,a\nV2,"b\nV3,c\n'.encode()), SOURCE)
    with pytest.raises(InputError, match="text follows a closing quote on line 2"):
        read_delimited(export(f'{head}V1,"2"x\n'.encode()), SOURCE)
    with pytest.raises(InputError, match=r"line 3 \(record 3\) has 3 cells, the header has 2"):
        read_delimited(export(f"{head}V1,a\nV2,b,c\n".encode()), SOURCE)


def test_another_row_count_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow returns fewer rows than the bytes hold, the exact reader reads the file."""
    parsed = text_block._parsed
    monkeypatch.setattr(text_block, "_parsed", lambda *a: parsed(*a).slice(1))
    table = read_delimited(export("受付番号,受付日\nV1,a\nV2,b\n".encode()), SOURCE)
    assert column(table, "voice_id") == ["V1", "V2"]


def test_a_missing_column_is_told() -> None:
    """Without its required columns the file is refused, naming what was there."""
    with pytest.raises(InputError, match=r"'受付日'.*Headers found: 受付番号、日付"):
        read_delimited(export("受付番号\t日付\nV1\t2025/4/1\n".encode()), SOURCE)


def test_a_quote_that_hides_the_header_is_told_as_a_quote() -> None:
    """A header swallowed by an unclosed quote is told as that, not as a missing column."""
    with pytest.raises(InputError, match="quote that opens on line 1 is never closed"):
        read_delimited(export('受付番号,"受付日,内容\nV1,a,b\n'.encode()), SOURCE)


@pytest.mark.parametrize("content", [b"\n\n", b"\r\n", b" "])
def test_a_file_of_empty_lines_has_no_header(content: bytes) -> None:
    """Empty lines alone are refused for want of a header."""
    with pytest.raises(InputError, match="is missing"):
        read_delimited(export(content), SOURCE)


def test_an_empty_file_is_refused() -> None:
    """No bytes at all is an input error."""
    with pytest.raises(InputError, match="empty"):
        read_delimited(export(b""), SOURCE)


def test_undecodable_bytes_in_an_unread_column_are_refused() -> None:
    """Every byte is validated, also where no declared column stands."""
    content = "受付番号,受付日,備考\nV1,a,".encode() + b"\xff\n"
    with pytest.raises(EncodingError, match="line 2"):
        read_delimited(export(content), SOURCE)


def test_a_column_that_stands_there_twice_is_refused() -> None:
    """Two columns of one meaning are an error, since nothing says which one counts."""
    with pytest.raises(InputError, match="more than once"):
        read_delimited(export("受付番号,受付日,受付日\nV1,a,b\n".encode()), SOURCE)


CELLS = st.text(alphabet='ab0 ,;\t"\n①ソ声ｱ', max_size=5).map(
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
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp932"]),
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
    file = export(text.encode(encoding))
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
            assert column(table, name) == [row[place] if row else "" for row in expected]
    for row in range(quick.rows):
        assert quick.place(row, "content") == slow.place(row, "content")
        assert spanned.place(row, "content") == slow.place(row, "content")


@settings(max_examples=300)
@given(body=st.text(alphabet='ab,"\n\r\0 声計合', max_size=40))
def test_messy_files_are_read_like_the_csv_module_or_refused(body: str) -> None:
    """Of any text either the csv module's own rows come out, or an input error."""
    text = "受付番号,受付日\n" + body
    try:
        table = read_delimited(export(text.encode()), SOURCE)
    except InputError:
        return
    expected = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    assert table.cells(range(table.rows)) == [tuple(row) for row in expected]
    assert column(table, "voice_id") == [row[0] if row else "" for row in expected]
    assert column(table, "received_on") == [row[1] if len(row) > 1 else "" for row in expected]
