"""The words of a report: a Markdown file in the author's own structure, read into sections.

`# title` and `## section` are headings of the report. `###` begins an item, unless it is a heading
of a part (`### 評価`). At any depth 取り組み課題 followed by 取り組み内容の振り返り is a pair of
columns. Whatever else is written belongs to the text in which it stands.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from msgspec import Struct

from kpicli.base.wording import Text, suggestion
from kpicli.report.narrative import headings
from kpicli.report.narrative.model import (
    DIRECTIVES,
    Block,
    Directive,
    Item,
    Narrative,
    Pair,
    Passage,
    Problem,
    Section,
    refused,
)

_DIRECTIVE = re.compile(r":::+\s*(?P<kind>[\w-]*)(?P<names>.*)")
_BETWEEN_NAMES = re.compile(r"[\s,、]+")


class _Mark(Struct, frozen=True):
    """A heading, or (level 0) the line of a directive; lines are counted from 0."""

    level: int
    text: str
    line: int
    below: int
    """The line after it."""


def parse_narrative(text: str, file: Path) -> Narrative:
    """Return the narrative that the text of a file holds.

    Raises `SettingsError` for what does not fit the structure, all of it, each with its line.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    builder = _Builder(lines)
    marks = list(_marks(lines))
    builder.text(0, marks[0].line if marks else len(lines))
    ends = [*(mark.line for mark in marks), len(lines)][1:]
    for mark, end in zip(marks, ends, strict=True):
        builder.mark(mark)
        builder.text(builder.at, end)
    narrative = builder.built(file)
    if builder.problems:
        raise refused(file, builder.problems)
    return narrative


def _marks(lines: list[str]) -> Iterator[_Mark]:
    """Yield headings and directives; those in lists, quotations and code are none."""
    from markdown_it import MarkdownIt  # `init` needs the name of the file alone

    tokens = MarkdownIt("commonmark").parse("\n".join(lines))
    code = {
        line
        for token in tokens
        if token.type in {"fence", "code_block"} and token.map is not None
        for line in range(*token.map)
    }
    found = [
        _Mark(int(token.tag[1:]), inline.content, token.map[0], token.map[1])
        for token, inline in itertools.pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and token.map is not None
    ]
    found += [
        _Mark(0, normalize("NFKC", line), number, number + 1)
        for number, line in enumerate(lines)
        if number not in code and normalize("NFKC", line[:3]) == ":::"
    ]
    return iter(sorted(found, key=lambda mark: mark.line))


class _Builder:
    """Puts texts and directives where the heading before them says."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        """The first line that stands in no block yet."""
        self.problems: list[Problem] = []
        self.title: Passage | None = None
        self.introduction: list[Block] = []
        self.sections: list[tuple[_Mark, list[tuple[Passage, list[Block | Pair]]]]] = []
        self.contents: list[Block | Pair] | None = None
        """The contents of the item, once there is a section."""
        self.pair: _OpenPair | None = None

    def text(self, first: int, end: int) -> None:
        """Add the lines from `first` to before `end` to the block that is open."""
        text, target = "\n".join(self.lines[first:end]), self._target()
        last = target[-1] if target else None
        if isinstance(last, Passage):  # what parts them is a heading that is text itself
            target[-1] = Passage(f"{last.text}\n{text}", last.line)
        elif _has_text(text):
            target.append(Passage(text, first + 1))
        self.at = end

    def mark(self, mark: _Mark) -> None:
        """Begin what a heading or directive begins; a heading that begins nothing is text."""
        self.at = mark.below
        if mark.level == 0:
            self._directive(mark)
        elif mark.level == 1:
            self._begin_title(mark)
        elif mark.level == 2:
            self._end_pair()
            self.contents = []
            self.sections.append((mark, [(Passage(line=mark.line + 1), self.contents)]))
        elif self.contents is None or not self._begins(mark):
            self.at = mark.line

    def _begins(self, mark: _Mark) -> bool:
        """Begin a column or an item; return False where a heading is no more than text."""
        pair = self.pair
        if headings.is_planned(mark.text):
            self._end_pair()
            self.pair = _OpenPair(mark)
            return True
        if headings.is_review(mark.text) and pair is not None and pair.review_mark is None:
            pair.review_mark = mark
            return True
        label = headings.is_label(mark.text)
        if pair is not None and mark.level <= pair.mark.level:
            if label and pair.review_mark is not None:
                return False
            self._end_pair()
        if mark.level > 3 or label or headings.is_review(mark.text):
            return False
        self.contents = []
        self.sections[-1][1].append((_heading(mark), self.contents))
        return True

    def _begin_title(self, mark: _Mark) -> None:
        if self.title is not None or self.sections:
            text = Text("表題(#)は最初に 1 つだけです", "there is one title (#) only, at the top")
            self.problems.append(Problem(mark.line + 1, text))
        self.title = _heading(mark)

    def _directive(self, mark: _Mark) -> None:
        match = _DIRECTIVE.fullmatch(mark.text.strip())
        kind = "" if match is None else match["kind"]
        if match is None or kind not in DIRECTIVES:
            near = suggestion(kind, DIRECTIVES)
            self.problems.append(
                Problem(
                    mark.line + 1,
                    Text(
                        f"「::: {kind}」は使えません。{near.ja}",
                        f"there is no '::: {kind}'; {near.en}",
                    ),
                )
            )
            return
        names = tuple(name for name in _BETWEEN_NAMES.split(match["names"]) if name)
        self._target().append(Directive(kind, names, mark.line + 1))

    def _target(self) -> "list[Block] | list[Block | Pair]":
        if self.pair is not None:
            return self.pair.blocks
        return self.introduction if self.contents is None else self.contents

    def _end_pair(self) -> None:
        if self.pair is not None and self.contents is not None:
            self.contents += self.pair.built()
        self.pair = None

    def built(self, file: Path) -> Narrative:
        self._end_pair()
        seen: set[str] = set()
        sections = []
        for mark, items in self.sections:
            names = headings.principles_of(mark.text)
            for name in seen & set(names):
                text = Text(f"原則{name}が 2 度あります", f"principle {name} is there twice")
                self.problems.append(Problem(mark.line + 1, text))
            seen |= set(names)
            made = [Item(title, tuple(contents)) for title, contents in items]
            kept = tuple(item for item in made if item.contents or item.heading.text)
            sections.append(Section(names, _heading(mark), kept))
        title = self.title or Passage()
        return Narrative(file, title, tuple(self.introduction), tuple(sections))


class _OpenPair:
    """A pair that is being read: the second column begins with `review_mark`."""

    def __init__(self, mark: _Mark) -> None:
        self.mark = mark
        self.review_mark: _Mark | None = None
        self.columns: tuple[list[Block], list[Block]] = ([], [])

    @property
    def blocks(self) -> list[Block]:
        return self.columns[0 if self.review_mark is None else 1]

    def built(self) -> list[Block | Pair]:
        """Return the pair, or a text under its heading where there is no second column."""
        planned, review = map(tuple, self.columns)
        if self.review_mark is None:
            return [
                Passage(f"{'#' * self.mark.level} {self.mark.text}", self.mark.line + 1),
                *planned,
            ]
        return [Pair(_heading(self.mark), planned, _heading(self.review_mark), review)]


def _heading(mark: _Mark) -> Passage:
    return Passage(mark.text.strip(), mark.line + 1)


def _has_text(text: str) -> bool:
    """Return whether a text holds more than white space and `<!-- comments -->`."""
    return bool(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip())
