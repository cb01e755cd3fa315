"""Digests in columns: the same bytes have the same number, and hex is what JSON has."""

from hypothesis import given
from hypothesis import strategies as st

from kpicli.published.rows.digests import CodedDigests, Digests, numbered

# few bytes, so that many are the same, or begin alike and end otherwise
BYTES = st.builds(
    lambda first, middle, last: first * 8 + middle * 2 + last * 2,
    *[st.sampled_from([b"\x00", b"\x01", b"\xff"])] * 3,
)


@given(st.lists(BYTES))
def test_the_same_digests_have_the_same_number(each: list[bytes]) -> None:
    """Numbers go from 0 to how many there are; two are equal only where all bytes are."""
    numbers, count = numbered(Digests.of_bytes(b"".join(each), 12))
    assert count == len(set(each))
    assert sorted(set(numbers.tolist())) == list(range(count))
    assert len(set(zip(numbers.tolist(), each, strict=True))) == count


@given(st.lists(BYTES))
def test_hex_and_back(each: list[bytes]) -> None:
    """Digests are written and read in hex, one by one and all together."""
    digests = Digests.of_hex([one.hex() for one in each], 12)
    assert digests.hexes() == [digests.hex(place) for place in range(len(digests))]
    assert digests.hexes() == [one.hex() for one in each]


@given(st.lists(st.none() | BYTES))
def test_digests_that_many_share(each: list[bytes | None]) -> None:
    """Each is held once; a row may have none."""
    written = [None if one is None else one.hex() for one in each]
    coded = CodedDigests.of_hex(written, 12)
    assert coded.hexes() == [coded.hex(row) for row in range(len(coded))] == written
    assert len(coded.distinct) == len(set(written) - {None})
