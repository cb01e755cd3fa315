"""The words of a report: a Markdown file with a section for each principle, read into passages.

The shape is fixed, so that every text finds its place: `# title` and an introduction, then
`## 原則1 …` for each principle, in it `### 取り組み課題`, `### 数値・事実`, `### 評価` and
`### 今後の取り組み`, each at most once.
"""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from markdown_it import MarkdownIt
from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text, suggestion
from kpicli.report.labels import PASSAGES
from kpicli.report.narrative.model import Narrative, Passage, Problem, WrittenSection, refused
from kpicli.settings.settings import Settings, not_utf8

_PRINCIPLE = re.compile(r"(?:原則|Principle)\s*([0-9A-Za-z][0-9A-Za-z.-]*)[\s:、.]*(.*)", re.DOTALL)
_KNOWN = {name: key for key, text in PASSAGES.items() for name in (text.ja, text.en)}


class _Heading(Struct, frozen=True):
    level: int
    text: str
    line: int
    """The line of the heading, counted from 0."""
    below: int
    """The line after it."""


def narrative_file(settings: Settings, period_name: str) -> Path:
    """Return the path of a period's narrative, beside kpicli.toml unless it is absolute."""
    named = settings.values.report.narrative.replace("{period}", period_name)
    return settings.folder / named


def read_narrative(file: Path) -> Narrative:
    """Return the narrative in `file`.

    Raises `SettingsError` where there is no such file, where it is not UTF-8, and for headings
    that do not fit the shape, all of them, each with its line.
    """
    return parse_narrative(_text(file), file)


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise not_utf8(file, error) from None
    except OSError as error:
        raise SettingsError(
            Text(f"報告の文章 {file} を開けません", f"cannot open {file}: {error.strerror}"),
            Text(
                "原則ごとの文章をそこに書くか、kpicli.toml の [report] narrative で場所を"
                "決めてください(書き方: docs/report.md)",
                "write the words for each principle there, or name their place under [report] "
                "narrative in kpicli.toml (docs/report.md)",
            ),
        ) from None


def parse_narrative(text: str, file: Path) -> Narrative:
    """Return the narrative that the text of a file holds.

    Raises `SettingsError` for headings that do not fit the shape, all of them, each with its line.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headings = list(_headings("\n".join(lines)))
    problems: list[Problem] = []
    sections: list[WrittenSection] = []
    ends = [*(heading.line for heading in headings), len(lines)][1:]
    pieces = [
        (heading, Passage("\n".join(lines[heading.below : end]), heading.below + 1))
        for heading, end in zip(headings, ends, strict=True)
    ]
    if not pieces or pieces[0][0].level != 1 or _has_text("\n".join(lines[: pieces[0][0].line])):
        problem = Problem(1, Text("最初に「# 表題」がいります", "begin with a title: # ..."))
        raise refused(file, [problem])
    for heading, passage in pieces[1:]:
        problems += _add_text(heading, passage, sections)
    if problems:
        raise refused(file, problems)
    first, introduction = pieces[0]
    return Narrative(file, _title(first, first.text), introduction, tuple(sections))


def _headings(text: str) -> Iterator[_Heading]:
    """Yield the headings of level 1 to 3; those in lists, quotes and code are none."""
    tokens = MarkdownIt("commonmark").parse(text)
    for token, inline in itertools.pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map is not None:
            level = int(token.tag[1:])
            if level <= 3:
                yield _Heading(level, inline.content, token.map[0], token.map[1])


def _add_text(
    heading: _Heading, passage: Passage, sections: list[WrittenSection]
) -> Iterator[Problem]:
    """Add the text below a heading to the sections; yield what is wrong with it."""
    line = heading.line + 1
    if heading.level == 1:
        yield Problem(line, Text("表題(#)は 1 つだけです", "there is one title (#) only"))
    elif heading.level == 2:
        yield from _begin_section(heading, passage, sections)
    elif not sections:
        yield Problem(line, Text("「## 原則…」より前です", "it stands before any '## 原則...'"))
    else:
        yield from _add_passage(heading, passage, sections[-1])


def _begin_section(
    heading: _Heading, passage: Passage, sections: list[WrittenSection]
) -> Iterator[Problem]:
    line = heading.line + 1
    principle = _PRINCIPLE.fullmatch(normalize("NFKC", heading.text))
    if principle is None:
        yield Problem(
            line, Text("「## 原則1 題」の形の見出しにしてください", "write it as '## 原則1 title'")
        )
        sections.append(WrittenSection("", Passage(), {}))
        return
    name = principle[1]
    if name in {section.principle for section in sections}:
        yield Problem(line, Text(f"原則{name}が 2 度あります", f"principle {name} is there twice"))
    if _has_text(passage.text):
        known = "、".join(text.ja for text in PASSAGES.values())
        yield Problem(
            passage.line,
            Text(f"見出し(### {known})の下に書いてください", f"write it under '### ...': {known}"),
        )
    title = re.sub(r"^[\s:、.:.]+", "", heading.text[_end_of_name(heading.text, name) :])
    sections.append(WrittenSection(name, _title(heading, title), {}))


def _end_of_name(text: str, name: str) -> int:
    """Return where a principle's name ends in the heading as it was written."""
    for end in range(1, len(text) + 1):  # NFKC changes lengths, so that places do not compare
        if normalize("NFKC", text[:end]).endswith(name):
            return end
    return len(text)


def _add_passage(heading: _Heading, passage: Passage, section: WrittenSection) -> Iterator[Problem]:
    line, written = heading.line + 1, normalize("NFKC", heading.text).strip()
    key = _KNOWN.get(written)
    if key is None:
        near = suggestion(written, [text.ja for text in PASSAGES.values()])
        yield Problem(
            line,
            Text(
                f"見出し「{written}」は使えません。{near.ja}",
                f"there is no sub-heading {written!r}; {near.en}",
            ),
        )
    elif key in section.passages:
        yield Problem(line, Text(f"「{written}」が 2 度あります", f"{written!r} is there twice"))
    else:
        section.passages[key] = passage


def _title(heading: _Heading, text: str) -> Passage:
    return Passage(text.strip(), heading.line + 1)


def _has_text(text: str) -> bool:
    """Return whether a text holds more than white space and `<!-- comments -->`."""
    return bool(re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip())
