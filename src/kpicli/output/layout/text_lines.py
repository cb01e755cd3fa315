"""A document as plain lines: for the format text, and for tables too narrow to stand."""

from collections.abc import Iterable, Iterator, Sequence

from rich.cells import cell_len

from kpicli.output.page.document import (
    Column,
    Cross,
    Document,
    Entry,
    Figures,
    Line,
    Listing,
    Notes,
    Outline,
)
from kpicli.output.page.folding import fold, fold_line, padded
from kpicli.output.page.grid import GAP, LEAST_NAME, Row, column_widths, fold_name, folded, row
from kpicli.output.page.safety import plain

_LABEL_AND_DAYS = 3


def text_lines(document: Document, width: int) -> Iterator[str]:
    """Yield the document line by line, each within `width` cells."""
    yield from entry_lines(document.opening, width)
    first = not document.opening
    for block in document.blocks:
        if not first and not isinstance(block, Figures | Listing | Cross):
            yield ""
        match block:
            case Figures():
                yield from _figures(block, width)
            case Listing():
                yield from _table(block, width, first=first)
            case Cross():
                for number, part in enumerate(parts_of(block, width)):
                    listing = Listing(part.item, part.columns, part.sections)
                    yield from _table(listing, width, first=first and not number)
            case Notes():
                yield f"[{block.heading}]"
                yield from note_lines(block, width)
            case Outline():
                heading = f"[{block.heading}]" if block.boxed else block.heading
                yield from fold_line(plain(heading), width) if heading else ()
                yield from entry_lines(block.entries, width)
        first = False


def parts_of(cross: Cross, width: int) -> Iterator[Cross]:
    """Yield the table, or where it is too wide tables of as many of its columns as fit."""
    first, count = 0, len(cross.columns)
    while first < count:
        end = first + 1
        while end < count and _fits(cross.part(first, end + 1), width):
            end += 1
        yield cross.part(first, end)
        first = end


def _fits(cross: Cross, width: int) -> bool:
    return column_widths(rows_of(cross), width) is not None


def rows_of(cross: Cross) -> list[Row]:
    """Return the rows of a cross table, the names of its columns first."""
    lines = (line for section in cross.sections for line in section.lines)
    head = row(0, cross.item, *(column.name for column in cross.columns))
    return [head, *(row(line.depth, line.name, *line.cells) for line in lines)]


def entry_lines(entries: Iterable[Entry], width: int) -> Iterator[str]:
    """Yield entries in their depth, what does not fit a line still deeper."""
    for entry in entries:
        yield from fold_line("  " * entry.depth + plain(entry.text), width)


def note_lines(notes: Notes, width: int) -> Iterator[str]:
    """Yield notes behind a dash each."""
    for note in notes.lines:
        first, *further = fold(plain(note), width - 2, fill=True)
        yield f"- {first}"
        yield from (f"  {line}" for line in further)


def _figures(figures: Figures, width: int) -> Iterator[str]:
    for column in figures.columns:
        if column.under:
            yield from fold(plain(f"{column.name}: {_under(column)}"), width)
    lines = [line for section in figures.sections for line in section.lines]
    sizes = [cell_len(plain(line.cells[figures.value])) for line in lines]
    values = max((size for size in sizes if size <= width // 2), default=0)
    names = max((2 * line.depth + cell_len(plain(line.name)) for line in lines), default=0)
    room = width - GAP - values
    names = min(names, room) if room >= min(names, LEAST_NAME) else width
    for section in figures.sections:
        yield ""
        yield from fold(plain(f"[{section.heading}]"), width)
        for line in section.lines:
            yield from _line(line, figures, names, values, width)


def _under(column: Column) -> str:
    """Return what stands under a column's name in one line, two days in brackets behind a label."""
    *label, first, last = ("", *column.under)
    if len(column.under) == _LABEL_AND_DAYS:
        return f"{label[-1]} ({first} {last})"
    return " ".join(column.under)


def _line(line: Line, figures: Figures, names: int, values: int, width: int) -> Iterator[str]:
    indent = " " * (2 * line.depth)
    *further, last = fold_name(plain(line.name), names, indent)
    value = plain(line.cells[figures.value])
    yield from further
    if cell_len(value) > values:  # as long as dates in a row are
        yield last
        yield from (f"{indent}    {part}" for part in fold(value, width - len(indent) - 4))
    elif names < width:
        value = padded(value, values, right=True)
        yield padded(last, names) + " " * GAP + value
    else:
        yield from (last, padded(value, width, right=True))
    columns, cells = list(figures.columns), list(line.cells)
    del columns[figures.value], cells[figures.value]
    yield from _phrases(columns, cells, f"{indent}    ", width)


def _phrases(
    columns: Sequence[Column], cells: Sequence[str], indent: str, width: int
) -> Iterator[str]:
    """Yield each cell behind its column's name, as many to a line as there is room for."""
    phrases = [
        f"{column.name} {plain(cell)}" for column, cell in zip(columns, cells, strict=True) if cell
    ]
    for phrase in _joined(phrases, width - len(indent)):
        yield f"{indent}{phrase}"


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


def _table(table: Listing, width: int, *, first: bool) -> Iterator[str]:
    for heading, lines in section_lines(table, width):
        if not first:
            yield ""
        first = False
        yield from fold(plain(f"[{heading}]"), width) if heading else ()
        yield from lines


def section_lines(table: Listing, width: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the heading and the lines of each section, the names of the columns above the first.

    Where `width` is too small for columns, each row comes as its name, and a phrase a cell.
    """
    head = row(0, table.item, *(column.name for column in table.columns))
    rows = [
        [row(line.depth, line.name, *line.cells) for line in section.lines]
        for section in table.sections
    ]
    prose = [not table.ids, *(column.prose for column in table.columns)]
    widths = column_widths([head, *(each for own in rows for each in own)], width, prose)
    right = [False, *(column.right for column in table.columns)]
    for number, (section, own) in enumerate(zip(table.sections, rows, strict=True)):
        if widths is None:
            yield section.heading, list(_narrow(section.lines, table.columns, width))
        else:
            shown = own if number else [head, *own]
            yield section.heading, [part for each in shown for part in _across(each, widths, right)]


def _across(each: Row, widths: list[int], right: list[bool]) -> Iterator[str]:
    cells = folded(each, widths)
    for index in range(max(len(lines) for lines in cells)):
        parts = [
            padded(lines[index] if index < len(lines) else "", width, right=to_the_right)
            for lines, width, to_the_right in zip(cells, widths, right, strict=True)
        ]
        yield (" " * GAP).join(parts).rstrip()


def _narrow(lines: Sequence[Line], columns: Sequence[Column], width: int) -> Iterator[str]:
    for line in lines:
        yield from fold(plain(line.name), width)
        yield from _phrases(columns, line.cells, "    ", width)
