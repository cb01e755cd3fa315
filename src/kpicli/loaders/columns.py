"""A file's columns read into codes of distinct values: the work is done per value, not per row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

import numpy as np
import numpy.typing as npt

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.sources import CodeTable, Source
from kpicli.faults import FaultKind
from kpicli.loaders.cells import (
    CellReader,
    Reading,
    Value,
    code_reader,
    date_reader,
    read_id,
    read_number,
    read_text,
)
from kpicli.loaders.interface import Codes, RawColumn, RawTable
from kpicli.values.codes import CodeReader, in_force

BLANK, UNREADABLE = -1, -2
EPOCH = date(1970, 1, 1).toordinal()
NO_DAY = np.iinfo(np.int32).min
"""The day of a row whose date is blank or unreadable."""

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """Row `i` holds `values[codes[i]]`, nothing (`BLANK`), or a faulty cell (`UNREADABLE`).

    `faults` names the fault of every unreadable row, `remarks` the rows that are worth telling.
    """

    codes: Codes
    values: Sequence[Value]
    faults: Mapping[int, FaultKind]
    remarks: tuple[tuple[FaultKind, Rows], ...]


def read_columns(
    table: RawTable,
    source: Source,
    catalog: Catalog,
    zone: tzinfo,
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[str, ReadColumn]:
    """Return every declared column of the file, free text aside, read as what it declares."""
    read: dict[str, ReadColumn] = {}
    days = np.full(table.rows, NO_DAY, dtype=np.int32)
    for name in sorted(table.columns, key=lambda name: name != source.base_date):
        column, raw = source.columns[name], table.columns[name]
        codes = catalog.codes_of(source, name)
        if column.type == "free_text":
            continue
        if codes is not None:
            read[name] = _read_codes(raw, codes, synonyms.get(name, {}), days)
        elif column.type == "date":
            read[name] = _read_each(raw, date_reader(zone, table.epoch_1904))
        else:
            by_type = {"id": read_id, "number": read_number, "text": read_text}
            read[name] = _read_each(raw, by_type[column.type])
        if name == source.base_date:
            days = days_of(read[name])
    return read


def days_of(column: ReadColumn) -> npt.NDArray[np.int32]:
    """Return the day of every row, counted from 1970-01-01; `NO_DAY` where there is none."""
    days = [v.toordinal() - EPOCH for v in column.values if isinstance(v, date)]
    table = np.array([*days, NO_DAY, NO_DAY], dtype=np.int32)
    return table[column.codes]


def _read_each(raw: RawColumn, read: CellReader) -> ReadColumn:
    return _assemble(raw, [[read(cell) for cell in raw.distinct]], None)


def _read_codes(
    raw: RawColumn,
    table: CodeTable,
    synonyms: Mapping[str, tuple[str, ...]],
    days: npt.NDArray[np.int32],
) -> ReadColumn:
    values = {
        value: (*table.values.get(value, ()), *synonyms.get(value, ()))
        for value in (*table.values, *(v for v in synonyms if v not in table.values))
    }
    reader = CodeReader(
        values,
        open_list=table.open,
        several=table.several,
        excluded=table.excluded,
        numerals=bool(table.numerals),
    )
    if not table.numerals:
        return _read_each(raw, code_reader(reader, None))
    distinct_days, window_of_day = np.unique(days, return_inverse=True)
    tables = [None, *table.numerals]
    windows = np.array([_window(table, int(day)) for day in distinct_days], dtype=np.int32)
    readings = [[code_reader(reader, t)(cell) for cell in raw.distinct] for t in tables]
    return _assemble(raw, readings, windows[window_of_day])


def _window(table: CodeTable, day: int) -> int:
    """Return 1 + the place of the numerals in force on a day; 0 where none are."""
    if day == NO_DAY:
        return 0
    numerals = in_force(table.numerals, date.fromordinal(day + EPOCH))
    return 0 if numerals is None else 1 + table.numerals.index(numerals)


def _assemble(
    raw: RawColumn, readings: Sequence[Sequence[Reading]], windows: Codes | None
) -> ReadColumn:
    """Map the raw codes through the readings, of which there is one list per window."""
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
    )
    places = raw.codes if windows is None else raw.codes + windows * np.int32(len(raw.distinct))
    codes = mapping[places] if len(flat) else np.zeros(0, dtype=np.int32)
    faults: dict[int, FaultKind] = {}
    for row in np.flatnonzero(codes == UNREADABLE).tolist():
        kind = flat[int(places[row])].fault
        assert kind is not None
        faults[row] = kind
    return ReadColumn(codes, tuple(index), faults, _remarks(flat, places))


def _remarks(flat: Sequence[Reading], places: Codes) -> tuple[tuple[FaultKind, Rows], ...]:
    kinds = {r.remark.code: r.remark for r in flat if r.remark is not None}
    found: list[tuple[FaultKind, Rows]] = []
    for kind in kinds.values():
        rows = np.flatnonzero(np.array([r.remark is kind for r in flat])[places])
        if len(rows):
            found.append((kind, rows))
    return tuple(found)
