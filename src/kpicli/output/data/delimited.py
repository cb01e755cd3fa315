r"""Records as text, a line each: csv and tsv.

Lines end in a bare `\n`: Excel, pandas and csvkit read it, and a pipe of line tools (`cut`,
`grep`, `wc`) leaves no `\r` behind. There is no byte-order mark here; whoever writes the text to
a file adds it.
"""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from kpicli.output.data.batches import Batches
from kpicli.output.data.records import Cell, Records
from kpicli.output.page.safety import inert, plain
from kpicli.values.numbers import exact


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
        writer.writerows([_written(cell) for cell in row] for row in records.rows)
    return target.getvalue()


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return exact(cell)
    return inert(plain(cell))
