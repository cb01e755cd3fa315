"""The row of a grid that names its columns."""

import re
from collections.abc import Sequence
from datetime import UTC, date
from itertools import islice

from kpicli.intake.profiling.columns import looks_numbered
from kpicli.intake.profiling.tables import LONGEST_LABEL
from kpicli.intake.profiling.words import is_of_known_words
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import date_reader, read_number
from kpicli.values.folding import fold

_REACH = 30
"""Rows in which a header may stand."""
_SOME = 300
_FULL = 0.8
"""A header fills so much of the fullest row that could be one."""
_HALF = 0.5
"""Where so many of its cells are like those below, the first row is one of data."""


def header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    """Return the place of the row that names the columns; None where no row does.

    That is the first of the first 30 rows that holds nothing but labels, each once, and fills
    nearly as many cells as the fullest of such rows, and as the rows below it. One right above the
    values, more of which are words of headers, is it before a line such as `作成者,…`. A row that
    is like those below it names nothing.
    """
    labels = [_labels(row) for row in rows[:_REACH]]
    fullest = max(labels, default=0)
    if fullest < 2:
        return None
    typical = sorted(_filled(row) for row in rows[:_SOME] if _filled(row) > 1)
    width = max(fullest, typical[len(typical) // 2] if typical else 0)
    full = [place for place, own in enumerate(labels) if own >= _FULL * width]
    if not full:
        return None
    first = full[0]
    known = _known(rows[first])
    for place in full[1:]:
        if _is_above_values(rows, place) and _known(rows[place]) > known:
            return None if _is_like_data(rows, place) else place
    return None if _is_like_data(rows, first) else first


def _known(row: Sequence[Cell]) -> int:
    """Return how many cells are made of nothing but words of headers."""
    return sum(is_of_known_words(text_of(cell)) for cell in row if text_of(cell).strip())


def _is_above_values(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    """Return whether the next row that is not blank holds dates or numbers."""
    below = islice(rows, place + 1, place + 1 + _REACH)
    following = next((row for row in below if _filled(row)), None)
    return following is not None and _labels(following) == 0


def _is_like_data(rows: Sequence[Sequence[Cell]], place: int) -> bool:
    """Return whether a row is like those below: half of its cells stand there too, or are ids."""
    own = _texts(rows[place])
    below = [texts for row in islice(rows, place + 1, place + 1 + _SOME) if (texts := _texts(row))]
    others = [texts for texts in below if texts != own]
    alike = filled = 0
    for column, text in enumerate(own):
        cells = {texts[column] for texts in others if column < len(texts) and texts[column]}
        filled += bool(text)
        alike += bool(text) and (text in cells or _is_id_of(text, cells))
    return alike >= _HALF * filled


def _is_id_of(text: str, cells: set[str]) -> bool:
    """Return whether a text is an id, and written as ids below it are: `S001`, and not `4月`."""
    if len(cells) < 2 or not looks_numbered([text]) or not looks_numbered([*cells]):
        return False
    return _shape(text) in map(_shape, cells)


def _shape(text: str) -> str:
    return re.sub("[A-Za-z]", "a", re.sub("[0-9]", "0", text))


def _texts(row: Sequence[Cell]) -> list[str]:
    texts = [fold(text_of(cell)) for cell in row]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(text_of(cell).strip()) for cell in row)


def _labels(row: Sequence[Cell]) -> int:
    """Return how many labels a row has; 0 where a cell of it can be none."""
    texts = [text for cell in row if (text := fold(text_of(cell)))]
    if any(not isinstance(cell, str) for cell in row if cell is not None):
        return 0
    if any(len(text) > LONGEST_LABEL or _is_value(text) for text in texts):
        return 0
    return len(texts) if len(set(texts)) > len(texts) / 2 else 0


def _is_value(text: str) -> bool:
    read = date_reader(UTC)(text).value
    return isinstance(read, date) or read_number(text).fault is None
