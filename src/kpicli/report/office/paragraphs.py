"""Texts in paragraphs of Word, PowerPoint and drawings, filled where placeholders stand.

A program cuts the text of a paragraph into runs as it likes (`{{ voi` `ces }}`): placeholders are
looked for in the joined text, and what replaces one goes into the run that it begins in, with the
look of that run.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from kpicli.base.wording import Text
from kpicli.report.office.markup import Edit, Element, elements, opening_tag
from kpicli.report.office.values import Figures, Problem, placeholders

_SPACE = "xml:space"


def paragraph_edits(
    part: bytes, paragraph: str, place: Text, figures: Figures, problems: list[Problem]
) -> list[Edit]:
    """Return the edits that fill a part whose texts (`t`) stand in elements named `paragraph`.

    Texts in an inner paragraph, that of a text box, are no part of the outer one.
    """
    every = elements(part, (paragraph, "t", "rPh"))
    texts: dict[int, list[Element]] = {}
    for each in every:
        if each.name == "t" and each.owner >= 0 and every[each.owner].name == paragraph:
            texts.setdefault(each.owner, []).append(each)
    return [edit for runs in texts.values() for edit in _run_edits(runs, place, figures, problems)]


def _run_edits(
    runs: Sequence[Element], place: Text, figures: Figures, problems: list[Problem]
) -> list[Edit]:
    filled = filled_runs([each.text for each in runs], place, figures, problems)
    return [
        Edit(run.start, run.end, text_element(run, new).encode())
        for run, new in zip(runs, filled, strict=True)
        if new != run.text
    ]


def filled_runs(
    texts: Sequence[str], place: Text, figures: Figures, problems: list[Problem]
) -> list[str]:
    """Return the texts of runs with the placeholders filled that lie in them or across them."""
    joined = "".join(texts)
    owners = [index for index, text in enumerate(texts) for _ in text]
    filled = [""] * len(texts)
    last = 0
    for match in placeholders(joined):
        for position in range(last, match.start()):
            filled[owners[position]] += joined[position]
        after = joined[match.end() :]
        filled[owners[match.start()]] += figures.text(match[0], after, place, problems)
        last = match.end()
    for position in range(last, len(joined)):
        filled[owners[position]] += joined[position]
    return filled


def text_element(run: Element, text: str) -> str:
    """Return the element of a run with another text, whose spaces at its ends are kept.

    Drawings (`a:t`) keep them always, and know no such attribute.
    """
    keeps = run.tag.startswith("a:") or text == text.strip()
    tag = opening_tag(run) if keeps else opening_tag(run, **{_SPACE: "preserve"})
    return f"{tag}{escape(text)}</{run.tag}>"
