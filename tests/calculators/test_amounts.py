"""Amounts that are not there, or could mean several things."""

from pathlib import Path

import pytest

from support.scores import scores


@pytest.mark.parametrize("cell", ["", "80匹", "1,2", "1_000", "1.2E+05", "NaN", "--"])
def test_a_blank_or_unreadable_number_is_undetermined(cell: str, tmp_path: Path) -> None:
    """A number that is not there, or could mean several things, is added nowhere."""
    result = scores(tmp_path, "sum", '"' + cell + '"', "7").summarize("own")
    assert (result.number(), result.value().status) == (7, "provisional")
    assert result.value().faulty_rows == 1
