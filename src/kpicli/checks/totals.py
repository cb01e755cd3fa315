"""Total rows: the number that they give against the number of rows above or below them."""

from collections.abc import Iterable, Sequence

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.checks.interface import CheckInput
from kpicli.loaders.cells.raw_table import Cell, RawTable, text_of
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.values.folding import fold
from kpicli.values.number_reading import COUNT, is_total

SAMPLE = 20
"""Rows above a total that are enough to see that its column holds amounts."""


def check_totals(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning for every total row whose one number is not the number of rows above it.

    Rows above are the rows of data since the top or, for a partial total, since the total before;
    where the first total stands above the data, the rows below count likewise.
    A row with several numbers, or with a number under a column of amounts, adds up something else.
    """
    for dataset in inputs.datasets.values():
        yield from totals_that_differ(dataset)


def totals_that_differ(dataset: Dataset) -> Iterable[Fault]:
    """Yield what `check_totals` does of one source."""
    for table, not_data in zip(dataset.tables, dataset.not_data, strict=True):
        yield from _of_table(dataset, table, not_data)


def _of_table(dataset: Dataset, table: RawTable, not_data: Mask) -> Iterable[Fault]:
    candidates = np.flatnonzero(not_data).tolist()
    cells_of = zip(candidates, table.cells(candidates) if candidates else (), strict=True)
    totals = [(row, cells) for row, cells in cells_of if any(map(_says_total, cells))]
    above = [row - int(not_data[:row].sum()) for row, _ in totals]
    rows = len(not_data) - int(not_data.sum())
    for place, (row, cells) in enumerate(totals):
        number = _only_number(cells)
        if number is None or number[1] in _counts(above, place, rows):
            continue
        own = ~not_data[:row] if above[place] else ~not_data
        data = np.flatnonzero(own)[-SAMPLE:].tolist()
        if not _amounts(table, data, number[0]):
            yield Fault(
                faults.TOTAL_DIFFERS,
                dataset.source.id,
                table.place(row, None),
                value=str(number[1]),
                detail=str(above[place] or rows),
            )


def _counts(above: Sequence[int], place: int, rows: int) -> set[int]:
    """Return the numbers of rows that a total may give: those above it, or since the one before.

    Where the first total stands above all rows, so may the others: it may give those below it, or
    those up to the next one.
    """
    own = above[place]
    counts = {own, own - above[place - 1]} if place else {own}
    if above[0] == 0:
        following = above[place + 1] if place + 1 < len(above) else rows
        counts = {rows - own, following - own} | (counts if own else set())
    return counts


def _says_total(cell: Cell) -> bool:
    return is_total(fold(text_of(cell)))


def _only_number(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """Return the position and value of the one number among the cells; None for none or several."""
    numbers = [(index, n) for index, cell in enumerate(cells) if (n := _number(cell)) is not None]
    return numbers[0] if len(numbers) == 1 else None


def _number(cell: Cell) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    match = COUNT.fullmatch(fold(text_of(cell)))
    return None if match is None else int(match[1].replace(",", ""))


def _amounts(table: RawTable, rows: Sequence[int], position: int) -> bool:
    """Return whether the rows of data have numbers in that position too."""
    if not rows:
        return False
    return any(
        position < len(cells) and _number(cells[position]) is not None
        for cells in table.cells(rows)
    )
