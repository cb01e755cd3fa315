"""Markdown as plain lines, for cells that know no markup."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from kpicli.output.page.folding import fold

MOST_LINES = 22
"""A row of a spreadsheet can be no higher; what is below would not be seen."""

_HEADING = re.compile(r"^#{1,6}\s+")
_BULLET = re.compile(r"^(\s*)[-*+]\s+")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)\)")
_STARS = re.compile(r"(?<!\\)(\*\*|\*|`)(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_UNDERSCORES = re.compile(r"(?<![\w\\])(__|_)(?=\S)(.+?)(?<=\S)(?<!\\)\1(?!\w)")
_LITERAL = re.compile(r"\\([!-/:-@\[-`{-~])|&#?\w+;")
"""A sign with a backslash before it, or a character by its name: `&lt;`."""


def plain_lines(markdown: str) -> tuple[str, ...]:
    """Return the text line by line without its marks; paragraphs stay apart by an empty line.

    A list item begins with `・`, a link is followed by its address in parentheses, `**強調**` loses
    its stars.
    """
    lines = [_plain(line) for line in markdown.strip().splitlines()]
    return tuple(_without_runs(lines))


def _plain(line: str) -> str:
    line = _BULLET.sub(r"\1・", _HEADING.sub("", line.rstrip().expandtabs(2)))
    line = _LINK.sub(lambda link: f"{link[1]} ({link[2]})" if link[2] else link[1], line)
    for marks in (_STARS, _STARS, _UNDERSCORES):
        line = marks.sub(r"\2", line)
    return _LITERAL.sub(lambda mark: mark[1] or unescape(mark[0]), line)


def _without_runs(lines: list[str]) -> Iterator[str]:
    """Yield the lines with one empty line at most between two others."""
    for number, line in enumerate(lines):
        if line or lines[number - 1]:
            yield line


def pieces(lines: Sequence[str], width: int) -> Iterator[tuple[str, ...]]:
    """Yield the lines in pieces, none longer than `MOST_LINES` lines of `width` cells.

    One piece where they fit; a line too long for one is divided.
    """
    piece: list[str] = []
    room = MOST_LINES
    for line in lines:
        folded = fold(line, width, fill=True)
        if piece and len(folded) > room:
            yield tuple(piece)
            piece, room = [], MOST_LINES
        divided = len(folded) > MOST_LINES
        while len(folded) > MOST_LINES:
            yield tuple(folded[:MOST_LINES])
            folded = folded[MOST_LINES:]
        piece += folded if divided else [line]
        room -= len(folded)
    yield tuple(piece)
