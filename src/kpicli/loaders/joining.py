"""The rows of all files of a source side by side, with one numbering of values per column."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpicli.catalog.sources import Source
from kpicli.faults import Place
from kpicli.loaders.cells import Value, text_of
from kpicli.loaders.columns import BLANK, UNREADABLE
from kpicli.loaders.parts import FilePart


@dataclass(frozen=True, slots=True)
class Joined:
    """All rows of all files of a source, in order; `codes` refer to `values` column by column."""

    source: Source
    parts: tuple[FilePart, ...]
    codes: dict[str, npt.NDArray[np.int32]]
    values: dict[str, tuple[Value, ...]]
    file: npt.NDArray[np.int16]
    row: npt.NDArray[np.int32]

    def place(self, row: int, column: str | None) -> Place:
        """Return where a joined row stands in its file."""
        part = self.parts[int(self.file[row])]
        return part.table.place(int(self.row[row]), column)

    def raw(self, row: int, column: str) -> str:
        """Return a cell as it stands in the file; empty where the file lacks the column."""
        table = self.parts[int(self.file[row])].table
        if column not in table.columns:
            return ""
        cells = table.columns[column]
        return text_of(cells.distinct[int(cells.codes[int(self.row[row])])])


def join(source: Source, parts: Sequence[FilePart]) -> Joined:
    """Return the rows of all parts with one numbering of values per column."""
    codes: dict[str, npt.NDArray[np.int32]] = {}
    values: dict[str, tuple[Value, ...]] = {}
    for name, column in source.columns.items():
        if column.type == "free_text":
            continue
        index: dict[Value, int] = {}
        pieces = [_renumbered(part, name, index) for part in parts]
        codes[name] = np.concatenate(pieces) if pieces else np.zeros(0, dtype=np.int32)
        values[name] = tuple(index)
    sizes = [part.table.rows for part in parts]
    file = np.repeat(np.arange(len(parts), dtype=np.int16), sizes)
    rows = [np.arange(size, dtype=np.int32) for size in sizes]
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    return Joined(source, tuple(parts), codes, values, file, row)


def _renumbered(part: FilePart, name: str, index: dict[Value, int]) -> npt.NDArray[np.int32]:
    column = part.columns.get(name)
    if column is None:
        return np.full(part.table.rows, BLANK, dtype=np.int32)
    mapping = [index.setdefault(value, len(index)) for value in column.values]
    return np.array([*mapping, UNREADABLE, BLANK], dtype=np.int32)[column.codes]


def frame_of(joined: Joined, kept: npt.NDArray[np.int64]) -> pd.DataFrame:
    """Return the kept rows as categorical columns; free text and a lone key column are left out.

    The key of a roster stays: it names the people.
    """
    source = joined.source
    lone_key = source.key[0] if len(source.key) == 1 and source.rhythm != "roster" else None
    columns: dict[str, object] = {
        name: _categorical(joined, name, kept) for name in joined.codes if name != lone_key
    }
    columns["@file"] = joined.file[kept]
    columns["@row"] = joined.row[kept]
    return pd.DataFrame(columns)


def _categorical(joined: Joined, name: str, kept: npt.NDArray[np.int64]) -> pd.Categorical:
    codes = joined.codes[name][kept]
    values = list(joined.values[name])
    kind = joined.source.columns[name].type
    categories: pd.Index
    if kind == "date":
        categories = pd.DatetimeIndex(np.array(values, dtype="datetime64[D]").astype("M8[s]"))
    else:
        categories = pd.Index(values, dtype=object if kind == "number" else "str")
    return pd.Categorical.from_codes(np.where(codes < 0, BLANK, codes), categories=categories)
