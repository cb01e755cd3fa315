"""The report as Markdown: the words as they were written, figures as pipe tables."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text
from kpicli.output.page import words
from kpicli.output.page.grid_tables import Grid, across, markdown_table
from kpicli.output.page.safety import markdown, markdown_line
from kpicli.report import labels
from kpicli.report.appendix import Chapter
from kpicli.report.model import Report
from kpicli.report.narrative.safe_markdown import safe_line, safe_markdown
from kpicli.report.outline import Outline, outline


def render_markdown(report: Report, language: Language, charts: tuple[str, ...]) -> str:
    """Return the report as Markdown. In place of the charts stand their numbers.

    Text from files is shown to the letter; raw HTML and links with scripts in the narrative show
    as they were typed.
    """
    shown = outline(report, language, charts)
    lines = [
        f"# {safe_line(shown.title)}",
        "",
        *(f"- {markdown_line(line)}" for line in shown.dates),
        *_paragraphs(shown.introduction),
        *_summary(shown, language),
        *(line for chapter in shown.chapters for line in _chapter(chapter, language)),
        *_notes(shown, language),
        *_correspondence(shown, language),
        *_definitions(shown, language),
        *_accounting(shown, language),
    ]
    return "\n".join(lines) + "\n"


def _heading(level: int, text: str) -> list[str]:
    return ["", f"{'#' * level} {text}", ""]


def _summary(shown: Outline, language: Language) -> Iterator[str]:
    yield from _heading(2, labels.SUMMARY.in_language(language))
    yield markdown_line(shown.verdicts)
    if shown.targets is not None:
        yield ""
        yield from markdown_table(shown.targets)
    yield ""
    if not shown.doubts:
        yield labels.NO_DOUBTS.in_language(language)
        return
    yield from (f"{labels.DOUBTS.in_language(language)}:", "")
    yield from (f"- {markdown_line(line)}" for line in shown.doubts)


def _chapter(chapter: Chapter, language: Language) -> Iterator[str]:
    yield from _heading(2, safe_line(chapter.heading))
    for name, text in labels.PASSAGES.items():
        written = getattr(chapter.section, name)
        if not written and not (name == "facts" and chapter.grid):
            continue
        yield f"### {text.in_language(language)}"
        yield from _paragraphs(written)
        yield ""
        if name == "facts":
            yield from _figures(chapter)


def _figures(chapter: Chapter) -> Iterator[str]:
    if chapter.grid is None:
        return
    yield from markdown_table(chapter.grid)
    yield ""
    for chart in chapter.charts:
        if chart.grid is not None:
            yield from _captioned(chart.grid)


def _captioned(grid: Grid) -> Iterator[str]:
    yield from (f"**{markdown(grid.caption)}**", "")
    yield from markdown_table(grid)
    yield ""


def _notes(shown: Outline, language: Language) -> Iterator[str]:
    if shown.notes:
        yield from _heading(2, words.NOTES.in_language(language))
        yield from (f"- {markdown_line(note)}" for note in shown.notes)


def _correspondence(shown: Outline, language: Language) -> Iterator[str]:
    yield from _heading(2, labels.CORRESPONDENCE.in_language(language))
    names: tuple[Text, ...] = (words.ITEM, labels.KPI_ID, labels.PRINCIPLES, labels.PLACE)
    yield across([name.in_language(language) for name in names])
    yield across(["---"] * len(names))
    for each in shown.correspondence:
        places = "<br>".join(safe_line(place.heading) for place in each.chapters)
        yield across([markdown(each.title), markdown(each.id), markdown(each.principles), places])


def _definitions(shown: Outline, language: Language) -> Iterator[str]:
    yield from _heading(2, labels.DEFINITIONS.in_language(language))
    for title, name, lines in shown.definitions:
        yield f"- {markdown_line(title)} ({markdown(name)})"
        yield from (f"  - {markdown_line(line)}" for line in lines)


def _accounting(shown: Outline, language: Language) -> Iterator[str]:
    yield from _heading(2, labels.ACCOUNTING.in_language(language))
    for grid in shown.accounting:
        yield from _captioned(grid)


def _paragraphs(text: str) -> list[str]:
    """Return a passage with an empty line above, none where nothing was written."""
    return ["", *safe_markdown(text).split("\n")] if text else []
