"""Decoding is strict: the first byte that is no character is named."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.text import transcoding
from kpicli.loaders.text.transcoding import (
    BadByte,
    line_end_before,
    outline,
    transcoded,
    transcoded_in_pieces,
    unit_size,
)
from support.encoded_texts import HEADER, ROW, read, refused
from support.encodings import ENCODERS


def test_iso_2022_jp_carries_the_vendor_characters() -> None:
    """ISO-2022-JP is told by its escapes; ①㈱ of row 13 and half-width kana are read too."""
    head = HEADER.encode("iso2022_jp")
    row = b"V1,2025/4/1,\x1b$B-!-j9b\x1b(I1\x1b(B\r\n"
    text = read(head + row)
    assert (text.encoding, text.codec) == ("iso2022_jp", "utf-8")
    assert text.content.decode() == HEADER + "V1,2025/4/1,①㈱高ｱ\r\n"


@pytest.mark.parametrize(
    ("tail", "bad"),
    [
        (b"\x1b$B-", 3),  # half a pair at the end
        (b"\x1b$B!!\x7f!", 5),  # DEL among pairs
        (b"\x1b$B)!", 3),  # an unassigned row
        (b"\x1b$(D0!", 0),  # JIS X 0212, which is not ISO-2022-JP
        (b"\x1b(B\x80", 3),  # a high byte
    ],
)
def test_broken_iso_2022_jp_is_not_taken_for_ascii(tail: bytes, bad: int) -> None:
    """A broken 7-bit file stops at its bad byte, though as UTF-8 every byte would pass."""
    good = HEADER.encode("iso2022_jp") + b"V1,2025/4/1,"
    message = refused(good + tail)
    assert "iso2022_jp (byte offset" in message
    assert f"(byte offset {len(good) + bad}, line 2)" in message


@pytest.mark.parametrize("byte", [0x80, 0xA0, 0xFD, 0xFE, 0xFF])
def test_bytes_that_are_no_cp932_characters_are_refused(byte: int) -> None:
    """Single bytes that Python's cp932 lets pass stop the file; the offset is exact."""
    good = HEADER.encode("cp932") + b"V1,2025/4/1,\x89\x80\x89\xa0"
    assert f"not valid cp932 (byte offset {len(good)}, line 2)" in refused(good + bytes([byte]))


def test_trail_bytes_may_be_0x80_and_0xa0() -> None:
    """As second bytes 0x80 and 0xA0 belong to ordinary characters and are read."""
    content = HEADER.encode("cp932") + b"V1,2025/4/1,\x89\x80\x89\xa0\r\n"
    assert read(content).content.decode("cp932").endswith("園旺\r\n")


def test_the_first_of_two_bad_bytes_is_named() -> None:
    """A refused single byte before an undecodable pair is the one that is named."""
    good = HEADER.encode("cp932") + b"V1,2025/4/1,"
    assert f"offset {len(good)}," in refused(good + b"\xfd\x81\x20\r\n")
    assert f"offset {len(good)}," in refused(good + b"\x81\x20\xfd\r\n")


def test_bad_bytes_beyond_the_first_block_are_found() -> None:
    """Every byte is validated: offset and line hold far down the file, across block borders."""
    row = ROW.encode()
    rows = (3 << 20) // len(row)
    good = HEADER.encode() + row * rows
    assert f"not valid utf-8 (byte offset {len(good)}, line {rows + 2})" in refused(
        good + b"\xff\r\n" + row
    )
    assert len(read(good).content) == len(good)


def test_cp932_characters_across_block_borders_are_read() -> None:
    """A two-byte character may lie on any block border, and a refused byte after it is placed."""
    for shift in range(2):
        good = HEADER.encode("cp932") + b"V" * shift + "声".encode("cp932") * (1 << 20)
        assert read(good).encoding == "cp932"
        assert f"byte offset {len(good)}, line 2" in refused(good + b"\xa0,\r\n")


def test_declared_euc_jp_has_the_vendor_characters() -> None:
    """①㈱ are read in declared EUC-JP, and three-byte JIS X 0212 characters too."""
    content = HEADER.encode("euc_jp") + b"V1,2025/4/1,\xad\xa1\xad\xea\x8f\xb0\xa1\r\n"
    assert read(content, "euc_jp").content.decode() == HEADER + "V1,2025/4/1,①㈱丂\r\n"


