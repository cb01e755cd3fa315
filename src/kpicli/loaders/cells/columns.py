"""A block's columns read into codes of distinct values: the work is done per value, not per row."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import tzinfo
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.loaders.cells.column_codes import (
    BLANK,
    NO_DAY,
    UNREADABLE,
    DateDigits,
    FiveDigits,
    ReadColumn,
    Rows,
    Value,
    day_of,
    days_of,
    small_type,
    spread,
)
from kpicli.loaders.cells.readers import (
    CellReader,
    DateForms,
    Reading,
    are_plain_ids,
    blanks_of,
    code_reader,
    date_reader,
    id_reader,
    number_reader,
    span_reader,
    text_reader,
)
from kpicli.loaders.cells.row_bytes import DistinctBytes
from kpicli.values.codes import CodeReader, in_force
from kpicli.values.fiscal import APRIL, FiscalYear
from kpicli.values.folding import fold
from kpicli.values.months import parse_month, parse_year

if TYPE_CHECKING:
    from kpicli.base.faults import FaultKind
    from kpicli.catalog.sources.code_tables import CodeTable
    from kpicli.catalog.sources.columns import ColumnType
    from kpicli.catalog.sources.source import Source
    from kpicli.catalog.sources.tables import SourceTables
    from kpicli.loaders.cells.raw_table import Cell, Codes, RawBlock, RawColumn

_REMEMBERED = 1 << 16
"""So many distinct cells of a column are remembered from block to block."""
_MANY_IDS = 1 << 10
"""From so many distinct ids on, they are looked at all at once first."""


class ColumnReaders(Struct, frozen=True):
    """How the cells of one export are read, column by column.

    `synonyms` adds spellings per column and value, `widths` are the digits of ids, `blanks` are
    words for nothing in any column. `serials` declares from which year five digits count as Excel
    serials, `fiscal` is the year that `2025年度` means; `refused` has digits that are no serials,
    per column, each with the cause of its fault. Readings are remembered from block to block: the
    same cells come again and again.
    """

    source: "Source"
    tables: "SourceTables"
    zone: tzinfo
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]]
    widths: Mapping[str, int] = {}
    blanks: tuple[str, ...] = ()
    serials: Literal[1900, 1904] | None = None
    fiscal: FiscalYear = APRIL
    refused: Mapping[str, Mapping[FiveDigits, str]] = {}
    _known: dict[tuple[str, int, bool], dict[str, Reading]] = {}

    def __reduce__(self) -> tuple[type["ColumnReaders"], tuple[object, ...]]:
        """Travel to another process without what is remembered."""
        declared = (self.synonyms, self.widths, self.blanks, self.serials, self.fiscal)
        return ColumnReaders, (self.source, self.tables, self.zone, *declared, self.refused)

    def refusing(self, refused: Mapping[str, Mapping[FiveDigits, str]]) -> "ColumnReaders":
        """Return readers that refuse some five digits and remember nothing."""
        return replace(self, refused=refused, _known={})

    def of(self, source: "Source") -> "ColumnReaders":
        """Return readers of those of the columns that a source has."""
        return replace(self, source=source)

    @property
    def several(self) -> frozenset[str]:
        """Return the columns in which a cell may hold several values."""
        tables = {name: self.codes(name) for name in self.source.columns}
        return frozenset(name for name, own in tables.items() if own is not None and own.several)

    @property
    def declared(self) -> Hashable:
        """Return what is particular to these cells: equal ones elsewhere may read otherwise."""
        spellings = tuple((name, tuple(own.items())) for name, own in self.synonyms.items())
        refused = frozenset((name, frozenset(own)) for name, own in self.refused.items())
        widths = tuple(self.widths.items())
        return spellings, widths, self.blanks, self.serials, refused

    def readings(
        self, name: str, cells: Sequence["Cell"], window: int, epoch_1904: bool
    ) -> list[Reading]:
        """Return a reading per distinct cell, in their order.

        `window` is 1 + the place of the circled numerals in force, 0 where none are.
        """
        known = self._known.setdefault((name, window, epoch_1904), {})
        read = self._reader(name, window, epoch_1904)
        readings: list[Reading] = []
        for cell in cells:
            if not isinstance(cell, str):
                readings.append(read(cell))
                continue
            reading = known.get(cell)
            if reading is None:
                reading = read(cell)
                if len(known) < _REMEMBERED:
                    known[cell] = reading
            readings.append(reading)
        return readings

    def reads_as_they_stand(self, name: str, cells: Sequence["Cell"]) -> bool:
        """Return whether cells are plain ids, none of them blank, each of which is itself.

        Ids may be as many as rows; to look at all of them at once takes a tenth of reading each.
        """
        column = self.source.columns[name]
        if column.type != "id" or len(cells) < _MANY_IDS or name in self.widths:
            return False
        words = {fold(word) for word in self.words_for_nothing(name)}
        if not are_plain_ids(cells):
            return False
        if isinstance(cells, DistinctBytes):
            return not any(cells.rows_of(word.encode("ascii", "ignore")) for word in words)
        return not words.intersection(cells)

    def _reader(self, name: str, window: int, epoch_1904: bool) -> CellReader:
        column, codes = self.source.columns[name], self.codes(name)
        blanks = blanks_of(self.words_for_nothing(name), self.zone, column.order)
        if codes is not None:
            numerals = codes.numerals[window - 1] if window else None
            return code_reader(self._code_reader(name, codes), numerals, blanks)
        if column.type == "date":
            forms = DateForms(
                order=column.order,
                epoch_1904=epoch_1904,
                serials=self.serials,
                refused=self.refused.get(name, {}),
                is_base=name == self.source.base_date,
            )
            return date_reader(self.zone, forms, blanks)
        if column.type == "month":
            return span_reader(partial(parse_month, zone=self.zone), blanks)
        if column.type == "year":
            years = partial(parse_year, fiscal=self.fiscal, bare=column.year)
            return span_reader(years, blanks, days=False)
        if column.type == "id":
            return id_reader(self.widths.get(name, 0), blanks)
        if column.type == "number":
            return number_reader(blanks, labelled=column.labelled)
        return text_reader(blanks)

    def words_for_nothing(self, name: str) -> tuple[str, ...]:
        """Return the words that mean a blank in a column: its own, the export's, the catalogue's.

        What is a value in the column's code table stays one, unless the column itself declares it.
        """
        words, codes = (*self.blanks, *self.tables.blanks), self.codes(name)
        if codes is not None:
            values = self._values(name, codes)
            spelled = {fold(s) for value, own in values.items() for s in (value, *own)}
            words = tuple(word for word in words if fold(word) not in spelled)
        return (*self.source.columns[name].blanks, *words)

    def codes(self, name: str) -> "CodeTable | None":
        """Return the code table of a column; None where it is no code column."""
        return self.tables.codes_of(self.source, name)

    def _values(self, name: str, table: "CodeTable") -> dict[str, tuple[str, ...]]:
        """Return the values of a code column, each with its synonyms, the export's own included."""
        own = self.synonyms.get(name, {})
        return {
            value: (*table.values.get(value, ()), *own.get(value, ()))
            for value in (*table.values, *(v for v in own if v not in table.values))
        }

    def _code_reader(self, name: str, table: "CodeTable") -> CodeReader:
        return CodeReader(
            self._values(name, table),
            open_list=table.open,
            several=table.several,
            excluded=table.excluded,
            numerals=bool(table.numerals),
        )


