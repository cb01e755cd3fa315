"""Running totals, and changes down a list."""

from support.audited import checked, failing


def test_running_totals() -> None:
    """累計 is the one before and this one; a cumulative share is told from counts."""
    table = "月,件数,累計\n4月,12,12\n5月,15,27\n6月,9,{}\n7月,20,56\n"
    assert failing(table.format(36)) == []
    assert failing(table.format(63)) == ["wrong C4 = C3 B4", "wrong C5 = C4 B5"]
    table = "級,人数,累積構成比\nA,52,40.0\nB,48,{}\nC,30,100.0\n計,130,\n"
    assert checked(table.format(76.9))["percentage"] == 3
    assert failing(table.format(67.9)) == ["wrong C3 = B2 B3 B5"]


def test_changes_from_year_to_year() -> None:
    """Down a list of years, or up."""
    table = (
        "年度,件数,増減,前年度比(%)\n元,1204,,\n2,1310,106,108.8\n3,1288,▲22,98.3\n4,1402,{},{}\n"
    )
    table = table.replace("元,", "2019年度,").replace("\n2,", "\n2020年度,")
    table = table.replace("\n3,", "\n2021年度,").replace("\n4,", "\n2022年度,")
    assert failing(table.format(114, 108.9)) == []
    assert failing(table.format(141, 108.9)) == ["wrong C5 = B5 B4"]
    assert failing(table.format(114, 180.9)) == ["wrong D5 = B5 B4"]
