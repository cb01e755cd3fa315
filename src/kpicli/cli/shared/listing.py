"""Plain lists of the catalogue: aligned for a terminal, csv in a pipe."""

import csv
import io
import shutil
from collections.abc import Sequence

from kpicli.cli.shared.language import say
from kpicli.cli.shared.output import write_stdout
from kpicli.cli.shared.target import on_terminal
from kpicli.output.page.folding import Room, fit, fold, longest_word, padded
from kpicli.output.page.safety import inert, plain

Row = Sequence[str]
GAP, PROSE = "  ", 20
"""What stands between columns, and the least cells of a column of prose."""


def show_list(header: Row, rows: Sequence[Row], *, prose: Row, heading: int = 0) -> None:
    """Write a list to stdout, aligned on a terminal, as csv elsewhere.

    On a terminal the columns named in `prose` fold, the first `heading` columns are said once
    above their rows, and the last columns are left out, and named, where there is no room for all.
    """
    if not on_terminal():
        write_stdout(_csv(header, rows))
        return
    safe = [[plain(cell) for cell in row] for row in rows]
    write_stdout(_aligned(header, safe, prose, heading))


def _csv(header: Row, rows: Sequence[Row]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([[inert(cell) for cell in row] for row in (header, *rows)])
    return stream.getvalue()


def _aligned(header: Row, rows: Sequence[Row], prose: Row, heading: int) -> str:
    names, indent = header[heading:], GAP if heading else ""
    widths = _widths([names, *(row[heading:] for row in rows)], prose, len(indent))
    lines = [] if heading else _folded(names, widths, "")
    said: Row | None = None
    for row in rows:
        if heading and row[:heading] != said:
            said = row[:heading]
            title = GAP.join(cell for cell in said if cell)
            lines += [*([""] if lines else ()), *fold(title, shutil.get_terminal_size().columns)]
        lines += _folded(row[heading:], widths, indent)
    left = names[len(widths) :]
    if left:
        words = say("幅が足りず省いた列(パイプすれば全列)", "left out (a pipe gets all)")
        lines += ["", f"{words}: {', '.join(left)}"]
    return "\n".join(lines) + "\n"


def _widths(rows: Sequence[Row], prose: Row, indent: int) -> list[int]:
    rooms = [_room([row[i] for row in rows], name in prose) for i, name in enumerate(rows[0])]
    total = shutil.get_terminal_size().columns - indent
    while len(rooms) > 1:
        widths = fit(rooms, total - len(GAP) * (len(rooms) - 1))
        if widths is not None:
            return widths
        rooms.pop()
    return [max(total, 2)]


def _room(cells: Sequence[str], prose: bool) -> Room:
    natural = max(longest_word(cell.replace(" ", "_")) for cell in cells)
    return Room(natural, min(natural, PROSE) if prose else natural)


def _folded(row: Row, widths: Sequence[int], indent: str) -> list[str]:
    cells = [fold(cell, width) for cell, width in zip(row, widths, strict=False)]
    height = max(len(lines) for lines in cells)
    filled = [lines + [""] * (height - len(lines)) for lines in cells]
    return [
        (indent + GAP.join(map(padded, line, widths))).rstrip()
        for line in zip(*filled, strict=True)
    ]
