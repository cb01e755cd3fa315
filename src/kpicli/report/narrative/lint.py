"""What a second reader of the words would find, such as numbers that were perhaps mistyped."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from kpicli.base.wording import Text
from kpicli.model.figures import Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Status, Value
from kpicli.output.page.phrases import status_phrase
from kpicli.report.narrative import headings
from kpicli.report.narrative.model import Narrative, Passage, Problem
from kpicli.report.narrative.placeholders import parse_template, placeholder_names
from kpicli.settings.guesses import GUESS_MARK

_WIDE = str.maketrans("０１２３４５６７８９，．／－", "0123456789,./-")
_NO_FIGURES = re.compile(
    r"""https?://\S+
    | \d{4}-\d{1,2}(?:-\d{1,2})?(?!\d) | \d{4}/\d{1,2}(?:/\d{1,2})?(?!\d)
    | \d+年度?(?:第?\d+四半期)? | \d+月 | \d+日 | \d+時 | \d+分
    | 第\d+ | 注\d+ | 原則\s*\d+(?:[・、]\d+)* | \d+期
    | (?i:principles?)\s*\d+(?:(?:,|\s+and)\s*\d+)*
    | ^\s*(?:\#+\s*)?[(（]\d{1,2}[)）](?:\d{1,2}[)）])?
    | ^\s*\d+[.)]\s""",
    re.VERBOSE | re.MULTILINE,
)
"""Dates, ordinals, numbers of principles, items ((1)1)) and list items, addresses."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z_.,])\d[\d,]*(?:\.\d+)?(?![0-9A-Za-z_])")

_WITHOUT_ALT = re.compile(r"!\[\s*\]\(")

_DIGIT_FIRST = re.compile(r"[.,．，]?\d")
_DIGIT_LAST = re.compile(r"\d[.,．，]?\Z")
_TOUCHING = Text(
    "プレースホルダーに数字が続いていて、一つの数に読めます(間を空けるか、数字を消す)",
    "a digit touches a placeholder, so that both read as one number (part them, or take it out)",
)


def lint_problems(
    narrative: Narrative, summary: Summary, principles: Sequence[str]
) -> list[Problem]:
    """Return what a second reader would find: all that a narrative can have wrong and still read.

    Typed numbers that are no figures, principles without a section, sections on none of the list
    of `principles`, figures that nothing shows, figures in doubt, marks of guesses, pictures
    without a description, and a narrative in one language alone.
    """
    return [
        *typed_numbers(narrative, summary),
        *missing_sections(narrative, summary),
        *_unknown_principles(narrative, summary, principles),
        *_unused_figures(narrative, summary),
        *_doubts(narrative, summary),
        *_guess_marks(narrative),
        *_pictures(narrative),
        *_other_language(narrative),
    ]


def typed_numbers(narrative: Narrative, summary: Summary) -> list[Problem]:
    """Return every typed number that equals no figure of its section.

    A section's figures are the values, counts, percentages, comparisons, changes and bounds of its
    KPIs in the period itself (a month's would fit almost any small number by chance); the
    introduction's, and those of a section on no principle, are those of all KPIs. A number in a
    placeholder, `{{ 70 }}`, is meant. A digit that touches a placeholder is always a finding: with
    the figure it reads as another number.
    """
    everything = _numbers(summary, ())
    problems: list[Problem] = []
    opening = [block for block in narrative.introduction if isinstance(block, Passage)]
    for passage in (narrative.title, *opening):
        problems += _findings(passage, everything, "報告", "the report")
    for section in narrative.sections:
        known = _numbers(summary, section.principles) if section.principles else everything
        names = "・".join(section.principles)
        ja = f"原則{names}" if names else "報告"
        en = f"principle {names}" if names else "the report"
        for passage in section.passages:
            problems += _findings(passage, known, ja, en)
    return problems


def missing_sections(narrative: Narrative, summary: Summary) -> list[Problem]:
    """Return every principle that has public figures and no section in the narrative."""
    written = {name for section in narrative.sections for name in section.principles}
    with_data = _with_data(summary)
    heads = [head for name, head in summary.kpis.items() if head.public and name in with_data]
    wanted = dict.fromkeys(principle for head in heads for principle in head.principles)
    return [
        Problem(1, Text(f"「## 原則{name}」がありません", f"there is no '## Principle {name}'"))
        for name in sorted(wanted, key=headings.natural)
        if name not in written
    ]


def _unknown_principles(
    narrative: Narrative, summary: Summary, principles: Sequence[str]
) -> Iterator[Problem]:
    """Yield every principle of a heading that is neither in the list nor one of a KPI's."""
    heads = summary.kpis.values()
    known = dict.fromkeys((*principles, *(name for head in heads for name in head.principles)))
    listed = ", ".join(known)
    for section in narrative.sections:
        for name in section.principles:
            if name not in known:
                text = Text(
                    f"原則{name}は原則の一覧にありません(使えるもの: {listed})",
                    f"the list of principles has no {name}; there are: {listed}",
                )
                yield Problem(section.heading.line, text)


def _unused_figures(narrative: Narrative, summary: Summary) -> Iterator[Problem]:
    """Yield every public KPI that nothing names, in a report with directives."""
    if not narrative.places_figures:
        return
    shown = {name for directive in narrative.directives for name in directive.names}
    shown |= {name for passage in _passages(narrative) for name in placeholder_names(passage)}
    bare = {
        name
        for section in narrative.sections
        for each in section.directives
        if each.kind == "figures" and not each.names
        for name in section.principles
    }
    with_data = _with_data(summary)
    for name, head in summary.kpis.items():
        if head.public and name in with_data - shown and not bare & set(head.principles):
            text = Text(
                f"「{head.title.ja}」がどこにも出ていません(::: figures {name})",
                f"{name} stands nowhere (::: figures {name})",
            )
            yield Problem(1, text)


