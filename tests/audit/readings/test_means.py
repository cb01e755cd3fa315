"""Means of what is listed."""

import pytest

from support.audited import failing


def test_a_mean_of_a_list() -> None:
    """Beside a total it is promised; 合計 and 最大 are no parts of it."""
    table = "月,件数,金額\n4月,12,4400\n5月,15,5100\n6月,9,3700\n合計,36,13200\n平均,{},4400\n"
    assert failing(table.format("12.0")) == []
    assert failing(table.format("21.0")) == ["wrong B6 = B2 B3 B4"]


@pytest.mark.parametrize("mean", ["17.5", "1.6"])
def test_a_mean_over_something_else(mean: str) -> None:
    """Over 20 days that are not listed, or of another thing: alone it is left alone."""
    assert failing(f"月,件数\n4月,120\n5月,131\n6月,99\n合計,350\n平均,{mean}\n") == []


def test_months() -> None:
    """月平均 is over the months, not over the halves among them."""
    head = "店,4月,5月,6月,7月,8月,9月,上期計,月平均\n"
    row = "A,12,15,9,11,13,10,70,{}\nB,31,28,35,30,33,29,186,31.0\n"
    assert failing(head + row.format("11.7")) == []
    assert failing(head + row.format("17.1")) == ["wrong I2 = B2 C2 D2 E2 F2 G2"]
