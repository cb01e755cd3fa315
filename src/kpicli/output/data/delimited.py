r"""Records as text, a line each: csv and tsv.

Lines end in a bare `\n`: Excel, pandas and csvkit read it, and a pipe of line tools (`cut`,
`grep`, `wc`) leaves no `\r` behind. There is no byte-order mark here; whoever writes the text to
a file adds it.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

from kpicli.output.data.batches import Batches
from kpicli.output.data.records import Cell, Records
from kpicli.output.page.safety import inert, plain
from kpicli.values.numbers import exact

_AT_ONCE = 1 << 12
"""So many rows are written column by column."""
_MANY = 4
"""From so many cells to a text on, it pays to look for those that are the same."""
_TEXTS = {str, type(None)}


def delimited(records: Records, delimiter: str) -> str:
    """Return the records with a header.

    Strings that a spreadsheet could take for a formula are led by an apostrophe, and characters
    that control a terminal are visible escapes; numbers and dates stand as they are, blanks are
    empty.
    """
    target = StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(records.names)
    if isinstance(records.rows, Batches):
        writer.writerows(records.rows.written(_written))
    else:
        for start in range(0, len(records.rows), _AT_ONCE):
            columns = zip(*records.rows[start : start + _AT_ONCE], strict=True)
            writer.writerows(zip(*map(_written_column, columns), strict=True))
    return target.getvalue()


def _written_column(cells: Sequence[Cell]) -> Iterable[str]:
    """Return the cells of a column as texts; of few texts each is looked at once."""
    kinds = set(map(type, cells))
    if kinds == {int}:
        return map(str, cells)
    if kinds <= _TEXTS and _MANY * len(distinct := set(cells)) < len(cells):
        written = {cell: _written(cell) for cell in distinct}  # 1 and Decimal("1.0") would be one
        return map(written.__getitem__, cells)
    return map(_written, cells)


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return exact(cell)
    return inert(plain(cell))
