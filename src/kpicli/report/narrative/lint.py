"""Typed numbers: a number in the words that no figure of its section has was perhaps mistyped."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from kpicli.base.wording import Text
from kpicli.model.figures import Figure, Summary, Value
from kpicli.report.narrative.model import Narrative, Passage, Problem, WrittenSection
from kpicli.report.narrative.placeholders import parse_template

_WIDE = str.maketrans("０１２３４５６７８９，．／－", "0123456789,./-")
_NO_FIGURES = re.compile(
    r"""https?://\S+
    | \d{4}-\d{1,2}(?:-\d{1,2})?(?!\d) | \d{4}/\d{1,2}(?:/\d{1,2})?(?!\d)
    | \d+年度?(?:第?\d+四半期)? | \d+月 | \d+日 | \d+時 | \d+分
    | 第\d+ | 原則\s*\d+ | (?i:principle)\s*\d+ | \d+期
    | ^\s*\d+[.)]\s""",
    re.VERBOSE | re.MULTILINE,
)
"""Dates, ordinals, numbers of principles and list items, addresses."""
_NUMBER = re.compile(r"(?<![0-9A-Za-z_.,])\d[\d,]*(?:\.\d+)?(?![0-9A-Za-z_])")

_DIGIT_FIRST = re.compile(r"[.,．，]?\d")
_DIGIT_LAST = re.compile(r"\d[.,．，]?\Z")
_TOUCHING = Text(
    "プレースホルダーに数字が続いていて、一つの数に読めます(間を空けるか、数字を消す)",
    "a digit touches a placeholder, so that both read as one number (part them, or take it out)",
)


def typed_numbers(narrative: Narrative, summary: Summary) -> list[Problem]:
    """Return every typed number that equals no figure of its section.

    A section's figures are the values, counts, percentages, comparisons, changes and bounds of its
    KPIs in the period itself (a month's would fit almost any small number by chance); the
    introduction's are those of all KPIs. A number in a placeholder, `{{ 70 }}`, is meant. A digit
    that touches a placeholder is always a finding: with the figure it reads as another number.
    """
    everything = _numbers(summary, None)
    problems = list(_findings(narrative.introduction, everything, "報告", "the report"))
    problems += _findings(narrative.title, everything, "報告", "the report")
    for section in narrative.sections:
        problems += _of_chapter(section, summary)
    return problems


def missing_sections(narrative: Narrative, summary: Summary) -> list[Problem]:
    """Return every principle that has figures and no section in the narrative."""
    written = {section.principle for section in narrative.sections}
    wanted = dict.fromkeys(p for head in summary.kpis.values() for p in head.principles)
    return [
        Problem(1, Text(f"「## 原則{name}」がありません", f"there is no '## 原則{name}'"))
        for name in wanted
        if name not in written
    ]


def _of_chapter(section: WrittenSection, summary: Summary) -> Iterator[Problem]:
    known = _numbers(summary, section.principle)
    name = section.principle
    for passage in (section.title, *section.passages.values()):
        yield from _findings(passage, known, f"原則{name}", f"principle {name}")


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


def _numbers(summary: Summary, principle: str | None) -> set[Decimal]:
    kpis = {n for n, head in summary.kpis.items() if principle in (None, *head.principles)}
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
