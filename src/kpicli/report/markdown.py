"""The report as Markdown: the words as they were written, figures as pipe tables."""

from collections.abc import Iterable, Iterator

from kpicli.base.wording import Language, Text
from kpicli.output.page import words
from kpicli.output.page.grid_tables import Grid, across, markdown_table
from kpicli.output.page.safety import markdown, markdown_line
from kpicli.report import labels
from kpicli.report.charts.chart_data import Chart
from kpicli.report.model import Report
from kpicli.report.narrative.headings import with_levels
from kpicli.report.narrative.safe_markdown import safe_line, safe_markdown
from kpicli.report.page.appendix import Appendix
from kpicli.report.page.cards import Cards
from kpicli.report.page.outline import (
    Answered,
    Laid,
    LaidItem,
    LaidPair,
    Outline,
    Prose,
    Related,
    outline,
)
from kpicli.report.page.table import Table


def render_markdown(report: Report, language: Language, charts: tuple[str, ...]) -> str:
    """Return the report as Markdown. In place of the charts stand their numbers.

    Text from files is shown to the letter; raw HTML and links with scripts in the narrative show
    as they were typed. Columns of a pair stand one below the other.
    """
    shown = outline(report, language, charts)
    internal = report.edition == "internal"
    lines = [
        f"# {safe_line(shown.title)}",
        *(("", f"**{labels.INTERNAL.in_language(language)}**") if internal else ()),
        "",
        *(f"- {markdown_line(f'{name}: {said}')}" for name, said in shown.dates),
        *_verdicts(shown, language),
        *_doubts(shown, language),
        *_blocks(shown.introduction, language, 2),
    ]
    for section in shown.sections:
        lines += _heading(2, safe_line(section.heading))
        lines += [line for item in section.items for line in _item(item, language)]
    lines += _notes(shown, language)
    if shown.appendix is not None:
        lines += _appendix(shown.appendix, language)
    return "\n".join(lines) + "\n"


def _heading(level: int, text: str) -> list[str]:
    return ["", f"{'#' * level} {text}"]


def _verdicts(shown: Outline, language: Language) -> Iterator[str]:
    if shown.verdicts:
        yield from ("", f"{labels.TARGETS.in_language(language)}:", "")
    for verdict in shown.verdicts:
        said = " ".join((verdict.badge.word, verdict.number, *verdict.details))
        yield f"- {markdown_line(said)}"


def _doubts(shown: Outline, language: Language) -> Iterator[str]:
    if shown.doubts:
        yield from ("", f"{labels.DOUBTS.in_language(language)}:", "")
        yield from (f"- {markdown_line(line)}" for line in shown.doubts)


def _item(item: LaidItem, language: Language) -> Iterator[str]:
    level = 3
    if item.heading:
        yield from _heading(level, safe_line(item.heading))
        level = 4
    for content in item.contents:
        if not isinstance(content, LaidPair):
            yield from _blocks([content], language, level)
            continue
        yield from _heading(level, safe_line(content.planned_heading))
        yield from _blocks(content.planned, language, level + 1)
        yield from _heading(level, safe_line(content.review_heading))
        yield from _blocks(content.review, language, level + 1)


def _blocks(blocks: Iterable[Laid], language: Language, level: int) -> Iterator[str]:
    for block in blocks:
        match block:
            case Prose():
                yield from ("", *safe_markdown(with_levels(block.text, level)).split("\n"))
            case Table():
                yield from ("", *_table(block, language))
            case Cards():
                yield from ("", *_cards(block, language))
            case Chart():
                yield from ("", *_chart(block, language))
            case Answered():
                yield from ("", *_answered(block, language))
            case Related():
                titles = words.LIST_SEPARATOR.in_language(language).join(
                    markdown(title) for title, _ in block.entries
                )
                yield from ("", f"{labels.RELATED.in_language(language)}: {titles}")


def _table(table: Table, language: Language) -> Iterator[str]:
    yield across([markdown(name) for name in (table.item, *(c.name for c in table.columns))])
    yield across(["---", *("---:" if column.number else "---" for column in table.columns)])
    for row in table.rows:
        dots = ("・" if language == "ja" else "- ") * row.depth
        name = dots + markdown(_noted(row.name, row.note, language))
        yield across([name, *(markdown(cell.shown) for cell in row.cells)])
    if table.remark:
        yield from ("", markdown_line(table.remark))


def _noted(name: str, note: int, language: Language) -> str:
    """Return a name with the mark of its footnote, if it has one."""
    return f"{name} {labels.FOOTNOTE.filled(number=note).in_language(language)}" if note else name


def _cards(cards: Cards, language: Language) -> Iterator[str]:
    for card in cards.cards:
        number = f"**{markdown(card.number + card.unit)}**"
        change = (card.compared, card.change.text) if card.change.text else ()
        rest = " ".join((card.rest, *change, *(badge.word for badge in card.badges))).strip()
        title = markdown_line(_noted(card.title, card.note, language))
        yield f"- {title}: {number} {markdown(rest)}".rstrip()


def _answered(answered: Answered, language: Language) -> Iterator[str]:
    heads = (labels.PRINCIPLES, labels.IN_POLICY, labels.IN_RESULTS, labels.DONE)
    yield across([markdown(head.in_language(language)) for head in heads])
    yield across(["---"] * len(heads))
    for line in answered.lines:
        results = "<br>".join(safe_line(link.text) for link in line.results)
        policy = ""
        if line.policy is not None:
            address = line.policy.address.replace("(", "%28").replace(")", "%29")
            policy = f"[{markdown(line.policy.text)}]({address})"
        name = markdown(f"{line.number} {line.name}".strip())
        yield across([name, policy, results, markdown(line.done)])


def _chart(chart: Chart, language: Language) -> Iterator[str]:
    """Yield the numbers of a chart, if it has a table of them."""
    if chart.grid is not None:
        yield from _captioned(chart.grid, language, chart.note)


def _captioned(grid: Grid, language: Language, note: int = 0) -> Iterator[str]:
    yield from (_noted(f"**{markdown(grid.caption)}**", note, language), "")
    yield from markdown_table(grid, language)


def _notes(shown: Outline, language: Language) -> Iterator[str]:
    if shown.footnotes or shown.legend:
        yield from (*_heading(2, words.NOTES.in_language(language)), "")
    for number, note in enumerate(shown.footnotes, 1):
        name = labels.FOOTNOTE.filled(number=number).in_language(language)
        yield f"- {markdown_line(f'{name} {note}')}"
    yield from (f"- {markdown_line(note)}" for note in shown.legend)


def _appendix(appendix: Appendix, language: Language) -> Iterator[str]:
    yield from (*_heading(2, labels.CORRESPONDENCE.in_language(language)), "")
    names: tuple[Text, ...] = (words.ITEM, labels.KPI_ID, labels.PRINCIPLES, labels.PLACE)
    yield across([name.in_language(language) for name in names])
    yield across(["---"] * len(names))
    for each in appendix.correspondence:
        places = "<br>".join(safe_line(place.text) for place in each.places)
        yield across([markdown(each.title), markdown(each.id), markdown(each.principles), places])
    yield from (*_heading(2, labels.DEFINITIONS.in_language(language)), "")
    for definition in appendix.definitions:
        yield f"- {markdown_line(definition.title)} ({markdown(definition.id)})"
        yield from (f"  - {markdown_line(line)}" for line in definition.lines)
    yield from _heading(2, labels.ACCOUNTING.in_language(language))
    for grid in appendix.accounting:
        yield from ("", *_captioned(grid, language))