def read_columns(block: "RawBlock", readers: ColumnReaders) -> dict[str, ReadColumn]:
    """Return the columns of a block, free text and a lone key aside, as what they declare."""
    source = readers.source
    read: dict[str, ReadColumn] = {}
    days = np.full(block.rows, NO_DAY, dtype=np.int32)
    for name in sorted(block.columns, key=lambda name: name != source.base_date):
        if source.columns[name].type != "free_text" and name != source.lone_key:
            read[name] = read_column(block, name, readers, days)
            if name == source.base_date:
                days = days_of(read[name])
    return read


def read_column(
    block: "RawBlock", name: str, readers: ColumnReaders, days: npt.NDArray[np.int32] | None = None
) -> ReadColumn:
    """Return one column; `days` are the base dates, which circled numerals depend on."""
    raw, table = block.columns[name], readers.codes(name)
    if readers.reads_as_they_stand(name, raw.distinct):
        return _as_they_stand(raw)
    if table is None or not table.numerals:
        readings = [readers.readings(name, raw.distinct, 0, block.epoch_1904)]
        return _assemble(raw, readings, None, readers.source.columns[name].type)
    if days is None:
        days = np.full(block.rows, NO_DAY, dtype=np.int32)
    # The same ② means one thing before 2025-10-01 and another from then on. Every distinct cell is
    # read once per window, and a row takes the reading of its own day's window: work per distinct
    # cell and day, not per row.
    distinct_days, window_of_day = np.unique(days, return_inverse=True)
    windows = np.array([_window(table, int(day)) for day in distinct_days], dtype=np.int32)
    every = range(len(table.numerals) + 1)
    readings = [readers.readings(name, raw.distinct, w, block.epoch_1904) for w in every]
    return _assemble(raw, readings, windows[window_of_day], "code")


