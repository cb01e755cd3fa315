"""Where figures stand in a report: where the author puts them, else in their principle's section.

One figure stands once. A narrative with directives shows what they name, where they stand. Without
any, a KPI stands in the section of the first of its principles that has one, after its 数値・事実;
the sections of its other principles refer to it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import KpiHead
from kpicli.model.summary import Summary
from kpicli.output.page.phrases import principle_phrase
from kpicli.report.narrative import headings
from kpicli.report.narrative.model import (
    Block,
    Directive,
    Item,
    Narrative,
    Pair,
    Passage,
    Section,
    mapped,
)

RELATED = "related"
"""The directive of kpicli's own that refers to figures of another section."""


def placed(narrative: Narrative, summary: Summary, language: Language) -> tuple[Section, ...]:
    """Return the sections with a directive, naming its KPIs, wherever figures are to stand."""
    if narrative.places_figures:
        named = {name for directive in narrative.directives for name in directive.names}
        return tuple(_completed(section, summary.kpis, named) for section in narrative.sections)
    return tuple(_by_principle(narrative, summary, language))


def _completed(section: Section, kpis: Mapping[str, KpiHead], named: set[str]) -> Section:
    """Return the section, its bare `::: figures` naming what no directive names."""
    left = tuple(
        name
        for name, head in kpis.items()
        if name not in named and set(head.principles) & set(section.principles)
    )

    def directive(written: Directive) -> Directive:
        bare = written.kind == "figures" and not written.names
        return replace(written, names=left) if bare else written

    return mapped(section, lambda passage: passage, directive)


def _by_principle(narrative: Narrative, summary: Summary, language: Language) -> Iterator[Section]:
    sections = [*narrative.sections, *_without_words(narrative, summary, language)]
    home: dict[str, int] = {}
    for name, head in summary.kpis.items():
        numbers = (_section_of(each, sections) for each in head.principles or ("",))
        home[name] = next(number for number in numbers if number is not None)
    for number, section in enumerate(sections):
        own = tuple(name for name, at in home.items() if at == number)
        others = tuple(
            name
            for name, head in summary.kpis.items()
            if home[name] != number and set(head.principles) & set(section.principles)
        )
        blocks: list[Block] = [Directive(kind, own) for kind in ("figures", "chart") if own]
        blocks += [Directive(RELATED, others)] if others else []
        yield _with_figures(section, blocks)


def _section_of(principle: str, sections: Sequence[Section]) -> int | None:
    wanted = (principle,) if principle else ()
    numbers = (
        number
        for number, section in enumerate(sections)
        if (principle in section.principles or (section.principles == wanted and not section.items))
    )
    return next(numbers, None)


def _without_words(narrative: Narrative, summary: Summary, language: Language) -> Iterator[Section]:
    """Yield an empty section for the figures of which no section speaks, in order of number."""
    written = {name for section in narrative.sections for name in section.principles}
    wanted = {
        (head.principles or ("",))[0]
        for head in summary.kpis.values()
        if not written & set(head.principles)
    }
    for name in sorted(wanted, key=headings.natural):
        heading = Passage(principle_phrase(name, language))
        yield Section((name,) if name else (), heading)


def _with_figures(section: Section, figures: Sequence[Block]) -> Section:
    """Return the section with figures after its first 数値・事実, else at its end."""
    if not figures:
        return section
    items = list(section.items) or [Item()]
    for number, item in enumerate(items):
        contents = _inserted(item.contents, figures)
        if contents is not None:
            items[number] = replace(item, contents=contents)
            return replace(section, items=tuple(items))
    last = items[-1]
    items[-1] = replace(last, contents=_appended(last.contents, figures))
    return replace(section, items=tuple(items))


def _inserted(
    contents: Sequence[Block | Pair], figures: Sequence[Block]
) -> tuple[Block | Pair, ...] | None:
    for number, content in enumerate(contents):
        made: Iterable[Block | Pair] | None = None
        if isinstance(content, Passage):
            made = _after_facts(content, figures)
        elif isinstance(content, Pair):
            review = _inserted(content.review, figures)
            made = None if review is None else [replace(content, review=review)]
        if made is not None:
            return (*contents[:number], *made, *contents[number + 1 :])
    return None


def _appended(
    contents: Sequence[Block | Pair], figures: Sequence[Block]
) -> tuple[Block | Pair, ...]:
    if contents and isinstance(contents[-1], Pair):
        pair = contents[-1]
        return (*contents[:-1], replace(pair, review=(*pair.review, *figures)))
    return (*contents, *figures)


def _after_facts(passage: Passage, figures: Sequence[Block]) -> list[Block] | None:
    """Return a text parted by figures where its 数値・事実 ends; None where it has none."""
    lines, begun = passage.text.split("\n"), False
    for number, _, heading in headings.headings_in(passage.text):
        if begun:
            rest = Passage("\n".join(lines[number:]), passage.line + number)
            return [Passage("\n".join(lines[:number]), passage.line), *figures, rest]
        begun = headings.is_facts(heading)
    return [passage, *figures] if begun else None


def anchor(sections: Sequence[Section], section: Section) -> str:
    """Return what links to a section lead to: its first principle, else its place."""
    if section.principles:
        return f"fd-p{_slug(section.principles[0])}"
    return f"fd-s{sections.index(section) + 1}"


def _slug(name: str) -> str:
    """Return a name as part of an id, so that two names never become one."""
    return "".join(c if c.isascii() and c.isalnum() else f"_{ord(c):x}" for c in name)
