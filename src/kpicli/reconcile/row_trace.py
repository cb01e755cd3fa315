"""The rows behind every figure of a KPI, without anything personal: digests, values, memberships.

Made from the exports as they are now; a frozen record holds the same things as of its own day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.calculators.interface import Calculation, Disposition, Dispositions
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.sources import Source
from kpicli.loaders.cells.keys import irregular_rows
from kpicli.loaders.cells.raw_table import RawColumn
from kpicli.loaders.cells.readers import read_id
from kpicli.loaders.cells.row_bytes import RowBytes
from kpicli.loaders.rows.dataset import Dataset
from kpicli.published.secret import Secret
from kpicli.run.counting import Counted
from kpicli.values.distinct_values import distinct_values

STATES = {
    Disposition.COUNTED: "c",
    Disposition.NOT_SELECTED: "n",
    Disposition.NO_DATE: "d",
    Disposition.OUT_OF_PERIOD: "o",
    Disposition.UNDETERMINED: "u",
    Disposition.NOT_YET_DUE: "l",
    Disposition.EXCLUDED: "x",
}
"""A letter for where a KPI puts a row; every named exclusion is `x`."""

_MOST_GROUPS = 1 << 62
"""Numbers of groups that a whole number of 64 bits still holds."""


class SourceTrace(Struct, frozen=True):
    """All rows of a source, in order: whose key it is, in which file, what the cells hold.

    Where each line is a row of its own, equal ones are told apart by their number among themselves.
    `files` are numbers of the source's files; `cells` are digests of the columns named.
    """

    source: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    files: tuple[int, ...]
    cells: tuple[str, ...]


class RowTrace(Struct, frozen=True):
    """A row that counts: its number in the source, in which figures, and by which values.

    `figures` are places in the KPI's list of figures. `who` is the digest of whom or what a
    distinct count takes for one.
    """

    row: int
    figures: tuple[int, ...]
    values: tuple[str | None, ...]
    numerator: bool = False
    who: str | None = None


class KpiTrace(Struct, frozen=True):
    """The rows behind a KPI's figures; `states` has a letter per row of the source.

    `columns` names the values of `rows`, `other_columns` those of `others`, rows of another source
    in which values of the numerator stand.
    """

    states: str
    columns: tuple[str, ...]
    rows: tuple[RowTrace, ...]
    other_source: str | None = None
    other_columns: tuple[str, ...] = ()
    others: tuple[RowTrace, ...] = ()


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
    keys: list[Sequence[str | None]] = [_texts(dataset, name) for name in source.key]
    if source.by_row:
        keys.append(_repetitions(keys, len(dataset)))
    return SourceTrace(
        source=source.id,
        key=source.key,
        columns=columns,
        ids=tuple(secret.digests("row", zip(*keys, strict=True), before=(source.id,))),
        files=tuple(dataset.file_numbers.tolist()),
        cells=tuple(_digests_of_cells(dataset, columns, secret)),
    )


def _repetitions(cells: Sequence[Sequence[str | None]], rows: int) -> list[str]:
    """Return, per row, how many rows before it have the same cells."""
    seen: Counter[tuple[str | None, ...]] = Counter()
    numbers: list[str] = []
    for row in range(rows):
        content = tuple(column[row] for column in cells)
        numbers.append(str(seen[content]))
        seen[content] += 1
    return numbers


def _digests_of_cells(dataset: Dataset, columns: Sequence[str], secret: Secret) -> list[str]:
    """Return the digest of each row's cells; rows that have the same cells share one."""
    texts = [_texts(dataset, name) for name in columns]
    firsts, groups = _alike(dataset, columns)
    distinct = ([column[row] for column in texts] for row in firsts.tolist())
    digests = secret.digests("cells", distinct)
    return [digests[group] for group in groups.tolist()]


