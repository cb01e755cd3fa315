"""The encoding ladder: strict, in one order, and it names the byte and line where it stops."""

import pytest

from kpicli.base.errors import EncodingError, InputError, SettingsError
from kpicli.catalog.sources import Column, Source
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.encoding import EncodedText, read_encoding

SOURCE = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date", required=True),
        "content": Column(headers=("内容",), type="free_text"),
    },
)
HEADER = "受付番号,受付日,内容\r\n"
ROW = "V1,2025/4/1,①㈱髙の声\r\n"


def read(content: bytes, encoding: str | None = None) -> EncodedText:
    """Run the ladder over `content`."""
    return read_encoding(ExportFile("/in/声.csv", "声.csv", HeldContent(content), encoding), SOURCE)


def refused(content: bytes, encoding: str | None = None) -> str:
    """Return the English message and hint with which `content` is refused."""
    with pytest.raises(EncodingError) as caught:
        read(content, encoding)
    error = caught.value
    assert error.hint is not None
    assert "声.csv" in error.message.ja
    assert "声.csv" in error.message.en
    return f"{error.message.en} | {error.hint.en}"


@pytest.mark.parametrize(
    ("content", "encoding", "codec"),
    [
        ((HEADER + ROW).encode("utf-8"), "utf-8", "utf-8"),
        ((HEADER + ROW).encode("utf-8-sig"), "utf-8-sig", "utf-8"),
        ((HEADER + ROW).encode("utf-16"), "utf-16", "utf-8"),
        (b"\xfe\xff" + (HEADER + ROW).encode("utf-16-be"), "utf-16", "utf-8"),
        ((HEADER + ROW).encode("cp932"), "cp932", "cp932"),
    ],
)
def test_the_ladder_settles_the_encoding(content: bytes, encoding: str, codec: str) -> None:
    """Each rung is recognised, its mark removed, and what comes out decodes to the same text."""
    text = read(content)
    assert (text.encoding, text.codec) == (encoding, codec)
    assert text.content.decode(text.codec) == HEADER + ROW


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


def test_a_stray_escape_does_not_hide_utf_8() -> None:
    """A UTF-8 file whose cell happens to hold an escape sequence is still UTF-8."""
    text = read((HEADER + "V1,2025/4/1,色\x1b(K\r\n").encode())
    assert text.encoding == "utf-8"


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


def test_the_offset_counts_the_mark() -> None:
    """Behind a byte-order mark the offset is still the file's own."""
    good = (HEADER + "V1,").encode("utf-8-sig")
    assert f"not valid utf-8 (byte offset {len(good)}, line 2)" in refused(good + b"\xff\r\n")
    good = (HEADER + "V1,").encode("utf-16")
    assert f"not valid utf-16-le (byte offset {len(good)}, line 2)" in refused(
        good + b"\x00\xdc\x41\x00"
    )


@pytest.mark.parametrize(
    ("encoding", "cut"), [("utf-8", 1), ("utf-8", 2), ("cp932", 1), ("utf-16", 1)]
)
def test_a_file_cut_in_mid_character_says_so(encoding: str, cut: int) -> None:
    """The last character being incomplete is told as such, with its offset and line."""
    read_all = (HEADER + "V1,2025/4/1,声").encode(encoding)
    before = len((HEADER + "V1,2025/4/1,").encode(encoding))
    message = refused(read_all[:-cut])
    assert "ends in the middle of a character" in message
    assert f"(byte offset {before}, line 2)" in message


def test_one_bad_byte_in_utf_8_is_told_as_utf_8() -> None:
    """The header decides whose first bad byte is named, even if cp932 gets further."""
    head = HEADER.encode()
    content = head + b"V1,2025/4/1,\xb1\r\n"
    assert f"not valid utf-8 (byte offset {len(head) + 12}, line 2)" in refused(content)


