"""Rows that share a key are found, however many there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.rows import shared_keys
from kpicli.loaders.rows.shared_keys import (
    Numbered,
    repeated_among,
    repeated_numbers,
    repeated_rows,
)

NUMBERS = st.sampled_from([0, 1, 1 << 23, (1 << 62) - 1, 1 << 62, (1 << 63) + 1, (1 << 64) - 1])


@pytest.mark.parametrize("many", [0, 1 << 20])
@given(keys=st.lists(NUMBERS, max_size=30), cut=st.integers(0, 30))
def test_repeated_rows_are_those_that_share_a_number(many: int, keys: list[int], cut: int) -> None:
    """Each group holds all rows of a key, in row order; a key that stands alone is in none."""
    numbers = np.array(keys, dtype=np.uint64)
    pieces = (numbers[:cut], numbers[cut:])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared_keys, "_MANY", many)  # of 0 rows, all are shared out
        found = repeated_rows(pieces, np.ones(len(keys), np.bool_))
    expected = [
        [row for row, key in enumerate(keys) if key == own]
        for own in dict.fromkeys(keys)
        if keys.count(own) > 1
    ]
    assert [rows.tolist() for rows in found.groups()] == expected


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=6), st.booleans())
def test_ranges_that_overlap_are_looked_through(
    ranges: list[tuple[int, int]], backwards: bool
) -> None:
    """Numbers that ascend are found wherever two pieces have them, and nowhere else."""
    order = -1 if backwards else 1
    pieces = [np.arange(a, a + length, dtype=np.uint64)[::order] for a, length in ranges]
    numbers = np.concatenate([np.zeros(0, np.uint64), *pieces]).tolist()
    found = repeated_rows(pieces, np.ones(len(numbers), np.bool_))
    expected = [row for row, number in enumerate(numbers) if numbers.count(number) > 1]
    assert sorted(found.rows.tolist()) == expected


@given(st.lists(st.tuples(st.integers(0, 6), st.booleans()), max_size=40), st.integers(1, 4))
def test_repeats_found_apart_are_those_found_together(
    rows: list[tuple[int, bool]], buckets: int
) -> None:
    """Keys shared out by number, with rows that are no candidates, give the same rows in order."""
    keys = np.array([key for key, _ in rows], dtype=np.uint64)
    candidates = np.array([marked for _, marked in rows], dtype=np.bool_)
    places = [np.flatnonzero(keys % np.uint64(buckets) == bucket) for bucket in range(buckets)]
    apart = [repeated_numbers(Numbered(keys[own], own)) for own in places]
    found = repeated_among(
        Numbered(
            np.concatenate([own.keys for own in apart]),
            np.concatenate([own.rows for own in apart]),
        ),
        candidates,
    )
    together = repeated_rows((keys[:5], keys[5:]), candidates)
    assert found.rows.tolist() == together.rows.tolist()
    assert found.starts.tolist() == together.starts.tolist()
