"""Each column once, for the largest sum."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.matching.assign import assign

SCORES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.1, 0.3, 0.5, 0.9, 1.0]), min_size=width, max_size=width),
        max_size=4,
    )
)


def best(scores: list[list[float]]) -> float:
    """Return the largest sum by trying every way to give rows columns, or none."""
    width = len(scores[0]) if scores else 0
    places = [*range(width), *([None] * len(scores))]
    sums = [
        sum((scores[row][place] for row, place in enumerate(way) if place is not None), 0.0)
        for way in permutations(places, len(scores))
    ]
    return max(sums)


@given(SCORES)
def test_the_largest_sum(scores: list[list[float]]) -> None:
    """No way to give every row its own column, or none, has a larger sum."""
    taken = assign(scores)
    assert len(set(taken.values())) == len(taken)
    assert abs(sum(scores[row][place] for row, place in taken.items()) - best(scores)) < 1e-9


def test_none_for_nothing() -> None:
    """A row that fits nothing gets nothing, and there may be no rows at all."""
    assert assign([[0.0, 0.0], [0.0, 1.0]]) == {1: 1}
    assert assign([]) == {}
