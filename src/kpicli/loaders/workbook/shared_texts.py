"""The list of texts that a workbook's cells share, in bulk where it is long and plain."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from defusedxml.common import DefusedXmlException

from kpicli.loaders.workbook.manifest import MAIN
from kpicli.loaders.workbook.xml_bounds import (
    PENDING,
    PROLOG,
    STRETCH,
    BrokenPartError,
    elements,
    utf8_declared,
)

SMALL: Final = 1 << 18
"""Bytes of XML: up to here the bulk way costs more than it spares, for sheets too."""
_MOST_TEXTS = 5_000_000
"""Distinct texts, of which a full sheet of five text columns has as many."""
_PIECE = 4 << 20
_CONTROL = re.compile("_x(00[01][0-9A-Fa-f]|005F)_")
_NO_PLAIN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|]]>|<[!?]")
"""What no XML may hold or what is not read as it stands, and what could hide a tag."""
_BORDER = "</si><si>"


def read_texts(archive: zipfile.ZipFile, part: str) -> list[str]:
    """Return the texts, their runs joined, the phonetic readings left out.

    Raises what `reading` turns into an `InputError`.
    """
    if archive.getinfo(part).file_size > SMALL:
        with archive.open(part) as xml:
            texts = _in_bulk(xml)
        if texts is not None:
            return texts
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


def _in_bulk(xml: IO[bytes]) -> list[str] | None:
    """Return the texts; None where the list is not in the form that nearly all programs write.

    That is one `<si>` directly behind the other. Each is a lone `<t>`, or else (runs, readings,
    entities) goes to an XML parser. What stands around them is read as that of other lists is.
    """
    try:
        return _read(xml)
    except (ParseError, BrokenPartError, DefusedXmlException, ValueError):
        return None  # the other way says what is wrong, or reads the list after all


def _read(xml: IO[bytes]) -> list[str]:
    head = xml.read(PROLOG)
    start = max(head.find(b"<si>"), 0)
    before, buffer = head[:start], head[start:]
    if not utf8_declared(before) or b"<!" in before:
        raise ValueError
    texts: list[str] = []
    while more := xml.read(_PIECE):
        cut = max(buffer.rfind(b"<si>"), 0)
        texts += _texts(buffer[:cut])
        buffer = buffer[cut:] + more
        if len(buffer) > STRETCH or len(texts) > _MOST_TEXTS:
            raise ValueError
    end = buffer.rfind(b"</si>") + len(b"</si>")
    texts += _texts(buffer[:end])
    # One text between what stands around them must turn out as such: so `<si>` means here what it
    # means in the plain form, and nothing else is there.
    if list(_each(BytesIO(before + b"<si><t>x</t></si>" + buffer[end:]))) != ["x"]:
        raise ValueError
    return list(_bounded(texts))


def _texts(piece: bytes) -> list[str]:
    if not piece:
        return []
    text = piece.replace(b'<t xml:space="preserve">', b"<t>").decode()
    if not (text.startswith("<si>") and text.endswith("</si>")) or _NO_PLAIN.search(text):
        raise ValueError
    items = text[len("<si>") : -len("</si>")].split(_BORDER)
    plain = [
        item.startswith("<t>") and item.endswith("</t>") and item.count("<") == 2 for item in items
    ]
    if "&" in text:
        plain = [own and "&" not in item for own, item in zip(plain, items, strict=True)]
    other = iter(_parsed([item for own, item in zip(plain, items, strict=True) if not own]))
    return [
        unescaped(item[len("<t>") : -len("</t>")]) if own else next(other)
        for own, item in zip(plain, items, strict=True)
    ]


def _parsed(items: list[str]) -> list[str]:
    """Return the texts of what stands in `<si>`, by an XML parser, as `text_of` does."""
    xml = "".join(f"<si>{item}</si>" for item in items)
    if xml.count("<") > PENDING:
        raise ValueError
    # No document type can stand in it, as `<!` does not. An item that ended its `<si>`, or held
    # another one, would make more of them.
    read = fromstring(f'<x xmlns="{MAIN[1:-1]}">{xml}</x>')  # noqa: S314
    if len(read) != len(items) or sum(1 for _ in read.iter(f"{MAIN}si")) != len(items):
        raise ValueError
    return [text_of(element) for element in read]
