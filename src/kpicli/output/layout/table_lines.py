"""A document in columns for a terminal, each line as its cells with their styles."""

from collections.abc import Iterable, Iterator

from kpicli.output.layout.text_lines import (
    entry_lines,
    note_lines,
    parts_of,
    rows_of,
    section_lines,
)
from kpicli.output.page.document import (
    Column,
    Cross,
    Document,
    Figures,
    Line,
    Listing,
    Notes,
    Outline,
    with_joined_states,
)
from kpicli.output.page.folding import fold, fold_line, padded
from kpicli.output.page.grid import GAP, Row, column_widths, folded, row
from kpicli.output.page.safety import plain

Cells = tuple[tuple[str, str], ...]
"""The cells of a line, each with its style: an escape code, "" for none."""

BOLD, GREEN, RED, YELLOW = "1", "32", "31", "33"
_STYLES = {"": "", "met": GREEN, "missed": RED, "doubtful": YELLOW}


def table_lines(document: Document, width: int) -> list[Cells] | None:
    """Return the document line by line; None where `width` cannot hold the columns of figures.

    Nothing is cut: names and comparisons fold, numbers never break.
    """
    title, *others = entry_lines(document.opening, width) if document.opening else ("",)
    lines = [*_styled([title], BOLD), *_styled(others)] if title else []
    for block in document.blocks:
        lines += [()] if lines else []
        match block:
            case Figures():
                laid_out = _laid_out(block, width)
                if laid_out is None:
                    return None
                lines += _figures(*laid_out)
            case Cross():
                for number, part in enumerate(parts_of(block, width)):
                    lines += [()] if number else []
                    lines += _cross(part, width)
            case Listing():
                lines += _table(block, width)
            case Notes():
                lines += [*_styled([block.heading], BOLD), *_styled(note_lines(block, width))]
            case Outline():
                heading = fold_line(plain(block.heading), width) if block.heading else []
                style = ";".join(filter(None, (BOLD, _STYLES[block.tone])))
                lines += [*_styled(heading, style), *_styled(entry_lines(block.entries, width))]
    return lines


def _styled(lines: Iterable[str], style: str = "") -> Iterator[Cells]:
    for line in lines:
        yield ((line, style),)


def _laid_out(figures: Figures, width: int) -> tuple[Figures, list[int]] | None:
    """Return the figures and the widths of their columns, targets and states in one if need be."""
    for shown in (figures, with_joined_states(figures)):
        lines = (_row(line) for section in shown.sections for line in section.lines)
        widths = column_widths([_head(shown), *lines], width)
        if widths is not None:
            return shown, widths
    return None


def _head(figures: Figures) -> Row:
    columns = (tuple(plain(part) for part in (c.name, *c.under)) for c in figures.columns)
    return Row(0, ((plain(figures.item),), *columns))


def _row(line: Line) -> Row:
    return row(line.depth, line.name, *line.cells)


def _figures(figures: Figures, widths: list[int]) -> Iterator[Cells]:
    right = [False, *(column.right for column in figures.columns)]
    rule = "-" * (sum(widths) + GAP * (len(widths) - 1))
    yield from _across(_head(figures), widths, right, [BOLD] * len(widths))
    for section in figures.sections:
        yield from _styled([rule])
        yield from _styled(fold(plain(section.heading), len(rule)), BOLD)
        for line in section.lines:
            styles = ["", *_cell_styles(line, figures.columns)]
            yield from _across(_row(line), widths, right, styles)
    yield from _styled([rule])


def _cross(cross: Cross, width: int) -> Iterator[Cells]:
    """Yield a cross table; where even one column is too wide, line by line."""
    figures = Figures(cross.item, cross.columns, cross.sections)
    widths = column_widths(rows_of(cross), width)
    if widths is None:
        yield from _table(Listing(cross.item, cross.columns, cross.sections), width)
    else:
        yield from _figures(figures, widths)


def _cell_styles(line: Line, columns: tuple[Column, ...]) -> list[str]:
    style = _STYLES[line.tone]
    return [style if column.key in {"target", "status"} else "" for column in columns]


def _across(each: Row, widths: list[int], right: list[bool], styles: list[str]) -> Iterator[Cells]:
    """Yield the lines of a row of columns."""
    cells = folded(each, widths)
    for index in range(max(len(lines) for lines in cells)):
        yield tuple(
            (padded(lines[index] if index < len(lines) else "", width, right=to_the_right), style)
            for lines, width, to_the_right, style in zip(cells, widths, right, styles, strict=True)
        )


def _table(table: Listing, width: int) -> Iterator[Cells]:
    for number, (heading, lines) in enumerate(section_lines(table, width)):
        if number:
            yield ()
        yield from _styled(fold(plain(heading), width) if heading else [], BOLD)
        yield from _styled(lines)
