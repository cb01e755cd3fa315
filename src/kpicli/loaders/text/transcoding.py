"""Strict decoding, block by block, of the encodings that exports come in; nothing is replaced.

What is neither UTF-8 nor cp932 is read as UTF-8, made of it span by span; `outline` shows where
spans may end before any of it is decoded.

Python's own codecs need help in three places. Its cp932 lets bytes pass that are no characters
(0x80, 0xA0, 0xFD to 0xFF). Its euc_jp and iso2022_jp lack the vendor characters of every Japanese
Windows (①㈱髙), which stand in the same rows as in cp932. And its iso2022_jp lacks half-width kana.
"""

import codecs
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from kpicli.loaders.text.cp932 import WORTH_PYARROW, fits, is_cp932, worth_pyarrow

_BLOCK = 1 << 20
_PIECE = 1 << 18
_VENDOR, _VENDOR_7_BIT = "kpicli.vendor-rows", "kpicli.vendor-rows-7-bit"
_REFUSED = "\x80\uf8f0\uf8f1\uf8f2\uf8f3"  # what the codec makes of 0x80, 0xA0, 0xFD, 0xFE, 0xFF
_SPELLINGS = {
    "utf8": "utf-8",
    "utf8sig": "utf-8",
    "utf16": "utf-16",
    "utf16le": "utf-16-le",
    "utf16be": "utf-16-be",
    "cp932": "cp932",
    "ms932": "cp932",
    "windows31j": "cp932",
    "eucjp": "euc_jp",
    "iso2022jp": "iso2022_jp",
    "jis": "iso2022_jp",
}
_ESCAPE = re.compile(rb"\x1b(?:(\$[@B])|(\(I)|(\([BJ]))")
_TO_HIGH = bytes(byte | 0x80 for byte in range(256))
_OTHER_SETS = re.compile(rb"\x1b(?:\$[@B]|\(I)[^\x1b]*")
_ISO_2022_JP = (
    r"[\x00-\x1a\x1c-\x7f]*"
    r"(?:\x1b\$[@B](?:[!-~][!-~])*|\x1b\(I[!-_]*|\x1b\(B[\x00-\x1a\x1c-\x7f]*)*"
)
_FOR_PYARROW = rf"\A{_ISO_2022_JP}\z"
_FOR_PYTHON = re.compile(_ISO_2022_JP.replace("*", "*+").encode())
"""The same: Python's expressions need be told that no way back has to be remembered."""
_UNITS = {"utf-16-le": "<u2", "utf-16-be": ">u2"}
_NO_SIGN = 0x80


class BadByte(Exception):
    """The first byte that is not valid; `cut` when the content ends in mid-character."""

    def __init__(self, offset: int, *, cut: bool = False) -> None:
        super().__init__(f"offset {offset}")
        self.offset = offset
        self.cut = cut


def permitted_encoding(name: str) -> str | None:
    """Return our name of a permitted encoding, or None; case, `-`, `_` and spaces do not matter.

    Shift_JIS is not permitted: it lacks ①㈱髙, and who says it means cp932.
    """
    return _SPELLINGS.get(re.sub(r"[-_ ]", "", name).lower())


def texts(content: bytes, encoding: str) -> Iterator[str]:
    """Yield the whole text in pieces; raise `BadByte` at the first byte that is not valid.

    `encoding` is a permitted name other than utf-16, which a mark has to make definite. Memory
    stays flat however long the content is.
    """
    if encoding == "iso2022_jp":
        return _iso2022_jp(content)
    if encoding == "cp932":
        return _cp932(content)
    return (text for _, text in _decoded(content, encoding))


def first_bad_byte(content: bytes, encoding: str) -> BadByte | None:
    """Return where `content` stops being valid in `encoding`, or None when all of it is."""
    if encoding == "cp932" and len(content) >= WORTH_PYARROW and is_cp932(content):
        return None
    try:
        for _ in texts(content, encoding):
            pass
    except BadByte as bad:
        return bad
    return None


