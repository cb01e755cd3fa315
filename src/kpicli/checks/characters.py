"""Characters that an export probably lost: a `?` or `〓` where a character should be."""

import re
from collections.abc import Iterable, Sequence

import numpy as np

from kpicli.base import faults
from kpicli.base.faults import Fault
from kpicli.checks.interface import CheckInput, Rows
from kpicli.loaders.cells.raw_table import Cell, RawColumn
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.rows.dataset import Dataset, Mask

_HIRAGANA = "\u3041-\u309f"
_OTHER = "\u3005-\u3007\u30a0-\u30ff\u3400-\u9fff\uf900-\ufaff"
_JAPANESE = _HIRAGANA + _OTHER

_SIGNS = "?〓\ufffd"
_CERTAIN = (
    r"[〓\ufffd]"  # what converters put in the place of a character
    rf"|\A\?{{3,}}\Z"  # nothing else is left
    rf"|(?:\A|(?<=[\s(\[（「、。・]))\?+(?=[{_JAPANESE}])"  # no question begins with its mark
    rf"|(?<=[{_OTHER}])\?+(?=[{_JAPANESE}])"
)
"""Signs of loss in any text. A `?` after hiragana can end a inputs and is none of them."""

_IN_NAMES = rf"(?<=[{_JAPANESE}])\?|\?(?=[{_JAPANESE}])"
"""Signs of loss in names and codes, which ask no questions."""


def lost(text: str, prose: bool) -> bool:
    """Return whether a character of `text` was probably lost; in `prose` a `?` may be a inputs."""
    if not any(sign in text for sign in _SIGNS):
        return False  # as mostly: the patterns are compiled for the texts that have a sign
    return bool(re.search(_CERTAIN, text) or (not prose and re.search(_IN_NAMES, text)))


def check_characters(inputs: CheckInput) -> Iterable[Fault]:
    """Yield a warning per file and column in which characters were probably lost.

    It has the number of rows and the place of the first.

    Only texts and codes are judged (each distinct value once), not ids, dates or numbers.
    """
    for dataset in inputs.datasets.values():
        for number in range(len(dataset.tables)):
            yield from _of_file(dataset, number)


def _of_file(dataset: Dataset, number: int) -> Iterable[Fault]:
    table = dataset.tables[number]
    lost_rows: dict[str, list[int]] = {}
    first = 0
    for block in table.blocks(free_text=True):
        data = ~dataset.not_data[number][first : first + block.rows]
        for name, raw in block.columns.items():
            kind = dataset.source.columns[name].type
            if kind in ("id", "text", "free_text", "code"):
                lost_here = _lost_in(raw, data, prose=kind == "free_text")
                lost_rows.setdefault(name, []).extend((lost_here + first).tolist())
        first += block.rows
    for name, rows in lost_rows.items():
        if rows:
            yield Fault(
                faults.LOST_CHARACTERS,
                dataset.source.id,
                table.place(rows[0], name),
                value=str(table.column_cells(rows[:1], [name])[0][0]),
                count=len(rows),
            )


def _lost_in(raw: RawColumn, data: Mask, *, prose: bool) -> Rows:
    """Return the data rows whose cell has probably lost a character."""
    marked = np.zeros(len(raw.distinct), np.bool_)
    for place in _suspects(raw.distinct):
        marked[place] = _is_lost(raw.distinct[place], prose=prose)
    return np.flatnonzero(marked[raw.codes] & data) if marked.any() else np.zeros(0, np.int64)


def _suspects(cells: Sequence[Cell]) -> Sequence[int]:
    """Return the places of cells that may hold a sign of loss.

    Where each row has a text of its own most are passed over by their bytes: none is decoded.
    """
    return cells.holding(_SIGNS) if isinstance(cells, RowBytes) else range(len(cells))


def _is_lost(cell: Cell, *, prose: bool) -> bool:
    return isinstance(cell, str) and lost(cell, prose)
