"""Medians of a number column."""

import statistics
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.calculators.measures.median import _median_of
from support.scores import scores


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (("3",), "3.0"),
        (("9", "1", "2"), "2.0"),
        (("0.25", "0.2"), "0.2"),
        (("5", "4", "4", "5"), "4.5"),
    ],
)
def test_the_number_in_the_middle(cells: tuple[str, ...], shown: str, tmp_path: Path) -> None:
    """A median has one decimal and tells over how many rows it is."""
    value = scores(tmp_path, "median", *cells).summarize("own").value()
    assert (str(value.number), value.denominator) == (shown, len(cells))


def test_a_median_over_nothing_is_undefined(tmp_path: Path) -> None:
    """Without rows there is no median, and it is not 0."""
    value = scores(tmp_path, "median", "5").summarize("own", "2024H2").value()
    assert (value.number, value.status) == (None, "undefined")


@given(st.dictionaries(st.decimals(-999, 999, places=2), st.integers(0, 4), max_size=8))
def test_it_is_the_median_of_the_rows(times: dict[Decimal, int]) -> None:
    """Numbers with how many rows have each come to what the rows one by one come to."""
    rows = [number for number, count in times.items() for _ in range(count)]
    measured = _median_of(list(times.items()))
    assert measured.denominator == len(rows)
    if rows:
        exact = Decimal(statistics.median(rows)).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert measured.number == exact
    else:
        assert measured.number is None
