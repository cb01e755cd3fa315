"""Whether bytes are cp932: told by a pattern exactly as by decoding them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.text.cp932 import is_cp932, is_plain_cp932
from kpicli.loaders.text.transcoding import BadByte, first_bad_byte, texts

JAPANESE = "①㈱髙ｱ表ソ、お客様の声".encode("cp932")


def decodes(content: bytes) -> bool:
    """Tell whether decoding finds nothing wrong."""
    try:
        return sum(map(len, texts(content, "cp932"))) >= 0
    except BadByte:
        return False


@pytest.mark.parametrize("lead", range(256))
def test_every_byte_and_every_pair(lead: int) -> None:
    """One byte alone, two bytes in a row, all 65,792 of them, as Python's codec takes them."""
    assert is_cp932(bytes((lead,))) == decodes(bytes((lead,)))
    pairs = [bytes((lead, trail)) for trail in range(256)]
    assert [is_cp932(pair) for pair in pairs] == [decodes(pair) for pair in pairs]


@given(st.lists(st.one_of(st.binary(max_size=3), st.sampled_from([JAPANESE, b"abc\r\n"]))))
def test_bytes_of_any_kind(parts: list[bytes]) -> None:
    """What comes before decides what a byte is, and a cut character is none."""
    content = b"".join(parts)
    assert is_cp932(content) == decodes(content)


@given(st.lists(st.one_of(st.binary(max_size=3), st.sampled_from([JAPANESE, b"abc\r\n", b"\r"]))))
def test_plain_is_what_needs_no_second_look(parts: list[bytes]) -> None:
    """No NUL, no escape, and CR only before LF, in text that is cp932."""
    content = b"".join(parts)
    alone = content.replace(b"\r\n", b"\n").count(b"\r")
    odd = alone or b"\0" in content or b"\x1b" in content
    assert is_plain_cp932(content) == (decodes(content) and not odd)


def test_nothing_is_valid() -> None:
    """No bytes, nothing wrong."""
    assert is_cp932(b"")


@pytest.mark.parametrize("bad", [b"\x80", b"\xa0", b"\x85\x40", b"\xff", b"\x81"])
@pytest.mark.parametrize("after", [b"", b",\n"])
def test_in_much_text_the_bad_byte_is_found(bad: bytes, after: bytes) -> None:
    """The pattern only says no: which byte it is, and whether the text is cut, decoding tells."""
    good = JAPANESE * 100_000
    assert first_bad_byte(good, "cp932") is None
    found = first_bad_byte(good + bad + after, "cp932")
    assert found is not None
    assert found.offset == len(good)
    assert found.cut == (bad == b"\x81" and not after)
