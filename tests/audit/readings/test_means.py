"""Means of the lines before them."""

import pytest

from support.audited import checked, failing


@pytest.mark.parametrize(("mean", "wrong"), [("4", []), ("4.0", []), ("5", ["B5"])])
def test_a_mean_beside_a_total(mean: str, wrong: list[str]) -> None:
    """平均 is that of what is added up."""
    table = f"区分,件数\nA,2\nB,6\n合計,8\n平均,{mean}\n"
    assert [finding.split()[1] for finding in failing(table)] == wrong


def test_a_mean_of_nothing_listed_is_not_asserted() -> None:
    """One line has no mean worth printing."""
    assert checked("区分,件数\nA,2\n平均,5\n") == {}