def _alike(
    dataset: Dataset, columns: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return groups of rows whose cells in the columns are the same: a row of each, whose is whose.

    Rows are of one group only if all their codes are equal. A lone key has none: with it among the
    columns each row is its own group.
    """
    rows = np.arange(len(dataset))
    if dataset.source.lone_key in columns:
        return rows, rows
    numbers, size = np.zeros(len(dataset), np.int64), 1
    for name in columns:
        coded = dataset.columns.get(name)
        if coded is None:
            continue
        if size * (len(coded.values) + 1) > _MOST_GROUPS:
            known, numbers = np.unique(numbers, return_inverse=True)
            size = len(known)
        # a digit of its own for each column: blank is 0, the values follow
        size *= len(coded.values) + 1
        numbers = numbers * (len(coded.values) + 1) + (coded.codes.astype(np.int64) + 1)
    _, firsts, groups = np.unique(numbers, return_index=True, return_inverse=True)
    return firsts, groups


def _texts(dataset: Dataset, name: str) -> list[str | None]:
    """Return a column as read, a text per row; None for what is blank, unreadable or not there."""
    if name == dataset.source.lone_key:
        return _lone_keys(dataset, name)
    coded = dataset.columns.get(name)
    if coded is None:
        return [None] * len(dataset)
    column = dataset.source.known[name]
    values = [*map(column.written, coded.values), None]
    return [values[code] for code in coded.codes.tolist()]


def _lone_keys(dataset: Dataset, name: str) -> list[str | None]:
    """Return the ids that no other column stands beside in the key: each file is read once more."""
    texts: list[str | None] = [None] * len(dataset)
    files = dataset.file_numbers
    for number in distinct_values(files).tolist():
        table, rows = dataset.tables[number], np.flatnonzero(files == number)
        if name not in table.headers:
            continue
        numbers, first = dataset.kept[rows] - dataset.firsts[number], 0
        for block in table.blocks(free_text=False):
            start, stop = np.searchsorted(numbers, (first, first + block.rows)).tolist()
            ids, own = _ids_of(block.columns[name]), numbers[start:stop] - first
            for row, place in zip(rows[start:stop].tolist(), own.tolist(), strict=True):
                texts[row] = ids[place]
            first += block.rows
    return texts


def _ids_of(raw: RawColumn) -> list[str | None]:
    """Return the ids of a block as read; most are what is written, and read in no other way."""
    if not isinstance(raw.distinct, RowBytes):
        read = [read_id(cell).value for cell in raw.distinct]
        ids = [None if value is None else str(value) for value in read]
        return [ids[code] for code in raw.codes.tolist()]
    own: list[str | None] = [text or None for text in raw.distinct]
    for row in irregular_rows(raw.distinct):
        value = read_id(raw.distinct[row]).value
        own[row] = None if value is None else str(value)
    return own


def trace_kpi(
    kpi: Kpi, calculation: Calculation, counted: Sequence[Counted], secret: Secret
) -> KpiTrace:
    """Return the rows that the figures of a KPI count, by the figures' places in `counted`."""
    dataset = calculation.dataset
    memberships: dict[int, list[int]] = {}
    for place, each in enumerate(counted):
        for row in each.subset.rows.tolist():
            memberships.setdefault(row, []).append(place)
    reader = _Reader(dataset, kpi.columns, kpi.identity, secret)
    # where another source makes the numerator, its rows say so when they are counted again
    marked = None if calculation.members is not None else calculation.numerator
    top = frozenset(() if marked is None else marked.tolist())
    rows = tuple(
        reader.row(row, tuple(places), row in top) for row, places in sorted(memberships.items())
    )
    trace = KpiTrace(_states(calculation.state), reader.columns, rows)
    if calculation.members is None or kpi.members is None:
        return trace
    elsewhere, members = calculation.members
    other = _Reader(elsewhere, kpi.members.columns, (kpi.members.who,), secret)
    listed = tuple(other.row(row, (), numerator=False) for row in members.tolist())
    return KpiTrace(trace.states, trace.columns, rows, elsewhere.source.id, other.columns, listed)


def _states(state: Dispositions) -> str:
    letters = np.frombuffer("".join(STATES[each] for each in Disposition).encode(), np.uint8)
    return letters[np.minimum(state, Disposition.EXCLUDED)].tobytes().decode()


def public_columns(source: Source, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the columns that are neither personal nor free text."""
    specs = ((name, source.known[name]) for name in names)
    return tuple(name for name, c in specs if not c.personal and c.type != "free_text")


class _Reader:
    """Reads rows of a dataset as traces; personal columns only into digests."""

    def __init__(
        self, dataset: Dataset, names: Iterable[str], identity: Sequence[str], secret: Secret
    ) -> None:
        known = dict.fromkeys((*dataset.source.dating, *names))
        self.columns = public_columns(dataset.source, (n for n in known if n in dataset.columns))
        self._texts: Mapping[str, list[str | None]] = {
            name: _texts(dataset, name) for name in (*self.columns, *identity)
        }
        self._identity, self._secret = identity, secret

    def row(self, row: int, figures: tuple[int, ...], numerator: bool) -> RowTrace:
        values = tuple(self._texts[name][row] for name in self.columns)
        parts = [self._texts[name][row] for name in self._identity]
        who = self._secret.digest("who", parts) if parts else None
        return RowTrace(row, figures, values, numerator, who)
