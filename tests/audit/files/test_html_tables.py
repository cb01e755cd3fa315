"""Web pages as input: every table, laid out as a browser would."""

from pathlib import Path

import pytest

from kpicli.audit.audit import audit_file, audit_table
from kpicli.audit.files.html_tables import read_page
from kpicli.audit.files.read_tables import read_tables
from kpicli.base.errors import InputError
from support.usual_tables import audited_rows, spaced, usual_tables

PAGE = """\
<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>合計</title><style>td{{}}</style></head><body>
<h2>相談の受付</h2>
<p>(単位:件)</p>
<table>
<tr><th rowspan="2">区分<th colspan="2">件数<th rowspan="2">計
<tr><th>4月<th>5月
<tr><td>相談<td>10<td>13<td>23
<tr><td>&emsp;苦情<td>4<td>6<td>10
<tr><td style="padding-left: 1em">その他<td>6<td>7<td>13
<tr hidden><td>控え<td>9<td>9<td>9
<tr><td>要望<td>5<td>3<td>{wrong}
<tr><td>合計<sup>注1)</sup><td>15<td>16<td>31
</table>
<p>注1) 速報値。</p>
<table><caption>別の表</caption><tr><td>A<td>1</table>
</body></html>
"""


def test_a_page_as_a_browser_shows_it() -> None:
    """Cells that cover others, hidden rows, indents, raised marks, and texts around the table."""
    first, second = read_page(PAGE.format(charset="utf-8", wrong=8), "p.html")
    assert [row[0] for row in first.rows] == [
        "区分",
        "",
        "相談",
        "\u2003苦情",
        "その他",
        "要望",
        "合計注¹⁾",
    ]
    assert (first.label(1, 3), first.label(2, 1), first.label(2, 4)) == ("件数", "区分", "計")
    assert (first.indent(5, 1), first.indent(4, 1)) == (2, 0)
    assert (first.sheet, second.sheet) == ("1 相談の受付", "2 別の表")
    assert "(単位:件)" in first.title
    assert "注1)" in first.title
    assert second.rows == (("A", "1"),)


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("Shift_JIS", "cp932"),
        ("euc-jp", "euc_jp"),
        ("utf-8", "cp932"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, charset: str, encoding: str) -> None:
    """The page's own word holds if its bytes agree; otherwise they are told as those of a csv."""
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.format(charset=charset, wrong=9).replace("\u2003", " ").encode(encoding))
    audit = audit_file(file)
    wrong = [finding.relation.result.spot.cell for finding in audit.sheets[0].of("wrong")]
    assert sorted(wrong) == ["D6", "D7"]


@pytest.mark.parametrize("name", list(usual_tables()))
def test_a_table_is_the_same_on_a_page(name: str) -> None:
    """What is checked in a csv is checked on a page, and no more is wrong."""
    rows = usual_tables()[name]
    lines = ("".join(f"<td>{spaced(cell)}</td>" for cell in row) for row in rows)
    text = "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
    (table,) = read_page(text, "p.html")
    found, plain = audit_table(table), audited_rows(rows)
    assert (found.checked, found.of("wrong")) == (plain.checked, ())


def test_tables_within_tables() -> None:
    """One in a cell of another is a table of its own, and its text is not that cell's."""
    text = "<table><tr><td>外<table><tr><td>内<td>1</table><td>2</table>"
    outer, inner = read_page(text, "p.html")
    assert (outer.rows, inner.rows) == ((("外", "2"),), (("内", "1"),))


@pytest.mark.parametrize("name", ["page.html", "page.xls", "page.csv"])
def test_a_page_under_any_name(tmp_path: Path, name: str) -> None:
    """A page that a system calls xls is read as what it is."""
    file = tmp_path / name
    file.write_text("<html><table><tr><td>A<td>1</table>", encoding="utf-8")
    assert [table.rows for table in read_tables(file)] == [(("A", "1"),)]


def test_a_page_without_a_table(tmp_path: Path) -> None:
    """It says that there is none."""
    file = tmp_path / "page.html"
    file.write_text("<html><body><img alt='表'></body></html>", encoding="utf-8")
    with pytest.raises(InputError, match="no table"):
        read_tables(file)


def test_spans_are_bounded() -> None:
    """A page cannot make a table larger than a worksheet."""
    text = "<table>" + "<tr>" + "<td colspan=1000>x" * 20 + "</table>"
    with pytest.raises(InputError, match="too many columns"):
        read_page(text, "p.html")
    (table,) = read_page("<table><tr><td rowspan=99999999 colspan=0>x<td>1</table>", "p.html")
    assert table.rows == (("x", "1"),)
