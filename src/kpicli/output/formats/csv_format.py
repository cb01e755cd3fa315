r"""csv and tsv: the tidy rows with a header.

Lines end in a bare `\n`: Excel, pandas and csvkit read it, and a pipe of line tools (`cut`,
`grep`, `wc`) leaves no `\r` behind. There is no byte-order mark here; whoever writes the text to
a file adds it.
"""

import csv
from datetime import date
from decimal import Decimal
from io import StringIO

from kpicli.model.figures import Summary
from kpicli.output.interface import Options
from kpicli.output.page.safety import inert, plain
from kpicli.output.page.tidy import COLUMNS, Cell, exact, tidy_rows


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | Decimal):
        return exact(cell)
    return inert(plain(cell))


def _delimited(summary: Summary, delimiter: str) -> str:
    target = StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in tidy_rows(summary):
        writer.writerow([_written(row[column]) for column in COLUMNS])
    return target.getvalue()


def render_csv(summary: Summary, options: Options) -> str:  # noqa: ARG001 (the interface of formats)
    """Return the tidy rows as CSV.

    Strings that a spreadsheet could take for a formula are led by an apostrophe, and characters
    that control a terminal are visible escapes; numbers and dates stand as they are, blanks are
    empty.
    """
    return _delimited(summary, ",")


def render_tsv(summary: Summary, options: Options) -> str:  # noqa: ARG001 (the interface of formats)
    """Return the tidy rows separated by tabs, by the same rules as CSV."""
    return _delimited(summary, "\t")
