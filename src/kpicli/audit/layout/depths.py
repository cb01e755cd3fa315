"""How deep items stand below each other: by label column, by indent, by the marks before them."""

import re
from collections.abc import Sequence

from kpicli.audit.layout.labels import meaning
from kpicli.values.folding import fold

_CLASSES = (
    ("large", re.compile(r"第\d{1,2}|[IVX]{1,4}[.、 ]")),  # 第1, II.
    ("number", re.compile(r"\d{1,2}[.、:]|\d{1,2} (?=\D)")),  # 1. / 1 相談
    ("in brackets", re.compile(r"\(\d{1,2}\)")),  # (1)
    ("half bracket", re.compile(r"\d{1,2}\)")),  # 1)
    ("circled", re.compile(r"[①-⑳]")),
    ("kana", re.compile(r"\(?[ア-コ][).、]")),  # ア.
    ("letter", re.compile(r"\(?[a-z][).、]")),  # a)
    ("dots", re.compile(r"[・‐└├→]{2}|-- ")),  # ・・個人
    ("dot", re.compile(r"[・‐└├→]|-(?=\D)")),  # ・個人
    ("all in brackets", re.compile(r"[(〔].*[)〕]$")),  # (男)
)
_WIDE = (0x3000, 0x2003)


def depths(labels: Sequence[tuple[int, int, str]]) -> list[int]:
    """Return the depth of each item, 0 for the outermost.

    An item is given by the number of lines that head it, its indent in half-width spaces, and its
    text. One with more heads or more indented than the item before is deeper; at the same place, a
    kind of mark that comes up after another is deeper than that. Totals, items without a mark, and
    those with the mark that the first item at their place has, are not deeper for their mark.
    """
    stack: list[tuple[tuple[int, int], str]] = []
    first: dict[tuple[int, int], str] = {}
    found: list[int] = []
    for column, indent, text in labels:
        place, mark = (column, indent), _class(text)
        while stack and stack[-1][0] > place:
            stack.pop()
        here = [each for where, each in stack if where == place]
        if meaning(text).kind == "total":
            found.append(len(stack) - len(here))
            continue
        if mark == first.setdefault(place, mark) or not mark:
            here = []
            while stack and stack[-1][0] == place:
                stack.pop()
        while mark in here and stack[-1] != (place, mark):
            stack.pop()
        if mark not in here:
            stack.append((place, mark))
        found.append(len(stack) - 1)
    return found


def levels_below(paths: Sequence[tuple[str, ...]]) -> list[int]:
    """Return for each line how many lines before it bear the beginning of its labels alone.

    `借家 | 公営` is below `借家 | ` if there is such a line, and stands alone if there is not.
    """
    seen: set[tuple[str, ...]] = set()
    found: list[int] = []
    for path in paths:
        own = path[: max((n for n, text in enumerate(path, 1) if text), default=0)]
        found.append(sum(own[:length] in seen for length in range(1, len(own))))
        seen.add(own)
    return found


def indent_of(text: str) -> int:
    """Return how many half-width spaces stand before a label."""
    spaces = text[: len(text) - len(text.lstrip())]
    return sum(2 if ord(space) in _WIDE else 1 for space in spaces)


def _class(text: str) -> str:
    folded = fold(text[:40])
    return next((name for name, pattern in _CLASSES if pattern.match(folded)), "")