def test_euc_jp_that_passes_as_half_width_kana_is_refused() -> None:
    """The header contradicts cp932, so the file is not read, and the option is spelled out."""
    content = "声,区分\r\nV1,2025/4/1\r\n".encode("euc_jp")
    assert content.decode("cp932").startswith("ﾀｼ,ｶ靆ｬ\r\n")
    headers = {"voice_id": ("声",), "received_on": ("区分",)}
    with pytest.raises(EncodingError, match="readable only as euc_jp") as caught:
        read_encoding(
            ExportFile("/in/声.csv", "声.csv", HeldContent(content), None, None, headers), SOURCE
        )
    assert caught.value.hint is not None
    assert 'encoding = "euc_jp"' in caught.value.hint.en
    file = ExportFile("/in/声.csv", "声.csv", HeldContent(content), "EUC-JP", None, headers)
    assert read_encoding(file, SOURCE).content.decode() == "声,区分\r\nV1,2025/4/1\r\n"


def test_utf_16_without_a_mark_is_named() -> None:
    """UTF-16 without its mark is refused with the encoding to declare, and read once declared."""
    content = (HEADER + ROW).encode("utf-16-le")
    assert 'encoding = "utf-16-le"' in refused(content)
    assert read(content, "utf-16le").content.decode() == HEADER + ROW
    assert "no byte-order mark" in refused(content, "utf-16")


def test_a_damaged_euc_jp_file_names_its_own_bad_byte() -> None:
    """Where the header speaks for an encoding off the ladder, its first bad byte is named."""
    good = HEADER.encode("euc_jp") + b"V1,2025/4/1,"
    assert f"not valid euc_jp (byte offset {len(good)}, line 2)" in refused(good + b"\xff\xff\r\n")


def test_declared_euc_jp_has_the_vendor_characters() -> None:
    """①㈱ are read in declared EUC-JP, and three-byte JIS X 0212 characters too."""
    content = HEADER.encode("euc_jp") + b"V1,2025/4/1,\xad\xa1\xad\xea\x8f\xb0\xa1\r\n"
    assert read(content, "euc_jp").content.decode() == HEADER + "V1,2025/4/1,①㈱丂\r\n"


def test_declared_encodings_are_strict_and_named() -> None:
    """A declared encoding that the bytes do not obey is refused, never replaced by another."""
    assert 'declare encoding = "utf-8"' in refused((HEADER + ROW).encode(), "cp932")
    good = HEADER.encode("cp932")
    message = refused(good + b"\x81\x20\r\n", "cp932")
    assert f"not valid cp932 (byte offset {len(good)}, line 2). Encodings tried: cp932" in message


@pytest.mark.parametrize("name", ["Shift_JIS", "sjis", "latin-1", "hex", "", "no such"])
def test_other_names_are_no_setting(name: str) -> None:
    """Names outside the list are an error of the settings; for shift_jis the hint says cp932."""
    with pytest.raises(SettingsError) as caught:
        read(HEADER.encode(), name)
    assert caught.value.hint is not None
    assert "cp932" in caught.value.hint.en


def test_a_mark_that_contradicts_the_setting_is_told() -> None:
    """A file with a UTF-8 mark declared as cp932 is an error that says to drop the setting."""
    assert "the byte-order mark says utf-8-sig" in refused(HEADER.encode("utf-8-sig"), "cp932")


def test_without_any_header_the_encoding_that_gets_furthest_is_named() -> None:
    """When no encoding shows the header, the attempt that failed last is told, and all tried."""
    message = refused("あ".encode("cp932") + b",\xfd\r\n")
    assert "not valid cp932 (byte offset 3, line 1). Encodings tried: utf-8, cp932" in message
    assert 'encoding = "euc_jp"' in message


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_an_error(content: bytes) -> None:
    """No bytes, or a mark alone, is an input error that asks for the header row."""
    with pytest.raises(InputError, match="empty"):
        read(content)


def test_carriage_returns_count_as_line_ends() -> None:
    """The line of a bad byte counts CR, LF and CRLF as one line end each."""
    message = refused(HEADER.encode() + b"a\rb\n\xff")
    assert "line 4)" in message


def test_messages_hold_only_characters_of_cp932() -> None:
    """The Japanese message and hint can be printed on a cp932 console."""
    for content in (
        b"\xff",
        "受付番号,受付日\r\n".encode("euc_jp"),
        HEADER.encode("cp932") + b"\x81",
    ):
        with pytest.raises(EncodingError) as caught:
            read(content)
        assert caught.value.hint is not None
        assert (caught.value.message.ja + caught.value.hint.ja).encode("cp932")
