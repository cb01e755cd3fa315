"""Numbers put to what labels promise: blanks, dashes, people."""

from support.audited import checked, failing


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
