"""Headers that are months, and the years that they lie in."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.month_headers import are_in_a_row, days_of, month_of


@pytest.mark.parametrize(
    ("header", "month"),
    [
        ("4月", (None, 4)),
        ("12月分", (None, 12)),
        ("2025年4月", (2025, 4)),
        ("2025/4", (2025, 4)),
        ("2025-04", (2025, 4)),
        ("令和7年4月", (2025, 4)),
        ("2025年度 4月", (2025, 4)),
        ("2025年度 1月", (2026, 1)),
        ("13月", None),
        ("合計", None),
        ("月額", None),
        ("4月計", None),
    ],
)
def test_months(header: str, month: tuple[int | None, int] | None) -> None:
    """A header is a month with or without its year, or it is none."""
    assert month_of(header) == month


@pytest.mark.parametrize(
    ("headers", "said", "first"),
    [
        (("4月", "5月"), ("件数_2025年度.csv",), date(2025, 4, 1)),
        (("1月", "2月"), ("件数_2025年度.csv",), date(2026, 1, 1)),
        (("1月", "2月"), ("件数_2025年.csv",), date(2025, 1, 1)),
        (("11月", "12月", "1月"), ("令和7年度 件数",), date(2025, 11, 1)),
        (("11月", "12月", "1月"), ("2025年の件数",), None),
        (("4月", "5月"), ("件数_2025.csv",), date(2025, 4, 1)),
        (("1月", "2月"), ("件数_2025.csv",), None),  # of the year, or of the fiscal year
        (("4月", "5月"), ("件数_FY2025.csv", "出力 2026年1月5日"), date(2025, 4, 1)),
        (("4月", "5月"), ("2024年度と2025年度",), None),
        (("3月", "4月"), ("2025年度",), None),  # of two fiscal years
        (("2025年4月", "5月", "6月"), ("2019年度",), date(2025, 4, 1)),
        (("4月", "5月"), ("件数.csv",), None),
    ],
)
def test_years(headers: Sequence[str], said: Sequence[str], first: date | None) -> None:
    """The year is that of the headers, or of what stands around; where it may be two, none."""
    days = days_of(headers, said)
    assert days[:1] == ([] if first is None else [first])
    assert len(days) in (0, len(headers))


@pytest.mark.parametrize(
    ("headers", "in_a_row"),
    [
        (("4月", "5月", "6月"), True),
        (("12月", "1月"), True),
        (("4月", "6月"), False),
        (("5月", "4月"), False),
        (("2025年12月", "2026年1月"), True),
        (("2025年12月", "2025年1月"), False),
        (tuple(f"{n % 12 + 1}月" for n in range(13)), False),
    ],
)
def test_rows_of_months(headers: Sequence[str], in_a_row: bool) -> None:
    """Months follow each other, and without years no longer than a year."""
    assert are_in_a_row(headers) == in_a_row


@given(st.dates(date(2001, 1, 1), date(2040, 12, 31)), st.integers(1, 30))
def test_days_of_headers_with_years(day: date, count: int) -> None:
    """However long the row is, its days are the months that its headers name."""
    numbers = [12 * day.year + day.month - 1 + n for n in range(count)]
    truth = [date(n // 12, n % 12 + 1, 1) for n in numbers]
    headers = [f"{each.year}年{each.month}月" for each in truth]
    assert are_in_a_row(headers)
    assert days_of(headers, ()) == truth
