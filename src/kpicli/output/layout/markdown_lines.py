"""A document as Markdown: headings, lists and pipe tables."""

from collections.abc import Iterable, Iterator, Sequence

from kpicli.base.wording import Language
from kpicli.output.page.document import (
    Block,
    Cross,
    Document,
    Entry,
    Figures,
    Listing,
    Notes,
    Outline,
)
from kpicli.output.page.grid_tables import Grid, markdown_table
from kpicli.output.page.safety import markdown, markdown_line


def markdown_lines(document: Document, title: str, language: Language) -> Iterator[str]:
    """Yield the document line by line; it goes by `title` where it has none of its own.

    Parts are led by a dot, in English by a dash, for each level.
    """
    entries: Sequence[Entry] = document.opening
    if document.titled:
        first, *entries = document.opening
        title = first.text
    yield f"# {markdown(title)}"
    yield from _entries(entries)
    for block in document.blocks:
        yield from _block(block, language)


def _block(block: Block, language: Language) -> Iterator[str]:
    match block:
        case Figures() | Listing() | Cross():
            for section in block.sections:
                yield from (*_heading(2, section.heading), "")
                yield from markdown_table(
                    Grid("", block.item, block.columns, section.lines), language
                )
        case Notes():
            yield from (*_heading(2, block.heading), "")
            yield from (f"- {markdown_line(line)}" for line in block.lines)
        case Outline():
            yield from _heading(block.level + 1, block.heading)
            yield from _entries(block.entries)


def _heading(level: int, text: str) -> list[str]:
    return ["", f"{'#' * level} {markdown(text)}"] if text else []


def _entries(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield what is not indented as paragraphs, the rest as lists beneath it."""
    depth = 0
    for entry in entries:
        if not (entry.depth and depth):
            yield ""
        depth = min(entry.depth, depth + 1)
        mark = "  " * (depth - 1) + "- " if depth else ""
        yield mark + markdown_line(entry.text)
