"""Elements of a part by where they stand in its bytes, so that one can be changed and no other.

A library that reads a part and writes it again leaves out what it does not know (text boxes,
sparklines, data bars): here only the bytes of an element are replaced.
"""

import re
from collections.abc import Iterable, Sequence
from xml.parsers.expat import ExpatError, ParserCreate
from xml.sax.saxutils import escape

from msgspec import Struct

from kpicli.base.wording import Text

_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_NOT_UTF8 = re.compile(rb"\A(?:\xff\xfe|\xfe\xff|\x00|<\x00)")
_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["']([^"']+)["']""")


class UnreadablePartError(Exception):
    """A part that is no XML in UTF-8 without a document type; the `reason` is for a person."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class Element(Struct, frozen=True):
    """An element: `start` to `end` with its tags, `inner` to `inner_end` without them.

    `owner` is the index, among the elements of the part, of the nearest one around it that was
    asked for; -1 where there is none. `text` is what stands directly in it.
    """

    name: str
    tag: str
    attributes: dict[str, str]
    start: int
    inner: int
    inner_end: int
    end: int
    owner: int
    text: str


class Edit(Struct, frozen=True):
    """New bytes for those from `start` to `end`."""

    start: int
    end: int
    content: bytes


def elements(part: bytes, names: Iterable[str]) -> list[Element]:
    """Return the elements of these local names, in the order in which they begin.

    Raises `UnreadablePartError`.
    """
    _require_utf8(part)
    reader = _Reader(part, frozenset(names))
    try:
        reader.parser.Parse(part, True)
    except ExpatError:
        reason = Text("XML として読めない部分があります", "a part is no XML that can be read")
        raise UnreadablePartError(reason) from None
    return [each for each in reader.finished if each is not None]


def edited(part: bytes, edits: Sequence[Edit]) -> bytes:
    """Return the part with its edits, which do not overlap; every other byte is as it was."""
    pieces: list[bytes] = []
    last = 0
    for edit in sorted(edits, key=lambda each: each.start):
        pieces += [part[last : edit.start], edit.content]
        last = edit.end
    return b"".join((*pieces, part[last:]))


def opening_tag(element: Element, **changed: str | None) -> str:
    """Return the opening tag with attributes added, changed, or by None left out."""
    attributes = {**element.attributes, **changed}
    kept = "".join(
        f' {name}="{escape(value, {chr(34): "&quot;"})}"'
        for name, value in attributes.items()
        if value is not None
    )
    return f"<{element.tag}{kept}>"


def _require_utf8(part: bytes) -> None:
    declared = _DECLARED.match(part)
    encoding = b"utf-8" if declared is None else declared[1].lower()
    if _NOT_UTF8.match(part) or encoding not in (b"utf-8", b"us-ascii", b"ascii"):
        raise UnreadablePartError(
            Text("文字コードが UTF-8 でない部分があります", "a part is not written in UTF-8")
        )


class _Reader:
    """The parser with what it has seen; the offsets are those of the part's own bytes."""

    def __init__(self, part: bytes, names: frozenset[str]) -> None:
        self._part, self._names = part, names
        self.finished: list[Element | None] = []
        self._open: list[tuple[int, str, dict[str, str], int, int, int, list[str]]] = []
        self.parser = ParserCreate()
        self.parser.buffer_text = True
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, tag: str, attributes: list[str]) -> None:
        if tag.rpartition(":")[2] not in self._names:
            return
        start = self.parser.CurrentByteIndex
        written = _TAG.match(self._part, start)
        inner = start if written is None else written.end()
        named = dict(zip(attributes[::2], attributes[1::2], strict=True))
        owner = self._open[-1][0] if self._open else -1
        self._open.append((len(self.finished), tag, named, start, inner, owner, []))
        self.finished.append(None)

    def _text(self, text: str) -> None:
        if self._open:
            self._open[-1][-1].append(text)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] not in self._names:
            return
        index, _, named, start, inner, owner, texts = self._open.pop()
        alone = self._part[start:inner].endswith(b"/>")
        at = inner if alone else self.parser.CurrentByteIndex
        closing = None if alone else _TAG.match(self._part, at)
        end = inner if closing is None else closing.end()
        self.finished[index] = Element(
            tag.rpartition(":")[2],
            tag,
            named,
            start,
            inner,
            at,
            end,
            owner,
            "".join(texts),
        )

    def _refuse(self, *_: object) -> None:
        raise UnreadablePartError(
            Text("文書型の宣言があります", "a document type is declared, with entities perhaps")
        )
