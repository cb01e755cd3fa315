"""Differences against their two values."""

import pytest

from support.audited import checked, failing


@pytest.mark.parametrize("good", ["+412", "412件", "412件増", "＋４１２"])
def test_a_difference(good: str) -> None:
    """増減 is this period less the one before, whatever sign it is written with."""
    table = "項目,当期,前年同期,増減\n損保の声,575,163,{}\n生保,3,6,▲3\n"
    assert failing(table.format(good)) == []
    assert failing(table.format("+413")) == ["wrong D2 = B2 C2"]


def test_two_earlier_periods() -> None:
    """Each difference goes with the period that it names; a percentage there is no difference."""
    head = "KPI,2025上期,前期,前期比,前年同期,前年同期比\n"
    table = head + "声,575,500,+75,163,+412\n不満,575,500,115%,163,+411\n"
    assert failing(table) == ["wrong F3 = B3 E3"]
    assert checked(table) == {"difference": 3}


def test_the_same_half_of_two_years() -> None:
    """The later year less the earlier one, whichever stands first."""
    table = "KPI,2025年度上期,2024年度上期,増減\n声,575,163,+412\n声2,10,7,▲3\n"
    assert failing(table) == ["wrong D3 = B3 C3"]


def test_points() -> None:
    """Differences of percentages may be off by rounding, no more."""
    head = "KPI,今期,前期,増減\n"
    assert failing(head + "率,92.3%,90.0%,+2.3\n") == []
    assert failing(head + "率,92.3%,90.0%,2.4ポイント\n") == ["rounding D2 = B2 C2"]
    assert failing(head + "率,92.3%,90.0%,3.3ポイント\n") == ["wrong D2 = B2 C2"]
