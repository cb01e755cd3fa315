"""What was not checked."""

import pytest

from kpicli.audit.coverage import Unchecked
from support.audited import audited


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("区分,件数\nA,1\nB,2\n合計,3\n", Unchecked()),
        ("区分,件数\nA,1\nうち新規,1\nB,2\n合計,3\n", Unchecked(rows=((3, "うち新規"),))),
        (
            "部署,人数,平均年齢\nA,1,30.1\nB,2,40.2\n合計,3,36.9\n",
            Unchecked(columns=((3, "平均年齢"),)),
        ),
        (
            "区分,件数,年齢\nA,1,30\nうち新規,1,40\nB,2,35\n合計,3,33\n",
            Unchecked(rows=((3, "うち新規"),), columns=((3, "年齢"),)),
        ),
        ("KPI,実績,率\nA,178/252件,70.6%\nB,5,\n", Unchecked(rows=((3, "B"),))),
    ],
)
def test_rows_and_columns(table: str, expected: Unchecked) -> None:
    """Those none of whose numbers stands in a relation are named."""
    assert audited(table).unchecked == expected


def test_single_cells() -> None:
    """A number alone is counted, where its row and its column were checked for others."""
    table = "KPI,実績,率,参考\nA,178/252件,70.6%,5\nB,3,,27/28件 96.4%\n"
    assert audited(table).unchecked == Unchecked(cells=2)
