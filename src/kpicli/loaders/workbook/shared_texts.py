"""The list of texts that a workbook's cells share, in bulk where it is long and plain."""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, pairwise
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

import numpy as np
import numpy.typing as npt
from defusedxml.common import DefusedXmlException
from msgspec import Struct

from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.workbook.manifest import MAIN
from kpicli.loaders.workbook.xml_bounds import (
    PENDING,
    PROLOG,
    STRETCH,
    BrokenPartError,
    elements,
    utf8_declared,
)

SMALL: Final = 1 << 14
"""Bytes of XML: up to here the bulk way costs more than it spares."""
_HELD = 1 << 16
"""Up to so many texts are held as such: decoded once each, however many cells share them."""
_MOST_TEXTS = 5_000_000
"""Distinct texts, of which a full sheet of five text columns has as many."""
_PIECE = 4 << 20
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f]|005F)_")
_NO_PLAIN = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>", b"<!", b"<?")
"""What no XML may hold (U+FFFE and U+FFFF), and what could hide a tag."""
_CHARACTERS = bytes((*b"\t\n", *range(0x20, 0x100)))
"""Bytes of characters that XML may hold."""
_OTHERWISE = (b"&", b"_x00")
"""What is not read as it stands."""
_ITEM, _ITEM_END, _TEXT_END = b"<si>", b"</si>", b"</t>"
_BARE, _KEPT = b"<t>", b'<t xml:space="preserve">'
Bytes = npt.NDArray[np.uint8]
Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
_TAGS = 4
"""So many tags an item of a lone text has."""


def read_texts(archive: zipfile.ZipFile, part: str) -> Sequence[str]:
    """Return the texts, their runs joined, the phonetic readings left out; many as `RowBytes`.

    Raises what `reading` turns into an `InputError`.
    """
    if archive.getinfo(part).file_size > SMALL:
        with archive.open(part) as xml:
            texts = _in_bulk(xml)
        if texts is not None:
            return texts if len(texts) > _HELD else list(texts)
    with archive.open(part) as xml:
        return list(_bounded(_each(xml)))


def text_of(element: Element) -> str:
    """Return the text of a string element, its runs joined, the phonetic readings left out."""
    runs = [element, *element.findall(f"{MAIN}r")]
    text = "".join(run.findtext(f"{MAIN}t") or "" for run in runs)
    return unescaped(text)


def unescaped(text: str) -> str:
    """Return `text` with `_x000D_` and its kin (control characters in XML) put back."""
    if "_x00" not in text:
        return text
    return _CONTROL.sub(lambda match: chr(int(match[1], 16)), text)


def _each(xml: IO[bytes]) -> Iterator[str]:
    return map(text_of, elements(xml, f"{MAIN}si"))


