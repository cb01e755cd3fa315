"""Total rows: the number that they give against the number of rows above them."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.checks.interface import CheckInput
from kpicli.loaders.cells.pieces import TOTAL_WORDS
from kpicli.loaders.cells.raw_table import Cell, RawTable
from kpicli.loaders.cells.readers import text_of
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.values.folding import fold

SAMPLE = 20
"""Rows above a total that are enough to see that its column holds amounts."""

_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?\s*[件名行回]?")


def check_totals(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning for every total row whose one number is not the number of rows above it.

    Rows above are the rows of data since the top or, for a partial total, since the total before.
    A row with several numbers, or with a number under a column of amounts, adds up something else.
    """
    for dataset in inputs.datasets.values():
        for table, not_data in zip(dataset.tables, dataset.not_data, strict=True):
            yield from _of_table(dataset, table, not_data)


def _of_table(dataset: Dataset, table: RawTable, not_data: Mask) -> Iterable[Fault]:
    candidates = np.flatnonzero(not_data).tolist()
    above_before = 0
    cells_of = zip(candidates, table.cells(candidates) if candidates else (), strict=True)
    for row, cells in cells_of:
        if not any(fold(text_of(cell)) in TOTAL_WORDS for cell in cells):
            continue
        above = row - int(not_data[:row].sum())
        number = _only_number(cells)
        if number is not None and number[1] not in (above, above - above_before):
            data = np.flatnonzero(~not_data[:row])[-SAMPLE:].tolist()
            if not _amounts(table, data, number[0]):
                yield Fault(
                    faults.TOTAL_DIFFERS,
                    dataset.source.id,
                    table.place(row, None),
                    value=str(number[1]),
                    detail=str(above),
                )
        above_before = above


def _only_number(cells: Sequence[Cell]) -> tuple[int, int] | None:
    """Return the position and value of the one number among the cells; None for none or several."""
    numbers = [(index, n) for index, cell in enumerate(cells) if (n := _number(cell)) is not None]
    return numbers[0] if len(numbers) == 1 else None


def _number(cell: Cell) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    match = _NUMBER.fullmatch(fold(text_of(cell)))
    return None if match is None else int(match[1].replace(",", ""))


def _amounts(table: RawTable, rows: Sequence[int], position: int) -> bool:
    """Return whether the rows of data have numbers in that position too."""
    if not rows:
        return False
    return any(_number(cells[position]) is not None for cells in table.cells(rows))
