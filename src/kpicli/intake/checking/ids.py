"""Findings about ids: those that repeat where nearly none does, and one id in several spellings."""

import re
from collections.abc import Iterator, Sequence

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.intake.checking.cells import Places
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.records import RECORD_BEGINS
from kpicli.intake.profiling.tables import Grid
from kpicli.intake.profiling.words import concepts
from kpicli.loaders.cells.raw_table import text_of
from kpicli.values.folding import fold, header_key

_NEARLY_EVERY = 0.8
_FILLED = 0.5
_NUMBERS = 0.9
"""Where so many cells are plain numbers, only the header says whether they are ids."""
_DECIMAL = re.compile(r"([0-9]+)\.0+")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def holds_ids(column: Column) -> bool:
    """Return whether a column holds ids, and no amounts that each stand there once."""
    if column.kind == "person":
        return True
    named = column.place == 0 or "number" in concepts(column.header)
    return column.kind == "id" and (column.numbers < _NUMBERS or named)


def key_of(columns: Sequence[Column]) -> Column | None:
    """Return the first column of ids that differ in nearly every row; None where none does.

    A later column may tell rows apart too, but that of a customer may repeat for good reasons. So
    does the number of a record of kintone, in every line of a table in it.
    """
    if columns and header_key(columns[0].header) == RECORD_BEGINS:
        return None
    ids = (
        column
        for column in columns
        if column.kind == "id" and holds_ids(column) and column.share >= _FILLED
    )
    return next((column for column in ids if column.unique >= _NEARLY_EVERY), None)


def repeated(grid: Grid, column: Column, places: Places) -> Iterator[Fault]:
    """Yield the rows whose id stands in an earlier row: how many, and how many are wholly alike."""
    by_id: dict[str, list[int]] = {}
    for cell, rows in places.items():
        by_id.setdefault(fold(text_of(cell)), []).extend(rows)
    again: list[tuple[int, int]] = []
    for own in by_id.values():
        first, *others = sorted(own)
        again += [(row, first) for row in others]
    if not again:
        return
    row, first = min(again)
    alike = sum(_texts(grid, one) == _texts(grid, other) for one, other in again)
    yield Fault(
        faults.REPEATED_IDS,
        "",
        grid.place(row, column.header),
        value=text_of(grid.rows[row][column.place]),
        count=len(again),
        other=grid.place(first, column.header),
        detail=Text(
            f"すべての値が同じ行 {alike:,}", f"rows that are the same in every cell: {alike:,}"
        ),
    )


def alike(grid: Grid, column: Column, places: Places) -> Iterator[Fault]:
    """Yield the rows whose id another spelling of it, which more rows have, is also there.

    Spellings differ in zeros before a number, a `.0` behind it, width, case and invisible signs.
    """
    spellings: dict[str, dict[str, list[int]]] = {}
    for cell, rows in places.items():
        text = text_of(cell).strip()
        spellings.setdefault(_spelled_alike(text), {}).setdefault(text, []).extend(rows)
    usual: dict[int, int] = {}
    for own in spellings.values():
        commonest, *others = sorted(own.values(), key=lambda rows: (-len(rows), min(rows)))
        usual.update((row, min(commonest)) for rows in others for row in rows)
    if usual:
        first = min(usual)
        place, other = (grid.place(row, column.header) for row in (first, usual[first]))
        value = text_of(grid.rows[first][column.place])
        yield Fault(faults.IDS_ALIKE, "", place, value=value, count=len(usual), other=other)


def _spelled_alike(text: str) -> str:
    folded = fold(text)
    number = _DECIMAL.fullmatch(folded)
    return _ZEROS.sub("", number[1] if number is not None else folded).casefold()


def _texts(grid: Grid, row: int) -> list[str]:
    texts = [fold(text_of(cell)) for cell in grid.rows[row]]
    while texts and not texts[-1]:
        texts.pop()
    return texts
