"""Bounds on the XML of a workbook: a small zip can unpack to more elements than memory holds.

No part may declare a document type, and with it entities: those of other files, or a few that
unfold to millions. A declaration can stand only before the first element, so that is where every
part is looked at; then the fast parser may have it. (defusedxml's own parser looks at every element
in Python.)
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final, Protocol
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse
from xml.parsers.expat import ExpatError, ParserCreate

from defusedxml.common import DTDForbidden

from kpicli.base.wording import Text

PENDING: Final = 1_000_000
"""The most tags between two rows, or two texts: a full row of 16,384 rich cells has fewer."""
WHOLE: Final = 1_000_000
"""The most tags of a part that is read as a whole; 65,000 cell styles take 400,000."""
LISTED: Final = 100_000
"""The most tags of a part that lists parts or sheets; real ones have hundreds."""
WHOLE_BYTES: Final = 64 << 20
PROLOG: Final = 1 << 20
"""The most bytes before and in the first tag; real parts have some hundreds."""
STRETCH: Final = 32 << 20
"""The most bytes without a tag; a cell holds 32,767 characters."""
_PIECE: Final = 1 << 20
_CHUNK: Final = 4096
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")


_STRICT = tuple(
    (
        f"http://purl.oclc.org/ooxml/{own}".encode(),
        f"http://schemas.openxmlformats.org/{usual}".encode(),
    )
    for own, usual in (
        ("spreadsheetml/main", "spreadsheetml/2006/main"),
        ("officeDocument/relationships", "officeDocument/2006/relationships"),
    )
)
"""The names of Strict Open XML, and the usual ones: nothing else differs that is read here."""


class BrokenPartError(Exception):
    """A part of the workbook contradicts itself, or is abnormal; the `reason` shows no cell."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(ja, en)


class Handlers(Protocol):
    """What a parser calls; `taken` is set where memory for what was read is free again."""

    taken: bool

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        """Begin an element."""

    def end(self, tag: str, /) -> None:
        """End the element that began last."""

    def data(self, text: str, /) -> None:
        """Take in a part of a text."""


def parse(xml: IO[bytes], handlers: Handlers) -> None:
    """Parse a part, of whatever size, by calls of handlers; tags come as `namespace}name`.

    Raises `BrokenPartError` where more than `PENDING` tags pile up before something is taken, and
    `ParseError` for what is no XML.
    """
    counted = _Counted(xml)
    parser = ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = handlers.start, handlers.end
    parser.CharacterDataHandler = handlers.data
    data = b"-"
    while data:
        data = counted.read()
        try:
            parser.Parse(data, not data)
        except ExpatError as error:
            raise ParseError(str(error)) from None
        if handlers.taken:
            counted.tags, handlers.taken = 0, False


def elements(xml: IO[bytes], taken: str, *others: str) -> Iterator[Element]:
    """Yield the elements of these tags as they end; `taken` ones are emptied once they are seen.

    Raises `BrokenPartError` where more than `PENDING` tags pile up before the next such element.
    """
    counted = _Counted(xml)
    for _, element in iterparse(counted):  # noqa: S314 - the stream has no document type
        if element.tag == taken:
            yield element
            # Emptied, a row weighs little: 1,000,000 rows of 50 cells would take gigabytes. The
            # count begins anew, as only what piles up between two rows stays in memory.
            element.clear()
            counted.tags = 0
        elif element.tag in others:
            yield element


def utf8_declared(start: bytes) -> bool:
    """Return whether a part that begins so is in UTF-8: it declares this or nothing."""
    declared = _ENCODING.search(start)
    return declared is None or declared[1].lower() == b"utf-8"


def read_whole(archive: zipfile.ZipFile, part: str, most: int = WHOLE) -> bytes:
    """Return the bytes of a part; raise `BrokenPartError` where it has more than `most` tags."""
    if archive.getinfo(part).file_size > WHOLE_BYTES:
        raise BrokenPartError("異常に大きい部分があります", "a part of an abnormal size")
    xml = archive.read(part)
    # 64 MiB of `<a/>` would be 16 million elements of 100 bytes and more each.
    if xml.count(b"<") > most:
        raise BrokenPartError(
            "要素の異常に多い部分があります", "a part with an abnormal number of elements"
        )
    return _usual(xml)


def _usual(xml: bytes) -> bytes:
    for strict, usual in _STRICT:
        xml = xml.replace(strict, usual)
    return xml


def read_tree(archive: zipfile.ZipFile, part: str, most: int = WHOLE) -> Element:
    """Return the elements of a part; raises as `read_whole` does, and for a document type."""
    xml = read_whole(archive, part, most)
    prolog = _Prolog()
    prolog.look(xml)
    prolog.require_end()
    return fromstring(xml)  # noqa: S314 - it has no document type


class _Prolog:
    """The bytes before the first element; `DTDForbidden` where they declare a document type.

    `ParseError` where it is no XML: what is not understood here is not handed on.
    """

    def __init__(self) -> None:
        self.over = False
        self._looked = 0
        # `<!DOCTYPE x [<!ENTITY a "…">]><worksheet>` must be found before `a` is used, and may
        # stand in two readings of the stream: so a parser looks, not a search for the word, which
        # also stands in comments, and in UTF-16 looks otherwise.
        self._parser = ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._end
        if hasattr(self._parser, "SetReparseDeferralEnabled"):
            self._parser.SetReparseDeferralEnabled(False)  # nothing may wait unseen

    def look(self, xml: bytes) -> None:
        """Parse the next bytes up to the first element, by small pieces; the rest is not parsed."""
        for start in range(0, len(xml), _CHUNK):
            if self.over:
                return
            if self._looked > PROLOG:  # a comment or tag that goes on is parsed anew each time
                raise BrokenPartError(
                    "最初の要素までが異常に長い部分があります", "a part of an abnormal beginning"
                )
            self._looked += _CHUNK
            try:
                self._parser.Parse(xml[start : start + _CHUNK], False)
            except ExpatError as error:
                raise ParseError(str(error)) from None

    def require_end(self) -> None:
        """Raise `ParseError` where all has been looked at and no element was among it."""
        if not self.over:
            raise ParseError("no element")

    def _end(self, _: str, __: object) -> None:
        self.over = True


def _refuse(name: str, system: str | None, public: str | None, _: bool) -> None:
    raise DTDForbidden(name, system, public)


class _Counted:
    """A stream that counts the tags it hands out, the opening ones of unclosed elements too."""

    def __init__(self, xml: IO[bytes]) -> None:
        self._xml, self._prolog = xml, _Prolog()
        self._stretch = self.tags = 0

    def read(self, size: int = -1, /) -> bytes:
        # What is not complete is parsed anew with each piece: of a comment of 24 MB some pieces are
        # soon read, and a thousand never.
        data = self._xml.read(max(size, _PIECE))
        self._stretch = len(data) - data.rfind(b"<") if b"<" in data else self._stretch + len(data)
        if self._stretch > STRETCH:
            raise BrokenPartError(
                "異常に長いセルか注釈があります", "a cell or comment of an abnormal length"
            )
        if not self._prolog.over:  # the first element declares the names
            data = _usual(data)
        # Every element has one opening tag, so `<` is counted before a tree is built of it. A
        # comment or an escaped text (`&lt;`) can only raise or leave the count.
        self.tags += data.count(b"<")
        if self.tags > PENDING:
            raise BrokenPartError("要素が異常に多くあります", "an abnormal number of elements")
        self._prolog.look(data)
        if not data:
            self._prolog.require_end()
        return data
