"""Digests in columns: the same bytes have the same number, and hex is what JSON has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.published.rows import digests
from kpicli.published.rows.digests import CodedDigests, Digests, numbered

# few bytes, so that many are the same, or begin alike and end otherwise
BYTES = st.builds(
    lambda first, middle, last: first * 8 + middle * 2 + last * 2,
    *[st.sampled_from([b"\x00", b"\x01", b"\xff"])] * 3,
)


@pytest.mark.parametrize("at_once", [1, 1 << 20])
@given(lists=st.lists(st.lists(BYTES), min_size=1, max_size=3))
def test_the_same_digests_have_the_same_number(at_once: int, lists: list[list[bytes]]) -> None:
    """Numbers go from 0 to how many there are; two are equal only where all bytes are.

    So they are in whichever list they stand, whether sorted together or in parts.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(digests, "_AT_ONCE", at_once)
        numbers, count = numbered(*(Digests.of_bytes(b"".join(each), 12) for each in lists))
    assert [len(own) for own in numbers] == [len(each) for each in lists]
    pairs = {
        pair
        for own, each in zip(numbers, lists, strict=True)
        for pair in zip(own.tolist(), each, strict=True)
    }
    assert {number for number, _ in pairs} == set(range(count))
    assert len({each for _, each in pairs}) == len(pairs) == count


@given(st.lists(BYTES))
def test_hex_and_back(each: list[bytes]) -> None:
    """Digests are written and read in hex, one by one and all together."""
    held = Digests.of_hex([one.hex() for one in each], 12)
    assert held.hexes() == [held.hex(place) for place in range(len(held))]
    assert held.hexes() == [one.hex() for one in each]


@given(st.lists(st.none() | BYTES))
def test_digests_that_many_share(each: list[bytes | None]) -> None:
    """Each is held once; a row may have none."""
    written = [None if one is None else one.hex() for one in each]
    coded = CodedDigests.of_hex(written, 12)
    assert coded.hexes() == [coded.hex(row) for row in range(len(coded))] == written
    assert len(coded.distinct) == len(set(written) - {None})
