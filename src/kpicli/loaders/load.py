"""Loading: the files of every source that is asked for, as datasets."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from kpicli.base.errors import InputError, PeriodError
from kpicli.base.wording import Text
from kpicli.loaders.cells.columns import ColumnReaders
from kpicli.loaders.cells.coverage import Coverage, Holds, Span, merged, whole_months
from kpicli.loaders.engines.local import local_engine
from kpicli.loaders.files.file_patterns import is_wild
from kpicli.loaders.files.find_files import find_files
from kpicli.loaders.reading import FileToRead, Reporter, read_files
from kpicli.loaders.rows.coded_columns import CodedColumns
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.deduplicate import account, deduplicate, files_once_hashed
from kpicli.loaders.rows.joining import Joined, join
from kpicli.loaders.rows.made.derived import with_all_made
from kpicli.loaders.rows.misdated import (
    find_copies,
    find_misdated,
    find_undated,
    unread_numerals,
)
from kpicli.loaders.rows.resolution import KeptRows, State
from kpicli.loaders.rows.slipped import find_slipped
from kpicli.loaders.shapes.apart import Apart, apart_in
from kpicli.loaders.shapes.given import given_by, refuse_unreadable
from kpicli.model.periods import Period

if TYPE_CHECKING:
    from kpicli.base.faults import Fault
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.parts import FilePart
    from kpicli.loaders.engines.interface import Engine
    from kpicli.loaders.files.content import Content
    from kpicli.loaders.files.export_file import ExportFile
    from kpicli.loaders.rows.shared_keys import RepeatFinder
    from kpicli.settings.settings import Settings
    from kpicli.settings.tables.export import Export


def load(
    settings: "Settings",
    sources: Iterable[str],
    today: date,
    report: Reporter | None = None,
    engine: "Engine | None" = None,
) -> dict[str, Dataset]:
    """Return a dataset for each named source that the settings export, in the order named.

    `engine` shares out the work; without one this machine's processors do it.

    Raises `InputError` where a file cannot be found or read; faults in rows are in the datasets.
    """
    with loading(settings, sources, today, report, engine) as datasets:
        for dataset in datasets.values():
            _ = dataset.files  # whatever becomes of them later
        return datasets


@contextmanager
def loading(
    settings: "Settings",
    sources: Iterable[str],
    today: date,
    report: Reporter | None = None,
    engine: "Engine | None" = None,
) -> Iterator[dict[str, Dataset]]:
    """Return, as a context, what `load` returns, while the files are still being hashed.

    Ask for `Dataset.files` last: it waits for the hashes.
    """
    to_read: list[FileToRead] = []
    findings: dict[str, list[Fault]] = {}
    sources, spec = tuple(sources), settings.catalog.source
    made = [name for name in sources if spec[name].of is not None]
    read = dict.fromkeys(spec[name].of or name for name in sources)
    names = [name for name in read if name in settings.values.exports]
    for name in names:
        source = settings.catalog.source[name]
        files, findings[name] = _find(settings, source, today)
        to_read += files
    contents = [item.file.content for item in to_read]
    engine = engine or local_engine(sum(content.size for content in contents))
    parts: dict[str, list[FilePart]] = {name: [] for name in names}
    for part in read_files(to_read, engine, report):
        parts[part.source.id].append(part)
    with engine.hashes(contents) as sha256:
        plain = {
            name: assemble(
                settings,
                settings.catalog.source[name],
                parts.pop(name),
                findings[name],
                engine.repeated,
                sha256,
            )
            for name in names
        }
        yield with_all_made(plain, made, settings.catalog)


def _find(
    settings: "Settings", source: "Source", today: date
) -> tuple[list[FileToRead], list["Fault"]]:
    to_read: list[FileToRead] = []
    findings: list[Fault] = []
    for export in settings.values.exports[source.id]:
        files: list[ExportFile] = []
        shape, given = export.shape(source), given_by(export, source)
        for sheet in export.sheets:
            located = find_files(
                export.files,
                settings.folder,
                source.id,
                encoding=export.encoding,
                sheet=sheet,
                headers=export.headers,
                shape=shape,
                constants=export.constants,
                known=[*(item.file for item in to_read), *files],
            )
            files += [each for file in located.files for each in _sheets(file)]
            findings += located.findings
        readers = ColumnReaders(
            source,
            settings.catalog,
            settings.zone,
            export.synonyms,
            export.widths(source),
            export.blanks,
            export.serials,
            settings.fiscal,
        )
        if given is not None:
            refuse_unreadable(given, readers)
        declared, holds = _declared(settings, source, export, today), _holds(export, readers)
        to_read += [
            FileToRead(
                file,
                readers,
                _named(settings, file, today) if file.covers else declared,
                holds,
                today,
                _apart(file, source if given is None else given.source),
                given,
            )
            for file in files
        ]
    return to_read, findings


def _apart(file: "ExportFile", source: "Source") -> Apart | None:
    """Return how columns that stand apart are read; raises `InputError` with a shape."""
    apart = apart_in(file, source)
    if apart is None or file.shape is None:
        return apart
    titles = [source.heading(name) for name in apart.parts]
    raise InputError(
        Text(
            f"{file.label}: 年・月・日が別々の列にある「{titles[0].ja}」は、unpivot や fill_down "
            "と一緒には読めません",
            f"{file.label}: {titles[0].en}, whose year, month and day stand apart, cannot be read "
            "together with unpivot or fill_down",
        ),
        Text(
            "日付を一つの列にまとめて出力してください",
            "export the file with the date in one column",
        ),
    )


def _declared(settings: "Settings", source: "Source", export: "Export", today: date) -> Span | None:
    if source.rhythm == "register":
        return export.state
    declared = settings.covers(export, today)
    return None if declared is None else (declared.start, declared.end)


def _sheets(file: "ExportFile") -> list["ExportFile"]:
    """Return a file for each sheet that is asked for, where a pattern stands for its sheet."""
    if file.sheet is None or not is_wild(file.sheet):
        return [file]
    from kpicli.loaders.workbook.read_workbook import files_of_sheets

    return files_of_sheets(file)


def _named(settings: "Settings", file: "ExportFile", today: date) -> Span:
    """Return the period in a file's name; raises `InputError` where what stands there is none."""
    try:
        period = Period.parse(file.covers, fiscal=settings.fiscal, today=today)
    except PeriodError as error:
        raise InputError(
            Text(
                f"{file.label}: 名前の「{file.covers}」は期間ではありません",
                f"{file.label}: {file.covers!r} in its name is no period",
            ),
            error.hint,
        ) from None
    return period.start, period.end


