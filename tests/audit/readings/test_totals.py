"""What totals are the sums of, in every layout."""

import pytest

from support.audited import checked, failing


@pytest.mark.parametrize(
    ("table", "count"),
    [
        ("月,出生総数,出生男,出生女,死亡総数,死亡男,死亡女\n1月,267,119,148,491,256,235\n", 2),
        ("店,4月件数,4月金額,5月件数,5月金額,合計件数,合計金額\nA,1,100,2,200,3,300\n", 2),
        ("店,職員数,新規,更新,計\nA,12,30,120,150\nB,8,18,77,95\nC,5,11,52,63\n", 3),
        ("区分,件数\nA(男),12\nA(女),15\nB(男),8\nB(女),9\n計(男),20\n計(女),24\n", 2),
        ("区分,合計,生保計,個人,団体,損保計,自動車,火災\n4月,341,43,31,12,298,210,88\n", 3),
        ("地域,件数\n全国,9\n東,4\n西,5\n", 0),
        ("学年,男女計,男,女\n1年,119,61,58\n計,119,61,58\n", 2),
        ("区分,件数\n総数,10\n男,4\n女,6\n20代,3\n30代,7\n", 1),
    ],
)
def test_layouts(table: str, count: int) -> None:
    """Groups, alternating measures, totals over some columns, totals first: what is right holds."""
    assert failing(table) == []
    assert checked(table).get("total", 0) >= count


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        (
            "月,総数,男,女,総数,男,女\n1月,267,119,148,491,256,253\n2月,10,4,6,9,4,5\n",
            ["wrong E2 = F2 G2"],
        ),
        ("区分,4月,5月,計\n70歳未満,1,2,3\n70歳以上,1,1,2\n合計,3,2,5\n", ["B4", "C4"]),
        ("区分,件数\nA,10\nB,20\n合計,31\n", ["wrong B4 = B2 B3"]),
    ],
)
def test_a_wrong_total(table: str, wrong: list[str]) -> None:
    """Where no reading is left the total is named with its parts."""
    found = failing(table)
    assert len(found) == len(wrong)
    assert all(words in each for each, words in zip(found, wrong, strict=True))


def test_where_nothing_fits_nothing_is_claimed() -> None:
    """A total that is that of no lines in several columns is of something else."""
    assert failing("種目,4月,5月\n自動車,10,20\n火災,5,6\n合計,40,55\n") == []
