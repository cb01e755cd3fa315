"""The ladder: which encoding an export is in, found by strict decoding alone, never guessed.

Byte-order mark, ISO-2022-JP where its escapes stand, UTF-8, cp932, stop. The first that every byte
of the file obeys is taken, and the required headers must agree with it.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from kpicli.loaders.files.content import read_all
from kpicli.loaders.text import encoding_errors as errors
from kpicli.loaders.text.cp932 import utf8_cell
from kpicli.loaders.text.layout import HEAD, find_layout
from kpicli.loaders.text.structure_errors import too_long_line
from kpicli.loaders.text.transcoding import (
    BadByte,
    decode_lossy,
    first_bad_byte,
    permitted_encoding,
    transcoded,
)

if TYPE_CHECKING:
    from kpicli.base.errors import EncodingError
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.files.export_file import ExportFile

MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
MARKED = {"utf-8": "utf-8-sig", "utf-16-le": "utf-16", "utf-16-be": "utf-16"}
ESCAPES = re.compile(rb"\x1b[$(]")
"""What speaks for ISO-2022-JP, wherever in a file without a mark it stands."""
UTF_32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_KNOWN = ("utf-8", "cp932", "iso2022_jp", "euc_jp", "utf-16-le", "utf-16-be")

_LINE_ENDS = (b"\n", b"\r")
_BLOCK = 1 << 23
LONGEST_LINE = 100_000_000
"""So many bytes of a file without a line end are no record of cells."""


class EncodedText(Struct, frozen=True):
    """A file's bytes, all of them valid in `codec`, without a byte-order mark.

    `encoding` is the file's own, as the Summary names it (`utf-8-sig` or `utf-16` where a mark
    said so). In both codecs the bytes can be split at delimiters, quotes and line ends.
    """

    encoding: str
    content: bytes
    codec: Literal["utf-8", "cp932"]


class _Body(Struct, frozen=True):
    """The bytes after the byte-order mark (empty where there is none) of one file."""

    file: "ExportFile"
    content: bytes
    mark: bytes

    @property
    def marked(self) -> str | None:
        return MARKS.get(self.mark)

    def line(self, offset: int, encoding: str) -> int:
        before = self.content[:offset]
        if encoding.startswith("utf-16"):
            before = before.decode(encoding, "ignore").encode("utf-8", "ignore")
        return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")


def read_encoding(file: "ExportFile", source: "Source | None") -> EncodedText:
    """Return the content of `file` in the encoding that the ladder, or its `encoding`, gives.

    Every byte is validated. Without a `source` no header has to agree. Raises `EncodingError` (with
    byte offset and line in the file) when a byte is not valid or the header speaks for another
    encoding, `InputError` when the file is empty, and `SettingsError` when the configured encoding
    is none that is permitted.
    """
    _require_line_ends(file)
    content = read_all(file.content)
    mark = next((mark for mark in MARKS if content.startswith(mark)), b"")
    body = _Body(file, content[len(mark) :], mark)
    if not body.content:
        raise errors.empty(file.label)
    if content.startswith(UTF_32):
        raise errors.utf_32(file.label)
    tried: dict[str, BadByte] = {}
    for encoding in _candidates(body):
        try:
            text = _encoded(body, encoding)
        except BadByte as bad:
            tried[encoding] = bad
            continue
        readable = _header_encodings(body, source, encoding)
        if not readable or encoding in readable:
            return text
        raise _refusal(body, tried, readable)
    raise _refusal(body, tried, _header_encodings(body, source))


def _require_line_ends(file: "ExportFile") -> None:
    """Raise `InputError` where a line is longer than any record may be, before it is in memory."""
    if file.content.size <= LONGEST_LINE:
        return
    line, last = 1, 0
    for start in range(0, file.content.size, _BLOCK):
        block = file.content.read(start, start + _BLOCK)
        first = min((p for p in map(block.find, _LINE_ENDS) if p >= 0), default=None)
        reached = start + (len(block) if first is None else first)
        if reached - last > LONGEST_LINE:
            raise too_long_line(file.label, line)
        if first is not None:
            last = start + max(map(block.rfind, _LINE_ENDS))
            line += block.count(b"\n") or block.count(b"\r")


def _candidates(body: _Body) -> Sequence[str]:
    if body.file.encoding is not None:
        return (_declared(body, body.file.encoding),)
    if body.marked:
        return (body.marked,)
    # One byte is looked for first, which costs a tenth of looking for two.
    if b"\x1b" not in body.content or not ESCAPES.search(body.content):
        return ("utf-8", "cp932")
    # Without a high byte UTF-8 would take any ISO-2022-JP text, kanji and all, for ASCII.
    return ("iso2022_jp",) if body.content.isascii() else ("iso2022_jp", "utf-8", "cp932")


def _declared(body: _Body, name: str) -> str:
    label, encoding = body.file.label, permitted_encoding(name)
    if encoding is None:
        raise errors.not_permitted(name, label)
    if encoding == "utf-16":
        if body.marked is None:
            raise errors.no_mark(label)
        encoding = "utf-16-be" if body.marked == "utf-16-be" else "utf-16-le"
    if body.marked not in {None, encoding}:
        if body.marked == "utf-8" and first_bad_byte(body.content, "utf-8") is not None:
            raise errors.marked_wrongly(label, encoding)
        raise errors.against_mark(name, MARKED[MARKS[body.mark]], label)
    return encoding


def _encoded(body: _Body, encoding: str) -> EncodedText:
    name = MARKED[encoding] if body.mark else encoding
    if encoding in {"utf-8", "cp932"}:
        bad = first_bad_byte(body.content, encoding)
        if bad is not None:
            raise bad
        mixed = utf8_cell(body.content) if encoding == "cp932" else None
        if mixed is not None:
            line = body.line(mixed, encoding)
            raise errors.utf8_among_cp932(body.file.label, line)
        return EncodedText(name, body.content, "cp932" if encoding == "cp932" else "utf-8")
    return EncodedText(name, transcoded(body.content, encoding), "utf-8")


def _header_encodings(
    body: _Body, source: "Source | None", chosen: str | None = None
) -> Sequence[str]:
    """Return the encodings under which the header is found: `chosen` alone if it is one."""
    if source is None:
        return ()
    head, extra = body.content[:HEAD], body.file.headers
    if chosen and find_layout(decode_lossy(head, chosen), source, extra):
        return (chosen,)
    return [name for name in _KNOWN if find_layout(decode_lossy(head, name), source, extra)]


def _refusal(body: _Body, tried: Mapping[str, BadByte], readable: Sequence[str]) -> "EncodingError":
    """Return the error for the encoding that the header speaks for, else for the furthest tried."""
    failed = {name: bad for name, bad in tried.items() if name in readable or not readable}
    if not failed:
        bad = first_bad_byte(body.content, readable[0])
        if bad is None and body.mark:
            return errors.marked_wrongly(body.file.label, readable[0])
        if bad is None:
            return errors.other_encoding(body.file.label, readable[0])
        failed = {readable[0]: bad}
    name, bad = max(failed.items(), key=lambda item: item[1].offset)
    return errors.undecodable(
        body.file.label,
        name,
        len(body.mark) + bad.offset,
        body.line(bad.offset, name),
        list({**tried, **failed}),
        cut=bad.cut,
    )
