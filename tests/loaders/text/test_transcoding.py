"""Decoding is strict: the first byte that is no character is named."""

import pytest

from support.encoded_texts import HEADER, ROW, read, refused


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
