"""Periods as labels write them."""

import pytest

from kpicli.audit.layout.period_labels import Period, read_period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("上期", Period(6, 1)),
        ("2025年度下期", Period(6, 2, "2025")),
        ("FY2025H1", Period(6, 1, "2025")),
        ("25下", Period(6, 2, "25")),
        ("令和7年度上期件数", Period(6, 1, "R7", "件数")),
        ("第3四半期", Period(3, 3)),
        ("2025Q4", Period(3, 4, "2025")),
        ("4~6月", Period(3, 1)),
        ("1-3月期", Period(3, 4)),
        ("10月-12月期", Period(3, 3)),
        ("4月", Period(1, 4)),
        ("2025年12月分", Period(1, 12, "2025")),
        ("2025-04", Period(1, 4, "2025")),
        ("通期", Period(12)),
        ("2025年度計", Period(12, 0, "2025")),
        ("R7年度", Period(12, 0, "R7")),
        ("年度", Period(12)),
    ],
)
def test_a_label_names_a_period(text: str, period: Period) -> None:
    """Its length, its number in the year, the year in one spelling, and what it says besides."""
    assert read_period(text) == period


@pytest.mark.parametrize("text", ["売上", "70歳以上", "下水道", "13月", "4", "月末", "生保", ""])
def test_other_labels_name_none(text: str) -> None:
    """上 and 下 within a word are no halves, a number alone is no month."""
    assert read_period(text) is None
