"""The tables of a sheet: their rows and columns of figures with all that their labels say."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from kpicli.audit.layout.context import context_of
from kpicli.audit.layout.depths import depths, indent_of, levels_below
from kpicli.audit.layout.headers import (
    figure_columns,
    header_rows,
    is_title,
    is_unit_row,
    label_columns,
    row_label,
    unit_columns,
)
from kpicli.audit.layout.labels import meaning
from kpicli.audit.layout.lines import Block, Line, distinct_levels
from kpicli.audit.layout.pieces import NOTE, is_figure, segments, stretches
from kpicli.audit.layout.units import unit_in, unit_named
from kpicli.audit.table import Table
from kpicli.values.folding import fold


class _Piece(Struct, frozen=True):
    """A table as it stands, before pieces that belong together are joined.

    `named` are the rows of its header without titles and units; `header` their texts by column.
    """

    titles: tuple[str, ...]
    named: tuple[int, ...]
    header: tuple[tuple[str, ...], ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    first: int
    span: tuple[int, int]
    under_titles: bool = False


def find_blocks(table: Table) -> tuple[Block, ...]:
    """Return the tables of a sheet, top down and left to right.

    Blank rows, new header rows, blank columns and repeated headers part tables. Those of one
    header, or without any of their own, are joined again: page breaks, gaps before a total, long
    lists folded into two beside each other.
    """
    pieces: list[_Piece] = []
    for rows in stretches(table):
        for columns in segments(table, rows):
            piece = _read_piece(table, rows, columns)
            if piece is not None:
                pieces.append(piece)
    joined: list[_Piece] = []
    last: dict[object, int] = {}
    for piece in pieces:
        place = next((last[key] for key in _keys(piece) if key in last), None)
        if place is None or not _continues(piece, joined[place]):
            place = len(joined)
            joined.append(piece)
        else:
            joined[place] = _join(joined[place], piece)
        last |= dict.fromkeys(_keys(joined[place]) | {("", piece.first)}, place)
    captions = _captions(table, joined)
    return tuple(
        Block(table, piece.rows, piece.columns, context_of(texts, _header(table, piece)))
        for piece, texts in zip(joined, captions, strict=True)
    )


def _header(table: Table, piece: _Piece) -> list[str]:
    return [text for row in piece.named for text in table.rows[row - 1] if text.strip()]


def _read_piece(table: Table, rows: Sequence[int], columns: Sequence[int]) -> _Piece | None:
    head = header_rows(table, rows, columns)
    below = [row for row in rows if row not in head]
    figures = figure_columns(table, head, below, columns)
    if not below or not figures:
        return None
    left = label_columns(table, head, columns, figures)
    units = [row for row in head if is_unit_row(table, row, figures)]
    titles = [row for row in head if row not in units and is_title(table, row, columns, head)]
    named = [row for row in head if row not in units and row not in titles]
    header = tuple(tuple(table.label(row, c) for row in named) for c in (*left, *figures))
    return _Piece(
        tuple(text for row in titles for text in dict.fromkeys(_words(table, row, columns))),
        tuple(named),
        header if any(map(any, header)) else (),
        _rows(table, head, below, columns, left, figures),
        _columns(table, named, units, figures),
        columns[0],
        (rows[0], rows[-1]),
    )


def _words(table: Table, row: int, columns: Sequence[int]) -> list[str]:
    return [text for c in columns if (text := table.label(row, c))]


def _columns(
    table: Table, named: Sequence[int], units: Sequence[int], figures: Sequence[int]
) -> tuple[Line, ...]:
    labels = [[_without_caption(table.label(row, c)) for row in named] for c in figures]
    paths = distinct_levels(_filled(labels))
    own = [next(filter(None, reversed(path)), "") for path in paths]
    deep = depths([(below, 0, text) for below, text in zip(levels_below(paths), own, strict=True)])
    return tuple(
        Line(column, path, unit=_column_unit(table, units, column, path), depth=depth)
        for column, path, depth in zip(figures, paths, deep, strict=True)
    )


def _without_caption(text: str) -> str:
    """Return a header, or nothing for a caption that strayed into it: `(単位:人)`."""
    return "" if "単位" in text and unit_named(text) is not None else text


def _column_unit(table: Table, units: Sequence[int], column: int, path: Sequence[str]) -> str:
    named = (unit_named(table.label(row, column)) for row in units)
    bracketed = (unit_named(text) or unit_in(text) for text in reversed(path))
    return next(filter(None, (*named, *bracketed)), "")


def _rows(
    table: Table,
    head: Sequence[int],
    below: Sequence[int],
    columns: Sequence[int],
    left: Sequence[int],
    figures: Sequence[int],
) -> tuple[Line, ...]:
    """Return the rows with figures; what stands between them heads those below it."""
    labels = [[row_label(table, head, row, c) for c in left] for row in below]
    filled = _filled(labels)
    figured = [any(is_figure(table, row, c) for c in figures) for row in below]
    heads = levels_below([path if has else () for path, has in zip(filled, figured, strict=True)])
    places = [_place(table, row, left, own) for row, own in zip(below, labels, strict=True)]
    deep = depths([(head, *place) for head, place in zip(heads, places, strict=True)])
    unit_column = next(iter(unit_columns(table, head, columns)), 0)
    lines: list[Line] = []
    heading, section, inside = "", 0, False
    for row, path, depth, has_figures in zip(below, filled, deep, figured, strict=True):
        if not has_figures:
            text = " ".join(filter(None, path))
            if text and not NOTE.match(fold(text[:20])):
                inside = meaning(text).kind == "breakdown"
                heading, section = "" if inside else text, section + 1
            continue
        unit = fold(table.text(row, unit_column)) if unit_column else ""
        unit = unit or next(filter(None, map(unit_in, reversed(path))), "")
        lines.append(Line(row, (heading, *path), unit, depth + inside, section, breakdown=inside))
    paths = distinct_levels([line.path for line in lines])
    return tuple(replace(line, path=path) for line, path in zip(lines, paths, strict=True))


def _place(table: Table, row: int, left: Sequence[int], labels: Sequence[str]) -> tuple[int, str]:
    """Return indent and text of a row's innermost label."""
    if not left:
        return 0, ""
    place = max((n for n, text in enumerate(labels) if text), default=0)
    indent = indent_of(table.text(row, left[place])) + table.indent(row, left[place])
    return indent, labels[place]


