"""Plain lists of the catalogue: an aligned table on a terminal, csv in a pipe."""

import csv
import io
import shutil
import sys
from collections.abc import Sequence

from kpicli.cli.output import Target, write
from kpicli.renderers.safety import inert, plain


def show_list(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a list to stdout, folded to the terminal's width or as csv."""
    on_terminal = sys.stdout.isatty()
    text = _table(header, rows) if on_terminal else _csv(header, rows)
    write(text, Target("table" if on_terminal else "csv", None, None))


def _csv(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([[inert(cell) for cell in row] for row in (header, *rows)])
    return stream.getvalue()


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.ASCII_DOUBLE_HEAD, show_edge=False, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    width = shutil.get_terminal_size().columns
    console = Console(
        file=io.StringIO(), width=width, height=25, markup=False, emoji=False, highlight=False
    )
    with console.capture() as captured:
        console.print(table)
    return captured.get()
