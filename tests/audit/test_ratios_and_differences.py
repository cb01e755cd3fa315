"""Percentages against their counts, and differences against their values."""

import pytest

from support.audited import checked, corrections, failing


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("178/252件 70.6%", []),
        ("1/16件 6.3%", []),
        ("1/16件 6.2%", ["rounding B2 = B2 B2"]),
        ("178/252件 71%", []),
        ("178/252件 70.7%", ["rounding B2 = B2 B2"]),
        ("178/252件 71.6%", ["wrong B2 = B2 B2"]),
        ("0/0件 0.0%", ["wrong B2 = B2 B2"]),
    ],
)
def test_a_cell_with_its_percentage(cell: str, expected: list[str]) -> None:
    """Halves go up, to the digits printed; what is rounded otherwise is told apart."""
    table = f"KPI,実績\n継続,{cell}\n"
    assert failing(table) == expected
    assert checked(table) == {"percentage": 1}


def test_the_only_fraction_and_percentage_of_a_row() -> None:
    """They belong together; the percentage has one value, of counts several may do."""
    table = "KPI,件数,割合\n継続,178/252件,70.6%\n説明,27/28件,95.4%\n"
    assert failing(table) == ["wrong C3 = B3 B3"]
    assert corrections(table) == ["C3 96.4"]


def test_a_labelled_numerator_and_denominator() -> None:
    """A rate of 分子 and 分母 is checked, with % or without."""
    table = "KPI,分子,分母,率\n継続,178,252,70.6%\n説明,27,28,95.4\n"
    assert failing(table) == ["wrong D3 = B3 C3"]


def test_a_percentage_of_an_earlier_period_is_no_ratio_of_this_one() -> None:
    """The percentage under 前期 does not belong to the fraction beside it."""
    assert checked("KPI,件数,前期\n継続,178/252件,60.0%\n") == {}


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
