"""Where the header of a text file stands, and what separates its cells."""

from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.text.delimited import read_delimited
from kpicli.loaders.text.layout import Layout, find_layout, nearest_layout
from support.delimited_texts import SOURCE, column, export
from support.small_project import Project, accounted


@pytest.mark.usefixtures("fast")
def test_title_rows_and_a_sep_line_stand_above_the_header() -> None:
    """Titles count as rows, a `sep=` line only as a line; the header is shown on one line."""
    text = 'sep=;\nお客様の声 一覧\n\n受付番号;"受付日\n";内容\nV1;2025/4/1;"a\n\nb;"\nV2;;c\n'
    table = read_delimited(export(text.encode("cp932")), SOURCE)
    assert table.title_rows == 2
    assert column(table, "content") == ["a\n\nb;", "c"]
    places = [table.place(row, "received_on") for row in range(2)]
    assert [(place.row, place.line) for place in places] == [(4, 6), (5, 9)]
    assert places[0].column == "受付日"


def test_a_quote_that_hides_the_header_is_told_as_a_quote() -> None:
    """A header swallowed by an unclosed quote is told as that, not as a missing column."""
    with pytest.raises(InputError, match="quote that opens on line 1 is never closed"):
        read_delimited(export('受付番号,"受付日,内容\nV1,a,b\n'.encode()), SOURCE)


@pytest.mark.parametrize("content", [b"\n\n", b"\r\n", b" "])
def test_a_file_of_empty_lines_has_no_header(content: bytes) -> None:
    """Empty lines alone are refused for want of a header."""
    with pytest.raises(InputError, match="is missing"):
        read_delimited(export(content), SOURCE)


@pytest.mark.parametrize(
    ("head", "layout"),
    [
        ("受付番号,受付日\n", Layout(",", 0, ("受付番号", "受付日"), 0)),
        ("受付番号\t受付日\nV1\ta,b\n", Layout("\t", 0, ("受付番号", "受付日"), 0)),
        ("題\n\n受付番号;受付日\n", Layout(";", 2, ("受付番号", "受付日"), 0)),
        ("sep=;\n受付番号;受付日\n", Layout(";", 1, ("受付番号", "受付日"), 1)),
        ('"SEP=\t"\n受付番号\t受付日\n', Layout("\t", 1, ("受付番号", "受付日"), 1)),
        (
            "受付番号,受付日\t点数\n受付番号\t受付日\t点数\n",
            Layout("\t", 1, ("受付番号", "受付日", "点数"), 0),
        ),
    ],
)
def test_the_header_and_its_delimiter_are_found(head: str, layout: Layout) -> None:
    """The delimiter under which a row has all required headers, whatever stands above it."""
    assert find_layout(head, SOURCE) == layout


def test_a_header_stands_among_the_first_rows() -> None:
    """After fifty rows nobody looks further."""
    header = "受付番号,受付日\n"
    layout = find_layout("題\n" * 50 + header, SOURCE)
    assert layout is not None
    assert (layout.header, layout.row(0)) == (50, 52)
    assert find_layout("題\n" * 51 + header, SOURCE) is None


def test_the_row_that_comes_nearest_to_a_header() -> None:
    """Most declared columns first, then most cells; it is what a message speaks of."""
    head = "お客様の声,2025,上期,出力\n受付番号,日付\nV1,2025/4/1\n"
    assert nearest_layout(head, SOURCE).cells == ("受付番号", "日付")
    assert nearest_layout("a\nb,c\n", SOURCE).cells == ("b", "c")
    assert nearest_layout("", SOURCE) == Layout(",", 0, (), 0)


VOICES = ("V1,2025/4/1,生保,感謝,2025/5/1,2025/6/1", "V2,2025/4/2,損保,不満,,")
USUAL = "受付番号,受付日,商品区分,声の区分,保険会社報告日,改善日"


@pytest.mark.parametrize(
    ("rows", "title_rows", "insurer"),
    [
        # a group over sub-headers, its name in the first of its cells
        (["受付,,内容,,対応,", "番号,日,商品区分,声の区分,保険会社報告日,改善日"], 1, False),
        # what has no sub-header stands above, as a cell merged downward is saved
        (["受付番号,受付日,区分,,保険会社報告日,改善日", ",,商品区分,声の区分,,"], 1, False),
        (["受付番号,受付日,区分,,保険会社,", ",,商品区分,声の区分,報告日,改善日"], 1, True),
        ([",,,,保険会社,", "受付番号,受付日,商品区分,声の区分,報告日,改善日"], 1, True),
        # a title is no group, nor are words beside it
        (["保険会社,,,,,", USUAL], 1, False),
        (["お客様の声,,,出力日,2025/10/1,", USUAL], 1, False),
        (["お客様の声", "", USUAL], 2, False),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_header_in_two_rows(
    rows: list[str], title_rows: int, insurer: bool, end: str, tmp_path: Path
) -> None:
    """The columns are those of the header in one row, whichever reader takes the file."""
    (tmp_path / "v.csv").write_bytes(end.join((*rows, *VOICES, "")).encode("cp932"))
    project = Project(tmp_path)
    project.exports["voices"] = ['{ files = "v.csv", covers = "2025-04..2025-09" }']
    dataset = project.load("voices")
    assert dataset.tables[0].title_rows == title_rows
    assert dataset.faults == ()
    assert accounted(dataset) == {"read": 2 + title_rows, "usable": 2, "not_data": title_rows}
    improved = "insurer_improved_on" if insurer else "improved_on"
    names = ["voice_id", "received_on", "line", "category", "reported_on", improved]
    for row, line in enumerate(VOICES):
        assert [cells for (cells,) in dataset.raw([row], names)] == line.split(",")
    assert dataset.place(0).row == title_rows + 2


def test_a_row_of_data_is_no_second_header(tmp_path: Path) -> None:
    """A row below the header with an id, or with a cell that is no header, is data."""
    for number, row in enumerate(("受付日,2025/4/1,生保,感謝,,", ",2025/4/1,商品区分,感謝,,")):
        (tmp_path / str(number)).mkdir()
        project = Project(tmp_path / str(number)).export("voices", [row])
        assert accounted(project.load("voices"))["read"] == 1
