"""Where the header row of a text file stands, and which sign separates its cells."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from kpicli.catalog.sources import Source
from kpicli.loaders.cells.headers import Extra, is_header, match_headers
from kpicli.loaders.cells.raw_table import LONGEST_CELL

HEAD = 1 << 18
"""So many bytes of a file are looked through for its header."""

_REACH = 50
_SIGNS = (",", "\t", ";")
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


def find_layout(head: str, source: Source, extra: Extra = None) -> Layout | None:
    """Return the layout under which a row among the first 50 has all required headers, or None.

    Of several delimiters the one that finds more declared columns is taken; on a tie comma goes
    before tab, and tab before semicolon.
    """
    layouts: list[Layout] = []
    for sign in _SIGNS:
        if layouts and sign not in head:
            continue  # rows of one cell have no more columns than what is found
        headers = (x for x in _rows(head, sign) if is_header(x.cells, source, extra))
        layouts += islice(headers, 1)
    known = [layout for layout in layouts if match_headers(layout.cells, source, extra)]
    return max(known, key=lambda x: len(match_headers(x.cells, source, extra)), default=None)


def rows_below(head: str, layout: Layout) -> list[tuple[str, ...]]:
    """Return the first rows below the header, as far as `head` holds them."""
    rows = _rows(head, layout.delimiter)
    return [row.cells for row in rows if row.header > layout.header]


def nearest_layout(head: str, source: Source, extra: Extra = None) -> Layout:
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


def _rows(head: str, sign: str) -> Iterator[Layout]:
    hidden = 0
    for number, cells in enumerate(records(io.StringIO(head, newline=""), sign, strict=False)):
        if number == 0 and _SEP_LINE.fullmatch(sign.join(cells)):
            hidden = 1
        elif number > _REACH:
            return
        else:
            yield Layout(sign, number, tuple(cells), hidden)
