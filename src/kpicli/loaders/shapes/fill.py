"""Blank cells that take the value above them."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

_NUMBER = re.compile(r"[-+¥$▲△]?[0-9][0-9,]*(?:\.[0-9]+)?[%件名]?")
_SUM = re.compile(
    r"(?:レコード)?件数|レコード数|カウント|(?:record )?count"
    r"|(?:合計|平均|最大|最小|中央値)(?: .*)?"
    r"|(?:sum|average|avg|max|min|median|largest|smallest)(?: of)? .*",
    re.IGNORECASE,
)

_MAYBE = re.compile(".+(?<![会統設時家])計|(?:総|全)(?:数|体|社|店)|平均|累計")

Mask = npt.NDArray[np.bool_]
Origins = npt.NDArray[np.int64]
"""Per line, the line whose cell it has: itself, or one above it."""


def blanks(cells: Sequence[Cell]) -> Mask:
    """Return marks of cells that hold nothing."""
    return np.array([not fold(text_of(cell)) for cell in cells], np.bool_)


def filled_from(blank: Mask, passed: Mask, begins: Mask | None = None) -> Origins:
    """Return the origins of a column: a blank cell has the last filled one above it.

    Lines that are `passed` over neither take a value nor give one. Where something else `begins`
    nothing is taken from above it.
    """
    own = np.arange(len(blank))
    # Lines that give their cell have their own number, all others the greatest one before.
    above = np.maximum.accumulate(np.where(blank | passed, -1, own))
    since = 0 if begins is None else np.maximum.accumulate(np.where(begins, own, 0))
    return np.where(passed | (above < since), own, above)


def nested_origins(
    cells: Mapping[str, Sequence[Cell]], passed: Mask, begins: Mask
) -> dict[str, Origins]:
    """Return the origins of columns from left to right, of groups and groups within them.

    Where a group begins, one within it takes no name from above: it would be another group's.
    """
    origins: dict[str, Origins] = {}
    for name, column in cells.items():
        blank = blanks(column)
        origins[name] = filled_from(blank, passed, begins)
        begins = begins | (~blank & ~passed)
    return origins


def may_be_total(text: str) -> bool:
    """Return whether a folded cell may say total, though it is no plain total word: `全店計`."""
    return _MAYBE.fullmatch(text) is not None and not is_total(text)


def further_totals(lines: Sequence[Sequence[Cell]], totals: Mask) -> Mask:
    """Return marks of lines below a total that hold nothing but further sums, as `件数` and `12`.

    Reports of Salesforce have a line for each sum of a group, of which the first alone says 小計.
    """
    further = np.zeros(len(totals), np.bool_)
    for line in range(1, len(lines)):
        if (totals[line - 1] or further[line - 1]) and not totals[line]:
            texts = [text for cell in lines[line] if (text := fold(text_of(cell)))]
            words = [text for text in texts if not _NUMBER.fullmatch(text)]
            further[line] = bool(words) and all(map(_SUM.fullmatch, words))
    return further


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
