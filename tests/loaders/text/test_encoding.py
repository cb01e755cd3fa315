"""The encoding ladder: strict, in one order, and it names the byte and line where it stops."""

import pytest

from kpicli.base.errors import EncodingError
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.delimited import open_text, read_delimited
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.text.spans import NotSimple, Span
from kpicli.loaders.text.text_block import read_span
from support.encoded_texts import HEADER, ROW, SOURCE, read, refused


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


def test_a_stray_escape_does_not_hide_utf_8() -> None:
    """A UTF-8 file whose cell happens to hold an escape sequence is still UTF-8."""
    text = read((HEADER + "V1,2025/4/1,色\x1b(K\r\n").encode())
    assert text.encoding == "utf-8"


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


def test_declared_encodings_are_strict_and_named() -> None:
    """A declared encoding that the bytes do not obey is refused, never replaced by another."""
    assert 'declare encoding = "utf-8"' in refused((HEADER + ROW).encode(), "cp932")
    good = HEADER.encode("cp932")
    message = refused(good + b"\x81\x20\r\n", "cp932")
    assert f"not valid cp932 (byte offset {len(good)}, line 2). Encodings tried: cp932" in message


def test_without_any_header_the_encoding_that_gets_furthest_is_named() -> None:
    """When no encoding shows the header, the attempt that failed last is told, and all tried."""
    message = refused("あ".encode("cp932") + b",\xfd\r\n")
    assert "not valid cp932 (byte offset 3, line 1). Encodings tried: utf-8, cp932" in message
    assert 'encoding = "euc_jp"' in message


def test_a_line_of_utf_8_in_a_cp932_file_is_named() -> None:
    """It is valid cp932 and would be garbled in silence; declared or not, it is an error."""
    content = (HEADER + ROW).encode("cp932") + "V2,2025/4/1,コンプライアンス\r\n".encode()
    assert "line 3 is UTF-8" in refused(content)
    assert "line 3 is UTF-8" in refused(content, "cp932")
    file = ExportFile("/in/v.csv", "v.csv", HeldContent(content))
    with pytest.raises(EncodingError, match="line 3 is UTF-8"):
        read_delimited(file, SOURCE)
    opened = open_text(file, SOURCE)
    assert opened is not None
    with pytest.raises(NotSimple):
        read_span(opened, Span(0, len(content)), SOURCE)


@pytest.mark.parametrize("declared", [None, "cp932"])
def test_a_mark_of_utf_8_before_cp932(declared: str | None) -> None:
    """No `encoding` mends that, so none is advised."""
    content = b"\xef\xbb\xbf" + (HEADER + ROW).encode("cp932")
    message = refused(content, declared)
    assert "the byte-order mark is wrong: the content seems to be cp932" in message
    assert "encoding =" not in message


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be"])
def test_utf_32_is_named(encoding: str) -> None:
    """By its mark; nothing else begins so."""
    mark = b"" if encoding == "utf-32" else b"\x00\x00\xfe\xff"
    assert "UTF-32" in refused(mark + (HEADER + ROW).encode(encoding))
