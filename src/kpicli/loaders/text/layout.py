"""Where the header row of a text file stands, and which sign separates its cells."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.loaders.cells.headers import (
    Extra,
    is_header,
    match_headers,
    missing_columns,
    stacked_labels,
)
from kpicli.loaders.cells.raw_table import LONGEST_CELL

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source


HEAD = 1 << 18
"""So many bytes of a file are looked through for its header."""

_REACH = 50
_SIGNS = (",", "\t", ";")
_ENDS = (b"\n", b"\r")
_SEP_LINE = re.compile(r'(?i)"?sep=.?"?[ ,;\t]*')


class Layout(Struct, frozen=True):
    """How the file is laid out.

    `header` counts all records from 0, a `sep=,` line included; `hidden` is 1 where there is such
    a line, which spreadsheets do not show, else 0. `cells` is the header row as written.
    """

    delimiter: str
    header: int
    cells: tuple[str, ...]
    hidden: int

    @property
    def title_rows(self) -> int:
        """Return how many rows stand above the header row; a `sep=` line is none."""
        return self.header - self.hidden

    def row(self, index: int) -> int:
        """Return the number that a spreadsheet gives to the 0-based data row `index`."""
        return self.title_rows + 2 + index


def find_layout(head: str, source: "Source", extra: Extra = None) -> Layout | None:
    """Return the layout under which a row among the first 50 has all required headers, or None.

    Of several delimiters the one that finds more declared columns is taken; on a tie comma goes
    before tab, and tab before semicolon.
    """
    layouts: list[Layout] = []
    for sign in _SIGNS:
        if layouts and sign not in head:
            continue  # rows of one cell have no more columns than what is found
        rows = _rows(head, sign)
        above: Layout | None = None
        for row in rows:
            if is_header(row.cells, source, extra):
                layouts.append(_widened(above, row, next(rows, None), source, extra))
                break
            pair = None if above is None else _stacked(above, row, source, extra)
            if pair is not None and is_header(pair.cells, source, extra):
                layouts.append(pair)
                break
            above = row
    known = [layout for layout in layouts if match_headers(layout.cells, source, extra)]
    return max(known, key=lambda x: len(match_headers(x.cells, source, extra)), default=None)


def _widened(
    above: Layout | None, header: Layout, below: Layout | None, source: "Source", extra: Extra
) -> Layout:
    """Return the header with a row of groups above it, or one of sub-headers below it, if any.

    The row above counts where it makes other columns of some (改善日 under 保険会社), the row below
    where all of its cells are headers, and none stands under the key: such a row is no data.
    """
    own = match_headers(header.cells, source, extra)
    pair = None if above is None else _stacked(above, header, source, extra)
    if pair is not None:
        matches = match_headers(pair.cells, source, extra)
        if matches != own and not missing_columns(matches, source):
            return pair
    pair = None if below is None else _stacked(header, below, source, extra)
    if pair is None or below is None:
        return header
    matches = match_headers(pair.cells, source, extra)
    places = {place for positions in matches.values() for place in positions}
    filled = [place for place, cell in enumerate(below.cells) if cell.strip()]
    keys = {place for name in source.key for place in own.get(name, ())}
    known = places.issuperset(filled) and keys.isdisjoint(filled)
    return pair if filled and known and not missing_columns(matches, source) else header


def _stacked(above: Layout, row: Layout, source: "Source", extra: Extra) -> Layout | None:
    """Return two rows as one header; None where the upper one is a title or not the next one.

    A group stands in the first of its cells, as a merged one is saved; a title is alone in its row,
    and first.
    """
    groups = [cell.strip() for cell in above.cells]
    if above.header + 1 != row.header or not any(groups[1:]):
        return None
    columns: list[list[str]] = []
    group = ""
    for place in range(max(len(groups), len(row.cells))):
        own = groups[place] if place < len(groups) else ""
        cell = row.cells[place].strip() if place < len(row.cells) else ""
        group = own or group
        columns.append([group, cell] if group and cell else [cell or own])
    return replace(row, cells=stacked_labels(columns, source, extra))


def rows_below(head: str, layout: Layout) -> list[tuple[str, ...]]:
    """Return the first rows below the header, as far as `head` holds them."""
    rows = _rows(head, layout.delimiter)
    return [row.cells for row in rows if row.header > layout.header]


def nearest_layout(head: str, source: "Source", extra: Extra = None) -> Layout:
    """Return the row that comes nearest to a header: most declared columns, then most cells."""
    return max(
        (layout for sign in _SIGNS for layout in _rows(head, sign)),
        key=lambda x: (len(match_headers(x.cells, source, extra)), sum(map(bool, x.cells))),
        default=Layout(",", 0, (), 0),
    )


def records(lines: Iterable[str], delimiter: str, *, strict: bool) -> Iterator[list[str]]:
    """Return a `csv` reader over `lines`, which must come with their line ends as they are.

    Cells of up to 67 million characters are read; the module's own limit is 131,072.
    """
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    return csv.reader(lines, delimiter=delimiter, strict=strict)


def cells_of(whole: Sequence[bytes], delimiter: str, codec: str) -> list[tuple[str, ...]]:
    """Return the cells of records, each of which may come from anywhere; none for an empty line."""
    joined = b"".join(each if each.endswith(_ENDS) else each + b"\n" for each in whole)
    cells = _read_cells(joined, delimiter, codec)
    if len(cells) != len(whole):  # one ends in CR, and LF alone follows: together they are one end
        cells = [_read_cells(each, delimiter, codec)[0] for each in whole]
    return cells


def _read_cells(data: bytes, delimiter: str, codec: str) -> list[tuple[str, ...]]:
    lines = io.StringIO(data.decode(codec), newline="")
    return list(map(tuple, records(lines, delimiter, strict=True)))


def _rows(head: str, sign: str) -> Iterator[Layout]:
    hidden = 0
    for number, cells in enumerate(records(io.StringIO(head, newline=""), sign, strict=False)):
        if number == 0 and _SEP_LINE.fullmatch(sign.join(cells)):
            hidden = 1
        elif number > _REACH:
            return
        else:
            yield Layout(sign, number, tuple(cells), hidden)
