"""markdown: the page as headings and pipe tables (GitHub's Markdown)."""

from collections.abc import Iterator

from kpicli.model.figures import Summary
from kpicli.output.interface import Options
from kpicli.output.page.grid_tables import Grid, across, markdown_table
from kpicli.output.page.page import Page, Section, build_page
from kpicli.output.page.safety import markdown


def render(summary: Summary, options: Options) -> str:
    """Return the summary as Markdown, a heading and a table for each principle.

    Parts are marked by a leading dot for each level. Text from files is shown to the letter,
    never as markup.
    """
    page = build_page(summary, options.language)
    lines = [
        f"# {markdown(page.title)}",
        "",
        markdown(page.dates),
        *(line for section in page.sections for line in _section(page, section)),
        *_notes(page),
        *_rows(page),
    ]
    return "\n".join(lines) + "\n"


def _section(page: Page, section: Section) -> Iterator[str]:
    yield from ("", f"## {markdown(section.heading)}", "")
    yield from markdown_table(Grid(section.heading, page.item, page.columns, section.lines))


def _notes(page: Page) -> Iterator[str]:
    if page.notes:
        yield from ("", f"## {markdown(page.notes_heading)}", "")
    for note in page.notes:
        yield f"- {markdown(note)}"


def _rows(page: Page) -> Iterator[str]:
    if not page.rows:
        return
    yield from ("", f"## {markdown(page.rows_heading)}", "")
    yield across([markdown(name) for name in page.rows_columns])
    yield across(["---", *("---:" for _ in page.rows_columns[1:])])
    for cells in page.rows:
        yield across([markdown(cell) for cell in cells])
