"""A table of finished strings, for pages and texts alike."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.output.page.document import Column, Line
from kpicli.output.page.safety import markdown

_COUNT = re.compile(r"-|\d[\d,]*\D?|\d[\d,]*/\d.*")


class Grid(Struct, frozen=True):
    """A table: its caption, what the first column is called, the others, and the lines.

    A `stacked` one stands on a narrow screen line by line, each cell beneath its name; any other
    scrolls sideways within itself.
    """

    caption: str
    item: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    stacked: bool = False


def plain_grid(
    caption: Text,
    item: Text,
    columns: Sequence[Text],
    lines: Sequence[Line],
    language: Language,
    *,
    stacked: bool = False,
) -> Grid:
    """Return a table with columns of plain names; those that hold numbers alone go to the right."""
    made = tuple(
        Column(f"c{i}", name.in_language(language), right=_numeric([r.cells[i] for r in lines]))
        for i, name in enumerate(columns)
    )
    named = caption.in_language(language), item.in_language(language)
    return Grid(*named, made, tuple(lines), stacked)


def _numeric(cells: list[str]) -> bool:
    """Tell whether every cell is a number, perhaps with its unit: `1,650`, `129件`."""
    return all(_COUNT.fullmatch(cell) for cell in cells if cell)


def markdown_table(grid: Grid, language: Language) -> Iterator[str]:
    """Yield the table as a pipe table; parts are led by a dot (in English a dash) a level."""
    heads = ["<br>".join(markdown(part) for part in (c.name, *c.under)) for c in grid.columns]
    yield across([markdown(grid.item), *heads])
    yield across(["---", *("---:" if column.right else "---" for column in grid.columns)])
    for line in grid.lines:
        name = ("・" if language == "ja" else "- ") * line.depth + markdown(line.name)
        yield across([name, *(markdown(cell) for cell in line.cells)])


def across(cells: Sequence[str]) -> str:
    """Return one row of a pipe table."""
    return f"| {' | '.join(cells)} |"
