"""Parts against totals, and halves against years."""

import pytest

from support.audited import SHOPS, checked, corrections, failing

TIDY = """\
店,期,件数
A店,上期,356
A店,下期,356
A店,年度,712
B店,上期,455
B店,下期,459
B店,年度,904
C店,上期,253
C店,下期,275
C店,年度,528
計,上期,1054
計,下期,1090
計,年度,2144
"""
TURNED = """\
,A店,B店,C店,合計
上期,356,455,253,1054
下期,356,459,275,1090
通期,712,904,528,2144
"""


@pytest.mark.parametrize(
    ("table", "wrong", "correction"),
    [
        (SHOPS, ["wrong B5 = B2 B3 B4", "wrong D3 = B3 C3"], ["B3 445"]),
        (TURNED, ["wrong C4 = C2 C3", "wrong E2 = B2 C2 D2"], ["C2 445"]),
        (TIDY, ["wrong C11 = C2 C5 C8", "wrong C7 = C5 C6"], ["C5 445"]),
    ],
)
def test_two_impossible_sums(table: str, wrong: list[str], correction: list[str]) -> None:
    """Both sums are named, and the one cell that mends both, however the table is laid out."""
    assert failing(table) == wrong
    assert corrections(table) == correction


@pytest.mark.parametrize("table", [SHOPS, TURNED, TIDY])
def test_a_clean_bill(table: str) -> None:
    """With that cell corrected, seven relations are checked and nothing is said."""
    assert failing(table.replace("455", "445")) == []
    assert checked(table.replace("455", "445")) == {"total": 3, "period": 4}


def test_subtotals_within_a_total() -> None:
    """A total is the sum of its subtotals; a blank outer label is the one above."""
    table = "地域|店|件数\n東|A|1\n|B|2\n|小計|3\n西|C|4\n|D|5\n|小計|9\n合計||{}\n"
    assert failing(table.format(12), "|") == []
    assert checked(table, "|") == {"total": 2}
    assert failing(table.format(13), "|") == ["wrong C8 = C4 C7"]


def test_several_corrections() -> None:
    """With one sum alone each of its cells could be the wrong one, and all are listed."""
    assert corrections("項目,件数\nA,10\nB,20\n計,31\n") == ["B2 11", "B3 21", "B4 30"]


def test_no_correction() -> None:
    """Two sums that share no cell cannot be mended by one."""
    assert corrections("項目,件数\nA,1\n小計,2\nB,3\n小計,4\n") == []


def test_quarters() -> None:
    """Quarters make halves, halves and quarters make the year, and shops make all of them."""
    table = ",1Q,2Q,上期,3Q,4Q,下期,年度計\nA,1,2,3,4,5,9,12\nB,1,1,2,1,1,2,4\n計,2,3,5,5,6,11,16\n"
    assert failing(table) == []
    assert checked(table) == {"total": 7, "period": 12}


def test_months() -> None:
    """Six months in order make the half."""
    months = ",".join(f"{month}月" for month in range(4, 10))
    table = f"月,{months},上期計\n件数,2,1,2,2,6,1,15\n"
    assert failing(table) == ["wrong H2 = B2 C2 D2 E2 F2 G2"]


def test_two_header_rows() -> None:
    """The halves of one year make its total, not those of another."""
    head = ",2024年度,,,2025年度,,\n,上期,下期,計,上期,下期,計\n"
    table = head + "A,1,2,3,4,5,9\nB,1,2,3,4,5,9\n計,2,4,6,8,10,19\n"
    assert failing(table) == ["wrong G5 = G3 G4", "wrong G5 = E5 F5"]
    assert corrections(table) == ["G5 18"]


def test_what_is_no_part() -> None:
    """うち, 最大 and rows below the total are no parts of it."""
    table = "区分,件数\nA,3\nうち新規,2\nB,7\n合計,10\n最大,7\n前年合計,12\n"
    assert (failing(table), checked(table)) == ([], {"total": 1})


def test_a_total_that_stands_first() -> None:
    """総数 above its parts is their sum."""
    assert failing("区分,件数\n総数,11\nA,3\nB,7\n") == ["wrong B2 = B3 B4"]


def test_two_tables_below_each_other() -> None:
    """A blank row parts two tables."""
    table = "【生保】,\n区分,件数\nA,1\nB,2\n計,3\n,\n【損保】,\n区分,件数\nA,1\nB,2\n計,4\n"
    assert failing(table) == ["wrong B11 = B9 B10"]


def test_blanks_and_dashes() -> None:
    """A dash is 0; a blank may hold what is missing, so that sum is open."""
    table = "(単位：件),,\n区分,上期,下期,合計\nA,1,2,3\nB,-,2,2\nC,,3,4\n"
    assert failing(table) == ["open D5 = B5 C5"]
    assert checked(table) == {"total": 2}


def test_people_may_be_counted_once() -> None:
    """People in several parts make the total less than the sum, never less than a part nor more."""
    table = "区分,上期,下期,年度\n受講者,26名,20名,{}\n"
    assert failing(table.format("30名")) == ["overlap D2 = B2 C2"]
    assert failing(table.format("47名")) == ["wrong D2 = B2 C2"]
    assert failing(table.format("25名")) == ["wrong D2 = B2 C2"]


@pytest.mark.parametrize(
    "table",
    [
        "名前,住所\nA,1-2\n",
        "KPI,値\nA,6\nB,7\n",
        "区分,上期,下期,年度\n契約残高,5,6,6\n",
        "指標,単位,上期,下期,年度\n合格率,%,50.0,60.0,55.0\n",
        "区分,前期,後期,年間\nA,1,2,4\n",
        "区分,家計,会計,累計\nA,1,2,9\n",
        "",
    ],
)
def test_nothing_can_be_checked(table: str) -> None:
    """Where no label promises a sum, none is asserted."""
    assert (failing(table), checked(table)) == ([], {})
