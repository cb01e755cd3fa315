"""Strict decoding, block by block, of the encodings that exports come in; nothing is replaced.

Python's own codecs need help in three places. Its cp932 lets bytes pass that are no characters
(0x80, 0xA0, 0xFD to 0xFF). Its euc_jp and iso2022_jp lack the vendor characters of every Japanese
Windows (①㈱髙), which stand in the same rows as in cp932. And its iso2022_jp lacks half-width kana.
"""

import codecs
import re
from collections.abc import Iterator

from kpicli.loaders.text.cp932 import WORTH_PYARROW, is_cp932

_BLOCK = 1 << 20
_VENDOR = "kpicli.vendor-rows"
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
    """Yield run after run: between two escape sequences all bytes are of one character set."""
    start, charset = 0, 3
    for escape in _ESCAPE.finditer(content):
        yield _run(content[start : escape.start()], charset, start)
        start, charset = escape.end(), escape.lastindex or 3
    yield _run(content[start:], charset, start)


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
    pair = error.object[error.start : error.start + 2]
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
