"""Sums of a number column."""

from decimal import Decimal
from pathlib import Path

import pytest

from support.scores import scores


def test_a_sum_is_exact(tmp_path: Path) -> None:
    """Decimals are added as decimals; full width digits and commas in threes are read."""
    result = scores(tmp_path, "sum", "0.1", "0.2", "１，２３４", "-4").summarize("own")
    assert result.number() == Decimal("1230.3")


def test_a_sum_over_no_rows_is_zero(tmp_path: Path) -> None:
    """In a covered period without rows the sum is 0."""
    assert scores(tmp_path, "sum", "5").summarize("own", "2024H2").number() == 0


@pytest.mark.parametrize("measure", ["sum", "mean", "median"])
def test_noise_of_floats_in_a_cell_is_no_part_of_a_figure(tmp_path: Path, measure: str) -> None:
    """What a program printed as 330.00000000000004 is 330, as in a workbook; targets agree."""
    project = scores(tmp_path, measure, "330.00000000000004")
    project.tables += 'targets = [{ equal = 330, per = "half" }, { at_most = 330, per = "half" }]'
    result = project.summarize("own")
    assert result.number() == 330
    assert [target.status.value for target in result.figure().targets] == ["met", "met"]


def test_three_noisy_cells_sum_to_what_they_say(tmp_path: Path) -> None:
    """0.1 + 0.2 is 0.3 in any row."""
    cells = ["0.30000000000000004", "３３０.０００００００００００００４円", "0.7000000000000001"]
    assert scores(tmp_path, "sum", *cells).summarize("own").number() == 331
