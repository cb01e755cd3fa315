"""Lines that head others below them, by indent, numbering or an outer column, without a word."""

import re
from collections.abc import Iterator, Sequence

from kpicli.audit.layout.labels import bare
from kpicli.audit.readings.entries import PARENT, Claim, Entry, Reading, Trust
from kpicli.values.folding import fold

_REST = re.compile(r"その他|不明|不詳|無回答|上記以外|other", re.I)
"""A list that ends with these is complete."""
_NUMBERED = re.compile(r"[(]\d{1,2}[)]|\d{1,2}[)]|[①-⑳]")
_FIRST = 12
_SEXES = {"男", "女"}


def parent_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield that a line is the sum of those one step deeper below it, up to the next as deep.

    The list is complete by its words (その他, 男 and 女), by its numbers, or below a heading 内訳;
    otherwise it may name only some.
    """
    for place, entry in enumerate(entries):
        if entry.says.kind not in {"plain", "period"} or not entry.label:
            continue
        children = _children(entries, place)
        if len(children) > 1:
            plus = tuple(each.line for each in children)
            partial = not _is_complete(children)
            whole = Reading("total", entry.line, plus, style=PARENT, partial=partial)
            yield Claim(entry.line, entry.level, (whole, *_of_first(entry, children)))


def _of_first(entry: Entry, children: Sequence[Entry]) -> Iterator[Reading]:
    """Yield that the first lines alone make the sum: the others may split it in another way."""
    for number in range(2, min(len(children), _FIRST)):
        plus = tuple(each.line for each in children[:number])
        style = f"first {number}"
        yield Reading("total", entry.line, plus, trust=Trust.POSSIBLE, style=style)


def sex_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield that a line before or after 男 and 女 is likely their sum, whatever it is called."""
    sexes = [bare(entry.label).strip("()性子") if len(entry.label) < 8 else "" for entry in entries]
    for place in range(len(entries) - 1):
        if set(sexes[place : place + 2]) == _SEXES:
            plus = tuple(each.line for each in entries[place : place + 2])
            for at in (place - 1, place + 2):
                if (
                    0 <= at < len(entries)
                    and entries[at].says.kind == "plain"
                    and sexes[at] not in _SEXES
                ):
                    whole = entries[at]
                    style = f"sexes {at - place}"
                    reading = Reading("total", whole.line, plus, trust=Trust.LIKELY, style=style)
                    yield Claim(whole.line, whole.level, (reading,))


def _is_complete(children: Sequence[Entry]) -> bool:
    marks = [fold(each.label)[:3] for each in children]
    numbered = all(_NUMBERED.match(mark) for mark in marks) and len(set(marks)) == len(marks)
    sexes = {bare(each.label).strip("()性子") for each in children} == _SEXES
    last = any(_REST.search(each.label) for each in children)
    return numbered or sexes or last or all(each.line.breakdown for each in children)


def _children(entries: Sequence[Entry], place: int) -> list[Entry]:
    own = entries[place].line
    found: list[Entry] = []
    for at in range(place + 1, len(entries)):
        each = entries[at]
        if each.line.depth <= own.depth:
            break
        if each.is_part(own) and each.says.kind != "total":
            found.append(each)
    depth = min((each.line.depth for each in found), default=0)
    return [each for each in found if each.line.depth == depth]
