"""The tables of `tests/audit/tables`: usual layouts, and one wrong cell planted in each of many."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from kpicli.audit.audit import SheetAudit, audit_table
from kpicli.audit.table import Table, squared

FOLDER = Path(__file__).resolve().parents[1] / "audit" / "tables"


@cache
def usual_tables() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the right tables by name: rows of cells, written with `|` between them."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for part in (FOLDER / "usual.txt").read_text(encoding="utf-8").split("== ")[1:]:
        name, *lines = part.split("\n")
        while lines and not lines[-1]:
            lines.pop()
        found[name] = squared([line.split("|") for line in lines], name)
    return found


def planted_errors() -> list[tuple[str, str, str]]:
    """Return name of table, cell, and the wrong text for it."""
    lines = (FOLDER / "planted.txt").read_text(encoding="utf-8").splitlines()
    cells = [line.split("|") for line in lines]
    return [(name, cell, text) for name, cell, text in cells]


def place_of(cell: str) -> tuple[int, int]:
    """Return row and column, both from 0, of a cell of the first 26 columns."""
    found = re.fullmatch(r"([A-Z])(\d+)", cell)
    assert found is not None
    return int(found[2]) - 1, ord(found[1]) - ord("A")


def audited_rows(rows: tuple[tuple[str, ...], ...]) -> SheetAudit:
    """Return the audit of a table given by its rows."""
    return audit_table(Table(rows))


def with_cell(
    rows: tuple[tuple[str, ...], ...], cell: str, text: str
) -> tuple[tuple[str, ...], ...]:
    """Return a table with another text in one cell."""
    row, column = place_of(cell)
    changed = [list(line) for line in rows]
    assert changed[row][column] != text
    changed[row][column] = text
    return tuple(map(tuple, changed))


def spaced(cell: str) -> str:
    """Return a cell whose indent a page keeps."""
    own = cell.lstrip(" ")
    return "&nbsp;" * (len(cell) - len(own)) + own
