"""The headings of a narrative: which principle, which column of a pair, which part of an item."""

import re
from collections.abc import Iterator
from unicodedata import normalize

from kpicli.base.wording import Text

PLANNED = Text("取り組み課題", "Measures planned")
REVIEW = Text("取り組み内容の振り返り", "Review")
FACTS = Text("数値・事実", "Figures and facts")
ASSESSMENT = Text("評価", "Assessment")
NEXT_STEPS = Text("今後の取り組み", "Next steps")

_AFTER = r"(?:[\s<(〈【\[:].*)?"
_PLANNED = re.compile(
    rf"(?:取り?組み?課題|measures planned|planned measures){_AFTER}", re.IGNORECASE
)
_REVIEW = re.compile(
    rf"(?:(?:取り?組み?(?:の?内容)?の?)?振り?返り|取り?組み?(?:の?内容)?の?結果|review|results){_AFTER}",
    re.IGNORECASE,
)
_LABELS = frozenset(
    name.casefold() for text in (FACTS, ASSESSMENT, NEXT_STEPS) for name in (text.ja, text.en)
)
_BRACKETED = re.compile(r"【[^【】]+】")
_ATX, _FENCE = re.compile(r"(#{1,6})\s+(.*)"), re.compile(r"\s*(?:```|~~~)")
_NAME = r"[0-9A-Za-z][0-9A-Za-z.-]*"
_WORD = r"(?:原則|Principles?)"
_SEPARATOR = r"\s*(?:・|、|,|/|&|と|および|及び|\band\b)\s*"
_PRINCIPLES = re.compile(
    rf"{_WORD}\s*(?P<first>{_NAME})(?P<others>(?:{_SEPARATOR}(?:{_WORD}\s*{_NAME}|[0-9]+(?![0-9A-Za-z年月日件])))*)"
    r"[\s:、.]*(?P<title>.*)",
    re.DOTALL | re.IGNORECASE,
)
_OTHER = re.compile(rf"{_SEPARATOR}(?:{_WORD}\s*)?({_NAME})", re.IGNORECASE)


def principles_of(heading: str) -> tuple[str, ...]:
    """Return the principles that a heading names: `原則3・原則4 …` and `Principles 3 and 4`.

    A heading that does not begin with a principle has none.
    """
    match = _PRINCIPLES.fullmatch(_folded(heading))
    if match is None:
        return ()
    return tuple(dict.fromkeys((match["first"], *_OTHER.findall(match["others"]))))


def is_planned(heading: str) -> bool:
    """Return whether a heading is that of the first column of a pair: `取り組み課題<上期>`."""
    return _PLANNED.fullmatch(_folded(heading)) is not None


def is_review(heading: str) -> bool:
    """Return whether a heading is that of the second column of a pair."""
    return _REVIEW.fullmatch(_folded(heading)) is not None


def is_label(heading: str) -> bool:
    """Return whether a heading names a part of an item and no item: `評価`, `【事例】`."""
    folded = _folded(heading)
    return folded.casefold() in _LABELS or is_bracketed(folded)


def is_bracketed(line: str) -> bool:
    """Return whether a line is a free heading in brackets and nothing else: `【数値・事実】`."""
    return _BRACKETED.fullmatch(line.strip().strip("*").strip()) is not None


def is_facts(heading: str) -> bool:
    """Return whether a heading announces figures: `数値・事実`, with brackets or without."""
    return _folded(heading).strip("【】 ").casefold() in (FACTS.ja, FACTS.en.casefold())


def headings_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield line (from 0), level and words of the headings of a passage, those in code aside.

    A free heading in brackets stands as deep as can be.
    """
    fenced = False
    for number, line in enumerate(text.split("\n")):
        fenced ^= _FENCE.match(line) is not None
        heading = None if fenced else _ATX.fullmatch(line)
        if heading is not None:
            yield number, len(heading[1]), heading[2]
        elif not fenced and is_bracketed(line):
            yield number, 7, line.strip().strip("*").strip()


def with_levels(text: str, least: int) -> str:
    """Return a passage whose headings are Markdown's and begin at a level, none left out.

    There is a blank line between a heading and what stands before or after it.
    """
    found = list(headings_in(text))
    levels = sorted({level for _, level, _ in found})
    headings = {
        n: f"{'#' * min(6, least + levels.index(level))} {words}" for n, level, words in found
    }
    lines: list[str] = []
    for number, line in enumerate(text.split("\n")):
        apart = number in headings or number - 1 in headings
        if apart and lines and lines[-1].strip() and line.strip():
            lines.append("")
        lines.append(headings.get(number, line))
    return "\n".join(lines)


def natural(name: str) -> tuple[bool, list[tuple[bool, int, str]]]:
    """Return what principles are sorted by: 2 before 10, no principle last."""
    pieces = re.findall(r"\d+|\D+", name)
    return not name, [(not p.isdigit(), int(p) if p.isdigit() else 0, p) for p in pieces]


def _folded(heading: str) -> str:
    return normalize("NFKC", heading).strip()
