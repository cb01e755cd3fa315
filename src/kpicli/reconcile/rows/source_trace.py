"""All rows of a source, without anything personal: digests of their keys and of their cells.

Made from the exports as they are now; a frozen record holds the same things as of its own day.
Texts become digests block by block and column by column: none is kept for a row.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.catalog.catalog import Catalog
from kpicli.loaders.cells.column_codes import small_type
from kpicli.loaders.cells.keys import irregular_rows
from kpicli.loaders.cells.raw_table import ColumnPart, RawColumn
from kpicli.loaders.cells.readers import read_id
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.engines.local import SingleThread, local_engine
from kpicli.loaders.rows.dataset import Coded, Dataset
from kpicli.published.rows.columns import CELLS_BYTES, KEY_BYTES, SourceRows
from kpicli.published.rows.digests import CodedDigests, Codes, Digests
from kpicli.published.secret import Secret, framed
from kpicli.values.distinct_values import alike, distinct_values

if TYPE_CHECKING:
    from kpicli.loaders.engines.interface import Engine

Rows = npt.NDArray[np.int64]
_Each = TypeVar("_Each", np.uint8, np.object_)
_BLANK = framed(None)
_AT_ONCE = 1 << 16
"""So many rows become texts at the same time."""
_LIKE_BYTES = 100
"""To read the id of a row and make its digest takes as long as to read so many bytes of a file."""


class SourceTrace(Struct, frozen=True):
    """All rows of a source, in order: whose key it is, in which file, what the cells hold.

    Where each line is a row of its own, equal ones are told apart by their number among themselves.
    Files are numbers of the source's files; cells are digests of the columns named.
    """

    source: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    rows: SourceRows


def used_columns(catalog: Catalog, source: str) -> tuple[str, ...]:
    """Return the columns of a source that any KPI uses, and its base date, each once, in order."""
    spec = catalog.source[source]
    used = {name for kpi in catalog.kpi.values() for of, name in kpi.used if of == source}
    used.update(spec.dating)
    bases = frozenset(spec.with_bases(used))
    return tuple(name for name in spec.columns if name in bases)


def trace_source(dataset: Dataset, columns: Iterable[str], secret: Secret) -> SourceTrace:
    """Return the digests of all rows of a dataset; an unknown column counts as blank."""
    source, columns = dataset.source, tuple(columns)
    rows = SourceRows(
        _digests_of_keys(dataset, secret),
        dataset.file_numbers.astype(small_type(len(dataset.tables))),
        _digests_of_cells(dataset, columns, secret),
    )
    return SourceTrace(source.id, source.key, columns, rows)


def _digests_of_keys(dataset: Dataset, secret: Secret) -> Digests:
    source = dataset.source
    made = np.empty((len(dataset), KEY_BYTES), np.uint8)
    if source.lone_key is not None:
        made[:] = secret.digests("row", (_BLANK,), (source.id,)).raw  # of a file without the column
        engine = local_engine(len(dataset) * _LIKE_BYTES)
        for rows, digests in _lone_keys(dataset, _DigestsOfIds(secret, source.id), engine):
            made[rows] = digests
        return Digests(made)
    firsts, groups = rows_alike(dataset, source.key)
    numbers = _repetitions(groups) if source.by_row else None
    own = firsts if numbers is None else np.arange(len(dataset))
    digests = np.empty((len(own), KEY_BYTES), np.uint8)
    for start in range(0, len(own), _AT_ONCE):
        some = own[start : start + _AT_ONCE]
        columns = [framed_cells(dataset, name, some) for name in source.key]
        if numbers is not None:
            columns.append(map(framed, map(str, numbers[some].tolist())))
        cells = map(b"".join, zip(*columns, strict=True))
        digests[start : start + _AT_ONCE] = secret.digests("row", cells, (source.id,)).raw
    return Digests(digests if numbers is not None else digests[groups])


def _repetitions(groups: Codes) -> Rows:
    """Return, per row, how many rows before it are of the same group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    places = np.arange(len(groups))
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    since = np.repeat(starts, np.diff(starts, append=len(groups)))
    numbers = np.empty(len(groups), np.int64)
    numbers[order] = places - since
    return numbers


def _digests_of_cells(dataset: Dataset, columns: Sequence[str], secret: Secret) -> CodedDigests:
    """Return the digest of each row's cells; rows that have the same cells share one."""
    if dataset.source.lone_key in columns:
        return _digests_with_key(dataset, columns, secret)
    firsts, groups = rows_alike(dataset, columns)
    made = [secret.digests("cells", rows).raw for rows in _framed_rows(dataset, columns, firsts)]
    digests = Digests(np.concatenate([*made, np.empty((0, CELLS_BYTES), np.uint8)]))
    return CodedDigests(groups, digests)


def _framed_rows(dataset: Dataset, columns: Sequence[str], rows: Rows) -> Iterator[Iterator[bytes]]:
    """Yield the cells of rows in some columns, some rows at a time; without columns all blank."""
    for start in range(0, len(rows), _AT_ONCE):
        own = rows[start : start + _AT_ONCE]
        cells = [framed_cells(dataset, name, own) for name in columns]
        yield map(b"".join, zip(*cells, strict=True)) if cells else repeat(b"", len(own))


