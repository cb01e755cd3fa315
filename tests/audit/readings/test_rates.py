"""Shares, rates, means over counts."""

from support.audited import checked, corrections, failing


def test_shares() -> None:
    """Of the total, of the group's total, and adding up to a hundred within rounding."""
    table = "種目,件数,構成比(%)\n自動車,575,69.6\n火災,163,{}\n傷害,88,10.7\n合計,826,100.0\n"
    assert failing(table.format("19.7")) == []
    assert checked(table.format("19.7")) == {"total": 2, "percentage": 3}
    assert failing(table.format("17.9")) == ["wrong C5 = C2 C3 C4", "wrong C3 = B3 B5"]
    assert corrections(table.format("17.9")) == ["C3 19.7"]


def test_rates_by_their_words_and_by_their_numbers() -> None:
    """合格率 is of 合格者 and 受験者; a rate without words is of what fits."""
    table = "級,申込,受験者,合格者,合格率\n1,50,40,30,75.0%\n2,60,50,20,{}\n"
    assert failing(table.format("40.0%")) == []
    assert failing(table.format("45.0%")) == ["wrong E3 = D3 C3"]
    table = "店,甲,乙,比率(%)\nA,120,31,25.8\nB,88,40,45.5\nC,71,20,28.2\nD,95,50,{}\n"
    assert failing(table.format("52.6")) == []
    assert failing(table.format("25.6")) == ["wrong D5 = C5 B5"]


def test_per_thousand() -> None:
    """A rate is taken of what its label says."""
    table = "年,人口,出生数,出生率(人口千対)\n3,20120,122,6.1\n4,19988,118,5.9\n5,19850,109,{}\n"
    assert failing(table.format("5.5")) == []
    assert failing(table.format("7.5")) == ["wrong D4 = C4 B4"]


def test_means_over_counts() -> None:
    """Thousands of yen over pieces, in yen; the thousands may be rounded."""
    table = "種目,件数,保険料(千円),1件当たり(円)\n甲,120,8400,70000\n乙,80,3200,{}\n"
    assert failing(table.format(40000)) == []
    assert failing(table.format(40005)) == ["rounding D3 = C3 B3"]
    assert failing(table.format(4000)) == ["wrong D3 = C3 B3"]


def test_several_answers() -> None:
    """Shares of a number of persons, who may answer more than once."""
    table = "回答,数,割合(%)\n店,52,43.3\n電話,48,40.0\n網,71,{}\n回答者数,120,\n"
    assert failing(table.format("59.2")) == []
    assert failing(table.format("95.2")) == ["wrong C4 = B4 B5"]
