"""The one cell that would mend everything."""

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


def test_several_corrections() -> None:
    """With one sum alone each of its cells could be the wrong one, and all are listed."""
    assert corrections("項目,件数\nA,10\nB,20\n計,31\n") == ["B2 11", "B3 21", "B4 30"]


def test_no_correction() -> None:
    """Two sums that share no cell cannot be mended by one."""
    assert corrections("項目,件数\nA,1\n小計,2\nB,3\n小計,4\n") == []