def _holds(export: "Export", readers: ColumnReaders) -> Holds:
    """Return the only values of code columns in the files: a constant is one."""
    held = {column: frozenset(values) for column, values in export.holds.items()}
    for column, cell in export.constants.items():
        if readers.codes(column) is not None:
            (reading,) = readers.readings(column, [cell], 0, epoch_1904=False)
            held[column] = frozenset((str(reading.value),))
    return frozenset(held.items())


def assemble(
    settings: "Settings",
    source: "Source",
    parts: list["FilePart"],
    findings: list["Fault"],
    repeated: "RepeatFinder",
    sha256: Callable[["Content"], str],
) -> Dataset:
    """Return the dataset that the parts of a source make, as yet without derived columns."""
    joined = join(source, parts)
    parts = list(joined.parts)
    states, row_faults = deduplicate(joined, repeated)
    stays = (states == State.USABLE) | (states == State.FAULTY)
    places = KeptRows.of(stays)
    kept = places.array()
    rows = slice(None) if len(kept) == len(states) else stays
    own = [fault for part in parts for fault in (*part.table.findings, *part.row_remarks())]
    misdated, far_dates = find_misdated(joined, kept)
    far_rows = kept[np.concatenate([np.zeros(0, np.int64), *(own.rows for own in misdated)])]
    unread_numerals(joined, settings.catalog, far_rows.tolist())
    slipped = find_slipped(joined, kept, far_rows)
    copies = find_copies(joined, kept, far_rows, kept[states[rows] == State.FAULTY])
    return Dataset(
        source=source,
        columns=_coded(joined, rows),
        faulty=states[rows] == State.FAULTY,
        unreadable={name: marks[rows] for name, marks in joined.unreadable.items()},
        absent=_absent(source, parts),
        coverage=_coverage(source, joined),
        accounting=account(joined, states),
        files_once_hashed=files_once_hashed(joined, states, sha256),
        tables=tuple(part.table for part in parts),
        states=states,
        kept=places,
        firsts=joined.firsts,
        misdated=(*misdated, *copies, *find_undated(joined, kept)),
        faults=(*findings, *own, *row_faults, *far_dates, *slipped),
        constants=tuple(frozenset(part.constants) for part in parts),
    )


def _coded(joined: Joined, rows: Mask | slice) -> CodedColumns:
    """Return the columns that figures can use: free text and a lone key are none of them."""
    lone = joined.source.lone_key
    return CodedColumns({n: column for n, column in joined.pieced.items() if n != lone}, rows)


def _absent(source: "Source", parts: Iterable["FilePart"]) -> Mapping[str, tuple[str, ...]]:
    absent: dict[str, tuple[str, ...]] = {}
    for name in source.columns:
        files = tuple(part.file.label for part in parts if name not in part.table.headers)
        if files:
            absent[name] = files
    return absent


def _coverage(source: "Source", joined: Joined) -> Coverage:
    parts = joined.parts
    if not source.is_dated and any(part.declared is None for part in parts):
        return Coverage(always=True)
    spans: dict[Holds, list[Span]] = {}
    unknown, months_open = False, source.months_open()
    for part in parts:
        own = spans.setdefault(part.holds, [])
        if part.declared is not None:
            own.append(part.declared)
        elif source.rhythm == "sparse":
            unknown = True
            own += part.nothing
        elif (span := part.base_span) is not None:
            own.append(whole_months(*span, months_open))
    held = tuple((holds, merged(own)) for holds, own in spans.items())
    every = merged(span for own in spans.values() for span in own)
    dates = joined.pieced[source.base_date or ""].values if months_open else ()
    begins = {each.month for values in dates for each in values if isinstance(each, date)}
    return Coverage(
        every,
        unknown=unknown,
        held=held if any(spans) else (),
        months_open=months_open,
        begins=frozenset(begins),
        nothing=tuple(span for part in parts for span in part.nothing),
    )