def _as_they_stand(raw: "RawColumn") -> ReadColumn:
    """Return a column whose distinct cells are its values; many stay bytes."""
    values = cast("Sequence[str]", raw.distinct)
    own = values if isinstance(values, DistinctBytes) else tuple(values)
    return ReadColumn(raw.codes.astype(small_type(len(values))), own, {}, ())


def _window(table: "CodeTable", day: int) -> int:
    """Return 1 + the place of the numerals in force on a day; 0 where none are."""
    if day == NO_DAY:
        return 0
    numerals = in_force(table.numerals, day_of(day))
    return 0 if numerals is None else 1 + table.numerals.index(numerals)


def _assemble(
    raw: "RawColumn",
    readings: Sequence[Sequence[Reading]],
    windows: "Codes | None",
    kind: "ColumnType",
) -> ReadColumn:
    """Map the raw codes through the readings, of which there is one list per window."""
    # Readings lie window by window: of 3 distinct cells, cell 1 under window 2 is reading 7. Two
    # cells of one value (`苦情`, `クレーム`) get one code.
    index: dict[Value, int] = {}
    flat = [reading for window in readings for reading in window]
    mapping = np.array(
        [
            UNREADABLE
            if reading.fault is not None
            else BLANK
            if reading.value is None
            else index.setdefault(reading.value, len(index))
            for reading in flat
        ],
        dtype=np.int32,
    ).astype(small_type(len(index)))
    places = raw.codes if windows is None else raw.codes + windows * np.int32(len(raw.distinct))
    codes = spread(mapping, places) if len(flat) else np.zeros(0, dtype=np.int8)
    unreadable = {n: reading.fault for n, reading in enumerate(flat) if reading.fault is not None}
    rows = np.flatnonzero(codes == UNREADABLE).tolist()
    faults = {row: unreadable[int(places[row])] for row in rows}
    column = ReadColumn(codes, tuple(index), faults, _remarks(flat, places))
    if kind == "number":
        return replace(column, units=_units(flat, places))
    return replace(column, digits=_digits(flat, places)) if kind == "date" else column


def _units(flat: Sequence[Reading], places: "Codes") -> dict[str, Rows]:
    units = [reading.unit for reading in flat]
    named = dict.fromkeys(unit for unit in units if unit)
    return {u: np.flatnonzero(np.array([unit == u for unit in units])[places]) for u in named}


def _digits(flat: Sequence[Reading], places: "Codes") -> DateDigits | None:
    if not any(reading.serial is not None or reading.eraless for reading in flat):
        return None
    index: dict[FiveDigits, int] = {}
    codes = np.array(
        [
            BLANK if reading.serial is None else index.setdefault(reading.serial, len(index))
            for reading in flat
        ],
        small_type(len(flat)),
    )
    eraless = np.array([reading.eraless for reading in flat])[places]
    return DateDigits(tuple(index), codes[places], np.flatnonzero(eraless))


def _remarks(flat: Sequence[Reading], places: "Codes") -> tuple[tuple["FaultKind", Rows], ...]:
    remarks: list[tuple[FaultKind, Rows]] = []
    for kind in dict.fromkeys(kind for reading in flat for kind in reading.remarks):
        rows = np.flatnonzero(np.array([kind in reading.remarks for reading in flat])[places])
        if len(rows):
            remarks.append((kind, rows))
    return tuple(remarks)
