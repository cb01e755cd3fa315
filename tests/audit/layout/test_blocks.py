"""Where the tables of a sheet are."""

from kpicli.audit.layout.blocks import find_blocks
from kpicli.audit.table import Table, squared
from support.audited import corrections, failing


def test_two_header_rows() -> None:
    """The halves of one year make its total, not those of another."""
    head = ",2024年度,,,2025年度,,\n,上期,下期,計,上期,下期,計\n"
    table = head + "A,1,2,3,4,5,9\nB,1,2,3,4,5,9\n計,2,4,6,8,10,19\n"
    assert failing(table) == ["wrong G5 = G3 G4", "wrong G5 = E5 F5"]
    assert corrections(table) == ["G5 18"]


def test_two_tables_below_each_other() -> None:
    """A blank row parts two tables."""
    table = "【生保】,\n区分,件数\nA,1\nB,2\n計,3\n,\n【損保】,\n区分,件数\nA,1\nB,2\n計,4\n"
    assert failing(table) == ["wrong B11 = B9 B10"]


def paths(text: str) -> list[tuple[list[str], list[str]]]:
    """Return, for each table of a sheet, the labels of its rows and of its columns."""
    rows = [line.split(",") for line in text.strip("\n").split("\n")]
    return [
        ([line.label for line in block.rows], [line.label for line in block.columns])
        for block in find_blocks(Table(squared(rows, "t.csv")))
    ]


def test_titles_units_and_remarks_are_no_labels() -> None:
    """Rows and columns go by their own labels, an outer one that is blank by the one before."""
    text = "店舗別の実績,,,\n(単位:件),,,\n地域,店,上期,備考\n東,A,1,*\n,B,2,\n"
    assert paths(text) == [(["東 A", "東 B"], ["上期"])]


def test_years_in_a_header_are_no_figures() -> None:
    """A row of bare years heads the columns."""
    assert paths("区分,2024,2025\nA,1,2\nB,3,4\n") == [(["A", "B"], ["2024", "2025"])]


def test_a_sheet_without_figures_has_no_table() -> None:
    """Texts alone make none."""
    assert paths("名前,住所\nA,B\n") == []
