"""table: the page in columns, for a terminal."""

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from kpicli.model.figures import Summary
from kpicli.output.formats import text
from kpicli.output.interface import Options
from kpicli.output.page.folding import fold, padded
from kpicli.output.page.grid import GAP, Row, column_widths, folded, row
from kpicli.output.page.page import Column, Line, Page, build_page, with_joined_states
from kpicli.output.page.safety import plain

WIDTH = 80
Cells = tuple[tuple[str, str], ...]
"""The cells of a line, each with its style."""

BOLD, GREEN, RED, YELLOW = "1", "32", "31", "33"
_STYLES = {"": "", "met": GREEN, "missed": RED, "doubtful": YELLOW}


def render(summary: Summary, options: Options) -> str:
    """Return the summary in columns, each line within `options.width` cells (80 by default).

    Nothing is cut: names and comparisons fold. Where the width cannot hold the columns without
    breaking a number, the lines of `text` stand instead. Escape sequences are there only with
    `options.color`.
    """
    width = options.width or WIDTH
    page = build_page(summary, options.language)
    widths = _widths(page, width)
    if widths is None:
        page = with_joined_states(page)
        widths = _widths(page, width)
    if widths is None:
        return text.render(summary, replace(options, width=width))
    paint = _painted if options.color else _bare
    lines = [
        *_said(page.title, width, BOLD),
        *_said(page.dates, width),
        *_figures(page, widths),
        *_notes(page, width),
        *_rows(page, width),
    ]
    return "".join(f"{line}\n" for line in (_line(cells, paint) for cells in lines))


def _widths(page: Page, width: int) -> list[int] | None:
    lines = (_row(line) for section in page.sections for line in section.lines)
    return column_widths([_head(page), *lines], width)


def _painted(words: str, style: str) -> str:
    """Return the words between the escape sequences of a style."""
    return f"\x1b[{style}m{words}\x1b[0m" if style and words.strip() else words


def _bare(words: str, _: str) -> str:
    return words


def _line(cells: Cells, paint: Callable[[str, str], str]) -> str:
    """Return a line without spaces at its end, its cells a gap apart."""
    texts = [text for text, _ in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    if texts:
        texts[-1] = texts[-1].rstrip()
    styles = [style for _, style in cells]
    return (" " * GAP).join(paint(text, style) for text, style in zip(texts, styles, strict=False))


def _said(words: str, width: int, style: str = "") -> Iterator[Cells]:
    for line in fold(plain(words), width):
        yield ((line, style),)


def _head(page: Page) -> Row:
    columns = (tuple(plain(part) for part in (c.name, *c.under)) for c in page.columns)
    return Row(0, ((page.item,), *columns))


def _row(line: Line) -> Row:
    return row(line.depth, line.name, *line.cells)


def _across(each: Row, widths: list[int], right: list[bool], styles: list[str]) -> Iterator[Cells]:
    """Yield the lines of a row of columns."""
    cells = folded(each, widths)
    for index in range(max(len(lines) for lines in cells)):
        yield tuple(
            (padded(lines[index] if index < len(lines) else "", width, right=to_the_right), style)
            for lines, width, to_the_right, style in zip(cells, widths, right, styles, strict=True)
        )


def _figures(page: Page, widths: list[int]) -> Iterator[Cells]:
    right = [False, *(column.right for column in page.columns)]
    rule = "-" * (sum(widths) + GAP * (len(widths) - 1))
    yield ()
    yield from _across(_head(page), widths, right, [BOLD] * len(widths))
    for section in page.sections:
        yield from _said(rule, len(rule))
        yield from _said(section.heading, len(rule), BOLD)
        for line in section.lines:
            yield from _across(_row(line), widths, right, ["", *_cell_styles(line, page.columns)])
    yield from _said(rule, len(rule))


def _cell_styles(line: Line, columns: tuple[Column, ...]) -> list[str]:
    style = _STYLES[line.tone]
    return [style if column.key in {"target", "status"} else "" for column in columns]


def _notes(page: Page, width: int) -> Iterator[Cells]:
    if page.notes:
        yield ()
        yield from _said(page.notes_heading, width, BOLD)
    for note in page.notes:
        first, *further = fold(plain(note), width - 2, fill=True)
        for line in (f"- {first}", *(f"  {line}" for line in further)):
            yield from _said(line, width)


def _rows(page: Page, width: int) -> Iterator[Cells]:
    if not page.rows:
        return
    rows = [row(0, *page.rows_columns), *(row(0, *cells) for cells in page.rows)]
    widths = column_widths(rows, width)
    yield ()
    yield from _said(page.rows_heading, width, BOLD)
    if widths is None:
        for line in text.source_lines(page, width):
            yield from _said(line, width)
        return
    right, styles = [False, *(True for _ in widths[1:])], [""] * len(widths)
    for each in rows:
        yield from _across(each, widths, right, styles)
