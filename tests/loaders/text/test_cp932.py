"""Whether bytes are cp932: told by a pattern exactly as by decoding them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.text.cp932 import is_cp932, is_plain_cp932, utf8_cell
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


@pytest.mark.parametrize(
    "cell", ["コンプライアンス会議", "有無", "第1回 研修", "ＡＢＣ会議", "感謝。"]
)
@pytest.mark.parametrize("before", ["", "V1,2025/4/1,会議\nV2,", 'V1,"会議",しゅうり\n"'])
def test_a_cell_in_utf_8_is_found(cell: str, before: str) -> None:
    """Wherever it stands, at the beginning of the cell."""
    content = before.encode("cp932") + cell.encode() + ",会議\n".encode("cp932")
    assert utf8_cell(content) == len(before.encode("cp932"))
    assert utf8_cell((before + cell).encode("cp932")) is None


@given(st.text('あいうゅよらりるれろわ繧繝縺喙瞞亜弌ｱｲﾃﾞﾟA1,\t"\n 。、ー', max_size=60))
def test_text_of_cp932_is_not_taken_for_utf_8(text: str) -> None:
    """Unless a cell decodes as UTF-8 as a whole, with two characters of three bytes in a row."""
    content = text.encode("cp932")
    start = utf8_cell(content)
    if start is not None:
        cell = re.split(rb'[,;\t"\r\n]', content[start:])[0]
        assert re.search("[\u3000-\u9fff\uff00-\uffef]{2}", cell.decode("utf-8"))


def test_much_text_without_any_separator() -> None:
    """One pass over it, however often it looks like UTF-8."""
    content = ("感謝".encode() + "亜".encode("cp932")) * 200_000
    assert utf8_cell(content) is None
