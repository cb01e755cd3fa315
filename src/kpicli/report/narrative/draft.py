"""A narrative to begin with: the structure of an earlier one, or the catalogue's principles."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from kpicli.base.errors import OutputError
from kpicli.base.storage import write_whole
from kpicli.base.wording import Language, Text
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.blocks import KpiBlock, kpi_blocks
from kpicli.output.page.phrases import principle_phrase
from kpicli.output.page.safety import markdown_line
from kpicli.report.narrative import headings
from kpicli.report.narrative.files import narrative_file
from kpicli.settings.guesses import unmarked_title
from kpicli.settings.settings import Settings
from kpicli.settings.tables.report import english_narrative

MOST_BACK = 6
"""How many periods before it are looked for."""

_KEPT = re.compile(r"#{1,6}\s|:::|\s*\||.*\{\{\s*[^\W\d]")
"""Lines of an earlier narrative that stay: headings, directives, tables, and what has figures.

`{{ 2 }}` is a number that is meant and no figure.
"""
_CHECK = Text(
    "{# 数値のある文は前回のままです。今回の結果に合うか確かめて、直してください #}",
    "{# sentences with figures are those of before: see whether they still hold #}",
)
_TITLE = Text("{{ period }} の取り組みの結果", "Results of {{ period }}")
_HERE = Text("{# ここに書く #}", "{# write here #}")
_BEFORE = Text("{{# 前回: {words} #}}", "{{# before: {words} #}}")
_LINE = Text("- {title}は{said}。", "- {title}: {said}.")
_CHANGE = Text("({{{{ {id}.change }}}})", " ({{{{ {id}.change }}}})")


def write_draft(settings: Settings, summary: Summary, language: Language) -> Path:
    """Write a narrative for the period of a summary and return its path.

    It takes the structure of the latest narrative of up to six periods before, with its figures
    and, as notes to oneself, its words; without one it has a section for each principle, with a
    sentence on every public figure that there is; no title has the mark of a guess there, as
    confirming the guess would not take it out. 上期 and 下期 change places in its headings every
    half year. Raises `OutputError` where there is a narrative already: it is never written over.
    """
    file = draft_file(settings, summary.period, language)
    if file.exists():
        raise OutputError(
            Text(f"{file} はすでにあります", f"{file} is there already"),
            Text(
                "この下書きに書き加えてください。作り直すなら、先に別の名前にします",
                "write your words into this draft; to make a new one, give it another name first",
            ),
        )
    earlier = _earlier(settings, summary.period, language)
    lines = (
        _principles(summary, language)
        if earlier is None
        else _structure(*earlier, summary.period, language)
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, ("\n".join(lines) + "\n").encode())
    return file


def draft_file(settings: Settings, period: Period, language: Language) -> Path:
    """Return where the draft of a period is written."""
    named = settings.values.report.narrative.replace("{period}", period.name)
    return settings.folder / (named if language == "ja" else english_narrative(named))


def _earlier(settings: Settings, period: Period, language: Language) -> tuple[str, Period] | None:
    """Return the latest narrative before a period, and its period; None where there is none."""
    for _ in range(MOST_BACK):
        period = period.previous()
        file = narrative_file(settings, period.name, language)
        if file.is_file():
            return file.read_text(encoding="utf-8-sig", errors="replace"), period
    return None


def _structure(text: str, earlier: Period, period: Period, language: Language) -> Iterator[str]:
    """Yield the lines of a narrative, its plain words turned into notes to oneself."""
    plain: list[str] = []
    yield _CHECK.in_language(language)
    for line in text.splitlines():
        if line.strip() and not _KEPT.match(line) and not headings.is_bracketed(line):
            plain.append(line.strip().replace("{#", "").replace("#}", "").strip())
            continue
        yield from _noted(plain, language)
        plain = []
        yield _of_half(line, earlier, period) if line.startswith("#") else line
    yield from _noted(plain, language)


def _of_half(heading: str, earlier: Period, period: Period) -> str:
    """Return a heading of an earlier half for another: 上期 and 下期 change places every half."""
    first, second = period.fiscal.halves
    if period.kind != "half" or period.name[-1] == earlier.name[-1]:
        return heading
    other = {first: second, second: first}
    names = "|".join(map(re.escape, sorted(other, key=len, reverse=True)))
    return re.sub(names, lambda match: other[match[0]], heading)


def _noted(plain: list[str], language: Language) -> Iterator[str]:
    said = " ".join(filter(None, plain))
    if said:
        yield _BEFORE.filled(words=said).in_language(language)


def _principles(summary: Summary, language: Language) -> Iterator[str]:
    public = [b for b in kpi_blocks(summary) if b.head.public and _has_number(b)]
    names = {name for block in public for name in block.head.principles or ("",)}
    here = _HERE.in_language(language)
    yield from (f"# {_TITLE.in_language(language)}", "", here, "")
    for name in sorted(names, key=headings.natural):
        own = _of_principle(public, name)
        yield from (f"## {principle_phrase(name, language)}", "")
        yield from (f"### {headings.PLANNED.in_language(language)}", "", here, "")
        yield from (f"### {headings.REVIEW.in_language(language)}", "")
        yield from (f"【{headings.FACTS.in_language(language)}】", "")
        yield from (_sentence(block, language) for block in own)
        yield from ("", f"::: figures {', '.join(block.head.id for block in own)}", "")
        yield from (f"【{headings.ASSESSMENT.in_language(language)}】", "", here, "")


def _of_principle(blocks: Sequence[KpiBlock], name: str) -> Sequence[KpiBlock]:
    """Return the blocks of a section: a KPI stands under the first of its principles.

    A principle that is the first of none has all KPIs that name it: lint asks for its section.
    """
    first = [block for block in blocks if (block.head.principles or ("",))[0] == name]
    return first or [block for block in blocks if name in block.head.principles]


def _has_number(block: KpiBlock) -> bool:
    figures = () if block.whole is None else block.whole.figures
    return any(figure.value.number is not None for figure in figures)


def _sentence(block: KpiBlock, language: Language) -> str:
    """Return a sentence on a KPI: its figure and its change, or the figures of its parts."""
    head, total = block.head, None if block.whole is None else block.whole.total
    title = markdown_line(unmarked_title(head).in_language(language))
    if total is None:
        items = [figure.item or "" for figure in (() if block.whole is None else block.whole.lines)]
        parts = (f'{item} {{{{ {head.id}["{item}"] }}}}' for item in items)
        said = words.LIST_SEPARATOR.in_language(language).join(parts)
    else:
        said = f"{{{{ {head.id} }}}}"
        if any(c.kind == "previous" and c.change is not None for c in total.comparisons):
            said += _CHANGE.filled(id=head.id).in_language(language)
    return _LINE.filled(title=title, said=said).in_language(language)