def _with_data(summary: Summary) -> set[str]:
    return {f.kpi for f in summary.figures if f.value.status is not Status.NO_DATA}


def _doubts(narrative: Narrative, summary: Summary) -> Iterator[Problem]:
    lines = {name: each.line for each in reversed(narrative.directives) for name in each.names}
    for figure in summary.figures:
        state = status_phrase(figure.value, "ja")
        if figure.value.status is Status.NO_DATA and figure.kpi not in lines:
            continue
        if figure.by is None and figure.kind == "total" and state:
            title = summary.kpis[figure.kpi].title.ja
            en = f"{figure.kpi}: {status_phrase(figure.value, 'en')}"
            yield Problem(lines.get(figure.kpi, 1), Text(f"「{title}」は{state}です", en))


def _guess_marks(narrative: Narrative) -> Iterator[Problem]:
    """Yield every mark of a guess that was typed, or taken over from an earlier draft."""
    for passage in _passages(narrative):
        for number, line in enumerate(passage.text.splitlines()):
            if any(mark in line for mark in (GUESS_MARK.ja, GUESS_MARK.en)):
                text = Text(
                    f"「{GUESS_MARK.ja}」が残っています(推測した設定を確かめてから、消す)",
                    f"'{GUESS_MARK.en.strip()}' still stands here (confirm what the settings "
                    "guess, then take it out)",
                )
                yield Problem(passage.line + number, text)


def _pictures(narrative: Narrative) -> Iterator[Problem]:
    for passage in _passages(narrative):
        for match in _WITHOUT_ALT.finditer(passage.text):
            line = passage.line + passage.text.count("\n", 0, match.start())
            text = Text(
                "画像に説明がありません(![説明](…) と書く)",
                "the picture has no description: write ![description](...)",
            )
            yield Problem(line, text)


def _other_language(narrative: Narrative) -> Iterator[Problem]:
    """Yield that there is no English narrative where other periods have one."""
    file = narrative.file
    english = file.with_suffix(f".en{file.suffix}")
    others = list(file.parent.glob(f"*.en{file.suffix}"))
    if others and not file.stem.endswith(".en") and not english.exists():
        text = Text(f"英語の文章 {english.name} がありません", f"there is no {english.name}")
        yield Problem(1, text)


def _passages(narrative: Narrative) -> Iterator[Passage]:
    yield narrative.title
    yield from (block for block in narrative.introduction if isinstance(block, Passage))
    for section in narrative.sections:
        yield from section.passages


def _touching_digits(passage: Passage) -> Iterator[Problem]:
    """Yield every digit that touches a placeholder and so becomes one number with its own."""
    try:
        template = parse_template(passage)
    except TemplateSyntaxError:
        return
    for output in template.find_all(nodes.Output):
        for left, right in pairwise(output.nodes):
            before = _is_placeholder(right) and _DIGIT_LAST.search(_written(left))
            after = _is_placeholder(left) and _DIGIT_FIRST.match(_written(right))
            unit = isinstance(left, nodes.Const) and _is_unit(right)
            if (before or after) and not unit:
                yield Problem(passage.line + right.lineno - 1, _TOUCHING)


def _is_placeholder(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.TemplateData)


def _is_unit(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Getattr) and node.attr == "unit"


def _written(node: nodes.Node) -> str:
    """Return the text that a node is known to give; of a figure's placeholder it is not."""
    if isinstance(node, nodes.TemplateData):
        return node.data
    return str(node.value) if isinstance(node, nodes.Const) else ""


def _findings(passage: Passage, known: set[Decimal], ja: str, en: str) -> Iterator[Problem]:
    yield from _touching_digits(passage)
    for line, text in _typed(passage):
        plain = text.translate(_WIDE)
        bare = _NO_FIGURES.sub(lambda match: " " * len(match[0]), plain)
        for number in _NUMBER.finditer(bare):
            if Decimal(number[0].replace(",", "").rstrip(".")) not in known:
                yield Problem(
                    passage.line + line + bare.count("\n", 0, number.start()) - 1,
                    Text(
                        f"「{number[0]}」は{ja}のどの数値とも違います"
                        "(数値でなければ {{ " + number[0].replace(",", "") + " }} と書く)",
                        f"{number[0]} is no figure of {en} (if it is meant, write "
                        "{{ " + number[0].replace(",", "") + " }})",
                    ),
                )


def _typed(passage: Passage) -> Iterator[tuple[int, str]]:
    """Yield the text outside placeholders, each piece with the line on which it begins."""
    try:
        template = parse_template(passage)
    except TemplateSyntaxError:
        return
    for data in template.find_all(nodes.TemplateData):
        yield data.lineno, data.data


def _numbers(summary: Summary, principles: tuple[str, ...]) -> set[Decimal]:
    """Return the numbers of the KPIs of some principles, of all KPIs where none is named."""
    kpis = {
        name
        for name, head in summary.kpis.items()
        if not principles or set(principles) & set(head.principles)
    }
    figures = (f for f in summary.figures if f.kpi in kpis and f.by is None)
    return {number for figure in figures for number in _of_figure(figure)}


def _of_figure(figure: Figure) -> Iterator[Decimal]:
    yield from _of_value(figure.value)
    yield from (target.bound for target in figure.targets)
    for comparison in figure.comparisons:
        yield from _of_value(comparison.value)
        if comparison.change is not None:
            yield abs(Decimal(comparison.change))


def _of_value(value: Value) -> Iterator[Decimal]:
    for number in (value.number, value.numerator, value.denominator):
        if number is not None:
            yield Decimal(number)
    if value.numerator is not None and value.denominator is not None:
        yield Decimal(value.denominator - value.numerator)
