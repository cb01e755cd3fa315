"""Loading: the files of every source that is asked for, as datasets."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from kpicli.catalog.sources import Source
from kpicli.faults import Fault
from kpicli.loaders.columns import UNREADABLE
from kpicli.loaders.container import kind_of
from kpicli.loaders.coverage import Coverage, Holds, Span, merged, whole_months
from kpicli.loaders.dataset import Dataset
from kpicli.loaders.duplicates import State
from kpicli.loaders.files import find_files
from kpicli.loaders.interface import ExportFile, RawTable
from kpicli.loaders.joining import frame_of, join
from kpicli.loaders.parts import FilePart, read_part
from kpicli.loaders.settling import account, input_files, settle
from kpicli.settings import Export, Settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come: bytes read of all bytes, and rows so far."""

    done: int
    total: int
    rows: int
    file: str


Reporter = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, with the entry of the settings that named it."""

    source: Source
    export: Export
    file: ExportFile


def load(
    settings: Settings, sources: Iterable[str], today: date, report: Reporter | None = None
) -> dict[str, Dataset]:
    """Return a dataset for each named source that the settings export, in the order named.

    Raises `InputError` where a file cannot be found or read; faults in rows are in the datasets.
    """
    found: list[Found] = []
    findings: dict[str, list[Fault]] = {}
    names = [name for name in sources if name in settings.values.exports]
    for name in names:
        source = settings.catalog.source[name]
        files, findings[name] = _find(settings, source)
        found += files
    parts: dict[str, list[FilePart]] = {name: [] for name in names}
    total, done, rows = sum(len(f.file.content) for f in found), 0, 0
    for item in found:
        part = _read(settings, item, today)
        parts[item.source.id].append(part)
        done, rows = done + len(item.file.content), rows + part.table.rows
        if report is not None:
            report(Progress(done, total, rows, item.file.shown))
    return {
        name: assemble(settings, settings.catalog.source[name], parts[name], findings[name])
        for name in names
    }


def _find(settings: Settings, source: Source) -> tuple[list[Found], list[Fault]]:
    found: list[Found] = []
    repeated: list[Fault] = []
    for export in settings.values.exports[source.id]:
        files = find_files(
            export.files,
            settings.folder,
            source.id,
            encoding=export.encoding,
            sheet=export.sheet,
            headers=export.headers,
            known=[item.file for item in found],
        )
        found += [Found(source, export, file) for file in files.files]
        repeated += files.repeated
    return found, repeated


def _read(settings: Settings, item: Found, today: date) -> FilePart:
    declared = settings.covers(item.export, today)
    return read_part(
        item.file,
        _read_table(item.file, item.source),
        item.source,
        settings.catalog,
        settings.zone,
        item.export.synonyms,
        None if declared is None else (declared.start, declared.end),
        frozenset((column, frozenset(values)) for column, values in item.export.holds.items()),
    )


def _read_table(file: ExportFile, source: Source) -> RawTable:
    if kind_of(file.content, file.shown) == "workbook":
        from kpicli.loaders.workbook import read_workbook

        return read_workbook(file, source)
    from kpicli.loaders.delimited import read_delimited

    return read_delimited(file, source)


def assemble(
    settings: Settings, source: Source, parts: list[FilePart], findings: list[Fault]
) -> Dataset:
    """Return the dataset that the parts of a source make."""
    joined = join(source, parts)
    states, found = settle(joined)
    kept = np.flatnonzero((states == State.USABLE) | (states == State.FAULTY))
    own = [finding for part in parts for finding in part.table.findings]
    return Dataset(
        source=source,
        frame=frame_of(joined, kept),
        faulty=states[kept] == State.FAULTY,
        unreadable={
            name: codes[kept] == UNREADABLE
            for name, codes in joined.codes.items()
            if (codes == UNREADABLE).any()
        },
        absent=_absent(source, parts),
        coverage=_coverage(settings, source, parts),
        accounting=account(joined, states),
        files=input_files(joined, states),
        tables=tuple(part.table for part in parts),
        not_data=tuple(part.not_data for part in parts),
        faults=(*findings, *own, *found),
    )


def _absent(source: Source, parts: Iterable[FilePart]) -> Mapping[str, tuple[str, ...]]:
    absent: dict[str, tuple[str, ...]] = {}
    for name in source.columns:
        files = tuple(part.file.shown for part in parts if name not in part.table.columns)
        if files:
            absent[name] = files
    return absent


def _coverage(settings: Settings, source: Source, parts: Iterable[FilePart]) -> Coverage:
    if source.base_date is None:
        return Coverage(always=True)
    spans: dict[Holds, list[Span]] = {}
    unknown = False
    for part in parts:
        own = spans.setdefault(part.holds, [])
        if part.declared is not None:
            own.append(part.declared)
        elif source.rhythm == "sparse":
            unknown = True
        elif (span := part.base_span(source.base_date)) is not None:
            own.append(whole_months(*span, settings.fiscal))
    held = tuple((holds, merged(own)) for holds, own in spans.items())
    every = merged(span for own in spans.values() for span in own)
    return Coverage(every, unknown=unknown, held=held if any(spans) else ())
