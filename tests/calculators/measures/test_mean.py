"""Means of a number column."""

from pathlib import Path

import pytest

from support.scores import scores


@pytest.mark.parametrize(
    ("cells", "shown"), [(("1", "2"), "1.5"), (("0", "0", "0.15"), "0.1"), (("0.25",), "0.3")]
)
def test_a_mean_is_rounded_half_up(cells: tuple[str, ...], shown: str, tmp_path: Path) -> None:
    """A mean has one decimal and tells over how many rows it is."""
    value = scores(tmp_path, "mean", *cells).summarize("own").value()
    assert (str(value.number), value.denominator) == (shown, len(cells))


def test_a_mean_over_nothing_is_undefined(tmp_path: Path) -> None:
    """Without rows there is no mean, and it is not 0."""
    value = scores(tmp_path, "mean", "5").summarize("own", "2024H2").value()
    assert (value.number, value.status) == (None, "undefined")