def _filled(labels: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Return the labels of lines, an outer one that is left blank being that of the line before.

    `東京 | A店` and ` | B店` below it are both under 東京; a line blank on the inside stays so.
    """
    found: list[tuple[str, ...]] = []
    for own in labels:
        path = list(own)
        inner = max((place for place, text in enumerate(path) if text), default=0)
        for place in range(inner):
            if not path[place] and found:
                path[place] = found[-1][place]
        found.append(tuple(path))
    return found


def _keys(piece: _Piece) -> set[object]:
    """Return by what the table before a piece may be known that it goes on with."""
    if not piece.header:
        return {("", piece.first)}
    return {(piece.first, piece.header), (piece.span, piece.header)}


def _continues(piece: _Piece, before: _Piece) -> bool:
    """Tell whether a piece goes on with a table before it: below it, or folded beside it."""
    shift = piece.first - before.first
    own = [line.number - shift for line in piece.columns]
    there = [line.number for line in before.columns]
    if piece.span == before.span and shift:
        return bool(piece.header) and piece.header == before.header and own == there
    if shift or not set(own) <= set(there):
        return False
    return not piece.header or (piece.header == before.header and own == there)


def _join(before: _Piece, piece: _Piece) -> _Piece:
    """Return two pieces as one; their titles, where each has one, become outermost labels."""
    if before.under_titles or (before.titles and piece.titles):
        before, piece = _under_title(before), _under_title(piece)
    width = len(before.rows[0].path)
    section = before.rows[-1].section + bool(piece.titles)
    added = tuple(
        replace(
            line,
            path=(*[""] * (width - len(line.path)), *line.path[-width:]),
            section=line.section + section,
            shift=piece.first - before.first,
        )
        for line in piece.rows
    )
    span = (min(before.span[0], piece.span[0]), max(before.span[1], piece.span[1]))
    return replace(before, rows=before.rows + added, span=span)


def _under_title(piece: _Piece) -> _Piece:
    if piece.under_titles:
        return piece
    title = piece.titles[-1] if piece.titles else ""
    rows = tuple(replace(line, path=(title, *line.path)) for line in piece.rows)
    return replace(piece, rows=rows, under_titles=True)


def _captions(table: Table, pieces: Sequence[_Piece]) -> list[list[str]]:
    """Return for each table the texts around it: title, captions, units, and notes below it."""
    starts, ends = (sorted(piece.span[end] for piece in pieces) for end in (0, 1))
    found: list[list[str]] = []
    for piece in pieces:
        above = bisect_left(ends, piece.span[0])
        below = bisect_right(starts, piece.span[1])
        first = ends[above - 1] + 1 if above else 1
        last = starts[below] - 1 if below < len(starts) else len(table.rows)
        own = {line.number for line in piece.rows} | set(piece.named)
        rows = (row for row in range(first, last + 1) if row not in own)
        texts = (text for row in rows for text in dict.fromkeys(table.rows[row - 1]))
        found.append([table.title, *filter(str.strip, texts)])
    return found
