"""Blank cells that take the value above them."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

Mask = npt.NDArray[np.bool_]
Origins = npt.NDArray[np.int64]
"""Per line, the line whose cell it has: itself, or one above it."""


def blanks(cells: Sequence[Cell]) -> Mask:
    """Return marks of cells that hold nothing."""
    return np.array([not fold(text_of(cell)) for cell in cells], np.bool_)


def filled_from(blank: Mask, passed: Mask) -> Origins:
    """Return the origins of a column: a blank cell has the last filled one above it.

    Lines that are `passed` over neither take a value nor give one.
    """
    own = np.arange(len(blank))
    # Lines that give their cell have their own number, all others the greatest one before.
    above = np.maximum.accumulate(np.where(blank | passed, -1, own))
    return np.where(passed | (above < 0), own, above)


def group_totals(cells: Mapping[str, Sequence[Cell]], passed: Mask) -> Mask:
    """Return marks of lines with a total: a total word, or a group's name and one (`本店 計`)."""
    totals = np.zeros(len(passed), np.bool_)
    for column in cells.values():
        group = ""
        for line, cell in enumerate(column):
            text = "" if passed[line] else fold(text_of(cell))
            rest = text[len(group) :].strip() if group and text.startswith(group) else ""
            if text and is_total(rest or text):
                totals[line] = True
            elif text:
                group = text
    return totals
