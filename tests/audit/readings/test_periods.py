"""Months, quarters, halves and years."""

from support.audited import checked, failing


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