def transcoded(content: bytes, encoding: str) -> bytes:
    """Return the content as UTF-8; raise `BadByte` at the first byte that is not valid."""
    return b"".join(text.encode("utf-8") for text in texts(content, encoding))


class Pieces(Struct, frozen=True):
    """Where the pieces of a content begin that were transcoded one by one, and where the last ends.

    `before` are offsets in the content, `after` those in the UTF-8 that was made of it.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]

    def around(self, first: int, last: int) -> range:
        """Return the numbers of the pieces in which the UTF-8 from `first` up to `last` lies."""
        return range(bisect_right(self.after, first) - 1, bisect_left(self.after, last))


def transcoded_in_pieces(content: bytes, encoding: str) -> tuple[bytes, Pieces]:
    """Return whole lines as UTF-8, and of which pieces; raise `BadByte` at a byte that is wrong.

    A piece is about a quarter of a megabyte, and ends with a line: each can be read by itself.
    """
    made: list[bytes] = []
    before, after = [0], [0]
    while before[-1] < len(content):
        stop = line_end_before(content, encoding, before[-1], before[-1] + _PIECE) or len(content)
        made.append(transcoded(content[before[-1] : stop], encoding))
        before.append(stop)
        after.append(after[-1] + len(made[-1]))
    return b"".join(made), Pieces(tuple(before), tuple(after))


def line_end_before(content: bytes, encoding: str, start: int, stop: int) -> int:
    """Return the end of the last line that ends, by LF, between two places; 0 where none does."""
    sign = "\n".encode(encoding)
    place = content.rfind(sign, start, stop)
    while place >= 0 and (place - start) % len(sign):  # the end of one character, and of another
        place = content.rfind(sign, start, place + len(sign) - 1)
    return place + len(sign) if place >= 0 else 0


def unit_size(encoding: str) -> int:
    """Return of how many bytes each character takes a multiple."""
    return 2 if encoding in _UNITS else 1


def outline(content: bytes, encoding: str) -> bytes:
    """Return a byte for each unit: the separators, quotes and line ends, each in its place.

    A byte of another character is never one of them, as it may be in the content: U+0A22 is no line
    feed, and 0x22 is no quote among kanji of ISO-2022-JP. That may begin in the middle of a line:
    behind the first line end all is right, as no line may end among kanji.
    """
    if encoding in _UNITS:
        units = np.frombuffer(content[: len(content) // 2 * 2], _UNITS[encoding])
        return bytes(np.minimum(units, _NO_SIGN).astype(np.uint8))
    if encoding == "iso2022_jp":
        return _OTHER_SETS.sub(lambda run: bytes([_NO_SIGN]) * len(run[0]), content)
    return content  # in UTF-8, cp932 and EUC-JP no such byte is part of another character


def decode_lossy(content: bytes, encoding: str) -> str:
    """Return the text to look for a header in, whatever is wrong with it; never to be shown."""
    if encoding == "iso2022_jp":
        return content.decode("iso2022_jp_ext", "replace")
    return content.decode(encoding, "replace")


def _decoded(content: bytes, codec: str) -> Iterator[tuple[int, str]]:
    """Yield the pieces, each with the offset at which it begins."""
    errors = _VENDOR if codec == "euc_jp" else "strict"
    decoder = codecs.getincrementaldecoder(codec)(errors)
    for start in range(0, max(len(content), 1), _BLOCK):
        begin = start - len(decoder.getstate()[0])
        end = start + _BLOCK
        try:
            yield begin, decoder.decode(content[start:end], end >= len(content))
        except UnicodeDecodeError as error:
            if error.start:  # what is good before the bad byte: cp932 has still to look at it
                yield begin, error.object[: error.start].decode(codec, errors)
            reason = error.reason
            cut = reason.startswith(("incomplete", "unexpected end", "truncated"))
            raise BadByte(begin + error.start, cut=cut) from None


def _cp932(content: bytes) -> Iterator[str]:
    for begin, text in _decoded(content, "cp932"):
        places = [place for place in map(text.find, _REFUSED) if place >= 0]
        if places:
            raise BadByte(begin + len(text[: min(places)].encode("cp932")))
        yield text


def _iso2022_jp(content: bytes) -> Iterator[str]:
    """Yield the text of lines, or run after run where Python's codec cannot be relied on.

    Every line has to end in ASCII, in which the next one therefore begins.
    """
    start, fast = 0, worth_pyarrow(len(content))
    while start < len(content):
        stop = line_end_before(content, "iso2022_jp", start, start + _BLOCK) or len(content)
        lines = content[start:stop]
        text = _by_codec(lines, fast=fast)
        yield from _by_runs(lines, start) if text is None else (text,)
        start = stop


def _by_codec(lines: bytes, *, fast: bool) -> str | None:
    """Return the text by Python's codec, which is far faster than `_by_runs`; None if not valid.

    It would let pass a line end among kanji and other escape sequences, so these are looked for
    first, by pyarrow where it has to be `fast`. JIS-Roman is ASCII here.
    """
    if not _is_iso2022_jp(lines, fast=fast):
        lines = lines.replace(b"\x1b(J", b"\x1b(B")
        if not _is_iso2022_jp(lines, fast=fast):
            return None
    try:
        return str(lines, "iso2022_jp_ext", _VENDOR_7_BIT)
    except UnicodeDecodeError:
        return None


def _is_iso2022_jp(lines: bytes, *, fast: bool) -> bool:
    return fits(lines, _FOR_PYARROW) if fast else _FOR_PYTHON.fullmatch(lines) is not None


def _by_runs(content: bytes, offset: int) -> Iterator[str]:
    """Yield run after run: between two escape sequences all bytes are of one character set."""
    start, charset = 0, 3
    for escape in _ESCAPE.finditer(content):
        yield _run(content[start : escape.start()], charset, offset + start)
        start, charset = escape.end(), escape.lastindex or 3
    yield _run(content[start:], charset, offset + start)


def _run(run: bytes, charset: int, start: int) -> str:
    wrong = re.search((rb"[^!-~]", rb"[^!-_]", rb"[\x1b\x80-\xff]")[charset - 1], run)
    if wrong:
        raise BadByte(start + wrong.start())
    if charset == 1 and len(run) % 2:
        raise BadByte(start + len(run) - 1, cut=True)
    codec = ("euc_jp", "cp932", "ascii")[charset - 1]
    try:
        return (run if charset == 3 else run.translate(_TO_HIGH)).decode(codec, _VENDOR)
    except UnicodeDecodeError as error:
        raise BadByte(start + error.start) from None


def _vendor_pair(error: UnicodeError) -> tuple[str, int]:
    """Decode a pair that euc_jp lacks as cp932 does, by the common rows; else raise `error`."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _of_cp932(error.object[error.start : error.start + 2], error)


def _vendor_pair_7_bit(error: UnicodeError) -> tuple[str, int]:
    """Do the same for a pair of ISO-2022-JP, which has its bytes without the high bits."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _of_cp932(error.object[error.start : error.start + 2].translate(_TO_HIGH), error)


def _of_cp932(pair: bytes, error: UnicodeDecodeError) -> tuple[str, int]:
    if len(pair) < 2 or min(pair) < 0xA1 or max(pair) > 0xFE:
        raise error
    row, cell = pair[0] - 0xA1, pair[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + 0x9F if row % 2 else cell + (0x40 if cell < 63 else 0x41)
    try:
        return bytes((lead, trail)).decode("cp932"), error.start + 2
    except UnicodeDecodeError:
        raise error from None


codecs.register_error(_VENDOR, _vendor_pair)
codecs.register_error(_VENDOR_7_BIT, _vendor_pair_7_bit)
