"""Reading files into parts: plain text span by span, all else as a whole."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Union

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells import coverage
from kpicli.loaders.cells.columns import ColumnReaders
from kpicli.loaders.cells.parts import FilePart
from kpicli.loaders.cells.pieces import Given, Piece, read_piece
from kpicli.loaders.cells.raw_table import RawBlock, RawTable
from kpicli.loaders.cells.serials import refused_serials
from kpicli.loaders.engines.interface import LOOKED_AT_FIRST, Engine
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text.spans import NotSimple, Span
from kpicli.loaders.workbook.container import kind_of, leading_bytes

if TYPE_CHECKING:  # for some files alone: what it needs takes its time to load
    from kpicli.loaders.shapes.apart import Apart
    from kpicli.loaders.text.record_index import RecordIndex
    from kpicli.loaders.text.text_block import OpenText


class Progress(Struct, frozen=True):
    """How far reading has come: bytes read of all bytes, and rows so far."""

    done: int
    total: int
    rows: int
    file: str


Reporter = Callable[[Progress], None]


class FileToRead(Struct, frozen=True):
    """A file, how its columns are read, what the settings declare of it, and the day of today."""

    file: ExportFile
    readers: ColumnReaders
    declared: coverage.Span | None
    holds: coverage.Holds
    today: date
    apart: "Apart | None" = None
    given: Given | None = None

    @property
    def raw(self) -> tuple[ExportFile, Source]:
        """Return the file, and the source whose columns are those that stand in it."""
        if self.apart is not None:
            return self.apart.file, self.apart.source
        return self.file, self.source if self.given is None else self.given.source

    def lines(self, file: ExportFile, source: Source, refused: str | None = None) -> RawTable:
        """Return the lines below a file's header, as rows of a source of these columns.

        The fast reader has `refused` a text file in this codec.
        """
        kind = _kind(file)
        if kind == "workbook":
            from kpicli.loaders.workbook.read_workbook import read_workbook

            return read_workbook(file, source)
        if kind == "parquet":
            from kpicli.loaders.parquet.parquet_table import read_parquet

            return read_parquet(file, source, self.readers.several)
        from kpicli.loaders.text.delimited import read_delimited

        return read_delimited(file, source, refused)

    def piece(self, block: RawBlock) -> Piece:
        """Return rows of the file as read."""
        whole = block if self.apart is None else self.apart.block(block)
        return read_piece(whole, self.readers, self.given)

    @property
    def source(self) -> Source:
        """Return the source that the file belongs to."""
        return self.readers.source

    def part(self, table: RawTable, pieces: Iterable[Piece]) -> FilePart:
        """Return the file as read.

        Where five digits turn out to be no serials it is read once more, without them: what hangs
        on a date (a key, what a circled numeral means) is right by the same way as always.
        """
        if self.apart is not None:
            from kpicli.loaders.shapes.apart import ApartTable

            table = ApartTable(table, self.apart)
        every, readers = tuple(pieces), self.readers
        refused = refused_serials(every, self.source, self.declared, self.today)
        if refused:
            readers = readers.refusing(refused)
            blocks = table.blocks(free_text=False)
            every = tuple(read_piece(block, readers, self.given) for block in blocks)
        reading = readers.declared
        if self.given is not None:
            from kpicli.loaders.shapes.given import given_table

            table = given_table(table, self.given, self.source, self.file)
            reading = (reading, self.given.declared)
        return FilePart(
            self.source,
            self.file,
            table,
            every,
            reading,
            self.declared,
            self.holds,
            self.today,
            () if self.given is None else self.given.absent,
            () if self.given is None else tuple(self.given.constants),
            self.readers.widths,
        )


class Task(Struct, frozen=True):
    """A span of an opened text file or, without a text, a file as a whole.

    `number` is the file's place among all.
    """

    number: int
    text: "OpenText | None" = None
    span: Span | None = None

    @property
    def last(self) -> bool:
        """Return whether the file is done with this task."""
        if self.text is None or self.span is None:
            return True
        return self.span.stop >= self.text.content.size


Result = Union[tuple[Piece, "RecordIndex"], FilePart, None]  # noqa: UP007 - one name is text
"""The result of a task; None where the fast reader may not read the file."""


class Job(Struct, frozen=True):
    """All files of a run, the tasks they make, and how a task is done."""

    files: tuple[FileToRead, ...]

    def tasks(self, size: int) -> Iterator[Task]:
        """Yield the tasks in order, spans being of about `size` bytes.

        A file that cannot be opened is a task as a whole: doing it raises the error.
        """
        for number, item in enumerate(self.files):
            try:
                text = _open_text(item)
                if text is None:
                    yield Task(number)
                    continue
                for span in text.spans(size):
                    yield Task(number, text, span)
            except (InputError, NotSimple):
                yield Task(number)

    def __call__(self, task: Task) -> Result:
        """Do a task; raises `InputError` where a whole file cannot be read."""
        item = self.files[task.number]
        if task.text is None or task.span is None:
            return read_alone(item)
        from kpicli.loaders.text.text_block import read_span

        try:
            block, index = read_span(task.text, task.span, item.raw[1])
        except NotSimple:
            return None
        return item.piece(block), index


def read_files(
    files: Sequence[FileToRead], engine: Engine, report: Reporter | None = None
) -> Iterator[FilePart]:
    """Yield every file as read, in order. Raises `InputError` for the first that cannot be."""
    total = sum(item.file.content.size for item in files)
    done = rows = 0
    job = Job(tuple(files))

    def report_so_far(label: str = "") -> None:
        if report is not None:
            report(Progress(done, total, rows, label))

    results = engine.map(job, _announced(job.tasks(engine.span), report_so_far))
    own_results: list[Result] = []
    for task, result in results:
        item = files[task.number]
        own_results.append(result)
        if None in own_results and len(own_results) > 1:
            own_results = [None, None]  # it is read another way: the rest need not be held
        done += _size(task, item)
        rows += result[0].rows if isinstance(result, tuple) else 0
        report_so_far(item.file.label)
        if task.last:  # before the next file: of several broken files the first is reported
            yield _part(item, task.text, own_results)
            own_results = []


def _announced(tasks: Iterator[Task], announce: Callable[[], None]) -> Iterator[Task]:
    """Yield the tasks, and announce that reading begins once the engine is at work on them.

    Who listens may start a thread, and processes can be forked only before one runs. No engine
    looks at more than `LOOKED_AT_FIRST` tasks before it forks: from the next one on it is safe,
    and so it is where there is no other.
    """
    for place, task in enumerate(tasks):
        if place == LOOKED_AT_FIRST:
            announce()
        yield task
    announce()


def _size(task: Task, item: FileToRead) -> int:
    return item.file.content.size if task.span is None else task.span.size


def _part(item: FileToRead, text: "OpenText | None", results: Sequence[Result]) -> FilePart:
    for result in results:
        if isinstance(result, FilePart):
            return result
    pairs = [result for result in results if isinstance(result, tuple)]
    if text is not None and None in results:
        # A file that was one span was not cut wrongly: to read it again would change nothing.
        pairs = _read_again(item, text) if len(results) > 1 else []
    if text is None or not pairs or _is_flooded([index for _, index in pairs]):
        return read_alone(item, None if text is None else text.encoding)
    from kpicli.loaders.text.text_table import TextTable

    table = TextTable(text, item.raw[1], tuple(index for _, index in pairs))
    return item.part(table, [piece for piece, _ in pairs])


def _is_flooded(indexes: "Sequence[RecordIndex]") -> bool:
    """Return whether the spans have too many empty lines together: who reads it whole says so."""
    from kpicli.loaders.text.row_width import too_many_empty

    return too_many_empty(sum(index.empty for index in indexes))


def _read_again(item: FileToRead, text: "OpenText") -> "list[tuple[Piece, RecordIndex]]":
    """Return a file that was cut wrongly, read by better spans; none where it is at fault."""
    from kpicli.loaders.text.text_block import read_span

    pieces: list[tuple[Piece, RecordIndex]] = []
    try:
        for span in text.spans(scan_all=True):
            block, index = read_span(text, span, item.raw[1])
            pieces.append((item.piece(block), index))
    except NotSimple:
        return []
    return pieces


def read_alone(item: FileToRead, refused: str | None = None) -> FilePart:
    """Return a file read by the readers that take everything, or raise what is wrong with it.

    The fast reader has `refused` a text file in this encoding, and need not be asked again.
    """
    table = _whole_table(item, refused)
    return item.part(table, map(item.piece, table.blocks(free_text=False)))


def _open_text(item: FileToRead) -> "OpenText | None":
    if item.file.shape is not None or _kind(item.file) != "text":
        return None
    from kpicli.loaders.text.delimited import open_text

    return open_text(*item.raw)


def _kind(file: ExportFile) -> str:
    return kind_of(leading_bytes(file.content), file.label)


def _whole_table(item: FileToRead, refused: str | None) -> RawTable:
    if item.file.shape is None:
        return item.lines(*item.raw, refused)
    from kpicli.loaders.shapes.reshape import reshaped  # few exports need it

    readers = item.readers if item.given is None else item.readers.of(item.given.source)
    return reshaped(item.file, readers, item.file.shape, item.declared, item.lines)
