"""table: the page in columns, for a terminal."""

from dataclasses import replace
from io import StringIO

from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from kpicli.figures import Summary
from kpicli.renderers import text
from kpicli.renderers.folding import fold
from kpicli.renderers.grid import GAP, Row, column_widths, folded, row
from kpicli.renderers.interface import Options
from kpicli.renderers.page import Column, Line, Page, build_page, with_joined_states
from kpicli.renderers.safety import plain

WIDTH = 80
_STYLES = {"": "", "met": "green", "missed": "red", "doubtful": "yellow"}


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
    console = _console(width, color=options.color)
    _print(console, page.title, width, "bold")
    _print(console, page.dates, width)
    _figures(console, page, widths)
    _notes(console, page, width)
    _rows(console, page, width)
    file = console.file
    assert isinstance(file, StringIO)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().split("\n")[:-1])


def _widths(page: Page, width: int) -> list[int] | None:
    lines = (_row(line) for section in page.sections for line in section.lines)
    return column_widths([_head(page), *lines], width)


def _console(width: int, *, color: bool) -> Console:
    """Return a console that writes into a string and looks at nothing around it."""
    return Console(
        file=StringIO(),
        width=width,
        height=25,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        force_jupyter=False,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
    )


def _print(console: Console, words: str, width: int, style: str = "") -> None:
    for line in fold(plain(words), width):
        console.print(Styled(line, style=style, no_wrap=True, overflow="ignore"))


def _head(page: Page) -> Row:
    columns = (tuple(plain(part) for part in (c.name, *c.under)) for c in page.columns)
    return Row(0, ((page.item,), *columns))


def _row(line: Line) -> Row:
    return row(line.depth, line.name, *line.cells)


def _grid(widths: list[int], right: list[bool]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, GAP, 0, 0), pad_edge=False)
    for width, to_the_right in zip(widths, right, strict=True):
        table.add_column(width=width, overflow="fold", justify="right" if to_the_right else "left")
    return table


def _add(table: Table, each: Row, widths: list[int], styles: list[str]) -> None:
    cells = ("\n".join(lines) for lines in folded(each, widths))
    table.add_row(*(Styled(cell, style=s) for cell, s in zip(cells, styles, strict=True)))


def _figures(console: Console, page: Page, widths: list[int]) -> None:
    right = [False, *(column.right for column in page.columns)]
    rule = "-" * (sum(widths) + GAP * (len(widths) - 1))
    head = _grid(widths, right)
    _add(head, _head(page), widths, ["bold"] * len(widths))
    console.print()
    console.print(head)
    for section in page.sections:
        _print(console, rule, len(rule))
        _print(console, section.heading, len(rule), "bold")
        body = _grid(widths, right)
        for line in section.lines:
            _add(body, _row(line), widths, ["", *_cell_styles(line, page.columns)])
        console.print(body)
    _print(console, rule, len(rule))


def _cell_styles(line: Line, columns: tuple[Column, ...]) -> list[str]:
    style = _STYLES[line.tone]
    return [style if column.key in {"target", "status"} else "" for column in columns]


def _notes(console: Console, page: Page, width: int) -> None:
    if page.notes:
        console.print()
        _print(console, page.notes_heading, width, "bold")
    for note in page.notes:
        first, *further = fold(plain(note), width - 2, fill=True)
        for line in (f"- {first}", *(f"  {line}" for line in further)):
            _print(console, line, width)


def _rows(console: Console, page: Page, width: int) -> None:
    if not page.rows:
        return
    rows = [row(0, *page.rows_columns), *(row(0, *cells) for cells in page.rows)]
    widths = column_widths(rows, width)
    console.print()
    _print(console, page.rows_heading, width, "bold")
    if widths is None:
        for line in text.source_lines(page, width):
            _print(console, line, width)
        return
    table = _grid(widths, [False, *(True for _ in widths[1:])])
    for each in rows:
        _add(table, each, widths, [""] * len(widths))
    console.print(table)