AFTER_MARKS = {"utf-16": "utf-16-le", "utf-16 big-endian": "utf-16-be", "utf-8-sig": "utf-8"}


def run_by_run(content: bytes) -> str | None:
    """Return the text of ISO-2022-JP by the slow way; None where a byte is not valid."""
    try:
        return "".join(transcoding._by_runs(content, 0))
    except BadByte:
        return None


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("escape", [b"\x1b$B", b"\x1b$@"])
def test_every_pair_is_the_same_by_the_codec_and_run_by_run(escape: bytes, fast: bool) -> None:
    """All that there can be of two bytes, the vendor's among them, and all that are none."""
    for row in range(0x1F, 0x81):
        for cell in range(0x1F, 0x81):
            content = b"a" + escape + bytes((row, cell)) + b"\x1b(Bz\n"
            assert transcoding._by_codec(content, fast=fast) == run_by_run(content), (row, cell)


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    b"\x1b$B",
                    b"\x1b$@",
                    b"\x1b(B",
                    b"\x1b(J",
                    b"\x1b(I",
                    b"\x1b$(D",
                    b"\x1b",
                    b"\x1b.A",
                ),
                *(
                    b"$B!!",
                    b"\x1bN",
                    b"!!",
                    b"-!",
                    b"1",
                    b"\\",
                    b"~",
                    b"\n",
                    b"\r",
                    b"\x0e",
                    b"\x80",
                ),
            ]
        ),
        max_size=12,
    ),
    st.booleans(),
)
def test_any_escapes_are_read_the_same_by_the_codec_and_run_by_run(
    parts: list[bytes], fast: bool
) -> None:
    """Half-width kana, JIS-Roman, and escape sequences that are not those of ISO-2022-JP."""
    content = b"".join(parts)
    assert transcoding._by_codec(content, fast=fast) == run_by_run(content)


@given(st.text(alphabet='aあ①ｱ"\r\n,', max_size=60), st.sampled_from(sorted(ENCODERS)))
def test_pieces_are_lines_and_together_the_whole(text: str, encoding: str) -> None:
    """Each piece by itself gives its part of the UTF-8; those around a part have all of it."""
    codec = AFTER_MARKS.get(encoding, encoding)
    content = ENCODERS[encoding](text)[len(ENCODERS[encoding]("")) :]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transcoding, "_PIECE", 8)
        whole, pieces = transcoded_in_pieces(content, codec)
    assert whole.decode() == text
    assert (pieces.before[-1], pieces.after[-1]) == (len(content), len(whole))
    parts = [transcoded(content[a:b], codec) for a, b in pairwise(pieces.before)]
    assert [len(part) for part in parts] == [b - a for a, b in pairwise(pieces.after)]
    assert all(part.endswith(b"\n") for part in parts[:-1])
    for first in range(len(whole)):
        around = pieces.around(first, first + 1)
        assert len(around) == 1
        assert pieces.after[around[0]] <= first < pieces.after[around[0] + 1]


@given(st.text(alphabet='aあ①ｱਊ∀"\r\n,;漢', max_size=40), st.sampled_from(sorted(ENCODERS)))
def test_an_outline_has_the_signs_of_the_text(text: str, encoding: str) -> None:
    """Quotes, separators and line ends are as many and in the same order, units apart."""
    if not encoding.startswith("utf"):
        text = text.replace("ਊ", "")
    codec = AFTER_MARKS.get(encoding, encoding)
    content = ENCODERS[encoding](text)[len(ENCODERS[encoding]("")) :]
    found = outline(content, codec)
    assert len(found) * unit_size(codec) == len(content)
    for sign in '",;\r\n':
        places = [place for place, byte in enumerate(found) if byte == ord(sign)]
        before = [transcoded(content[: place * unit_size(codec)], codec) for place in places]
        expected = [place for place, other in enumerate(text) if other == sign]
        assert [len(part.decode()) for part in before] == expected
        ends = [line_end_before(content, codec, 0, len(content))] if sign == "\n" and places else []
        assert ends == [unit_size(codec) * (place + 1) for place in places[-1:] if sign == "\n"]
