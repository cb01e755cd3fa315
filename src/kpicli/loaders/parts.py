"""One file on its way into the dataset: its raw table, its columns as read, what is not data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np
import numpy.typing as npt

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.sources import Source
from kpicli.loaders.cells import text_of
from kpicli.loaders.columns import BLANK, EPOCH, NO_DAY, ReadColumn, days_of, read_columns
from kpicli.loaders.coverage import Holds
from kpicli.loaders.interface import ExportFile, RawTable
from kpicli.values.folding import fold

TOTAL_WORDS = ("合計", "小計", "総計")


@dataclass(frozen=True, slots=True)
class FilePart:
    """A file of a source as read.

    `not_data` marks blank and total rows; `declared` is the span that the settings say it covers,
    `holds` the values that they say it is confined to.
    """

    file: ExportFile
    table: RawTable
    columns: Mapping[str, ReadColumn]
    not_data: npt.NDArray[np.bool_]
    declared: tuple[date, date] | None
    holds: Holds

    def newest(self, base_date: str | None) -> int:
        """Return the newest base date as a day number; `NO_DAY` where there is none."""
        if base_date is None or base_date not in self.columns:
            return NO_DAY
        days = days_of(self.columns[base_date])[~self.not_data]
        return int(days.max(initial=NO_DAY))

    def base_span(self, base_date: str) -> tuple[date, date] | None:
        """Return the first and the last base date; None where there is none."""
        days = days_of(self.columns[base_date])[~self.not_data]
        days = days[days != NO_DAY]
        if not len(days):
            return None
        first, last = int(days.min()) + EPOCH, int(days.max()) + EPOCH
        return date.fromordinal(first), date.fromordinal(last)


def read_part(
    file: ExportFile,
    table: RawTable,
    source: Source,
    catalog: Catalog,
    zone: tzinfo,
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]],
    declared: tuple[date, date] | None,
    holds: Holds,
) -> FilePart:
    """Return the file with every column read and the rows that are no data marked."""
    columns = read_columns(table, source, catalog, zone, synonyms)
    not_data = _not_data(table, columns, source)
    return FilePart(file, table, columns, not_data, declared, holds)


def _not_data(
    table: RawTable, columns: Mapping[str, ReadColumn], source: Source
) -> npt.NDArray[np.bool_]:
    """Mark rows without a key that hold a total word, or nothing in any declared column.

    A total word in the key's own place is no key either. What stands beside the table (a remark, a
    formula filled down too far) does not make a row of it.
    """
    keyless = np.ones(table.rows, dtype=np.bool_)
    for name in source.key:
        column = columns.get(name)
        if column is not None:
            totals = [i for i, value in enumerate(column.values) if value in TOTAL_WORDS]
            lacking = (column.codes == BLANK) | np.isin(column.codes, totals)
            for row in column.faults:  # a total word where a date should be
                raw = table.columns[name]
                text = text_of(raw.distinct[int(raw.codes[row])])
                lacking[row] = fold(text) in TOTAL_WORDS
            keyless &= lacking
    found = np.zeros(table.rows, dtype=np.bool_)
    rows = np.flatnonzero(keyless).tolist()
    for row, cells in zip(rows, table.cells(rows) if rows else (), strict=True):
        texts = {fold(text_of(cell)) for cell in cells}
        found[row] = not texts.isdisjoint(TOTAL_WORDS) or _is_blank(row, table, columns)
    return found


def _is_blank(row: int, table: RawTable, columns: Mapping[str, ReadColumn]) -> bool:
    if any(column.codes[row] != BLANK for column in columns.values()):
        return False
    unread = [raw for name, raw in table.columns.items() if name not in columns]
    return not any(fold(text_of(raw.distinct[int(raw.codes[row])])) for raw in unread)