def _bounded(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        if number == _MOST_TEXTS:
            raise BrokenPartError("文字列が異常に多くあります", "an abnormal number of texts")
        yield text


def _in_bulk(xml: IO[bytes]) -> RowBytes | None:
    """Return the texts; None where the list is not in the form that nearly all programs write.

    That is one `<si>` directly behind the other. Each is a lone `<t>`, or else (runs, readings,
    entities) goes to an XML parser. What stands around them is read as that of other lists is.
    """
    try:
        return _read(xml)
    except (ParseError, BrokenPartError, DefusedXmlException, ValueError):
        return None  # the other way says what is wrong, or reads the list after all


def _read(xml: IO[bytes]) -> RowBytes:
    head = xml.read(PROLOG)
    start = max(head.find(_ITEM), 0)
    before, buffer = head[:start], head[start:]
    if not utf8_declared(before) or b"<!" in before:
        raise ValueError
    listed = _Listed()
    while more := xml.read(_PIECE):
        cut = max(buffer.rfind(_ITEM), 0)
        listed.add(buffer[:cut])
        buffer = buffer[cut:] + more
        if len(buffer) > STRETCH or listed.count > _MOST_TEXTS:
            raise ValueError
    end = buffer.rfind(_ITEM_END) + len(_ITEM_END)
    listed.add(buffer[:end])
    # One text between what stands around them must turn out as such: so `<si>` means here what it
    # means in the plain form, and nothing else is there.
    if list(_each(BytesIO(before + b"<si><t>x</t></si>" + buffer[end:]))) != ["x"]:
        raise ValueError
    if listed.count > _MOST_TEXTS:
        raise ValueError
    return listed.texts()


class _Listed:
    """The texts so far as bytes, piece by piece."""

    def __init__(self) -> None:
        self._data: list[bytes] = []
        self._lengths: list[Places] = []
        self.count = 0

    def add(self, piece: bytes) -> None:
        """Take in whole items; raises `ValueError` or `ParseError` where they are not plain."""
        if not piece:
            return
        if b"\r" in piece:  # no parser of XML sees it
            piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        piece.decode()
        if piece.translate(None, _CHARACTERS) or any(own in piece for own in _NO_PLAIN):
            raise ValueError
        cut = _cut(piece)
        lengths = cut.ends - cut.starts
        texts = _parsed([piece[start:stop] for start, stop in cut.others.tolist()])
        encoded = [text.encode() for text in texts]
        lengths[~cut.plain] = [len(text) for text in encoded]
        data = _between(piece, cut.starts[cut.plain], cut.ends[cut.plain])
        if encoded:
            # The texts of the parser go where theirs ends that stands before them.
            own = np.where(cut.plain, lengths, 0).cumsum()[~cut.plain].tolist()
            parts = [data[start:stop] for start, stop in pairwise([0, *own])]
            pairs = zip(parts, encoded, strict=True)
            data = b"".join([*chain.from_iterable(pairs), data[own[-1] :]])
        self._data.append(data)
        self._lengths.append(lengths)
        self.count += len(lengths)

    def texts(self) -> RowBytes:
        """Return all texts."""
        offsets = np.zeros(self.count + 1, np.int64)
        if self._lengths:
            np.cumsum(np.concatenate(self._lengths), out=offsets[1:])
        return RowBytes(np.frombuffer(b"".join(self._data), np.uint8), offsets, "utf-8")


class _Cut(Struct, frozen=True):
    """Items of a piece: where the text of each stands, and which have a lone one.

    `others` are the borders of what stands in the `<si>` of all others.
    """

    starts: Places
    ends: Places
    plain: Flags
    others: Places


def _cut(piece: bytes) -> _Cut:
    """Return where the items stand; `ValueError` where they do not, one directly behind another."""
    data = np.frombuffer(piece + bytes(len(_KEPT)), np.uint8)
    tags = np.flatnonzero(data == ord("<"))
    first = np.flatnonzero(stands(data, tags, _ITEM))
    items = tags[first]
    borders = np.append(items, len(piece))
    ends = borders[1:] - len(_ITEM_END)
    if not len(items) or items[0] != 0 or not stands(data, ends, _ITEM_END).all():
        raise ValueError
    inner = items + len(_ITEM)
    plain = np.diff(np.append(first, len(tags))) == _TAGS
    text_end = np.where(plain, tags[np.minimum(first + 2, len(tags) - 1)], 0)
    kept, bare = stands(data, inner, _KEPT), stands(data, inner, _BARE)
    plain &= (kept | bare) & (text_end == ends - len(_TEXT_END)) & stands(data, text_end, _TEXT_END)
    odd = [match.start() for own in _OTHERWISE for match in re.finditer(own, piece)]
    plain[np.searchsorted(items, odd, side="right") - 1] = False
    starts = inner + np.where(kept, len(_KEPT), len(_BARE))
    return _Cut(starts, text_end, plain, np.column_stack((inner, ends))[~plain])


def stands(data: Bytes, places: Places, text: bytes) -> Flags:
    """Return at which places the text stands."""
    there = np.ones(len(places), np.bool_)
    for offset, byte in enumerate(text):
        there &= data[places + offset] == byte
    return there


def _between(piece: bytes, starts: Places, ends: Places) -> bytes:
    """Return what stands between the borders, joined."""
    steps = np.zeros(len(piece) + 1, np.int8)
    steps[starts] += 1
    steps[ends] -= 1  # a tag stands between two texts, so that none ends where another begins
    return np.frombuffer(piece, np.uint8)[np.cumsum(steps[:-1], dtype=np.int8) > 0].tobytes()


def _parsed(items: list[bytes]) -> list[str]:
    """Return the texts of what stands in `<si>`, by an XML parser, as `text_of` does."""
    xml = b"".join(b"<si>%s</si>" % item for item in items)
    if xml.count(b"<") > PENDING:
        raise ValueError
    # No document type can stand in it, as `<!` does not. An item that ended its `<si>`, or held
    # another one, would make more of them.
    read = fromstring(b'<x xmlns="%s">%s</x>' % (MAIN[1:-1].encode(), xml))  # noqa: S314
    if len(read) != len(items) or sum(1 for _ in read.iter(f"{MAIN}si")) != len(items):
        raise ValueError
    return [text_of(element) for element in read]
