"""What is said of bytes that cannot be read: where, what was tried, and what to do."""

import pytest

from kpicli.base.errors import EncodingError, InputError, SettingsError
from support.encoded_texts import HEADER, read, refused


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