def _digests_with_key(dataset: Dataset, columns: Sequence[str], secret: Secret) -> CodedDigests:
    """Return the digest of each row's cells, the row's own key being one of them."""
    made = np.empty((len(dataset), CELLS_BYTES), np.uint8)
    without = np.ones(len(dataset), np.bool_)
    for rows, ids in chain(_lone_keys(dataset, _ids, SingleThread()), _rows_without(without)):
        without[rows] = False
        cells = [
            ids if name == dataset.source.lone_key else framed_cells(dataset, name, rows)
            for name in columns
        ]
        made[rows] = secret.digests("cells", map(b"".join, zip(*cells, strict=True))).raw
    return CodedDigests(np.arange(len(dataset), dtype=np.int32), Digests(made))


def _rows_without(
    without: npt.NDArray[np.bool_],
) -> Iterator[tuple[Rows, npt.NDArray[np.object_]]]:
    """Yield the rows of files that lack the key, once those that have it are done."""
    rows = np.flatnonzero(without)
    yield rows, np.full(len(rows), _BLANK, np.object_)


def rows_alike(
    dataset: Dataset, columns: Iterable[str], rows: Rows | None = None
) -> tuple[Rows, Codes]:
    """Return groups of the dataset's rows, or of some, whose cells in the columns are the same.

    Of each group a row is returned, its place among `rows`; and whose is whose.
    """
    coded = [own for name in columns if (own := dataset.columns.get(name)) is not None]
    codes = [(each.codes if rows is None else each.codes[rows], len(each.values)) for each in coded]
    return alike(codes, len(dataset) if rows is None else len(rows))


def written(dataset: Dataset, name: str, coded: Coded) -> list[str]:
    """Return the distinct values of a column as read, as texts."""
    return list(map(dataset.source.known[name].written, coded.values))


def framed_cells(dataset: Dataset, name: str, rows: Rows) -> Iterator[bytes]:
    """Yield the cells of some rows as read; those that are blank, unreadable, not there as such."""
    coded = dataset.columns.get(name)
    if coded is None:
        return repeat(_BLANK, len(rows))
    codes = coded.codes[rows]
    write, cells = dataset.source.known[name].written, {-1: _BLANK}
    for code in distinct_values(codes).tolist():
        if code >= 0:
            cells[code] = framed(write(coded.values[code]))
    return map(cells.__getitem__, codes.tolist())


class _DigestsOfIds(Struct, frozen=True):
    """Makes the digests of the ids that a part of a column holds, a row each."""

    secret: Secret
    source: str

    def __call__(self, raw: RawColumn) -> npt.NDArray[np.uint8]:
        return self.secret.digests("row", _framed_ids(raw), (self.source,)).raw


class _Part(Struct, frozen=True):
    """A part of a file's column of ids; `number` is the file's place among all."""

    number: int
    read: ColumnPart


class _Made(Struct, Generic[_Each], frozen=True):
    """Does a task: reads a part of a column, and makes something of each of its rows."""

    make: Callable[[RawColumn], npt.NDArray[_Each]]

    def __call__(self, part: _Part) -> npt.NDArray[_Each]:
        return self.make(part.read())


def _lone_keys(
    dataset: Dataset, make: Callable[[RawColumn], npt.NDArray[_Each]], engine: "Engine"
) -> Iterator[tuple[Rows, npt.NDArray[_Each]]]:
    """Yield rows, and what is made of their ids that no other column stands beside in the key.

    Each file that has the column is read once more.
    """
    files, number = dataset.file_numbers, -1
    for part, made in engine.map(_Made(make), _parts_of_key(dataset)):
        if part.number != number:
            number, first = part.number, 0
            rows = np.flatnonzero(files == number)
            numbers = dataset.kept[rows] - dataset.firsts[number]
        start, stop = np.searchsorted(numbers, (first, first + len(made))).tolist()
        yield rows[start:stop], made[numbers[start:stop] - first]
        first += len(made)


def _parts_of_key(dataset: Dataset) -> Iterator[_Part]:
    name = dataset.source.lone_key
    for number, table in enumerate(dataset.tables):
        if name is not None and name in table.headers:
            for read in table.column_parts(name):
                yield _Part(number, read)


def _ids(raw: RawColumn) -> npt.NDArray[np.object_]:
    return np.array(_framed_ids(raw), np.object_)


def _framed_ids(raw: RawColumn) -> list[bytes]:
    """Return the ids of a block as read; most are what is written, and read in no other way."""
    if not isinstance(raw.distinct, RowBytes):
        distinct = [framed(_text(read_id(cell).value)) for cell in raw.distinct]
        return [distinct[code] for code in raw.codes.tolist()]
    data, borders = raw.distinct.data.tobytes(), raw.distinct.offsets.tolist()
    lengths = distinct_values(np.diff(raw.distinct.offsets)).tolist()
    # what is regular is ASCII, whose bytes are the same in UTF-8: it need not be decoded
    heads = {length: framed("-" * length)[: -length or None] for length in lengths}
    heads[0] = _BLANK
    ids = [heads[stop - start] + data[start:stop] for start, stop in pairwise(borders)]
    for row in irregular_rows(raw.distinct):
        ids[row] = framed(_text(read_id(raw.distinct[row]).value))
    return ids


def _text(value: object) -> str | None:
    return None if value is None else str(value)
