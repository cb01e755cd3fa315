"""Sums of a number column."""

from decimal import Decimal
from pathlib import Path

from support.scores import scores


def test_a_sum_is_exact(tmp_path: Path) -> None:
    """Decimals are added as decimals; full width digits and commas in threes are read."""
    result = scores(tmp_path, "sum", "0.1", "0.2", "１，２３４", "-4").summarize("own")
    assert result.number() == Decimal("1230.3")


def test_a_sum_over_no_rows_is_zero(tmp_path: Path) -> None:
    """In a covered period without rows the sum is 0."""
    assert scores(tmp_path, "sum", "5").summarize("own", "2024H2").number() == 0
