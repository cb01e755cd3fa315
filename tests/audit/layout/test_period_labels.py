"""Periods as labels write them."""

import pytest

from kpicli.audit.layout.period_labels import read_period


@pytest.mark.parametrize(
    ("label", "months", "number", "year"),
    [
        ("上期", 6, 1, ""),
        ("2025年度下半期", 6, 2, "2025"),
        ("25上", 6, 1, "25"),
        ("R7下", 6, 2, "R7"),
        ("第3四半期", 3, 3, ""),
        ("2Q", 3, 2, ""),
        ("4~6月", 3, 1, ""),
        ("1月~3月期", 3, 4, ""),
        ("4~9月", 6, 1, ""),
        ("12月", 1, 12, ""),
        ("2025-04", 1, 4, "2025"),
        ("令和7年度", 12, 0, "R7"),
        ("2024年", 12, 0, "2024"),
        ("年度計", 12, 0, ""),
    ],
)
def test_a_period(label: str, months: int, number: int, year: str) -> None:
    """Its length, its number within the year, and the year where one is named."""
    period = read_period(label)
    assert period is not None
    assert (period.months, period.number, period.year, period.rest) == (months, number, year, "")


@pytest.mark.parametrize(
    "label", ["以上", "売上", "70歳以上", "右上", "10万円以下", "20代", "4月1日"]
)
def test_no_period(label: str) -> None:
    """A label that merely ends in 上 or 下 is no half, a day no month."""
    assert read_period(label) is None


def test_what_else_it_says() -> None:
    """件数 of `4月件数` is kept, 計 of `上期計` is not."""
    assert [getattr(read_period(text), "rest", None) for text in ("4月件数", "上期計")] == [
        "件数",
        "",
    ]
