"""Percentages against their counts."""

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
