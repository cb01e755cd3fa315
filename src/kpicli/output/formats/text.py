"""text: the page as plain aligned lines, for e-mail."""

from collections.abc import Iterator

from rich.cells import cell_len

from kpicli.model.figures import Summary
from kpicli.output.interface import Options
from kpicli.output.page.folding import fold, padded
from kpicli.output.page.grid import GAP, LEAST_NAME, column_widths, fold_name, folded, row
from kpicli.output.page.page import Column, Line, Page, build_page
from kpicli.output.page.safety import plain

WIDTH = 78


def render(summary: Summary, options: Options) -> str:
    """Return the summary as plain lines of at most `options.width` cells (78 by default).

    Names stand left, values right in one column; comparisons, targets and states follow below
    their figure, so that nothing depends on a wide window. There are no escape sequences. Only a
    value that alone is wider than the width makes a line longer.
    """
    width = options.width or WIDTH
    page = build_page(summary, options.language)
    lines = [
        *_title(page, width),
        *_figures(page, width),
        *_notes(page, width),
        *_sources(page, width),
    ]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _title(page: Page, width: int) -> Iterator[str]:
    yield from fold(plain(page.title), width)
    yield from fold(plain(page.dates), width)
    for column in page.columns:
        if column.under:
            *title, first, last = column.under
            dates = f"({first} {last})" if title else f"{first} {last}"
            yield from fold(plain(" ".join([f"{column.name}:", *title, dates])), width)


def _figures(page: Page, width: int) -> Iterator[str]:
    lines = [line for section in page.sections for line in section.lines]
    values = max((cell_len(plain(line.cells[0])) for line in lines), default=0)
    names = max((2 * line.depth + cell_len(plain(line.name)) for line in lines), default=0)
    room = width - GAP - values
    names = min(names, room) if room >= min(names, LEAST_NAME) else width
    for section in page.sections:
        yield ""
        yield from fold(plain(f"[{section.heading}]"), width)
        for line in section.lines:
            yield from _line(line, page.columns, names, values, width)


def _line(
    line: Line, columns: tuple[Column, ...], names: int, values: int, width: int
) -> Iterator[str]:
    indent = " " * (2 * line.depth)
    *further, last = fold_name(plain(line.name), names, indent)
    value = padded(plain(line.cells[0]), values, right=True)
    yield from further
    if names < width:
        yield padded(last, names) + " " * GAP + value
    else:
        yield from (last, padded(value, width, right=True))
    phrases = [
        f"{column.name} {plain(cell)}"
        for column, cell in zip(columns[1:], line.cells[1:], strict=True)
        if cell
    ]
    for phrase in _joined(phrases, width - len(indent) - 4):
        yield f"{indent}    {phrase}"


def _joined(phrases: list[str], width: int) -> Iterator[str]:
    """Yield the phrases, as many to a line as there is room for; one too long is folded."""
    line = ""
    for phrase in phrases:
        longer = f"{line}  {phrase}" if line else phrase
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        *whole, line = fold(phrase, width)
        yield from whole
    if line:
        yield line


def _notes(page: Page, width: int) -> Iterator[str]:
    if page.notes:
        yield ""
        yield f"[{page.notes_heading}]"
    for note in page.notes:
        first, *further = fold(plain(note), width - 2, fill=True)
        yield f"- {first}"
        yield from (f"  {line}" for line in further)


def _sources(page: Page, width: int) -> Iterator[str]:
    if page.rows:
        yield ""
        yield from fold(f"[{page.rows_heading}]", width)
        yield from source_lines(page, width)


def source_lines(page: Page, width: int) -> Iterator[str]:
    """Yield the sources' row accounting in columns.

    Where `width` is too small for columns it comes as one phrase a number.
    """
    rows = [row(0, *page.rows_columns), *(row(0, *cells) for cells in page.rows)]
    widths = column_widths(rows, width)
    if widths is None:
        yield from _narrow_sources(page, width)
        return
    for each in rows:
        cells = folded(each, widths)
        for index in range(max(len(lines) for lines in cells)):
            yield _across(cells, widths, index)


def _across(cells: list[list[str]], widths: list[int], index: int) -> str:
    parts = [
        padded(lines[index] if index < len(lines) else "", width, right=column > 0)
        for column, (lines, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return (" " * GAP).join(parts)


def _narrow_sources(page: Page, width: int) -> Iterator[str]:
    for title, *counts in page.rows:
        yield from fold(plain(title), width)
        names = page.rows_columns[1:]
        phrases = [f"{name} {count}" for name, count in zip(names, counts, strict=True)]
        for phrase in _joined(phrases, width - 4):
            yield f"    {phrase}"
