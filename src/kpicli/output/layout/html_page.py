"""A document as one self-contained HTML page."""

from collections.abc import Sequence

from msgspec import Struct

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
    Section,
)
from kpicli.output.page.grid_tables import Grid
from kpicli.output.page.templating import POLICY, style, templates


class Node(Struct, frozen=True):
    """A line with those that belong to it."""

    text: str
    nodes: "tuple[Node, ...]"


class Part(Struct, frozen=True):
    """A part of the page under a heading of some level ("" for none)."""

    heading: str
    level: int = 2
    grid: Grid | None = None
    notes: tuple[str, ...] = ()
    nodes: tuple[Node, ...] = ()


def html_page(document: Document, title: str, language: Language) -> str:
    """Return the document as a page; it goes by `title` where it has none of its own."""
    entries: Sequence[Entry] = document.opening
    if document.titled:
        first, *entries = document.opening
        title = first.text
    return (
        templates()
        .get_template("document.html.j2")
        .render(
            title=title,
            opening=_paragraphs(entries),
            parts=[part for block in document.blocks for part in _parts(block)],
            language=language,
            policy=POLICY,
            style=style("style", "paper"),
        )
    )


def _parts(block: Block) -> list[Part]:
    match block:
        case Figures() | Listing() | Cross():
            return [_tabular(block, section) for section in block.sections]
        case Notes():
            return [Part(block.heading, notes=block.lines)]
        case Outline():
            return [Part(block.heading, block.level + 1, nodes=_paragraphs(block.entries))]


def _tabular(table: Figures | Listing | Cross, section: Section) -> Part:
    stacked = isinstance(table, Figures)
    grid = Grid(section.heading, table.item, table.columns, section.lines, stacked=stacked)
    return Part(section.heading, grid=grid)


def _paragraphs(entries: Sequence[Entry]) -> tuple[Node, ...]:
    """Return the entries that are not indented, each with a list of what is; "" leads a list."""
    first = next((place for place, each in enumerate(entries) if not each.depth), len(entries))
    alone = (Node("", _nodes(entries[:first])),) if first else ()
    return (*alone, *_nodes(entries[first:]))


def _nodes(entries: Sequence[Entry]) -> tuple[Node, ...]:
    """Return the entries as a tree: each with the deeper ones that follow it."""
    nodes: list[Node] = []
    place = 0
    while place < len(entries):
        first, end = entries[place], place + 1
        while end < len(entries) and entries[end].depth > first.depth:
            end += 1
        nodes.append(Node(first.text, _nodes(entries[place + 1 : end])))
        place = end
    return tuple(nodes)
