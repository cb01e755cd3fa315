"""What may be right though a reading says otherwise."""

import pytest

from support.audited import failing


@pytest.mark.parametrize(
    "table",
    [
        "部署,人数,満足度\n営業,24,4.1\n事務,11,3.8\n合計,35,4.0\n",
        "店,商品数,評点\nA,5,3.1\nB,6,4.9\nC,7,4.2\n計,18,3.0\n",
        "主な種目,件数\n自動車,575\n火災,163\n全種目の合計,1020\n",
        "順位,会社,売上\n1,A社,520\n2,B社,410\n,総計,2000\n",
        "区分,総数,男,女\nA市,1210,602,605\n注 総数には不詳を含む。,,,\n",
        "店,今年,去年,差\n本店,120,131,11\n東店,88,72,16\n西店,50,61,11\n",
        "区分,2024年度,上期,下期,2025年度\n件数,120,61,70,131\n",
        "区分,上期,下期,年度\n契約件数,1204,1250,1250\n",
        "科目,金額\n市税,27570\n市民税,12340\n固定資産税,15230\n交付税,8210\n合計,35780\n",
        "講座,4月,5月,実人数\n介護,26名,20名,31名\n年金,14名,18名,22名\n",
    ],
)
def test_other_readings(table: str) -> None:
    """Averages, lists of some, falls without a sign, stocks, lost indents, people counted once."""
    assert [line for line in failing(table) if line.startswith("wrong")] == []


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("店,件数\nA,5\nB,9\n合計,7\n", "B4"),
        ("店,今年,去年,増減\nA,9,4,5\nB,4,7,3\nC,8,6,2\nD,5,9,▲4\n", "D3"),
        ("級,申込者,受験者,合格者\n1,44,40,30\n2,50,55,20\n3,13,12,9\n計,107,90,59\n", "C5"),
    ],
)
def test_what_is_not_excused(table: str, wrong: str) -> None:
    """A count is no average, a sign is missed where others have it, people add up as elsewhere."""
    assert [line for line in failing(table) if line.startswith(f"wrong {wrong} ")] != []
