"""The words of a report in the author's own structure, and what is wrong on a line of them.

Narrative
├── title, introduction
└── Section            `## 原則1 …`, `## 原則3・原則4 …`, or any other heading
    └── Item           `### (1)1) …`; what stands before the first one has no heading
        ├── Passage    Markdown
        ├── Directive  `::: figures voices`
        └── Pair       取り組み課題 beside 取り組み内容の振り返り, each of passages and directives

A narrative is first as it was written, then with its placeholders filled and its directives naming
their KPIs; its structure is the same.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text

DIRECTIVES = ("figures", "cards", "trend", "chart", "months", "principles")
PRINCIPLES = "principles"
"""The directive that shows no figures, but where each principle is answered."""


class Passage(Struct, frozen=True):
    """A text of Markdown, and the line of the file (from 1) on which it begins."""

    text: str = ""
    line: int = 1


class Directive(Struct, frozen=True):
    """Figures that the author puts somewhere: their form, one of `DIRECTIVES`, and their names.

    The names are ids of KPIs and, to limit what they are compared with, of comparisons.
    """

    kind: str
    names: tuple[str, ...]
    line: int = 1


Block = Passage | Directive


class Pair(Struct, frozen=True):
    """What was planned beside what came of it, each under the author's own heading."""

    planned_heading: Passage
    planned: tuple[Block, ...]
    review_heading: Passage
    review: tuple[Block, ...]


class Item(Struct, frozen=True):
    """A part of a section under a heading of its own ("" for none)."""

    heading: Passage = Passage()
    contents: tuple[Block | Pair, ...] = ()


class Section(Struct, frozen=True):
    """The words on one principle, on several that the author joins, or on something else.

    The heading stands as it was written, without its marks.
    """

    principles: tuple[str, ...]
    heading: Passage = Passage()
    items: tuple[Item, ...] = ()

    @property
    def blocks(self) -> Iterator[Block]:
        """Yield the passages and directives of all items, pairs dissolved, in their order."""
        for item in self.items:
            for content in item.contents:
                yield from blocks_of(content)

    @property
    def passages(self) -> Iterator[Passage]:
        """Yield every text of it, headings first."""
        yield self.heading
        for item in self.items:
            yield item.heading
            for content in item.contents:
                if isinstance(content, Pair):
                    yield from (content.planned_heading, content.review_heading)
                yield from (b for b in blocks_of(content) if isinstance(b, Passage))

    @property
    def directives(self) -> Iterator[Directive]:
        """Yield every directive of it."""
        return (block for block in self.blocks if isinstance(block, Directive))


class Narrative(Struct, frozen=True):
    """The words of a report."""

    file: Path
    title: Passage
    introduction: tuple[Block, ...]
    sections: tuple[Section, ...]

    @property
    def directives(self) -> tuple[Directive, ...]:
        """Return every directive, in the order of the file."""
        opening = [block for block in self.introduction if isinstance(block, Directive)]
        return (*opening, *(each for section in self.sections for each in section.directives))

    @property
    def places_figures(self) -> bool:
        """Return whether the author says where figures stand."""
        return any(directive.kind != PRINCIPLES for directive in self.directives)


def blocks_of(content: Block | Pair) -> tuple[Block, ...]:
    """Return the passages and directives of a pair, both columns; else the block itself."""
    return (*content.planned, *content.review) if isinstance(content, Pair) else (content,)


def mapped(
    section: Section,
    passage: Callable[[Passage], Passage],
    directive: Callable[[Directive], Directive],
) -> Section:
    """Return a section of the same structure with something else in place of its texts.

    Headings are passages too.
    """

    def blocks(written: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(passage(b) if isinstance(b, Passage) else directive(b) for b in written)

    def content(written: Block | Pair) -> Block | Pair:
        if not isinstance(written, Pair):
            return blocks([written])[0]
        return Pair(
            passage(written.planned_heading),
            blocks(written.planned),
            passage(written.review_heading),
            blocks(written.review),
        )

    items = (Item(passage(i.heading), tuple(map(content, i.contents))) for i in section.items)
    return replace(section, heading=passage(section.heading), items=tuple(items))


class Problem(Struct, frozen=True):
    """Something wrong on a line of a narrative."""

    line: int
    message: Text


def refused(file: Path, problems: list[Problem]) -> SettingsError:
    """Return the error that names file and line of every problem once, in the order of lines."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: problem.line)
    ja = "\n".join(f"  {file}:{each.line}: {each.message.ja}" for each in ordered)
    en = "\n".join(f"  {file}:{each.line}: {each.message.en}" for each in ordered)
    return SettingsError(
        Text(f"報告の文章に誤りがあります:\n{ja}", f"the words of the report are not valid:\n{en}"),
        Text(
            "上の行を直してください(書き方: docs/report.md)", "correct these lines (docs/report.md)"
        ),
    )
